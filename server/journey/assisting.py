"""Beside the steps: somebody at a kiosk or a pad calls an attendant, and staff say it is done."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.journey.alarms import clear_alarm, raise_alarm
from server.store.alarms import Alarm
from server.store.transaction import Tx

KIND = "assistance"
ON_THE_FLOOR = ("assistance", "printer", "unheard")
"""Alarms that whoever walks the floor looks after and marks as done."""


@dataclass(frozen=True, slots=True)
class Call:
    """`place` is where help is wanted, in words staff understand; "" = the device's own name."""

    by: Actor
    place: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    by: Actor
    alarm: int


def call_attendant(tx: Tx, request: Call, now: int) -> Alarm:
    """Call an attendant; while one is called already, nothing more happens."""
    raise_alarm(tx, KIND, request.by.id, {"place": request.place or request.by.name})
    alarm = tx.alarms.find(KIND, request.by.id)
    assert alarm is not None
    return alarm


def call_of(rx: Tx, by: Actor) -> Alarm | None:
    """The open call of this device."""
    return rx.alarms.find(KIND, by.id)


def floor_alarms(rx: Tx) -> list[Alarm]:
    """What the floor should look after now, newest first."""
    return [alarm for alarm in rx.alarms.current() if alarm.kind in ON_THE_FLOOR]


def mark_done(tx: Tx, request: Done, now: int) -> Alarm | None:
    """Staff looked after it: the alarm ends. None when there is no such open alarm."""
    alarm = next((one for one in floor_alarms(tx) if one.id == request.alarm), None)
    if alarm is not None:
        clear_alarm(tx, alarm.kind, alarm.subject)
        tx.audit.add(request.by.id, "alarm.done", f"alarm:{alarm.id}", {"kind": alarm.kind, "subject": alarm.subject})
    return alarm
