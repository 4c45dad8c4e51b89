"""What the health page lists: each check says whether a part of the hall works, and if not, what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from logging import getLogger
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from server.domain.refusals import Refusal
from server.domain.units import SECOND
from server.web.context import Services
from server.web.scanner import scanned
from server.web.version import VERSION

if TYPE_CHECKING:
    from server.store.store import Store
    from server.store.transaction import Tx

log = getLogger(__name__)

GIB: Final = 1024**3
LEAST_FREE: Final = 2 * GIB
LEAST_SHARE: Final = 0.05
UNTIDIED: Final = (
    "能应答，但自动清理（autovacuum）关着，会一天比一天慢、占的磁盘越来越多。请在 postgresql.conf 里设 autovacuum = on、"
    "track_counts = on，再执行 SELECT pg_reload_conf();",
    "answers, but its autovacuum is off: it grows and slows down day by day. Set autovacuum = on and track_counts = on in "
    "postgresql.conf, then run SELECT pg_reload_conf();",
)


@dataclass(frozen=True)
class Check:
    """One line of the health page. `says`: the state in a sentence, and where it is bad what to do about it."""

    name_zh: str
    name_en: str
    ok: bool
    says_zh: str
    says_en: str


CheckMaker = Callable[[], Check | list[Check]]


def run_checks(makers: Iterable[CheckMaker]) -> list[Check]:
    """All lines in order. A check that breaks is itself a line, never the end of the page."""
    lines: list[Check] = []
    for maker in makers:
        try:
            made = maker()
        except Exception:
            log.exception("health: a check failed")
            made = Check("检查", "Check", False, "有一项检查出错，详见日志。", "One check failed; the log says why.")
        lines += made if isinstance(made, list) else [made]
    return lines


def hall_checks(services: Services) -> list[Check]:
    """What every hall has: its database, its SMS, its disk and its clock."""
    return [
        _database(services),
        _sender(services),
        *_scanner(services),
        _disk(services),
        _clock(services),
        _version(),
    ]


def _database(services: Services) -> Check:
    name = ("数据库", "Database")
    try:
        services.store.read(services.hall_id, _alive)
    except Refusal as refusal:
        return Check(*name, False, f"没有应答：{refusal.message_zh}", f"Does not answer: {refusal.message_en}")
    engine = {"sqlite": "SQLite", "postgres": "PostgreSQL"}.get(services.store.engine, services.store.engine)
    if not services.store.read(services.hall_id, tidies_itself):
        return Check(*name, False, f"{engine}，{UNTIDIED[0]}", f"{engine}, {UNTIDIED[1]}")
    return Check(*name, True, f"{engine}，正常", f"{engine}, answers")


def tidies_itself(rx: Tx) -> bool:
    return rx.db.tidies_itself()


def warn_untidied(store: Store, hall_id: str) -> None:
    """At the start, for whoever reads the log; the health page says it, too."""
    if not store.read(hall_id, tidies_itself):
        log.warning("%s: %s %s", store.engine, *UNTIDIED)


def _alive(rx: Tx) -> str:
    return rx.hall.epoch


def _sender(services: Services) -> Check:
    name, gateway = ("短信发送", "SMS"), services.settings.sms_gateway
    if services.sender is not None and not services.sender.alive():
        return Check(*name, False, "发送任务已停，请重启一窗。", "The sender has stopped; restart Yichuang.")
    if gateway == "file":
        return Check(
            *name,
            True,
            "正常，但只写入文件，不发到手机；正式使用请设 YICHUANG_SMS_GATEWAY",
            "Runs, but writes to a file and no phone gets it; for real use set YICHUANG_SMS_GATEWAY",
        )
    return Check(*name, True, f"正常（{gateway}）", f"Runs ({gateway})")


def _scanner(services: Services) -> list[Check]:
    """A scanner that was set up and does not answer takes in no file at all."""
    name, rules = ("查毒程序", "Virus scanner"), services.hall_file().files
    if not rules.scan_command:
        return []
    try:
        scanned(b"%PDF-1.4", "health.pdf", rules)
    except Refusal:
        zh = "没有应答，文件无法上传。请检查大厅文件 [files] scan_command。"
        return [Check(*name, False, zh, "Does not answer and no file can be sent in; check [files] scan_command.")]
    return [Check(*name, True, "正常", "Answers")]


def _disk(services: Services) -> Check:
    name, folder = ("磁盘空间", "Disk space"), services.settings.data_dir.resolve()
    total, _, free = shutil.disk_usage(folder)
    ok = free >= LEAST_FREE or free >= LEAST_SHARE * total
    zh = f"数据文件夹 {folder} 剩余 {free / GIB:.1f} GB，共 {total / GIB:.0f} GB"
    en = f"{free / GIB:.1f} GB of {total / GIB:.0f} GB are free at {folder}"
    if not ok:
        zh, en = zh + "。请尽快清理或换更大的磁盘", en + ". Make room, or move to a larger disk"
    return Check(*name, ok, zh, en)


def _clock(services: Services) -> Check:
    """The hall's time never goes back; a computer whose clock was set back would make it stand still."""
    zone = services.hall_file().hall.time_zone
    now, last = services.clock(), services.store.read(services.hall_id, _last_time)
    shown = datetime.fromtimestamp(now / SECOND, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
    behind = (last - now) / SECOND
    if behind > 60:
        return Check(
            "时钟", "Clock", False,
            f"{shown}（{zone}），比大厅最后一件事早 {behind:.0f} 秒。请校准本机时间。",
            f"{shown} ({zone}), {behind:.0f} s before the hall's last event. Set this machine's clock.",
        )  # fmt: skip
    return Check("时钟", "Clock", True, f"{shown}（{zone}）", f"{shown} ({zone})")


def _last_time(rx: Tx) -> int:
    return rx.hall.last_time


def _version() -> Check:
    return Check("版本", "Version", True, f"一窗 {VERSION}", f"Yichuang {VERSION}")
