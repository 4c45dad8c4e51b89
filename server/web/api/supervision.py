"""统一督办: cases against their limits, and reminders."""

from __future__ import annotations

from server.access.refusals import StaffUnknown
from server.domain.actor import Role
from server.journey.cases import behind_views, leaving, owning, rights, supervising
from server.journey.catalogue.rights import NotYourDepartment
from server.store.cases import CaseMoved, CaseUnknown
from server.web.access import COUNTER, LEADERS
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.supervision_schemas import (
    HandOnAll,
    LeftBehind,
    OwnReminders,
    Remind,
    ReminderList,
    ReminderOut,
    Supervision,
    SupervisionQuery,
)
from server.web.context import actor, services

routes = Routes("supervision")
SUPERVISORS = (Role.HEAD, *LEADERS)
READERS = (*COUNTER, Role.APPROVER, Role.HEAD)


@routes.get("/supervision", SUPERVISORS, summary="督办 Cases and their limits", query=SupervisionQuery,
            answers={200: Supervision})  # fmt: skip
def see(query: SupervisionQuery) -> Reply:
    """Due, overdue, stopped and handed on, the latest first, with figures for each department; a head sees the own."""
    read = services().store.read
    return 200, read(services().hall_id, behind_views.supervision, actor(), query.view, query.department)


@routes.post("/supervision/{case}/remind", SUPERVISORS, may=rights.part,
             summary="催办 Urge", body=Remind, answers={200: ReminderList},
             refusals=(CaseUnknown, NotYourDepartment, CaseMoved))  # fmt: skip
def remind(case: int, body: Remind) -> Reply:
    """To whoever holds it, or to the head of the department; recorded in the case's history."""
    wanted = supervising.RemindRequest(actor(), case, body.to, body.note)
    return command(
        supervising.remind,
        wanted,
        body,
        lambda tx, found: {"reminders": [behind_views.reminder_json(tx, one) for one in found]},
    )


@routes.get("/supervision/left", LEADERS, summary="停用账号名下的办件 What closed accounts left behind",
            answers={200: LeftBehind})  # fmt: skip
def left() -> Reply:
    """Cases that have not ended and whose first handler's account is closed, with the clerks who may take them over."""
    return 200, services().store.read(services().hall_id, leaving.left_view)


@routes.post("/supervision/hand-on", LEADERS, summary="移交停用账号的办件 Hand on what was left", body=HandOnAll,
             answers={200: LeftBehind},
             refusals=(leaving.NothingLeftBehind, StaffUnknown, owning.HandOnNotClerk))  # fmt: skip
def hand_on_left(body: HandOnAll) -> Reply:
    """All of a closed account's cases, or some, to one clerk; each hand-on is in its case's history with the reason."""
    wanted = leaving.HandOnAllRequest(actor(), body.owner, body.to, body.reason, tuple(body.cases))
    return command(leaving.hand_on_all, wanted, body, lambda tx, done: leaving.left_view(tx))


@routes.get("/reminders", READERS, summary="我的提醒 My reminders", answers={200: OwnReminders})
def own() -> Reply:
    """Unseen first: to oneself, to one's department, to heads and managers."""
    return 200, services().store.read(services().hall_id, behind_views.own_reminders, actor())


@routes.post("/reminders/{reminder}/seen", READERS, may=rights.reminded,
             summary="已阅 Seen", body=Nothing, answers={200: ReminderOut},
             refusals=(supervising.ReminderUnknown,))  # fmt: skip
def seen(reminder: int, body: Nothing) -> Reply:
    """Who saw it first, and when, is kept."""
    return command(supervising.seen, supervising.SeenRequest(actor(), reminder), body, behind_views.reminder_json)
