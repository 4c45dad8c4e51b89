"""Figures of the day, from the tickets' own times (function 17: 从取号到办结的全部时间)."""

from __future__ import annotations

from typing import Any

from server.domain.units import MINUTE
from server.store.transaction import Tx


def _minutes(value: Any) -> float | None:
    return None if value is None else round(float(value) / MINUTE, 1)


def window_day(tx: Tx, number: int) -> dict[str, Any]:
    """What a window did today: people served, mean service and wait in minutes, no-shows."""
    (row,) = tx.db.all(
        "SELECT COUNT(CASE WHEN state = 'done' THEN 1 END) AS served,"
        " COUNT(CASE WHEN state = 'no_show' THEN 1 END) AS no_shows,"
        " AVG(CASE WHEN state = 'done' AND start_inferred = 0"
        " THEN ended_at - started_at - parked_total END) AS service,"
        " AVG(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS wait,"
        " MAX(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS longest"
        " FROM tickets WHERE hall_id = ? AND business_day = ? AND window_number = ? AND called_at IS NOT NULL",
        (tx.hall_id, tx.rules.day.isoformat(), number),
    )
    return {
        "served": int(row["served"]),
        "no_shows": int(row["no_shows"]),
        "mean_service_minutes": _minutes(row["service"]),
        "mean_wait_minutes": _minutes(row["wait"]),
        "longest_wait_minutes": _minutes(row["longest"]),
    }


def hall_day(tx: Tx) -> dict[str, Any]:
    """What the hall did today."""
    (row,) = tx.db.all(
        "SELECT COUNT(*) AS taken, COUNT(CASE WHEN state = 'done' THEN 1 END) AS served,"
        " COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,"
        " COUNT(CASE WHEN state = 'no_show' THEN 1 END) AS no_shows,"
        " COUNT(CASE WHEN state = 'cancelled' THEN 1 END) AS cancelled,"
        " AVG(CASE WHEN first_called_at IS NOT NULL THEN first_called_at - taken_at END) AS wait,"
        " AVG(CASE WHEN state = 'done' THEN ended_at - taken_at END) AS whole"
        " FROM tickets WHERE hall_id = ? AND business_day = ?",
        (tx.hall_id, tx.rules.day.isoformat()),
    )
    counts = {name: int(row[name]) for name in ("taken", "served", "waiting", "no_shows", "cancelled")}
    return {**counts, "mean_wait_minutes": _minutes(row["wait"]), "mean_whole_visit_minutes": _minutes(row["whole"])}


def section_lines(tx: Tx) -> dict[str, tuple[int, int | None]]:
    """Per section: how many wait, and when the first of them took a number (µs)."""
    rows = tx.db.all(
        "SELECT section, COUNT(*) AS people, MIN(taken_at) AS first FROM tickets"
        " WHERE hall_id = ? AND state = 'waiting' GROUP BY section",
        (tx.hall_id,),
    )
    return {row["section"]: (int(row["people"]), row["first"]) for row in rows}
