"""Step 4, from the screens' side: a call that no screen of its area has shown is told to the manager, once an area."""

from __future__ import annotations

from dataclasses import dataclass

from server.journey.alarms import clear_alarm, raise_alarm
from server.store.transaction import Tx

UNHEARD = "unheard"
NO_SCREEN, NO_ANSWER = "no_screen", "no_answer"


@dataclass(frozen=True, slots=True)
class Unheard:
    """The call of `number` to `window` that no screen of the area acknowledged; `screens` were connected."""

    area: str
    area_name: str
    number: str
    window: int
    screens: int


def report_unheard(tx: Tx, request: Unheard, now: int) -> None:
    """Raise the area's alarm, unless it is open."""
    raise_alarm(
        tx,
        UNHEARD,
        f"area:{request.area}",
        {
            "why": NO_ANSWER if request.screens else NO_SCREEN,
            "area": request.area,
            "area_name": request.area_name,
            "number": request.number,
            "window": request.window,
        },
    )


def report_heard(tx: Tx, area: str, now: int) -> None:
    """A screen of the area shows calls again."""
    clear_alarm(tx, UNHEARD, f"area:{area}")


def unheard_areas(rx: Tx) -> set[str]:
    """The areas whose alarm is open."""
    return {alarm.subject.removeprefix("area:") for alarm in rx.alarms.current() if alarm.kind == UNHEARD}
