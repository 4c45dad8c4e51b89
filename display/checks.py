"""What the health page says about the screens: are there walls in every area, do they answer, are the LED strips there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from config.hall_file import HallFile
from display.led import Leds
from server.domain.units import SECOND
from server.realtime.heard import Heard, Presence
from server.web.checks import Check


def screen_checks(heard: Heard, leds: Leds, file: HallFile) -> list[Check]:
    """One line an area, and one for the LED strips where there are any."""
    zone = ZoneInfo(file.hall.time_zone)
    return [*(_area(one, zone) for one in heard.presence(file)), *_strips(leds)]


def _area(presence: Presence, zone: ZoneInfo) -> Check:
    area, walls = presence.area, presence.walls
    name = (f"大屏：{area.name}", f"Walls: {area.id}")
    if not walls:
        return Check(
            *name,
            False,
            f"没有连接的大屏，叫号无人看到。请在该区的屏幕上打开 /display?area={area.id}",
            f"None is connected, so nobody sees a call. Open /display?area={area.id} on a screen there",
        )
    if presence.answered_at is None:
        return Check(*name, True, f"{walls} 块已连接，尚未回执", f"{walls} connected, none has answered yet")
    at = datetime.fromtimestamp(presence.answered_at / SECOND, zone).strftime("%H:%M:%S")
    return Check(*name, True, f"{walls} 块已连接，最近回执 {at}", f"{walls} connected, last answered at {at}")


def _strips(leds: Leds) -> list[Check]:
    lines = leds.lines()
    if not lines:
        return []
    away = [line.strip for line in lines if not line.connected]
    name = ("LED 条屏", "LED strips")
    if not away:
        return [Check(*name, True, f"{len(lines)} 条都已连接", f"all {len(lines)} are connected")]
    where_zh = "、".join(f"{one.window}号窗口（{one.address}）" for one in away)
    where_en = ", ".join(f"window {one.window} ({one.address})" for one in away)
    return [
        Check(*name, False, f"连不上：{where_zh}。请查看电源和网线", f"Out of reach: {where_en}. Check power and cable")
    ]
