"""Figures of the day in minutes, as screens show them (function 17: 从取号到办结的全部时间)."""

from __future__ import annotations

from typing import Any

from server.domain.units import MINUTE
from server.store.db import Row
from server.store.figures import Figures
from server.store.transaction import Tx


def _minutes(value: Any) -> float | None:
    return None if value is None else round(float(value) / MINUTE, 1)


def window_day(tx: Tx, number: int) -> dict[str, Any]:
    """What a window did today: people served, mean service and wait in minutes, no-shows."""
    return _day(Figures(tx).window(number))


def clerk_day(tx: Tx, clerk: str) -> dict[str, Any]:
    """What a clerk did today, at whatever windows."""
    return _day(Figures(tx).clerk(clerk))


def _day(row: Row) -> dict[str, Any]:
    return {
        "served": int(row["served"]),
        "no_shows": int(row["no_shows"]),
        "mean_service_minutes": _minutes(row["service"]),
        "mean_wait_minutes": _minutes(row["wait"]),
        "longest_wait_minutes": _minutes(row["longest"]),
    }


def hall_day(tx: Tx) -> dict[str, Any]:
    """What the hall did today."""
    row = Figures(tx).whole_hall()
    counts = {name: int(row[name]) for name in ("taken", "served", "waiting", "no_shows", "cancelled")}
    return {**counts, "mean_wait_minutes": _minutes(row["wait"]), "mean_whole_visit_minutes": _minutes(row["whole"])}


def section_lines(tx: Tx) -> dict[str, tuple[int, int | None]]:
    """Per section: how many wait, and when the first of them took a number (µs)."""
    return Figures(tx).section_lines()
