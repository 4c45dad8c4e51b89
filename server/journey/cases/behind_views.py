"""What the pages behind the counter show besides tasks: handover lists, results, supervision, reminders."""

from __future__ import annotations

from typing import Any, Literal

from server.domain.actor import Actor
from server.domain.cases import handover as rule
from server.domain.cases.courier import COURIER_WORDS
from server.domain.cases.issue import ResultState
from server.domain.cases.received import received_materials
from server.domain.cases.record import Case
from server.domain.cases.state import RUNNING
from server.domain.cases.supervision import REMINDER_WORDS, ReminderKind
from server.domain.units import HOUR, iso, local
from server.journey.cases.board_numbers import number_of
from server.journey.cases.contacts import contacts_of
from server.journey.cases.handing_over import comes_later, under_way
from server.journey.cases.issuing import DECIDED, needs_issue
from server.journey.cases.supervising import own_names
from server.journey.cases.task_views import case_row, joint_row, stops
from server.store.handovers import Handover
from server.store.reminders import Reminder
from server.store.results import Result
from server.store.transaction import Tx

Json = dict[str, Any]
View = Literal["all", "due", "overdue", "stopped", "handed_on"]
MOST = 300

# ---- handovers ----


def handovers(rx: Tx, by: Actor, day: str | None, department: str | None, direction: str | None) -> Json:
    """Today's lists with all that is unsigned, or another day's; a department's people see their own."""
    today = rx.rules.day.isoformat()
    shown = day or today
    lists = rx.handovers.current(today) if shown == today else rx.handovers.of_day(shown)
    if by.department and not by.leads:
        department = by.department
    found = [made for made in lists if department in (None, made.department) and direction in (None, made.direction)]
    return {
        "day": shown,
        "slots": list(rx.rules.file.handover.slots),
        "handovers": [handover_json(rx, made) for made in found],
        "ready": ready_to_issue(rx, department) if direction in (None, rule.IN) else [],
    }


def ready_to_issue(rx: Tx, department: str | None) -> list[Json]:
    """Decided cases whose result is on no list yet: what a department may send to the issue window."""
    cases = rx.cases.in_states(sorted(DECIDED))
    return [
        {"case": case.id, "code": case.code, "item_name": case.name, "applicant": case.applicant_mask,
         "department": case.department, "decision": case.decision or "", "due_day": case.due_day}
        for case in cases
        if department in (None, case.department) and not case.is_bundle and needs_issue(case) and not under_way(rx, case)
    ]  # fmt: skip


def one_handover(rx: Tx, handover_id: int) -> Json:
    """Raises HandoverUnknown."""
    return handover_json(rx, rx.handovers.get(handover_id))


def handover_json(rx: Tx, made: Handover) -> Json:
    lines = []
    listed = rx.handovers.lines(made.id)
    parts = rx.tasks.of_cases([line.case_id for line in listed]) if made.direction == rule.OUT else {}
    for line in listed:
        case = rx.cases.get(line.case_id)
        lines.append(
            {
                "case": case.id,
                "code": case.code,
                "board_number": number_of(rx, case),
                "item_name": case.name,
                "applicant": case.applicant_mask,
                "pieces": line.pieces,
                "later": made.direction == rule.OUT and comes_later(rx, line),
                "shared_with": [one.department for one in parts.get(case.id, ()) if one.department != made.department],
                "papers": [f"{one.name} {one.copies}份" for one in received_materials(case.received)],
                "state": str(line.state),
                "note": line.note,
            }
        )
    return {
        "id": made.id,
        "day": made.business_day,
        "slot": made.slot,
        "department": made.department,
        "contacts": [one.model_dump(include={"name", "phone"}) for one in contacts_of(rx, made.department)],
        "direction": made.direction,
        "state": str(made.state),
        "made_at": iso(made.made_at),
        "sent_by_name": made.sent_by_name,
        "sent_at": iso(made.sent_at),
        "received_by_name": made.received_by_name,
        "received_at": iso(made.received_at),
        "lines": lines,
    }


# ---- results ----


def results(rx: Tx, state: ResultState) -> list[Json]:
    found = rx.results.in_state(state, MOST)
    unreached = rx.case_notices.unreached([one.case_id for one in found])
    return [_result(rx, one, unreached.get(one.case_id)) for one in found]


def result_of(rx: Tx, case: Case) -> Json:
    found = rx.results.find(case.id)
    assert found is not None, "only asked for where there is one"
    return result_json(rx, found)


def result_json(rx: Tx, result: Result) -> Json:
    return _result(rx, result, rx.case_notices.unreached([result.case_id]).get(result.case_id))


def _result(rx: Tx, result: Result, unreached: str | None) -> Json:
    case = rx.cases.get(result.case_id)
    return {
        "case": case.id,
        "code": case.code,
        "board_number": number_of(rx, case),
        "item_name": case.name,
        "applicant": case.applicant_mask,
        "phone": case.phone_mask,
        "sms_unreached": unreached,
        "title": result.title,
        "department": result.department,
        "decision": case.decision or "",
        "state": str(result.state),
        "shelf": result.shelf,
        "arrived_at": iso(result.arrived_at),
        "reminders": result.reminders,
        "came_back": _came_back(rx, case, result),
        "going_back": _going_back(rx, case, result),
        "collected_at": iso(result.collected_at),
        "collector": result.collector_mask,
        "proof": result.proof,
        "window": result.window_number,
        "signature": result.signature_file,
        "delivery": case.delivery,
        "needs_code": result.pickup_hash is not None,
        "courier": courier_json(rx, case),
    }


def _going_back(rx: Tx, case: Case, result: Result) -> Json | None:
    """Of a result nobody collected: since when, and the list it goes back to its department by."""
    if result.state != ResultState.RETURNED:
        return None
    lists = [rx.handovers.get(line.handover_id) for line in rx.handovers.lines_of_case(case.id)]
    made = next((one for one in reversed(lists) if one.direction == rule.BACK), None)
    return {
        "since": iso(case.ended_at),
        "handover": made.id if made else None,
        "state": str(made.state) if made else None,
        "received_at": iso(made.received_at) if made else None,
    }


def _came_back(rx: Tx, case: Case, result: Result) -> Json | None:
    """Of a parcel that the courier brought back and that waits here: when, and why."""
    if result.state != ResultState.WAITING or rx.couriers.of_case(case.id) is None:
        return None
    lines = [one for one in rx.cases.history(case.id) if one.action == "came_back"]
    return {"at": iso(lines[-1].at), "note": str(lines[-1].data.get("note", ""))} if lines else None


def courier_json(rx: Tx, case: Case) -> Json | None:
    order = rx.couriers.of_case(case.id)
    if order is None:
        return None
    zh, en = COURIER_WORDS[order.state]
    return {
        "id": order.id,
        "gateway": order.gateway,
        "state": str(order.state),
        "state_zh": zh,
        "state_en": en,
        "waybill": order.waybill,
        "address": order.address_mask,
        "slip_file": order.slip_file,
        "error": order.error,
        "track": list(order.track),
    }


# ---- supervision ----


def supervision(rx: Tx, by: Actor, view: View, department: str | None) -> Json:
    """Running and standing cases, the latest first; a head sees the own department's."""
    if not by.leads:
        department = by.department
    cases = rx.case_lists.under_way()
    tasks = rx.tasks.of_cases([case.id for case in cases])
    if department is not None:
        cases = [case for case in cases if department in {case.department, *(t.department for t in tasks[case.id])}]
    moved_on = rx.case_lists.handed_on([case.id for case in cases])
    rows = [{**case_row(rx, case), "handed_on": case.id in moved_on} for case in cases]
    rows.sort(key=lambda row: (row["days_left"] is None, row["days_left"] or 0, row["case"]))
    wanted = [row for row in rows if _fits(row, view)][:MOST]
    by_id = {case.id: case for case in cases}
    reminders = rx.reminders.of_cases([row["case"] for row in wanted])
    unreached = rx.case_notices.unreached([row["case"] for row in wanted])
    closed = rx.staff.closed()
    return {
        "today": rx.rules.day.isoformat(),
        "figures": {**_figures(rows), **_decided(rx, department)},
        "by_department": [
            {"department": name, **_figures([row for row in rows if row["department"] == name])}
            for name in sorted({row["department"] for row in rows})
        ],
        "cases": [
            {
                **row,
                "owner_name": by_id[row["case"]].owner_name,
                "owner_left": by_id[row["case"]].owner in closed,
                "sms_unreached": unreached.get(row["case"]),
                "since": iso(by_id[row["case"]].state_since),
                "tasks": [joint_row(task) for task in tasks[row["case"]]],
                "stop": _stop(rx, by_id[row["case"]]),
                "reminders": [reminder_json(rx, one) for one in reminders[row["case"]]],
            }
            for row in wanted
        ],
    }


def _stop(rx: Tx, case: Case) -> Json | None:
    """Why the clock stands; None while it runs."""
    if case.at in RUNNING:
        return None
    return next((one for one in reversed(stops(rx, case)) if one["until_day"] is None), None)


def _fits(row: Json, view: View) -> bool:
    if view == "due":
        return bool(row["light"] == "yellow")
    if view == "overdue":
        return bool(row["light"] == "red")
    if view == "stopped":
        return bool(row["light"] == "stopped")
    return view == "all" or bool(row["handed_on"])


def _figures(rows: list[Json]) -> dict[str, int]:
    lights = [row["light"] for row in rows]
    return {
        "running": sum(row["case_state"] in RUNNING for row in rows),
        "yellow": lights.count("yellow"),
        "overdue": lights.count("red"),
        "stopped": lights.count("stopped"),
        "handed_on": sum(row["handed_on"] for row in rows),
    }


def _decided(rx: Tx, department: str | None) -> dict[str, int]:
    """What was decided in the last 30 days, and how much of it by the promised day."""
    found = rx.case_lists.decided(rx.now - 30 * 24 * HOUR, department)
    zone = rx.rules.zone
    on_time = sum(local(at, zone).date().isoformat() <= (due or "9999") for at, due in found)
    return {"decided_30": len(found), "on_time_30": on_time}


# ---- reminders ----


def own_reminders(rx: Tx, by: Actor) -> Json:
    found = [reminder_json(rx, one) for one in rx.reminders.of_recipients(own_names(by))]
    return {"unseen": sum(one["seen_at"] is None for one in found), "reminders": found}


def reminder_json(rx: Tx, one: Reminder) -> Json:
    case = rx.cases.get(one.case_id)
    zh, en = REMINDER_WORDS[ReminderKind(one.kind.split(":")[0])]
    return {
        "id": one.id,
        "case": case.id,
        "code": case.code,
        "board_number": number_of(rx, case),
        "item_name": case.name,
        "department": case.department,
        "kind": one.kind.split(":")[0],
        "kind_zh": zh,
        "kind_en": en,
        "level": one.level,
        "recipient": one.recipient,
        "day": one.day,
        "at": iso(one.at),
        "seen_at": iso(one.seen_at),
        "note": one.note,
        "due_day": case.due_day,
        "handover": int(one.kind.split(":")[1]) if one.kind.startswith(f"{ReminderKind.HANDOVER}:") else None,
    }
