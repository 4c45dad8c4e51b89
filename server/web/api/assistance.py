"""Calling an attendant, and what whoever walks the floor should look after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.domain.actor import Actor, Role
from server.domain.units import iso
from server.journey import assisting
from server.journey.hall_views import alarm_json
from server.store.alarms import Alarm
from server.web.access import LEADERS, STAFF
from server.web.api.commands import command
from server.web.api.office_schemas import AlarmOut
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.slip_schemas import Attendant, CallAttendant, FloorAlarms
from server.web.context import actor, services
from server.web.refusals import AlarmUnknown

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("assistance")
CALLERS = (Role.KIOSK, Role.PAD)


def _attendant(by: Actor, alarm: Alarm | None) -> dict[str, Any]:
    return {
        "called": alarm is not None,
        "alarm": alarm.id if alarm else None,
        "subject": by.id,
        "at": iso(alarm.raised_at) if alarm else None,
    }


@routes.post(
    "/assistance", CALLERS, summary="呼叫工作人员 Call an attendant", body=CallAttendant, answers={200: Attendant}
)
def call_attendant(body: CallAttendant) -> Reply:
    """The guide and the manager see it at once. While one is called, calling again changes nothing."""
    who = actor()
    wanted = assisting.Call(who, body.place or "")
    return command(assisting.call_attendant, wanted, body, lambda tx, alarm: _attendant(who, alarm))


@routes.get("/assistance", CALLERS, summary="呼叫了吗 Is an attendant called", answers={200: Attendant})
def attendant() -> Reply:
    """For this device."""
    who = actor()
    return 200, _attendant(who, services().store.read(services().hall_id, assisting.call_of, who))


@routes.get(
    "/alarms", (Role.GUIDE, *LEADERS), summary="现场告警 What the floor should look after", answers={200: FloorAlarms}
)
def floor_alarms() -> Reply:
    """Attendants called, printers that need a hand, calls nobody heard; newest first."""
    return 200, services().store.read(services().hall_id, _floor)


def _floor(rx: Tx) -> dict[str, Any]:
    return {"alarms": [alarm_json(alarm) for alarm in assisting.floor_alarms(rx)]}


@routes.post(
    "/assistance/{alarm}/done",
    STAFF,
    summary="已处理 It was looked after",
    body=Nothing,
    answers={200: AlarmOut},
    refusals=(AlarmUnknown,),
)
def assistance_done(alarm: int, body: Nothing) -> Reply:
    """Ends the call of an attendant, or the alarm of a printer; the kiosk shows it at once."""

    def step(tx: Tx, request: assisting.Done, now: int) -> Alarm:
        done = assisting.mark_done(tx, request, now)
        if done is None:
            raise AlarmUnknown
        return done

    return command(step, assisting.Done(actor(), alarm), body, lambda tx, done: alarm_json(done))
