"""材料交接: papers go to departments, and results to the issue window, by lists that both sides sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.domain.actor import Actor, Role
from server.domain.cases import handover as rule
from server.domain.cases.handover import HandoverState, LineState
from server.domain.cases.intake import missing
from server.domain.cases.issue import NothingToIssue
from server.domain.cases.record import Case
from server.domain.cases.state import RUNNING, STOPPED, CaseState, TaskState
from server.domain.catalogue.model import Medium
from server.domain.units import local
from server.journey.cases import issuing
from server.journey.cases.authorizing import check_department
from server.journey.cases.awaiting import INSTANT
from server.journey.cases.items import matter
from server.journey.cases.moves import move, note
from server.store.handovers import Handover, Line
from server.store.transaction import Tx

UNDECIDED = RUNNING | STOPPED
"""Its papers are still wanted: also while the clock stands, or a department of a joint approval would be passed over."""


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """A list now, signed by its sender: all papers that wait for the department, or these cases' results."""

    by: Actor
    department: str
    direction: rule.Direction
    cases: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SignRequest:
    """`said` of a receiver: case → (it is there, note)."""

    by: Actor
    handover: int
    said: Mapping[int, tuple[bool, str]] = field(default_factory=dict)


def unlisted(rx: Tx) -> bool:
    """Does an accepted case wait to be put on a list?"""
    return bool(rx.tasks.unlisted(1))


def fill(tx: Tx, now: int) -> int:
    """Put what waits on the next slot's lists, 即办件 on a list of their own now; how many lines."""
    count, filled = 0, {}
    for task in tx.tasks.unlisted():
        case = tx.cases.get(task.case_id)
        if case.at not in UNDECIDED:
            tx.tasks.move(task, TaskState.DROPPED)
            continue
        made = next_list(tx, case, task.department, rule.OUT, now)
        tx.handovers.put_line(made.id, case.id, task.id, pieces(tx, case))
        filled[made.id] = made
        count += 1
    for made in filled.values():
        tell(tx, "handover.listed", made)
    return count


def list_back(tx: Tx, case: Case, department: str, now: int) -> None:
    """A result that goes back to its department: on the next slot's list, for both sides to sign."""
    made = _of_slot(tx, department, rule.BACK, now)
    tx.handovers.put_line(made.id, case.id, None, 1)
    tell(tx, "handover.listed", made)


def next_list(tx: Tx, case: Case, department: str, direction: rule.Direction, now: int) -> Handover:
    """The list that its papers go with: the next slot's, or one that goes now."""
    return (_list_at_once if case.kind in INSTANT else _of_slot)(tx, department, direction, now)


def _of_slot(tx: Tx, department: str, direction: rule.Direction, now: int) -> Handover:
    days = tx.working_days()
    slot = rule.next_slot(local(now, tx.rules.zone), tx.rules.file.handover.slots, days.works)
    day = slot.day.isoformat()
    made = tx.handovers.filling(department, direction, day, slot.time)
    return made or tx.handovers.add(day, slot.time, department, direction)


def _list_at_once(tx: Tx, department: str, direction: rule.Direction, now: int) -> Handover:
    """A list that goes now, no slot's: what is decided at once would be late at the next. Unsigned, it takes more."""
    when, slots = local(now, tx.rules.zone), tx.rules.file.handover.slots
    day = when.date().isoformat()
    lists = tx.handovers.open_of(department, direction)
    made = next((one for one in lists if one.business_day == day and one.slot not in slots), None)
    return made or tx.handovers.add(day, f"{when:%H:%M}", department, direction)


def make(tx: Tx, request: MakeRequest, now: int) -> Handover:
    """A list out of turn, signed by its sender at once (即办件; a department's results).

    Raises NothingToHandOver, OtherDepartment, HandoverNotYours, NothingToIssue.
    """
    if request.direction == rule.IN:
        return _send_results(tx, request, now)
    check_sender(request.by, request.direction, request.department)
    fill(tx, now)
    lists = tx.handovers.open_of(request.department, request.direction)
    if not lists:
        raise rule.NothingToHandOver(department=request.department)
    return [send(tx, SignRequest(request.by, one.id), now) for one in lists][-1]


def _send_results(tx: Tx, request: MakeRequest, now: int) -> Handover:
    if not request.cases:
        raise rule.NothingToHandOver(department=request.department)
    if not request.department:  # a manager, who has none, sends for the department that decided
        request = replace(request, department=tx.cases.get(request.cases[0]).department)
    check_department(request.by, request.department)
    moment = local(now, tx.rules.zone)
    made = tx.handovers.add(tx.rules.day.isoformat(), f"{moment:%H:%M}", request.department, rule.IN)
    for case_id in dict.fromkeys(request.cases):
        case = tx.cases.get(case_id)
        check_department(request.by, case.department)
        if case.at not in issuing.DECIDED or under_way(tx, case):
            raise NothingToIssue(code=case.code or f"#{case.id}")
        tx.handovers.put_line(made.id, case.id, None, 1)
    return send(tx, SignRequest(request.by, made.id), now)


def under_way(tx: Tx, case: Case) -> bool:
    """Is the result on a list to or from the issue window, or there, or in the hands of the clerk who decided?"""
    if issuing.decided_at_window(tx, case) or tx.results.find(case.id) is not None:
        return True
    ways = [(tx.handovers.get(line.handover_id).direction, line) for line in tx.handovers.lines_of_case(case.id)]
    trips = [(direction, line) for direction, line in ways if direction != rule.OUT]
    if not trips:
        return False
    direction, line = trips[-1]
    return direction == rule.IN or line.state != LineState.RECEIVED  # taken back, and not there yet


def send(tx: Tx, request: SignRequest, now: int) -> Handover:
    """The sending side signs: its papers leave. Raises HandoverUnknown, HandoverNotYours, HandoverClosed."""
    made = tx.handovers.get(request.handover)
    check_sender(request.by, made.direction, made.department)
    if made.state != HandoverState.OPEN:
        raise rule.HandoverClosed.at(made.state)
    for line in tx.handovers.lines(made.id):
        case = tx.cases.get(line.case_id)
        if made.direction == rule.OUT and case.at not in UNDECIDED:
            tx.handovers.drop_line(line)  # withdrawn meanwhile
            continue
        tx.handovers.set_line(line, LineState.SENT)
        note(tx, case, request.by, "handover_sent", {"handover": made.id, "department": made.department}, told=False)
    made = tx.handovers.move(made, HandoverState.SENT, sent_by=request.by.id, sent_by_name=request.by.name, sent_at=now)
    if not tx.handovers.lines(made.id):
        made = tx.handovers.move(made, HandoverState.RECEIVED)
    tell(tx, "handover.sent", made)
    return made


def receive(tx: Tx, request: SignRequest, now: int) -> Handover:
    """The receiving side signs, line by line; the list is done when every line is there.

    Raises HandoverUnknown, HandoverNotYours, HandoverClosed, LineUnknown, NoteNeeded, ShelvesFull.
    """
    made = tx.handovers.get(request.handover)
    check_receiver(request.by, made)
    if made.state != HandoverState.SENT:
        raise rule.HandoverClosed.at(made.state)
    lines = {line.case_id: line for line in tx.handovers.lines(made.id)}
    signed = rule.after_receiving({case: line.state for case, line in lines.items()}, request.said)
    for case_id, (_, words) in request.said.items():
        line = lines[case_id]
        if signed[case_id] != line.state or words != line.note:
            tx.handovers.set_line(line, signed[case_id], words.strip())
        if signed[case_id] == LineState.RECEIVED and line.state != LineState.RECEIVED:
            _arrived(tx, made, line, request.by, now)
    if all(state == LineState.RECEIVED for state in signed.values()):
        columns = {"received_by": request.by.id, "received_by_name": request.by.name, "received_at": now}
        made = tx.handovers.move(made, HandoverState.RECEIVED, **columns)
    tell(tx, "handover.received", made)
    return made


def _arrived(tx: Tx, made: Handover, line: Line, by: Actor, now: int) -> None:
    case = tx.cases.get(line.case_id)
    data = {"handover": made.id, "department": made.department}
    if made.direction == rule.IN:
        if case.at in issuing.DECIDED:
            issuing.arrive(tx, case, made.department, by, now)
        return
    if made.direction == rule.BACK:
        note(tx, case, by, "result_back", data)
        return
    task = tx.tasks.get(line.task_id or 0)
    first = not comes_later(tx, line)
    if task.state == TaskState.ON_ITS_WAY and first:
        tx.tasks.move(task, TaskState.HELD, received_at=now)
    if case.at == CaseState.ACCEPTED and first:
        move(tx, case, CaseState.REVIEWING, by, "received", data, now)
    else:
        note(tx, case, by, "handover_received", data)


def comes_later(rx: Tx, line: Line) -> bool:
    """Papers that follow those of an earlier list of the same department (补交材料)."""
    return any(
        one.task_id == line.task_id and one.handover_id < line.handover_id
        for one in rx.handovers.lines_of_case(line.case_id)
    )


def check_sender(by: Actor, direction: rule.Direction, department: str) -> None:
    """The side the papers are with. Raises HandoverNotYours."""
    if direction in rule.TO_DEPARTMENT:
        if not (by.leads or by.has(Role.CLERK, Role.GUIDE)):
            raise rule.HandoverNotYours(who_zh="综合窗口人员", who_en="somebody of the windows")
    elif not (by.leads or by.department == department):
        raise rule.HandoverNotYours(who_zh=department, who_en=department_en(department))


def check_receiver(by: Actor, made: Handover) -> None:
    """The other side: never whoever sent it. Raises HandoverNotYours."""
    if made.direction in rule.TO_DEPARTMENT:
        if by.department != made.department and not by.leads:
            raise rule.HandoverNotYours(who_zh=made.department, who_en=department_en(made.department))
    elif not (by.leads or by.has(Role.CLERK)):
        raise rule.HandoverNotYours(who_zh="出件窗口人员", who_en="somebody of the issue window")
    if made.sent_by == by.id:
        raise rule.HandoverNotYours(who_zh="接收方", who_en="the receiving side")


def department_en(department: str) -> str:
    """Departments have no English names; an English sentence says whose turn it is."""
    return "the department concerned"


def pieces(tx: Tx, case: Case) -> int:
    """How many papers a case has: copies of its list, but what is still to be brought and what is electronic."""
    wanted = matter(tx, case).materials
    later = set((case.deferral or {}).get("materials", ())) if case.deferral_due else set()
    later &= {one.id for one in missing(wanted, case.ticks)}
    return sum(one.copies for one in wanted if one.medium != Medium.ELECTRONIC and one.id not in later)


def tell(tx: Tx, kind: str, made: Handover) -> None:
    """News of a list for the pages."""
    data = {"id": made.id, "department": made.department, "direction": made.direction, "state": str(made.state)}
    tx.events.append(kind, data)
