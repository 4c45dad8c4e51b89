"""The working-day calendar: an administrator imports the published file of each year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor
from server.domain.working_days import published_year
from server.journey.alarms import clear_alarm
from server.journey.cases.deadlines import recount
from server.store.transaction import Tx

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ImportHolidays:
    """`file` as published: {"year", "days": [{"name", "date", "isOffDay"}]}."""

    by: Actor
    file: object


def import_holidays(tx: Tx, request: ImportHolidays, now: int) -> int:
    """Keep the year, in place of what was known of it; the year. Raises HolidayFileInvalid.

    Cases under way are due by the new calendar; those decided stay as they were counted.
    """
    (year,) = published_year(request.file).years
    assert isinstance(request.file, dict)
    if tx.holidays.put(year, request.file, request.by.id):
        tx.scratch.pop("working_days", None)
        tx.audit.add(request.by.id, "holidays.imported", f"year:{year}", {"days": len(request.file["days"])})
        clear_alarm(tx, "holidays_missing", f"year:{year}")
        recount(tx, request.by)
    return year


def holidays_view(rx: Tx) -> Json:
    """The years known with their days, and those that are missed."""
    days = rx.working_days()
    return {
        "years": [one.year for one in rx.holidays.years()],
        "missing": rx.holidays.missing(rx.rules.day),
        "days": [
            {"date": day.isoformat(), "name": days.names.get(day, ""), "works": day in days.on}
            for day in sorted(days.off | days.on)
        ],
    }
