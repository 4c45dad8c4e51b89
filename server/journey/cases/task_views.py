"""What the approval workbench shows: a department's tasks, due first, and a case as it was taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.form import masked
from server.domain.cases.record import Case
from server.domain.cases.special import SPECIAL
from server.domain.cases.state import TASK_WORDS, CaseState, TaskState
from server.domain.cases.words import action_words
from server.domain.units import iso
from server.journey.cases.approving import DECIDING
from server.journey.cases.awaiting import awaited_json, files_made, waits_for
from server.journey.cases.board_numbers import number_of
from server.journey.cases.bundle_files import files_of_bundle
from server.journey.cases.deadlines import AWAITING, provisional
from server.journey.cases.electronic import awaits_result, decides, takes_result
from server.journey.cases.items import matter
from server.journey.cases.mailing import may_mail
from server.journey.cases.particulars import form_of
from server.journey.cases.standing import standing
from server.journey.cases.supervising import days_left, light_of
from server.journey.cases.suspending import ASKING, stopped_by
from server.journey.cases.taking_back import may_take_back
from server.journey.cases.views import answered, material_json
from server.store.tasks import Task
from server.store.transaction import Tx

Json = dict[str, Any]
MOST_SHOWN = 300


def workbench(rx: Tx, department: str, state: str) -> Json:
    """The department's list, "" = all departments': what is open, due first; or what was decided lately."""
    if state == "open":
        found = rx.tasks.open_of(department) if department else rx.tasks.all_open()
    else:
        found = rx.tasks.decided_of(department, MOST_SHOWN)
    cases = rx.case_lists.by_ids(list({task.case_id for task in found}))
    counts = dict.fromkeys(("red", "yellow", "green", "stopped", "on_its_way"), 0)
    if state == "open":
        found.sort(key=lambda task: _first_due(rx, task, cases[task.case_id]))
        for task in found:
            key = "on_its_way" if task.state == TaskState.ON_ITS_WAY else light_of(rx, cases[task.case_id])
            counts[key] = counts.get(key, 0) + 1
    shown = found[:MOST_SHOWN]
    siblings = rx.tasks.of_cases(list({task.case_id for task in shown}))
    return {
        "department": department,
        "today": rx.rules.day.isoformat(),
        "yellow_days": rx.rules.file.cases.yellow_days,
        "counts": {name: counts[name] for name in ("red", "yellow", "green", "stopped", "on_its_way")},
        "tasks": [task_row(rx, task, cases[task.case_id], siblings[task.case_id]) for task in shown],
    }


def _first_due(rx: Tx, task: Task, case: Case) -> tuple[str, bool, int]:
    """By the day alone: with a short limit green may be due before yellow. What stands has no day and comes last."""
    return case.due_day or "9999", task.state == TaskState.ON_ITS_WAY, task.id


def one_row(rx: Tx, task: Task) -> Json:
    """As it is now, after a step."""
    now = rx.tasks.get(task.id)
    return task_row(rx, now, rx.cases.get(now.case_id), rx.tasks.of_case(now.case_id))


def case_row(rx: Tx, case: Case) -> Json:
    """The part of a row that is the case's; supervision shows it, too."""
    zh, en = standing(rx, case)
    return {
        "case": case.id,
        "code": case.code,
        "board_number": number_of(rx, case),
        "item": case.item_id,
        "item_name": case.name,
        "kind": case.kind,
        "department": case.department,
        "applicant": case.applicant_mask,
        "case_state": case.state,
        "case_zh": zh,
        "case_en": en,
        "light": light_of(rx, case),
        "due_day": case.due_day,
        "due_provisional": case.due_provisional,
        "days_left": days_left(rx, case),
        "deferral_due": case.deferral_due,
        "correction_due": case.correction_due,
        "provisional": provisional(rx, case),
        "corrections": case.corrections,
    }


def task_row(rx: Tx, task: Task, case: Case, siblings: Sequence[Task]) -> Json:
    zh, en = TASK_WORDS[task.state]
    return {
        **case_row(rx, case),
        "id": task.id,
        "department": task.department,
        "state": str(task.state),
        "state_zh": zh,
        "state_en": en,
        "holder": task.holder,
        "holder_name": task.holder_name,
        "received_at": iso(task.received_at),
        "decided_at": iso(task.decided_at),
        "opinion": task.opinion,
        "reasons": list(task.reasons),
        "joint": [joint_row(one) for one in siblings if one.id != task.id],
        "waits_for": waits_for(rx, case) if task.open else [],
        "result_owed": awaits_result(case),
    }


def joint_row(task: Task) -> Json:
    zh, en = TASK_WORDS[task.state]
    return {
        "department": task.department,
        "state": str(task.state),
        "state_zh": zh,
        "state_en": en,
        "holder_name": task.holder_name,
        "opinion": task.opinion,
        "reasons": list(task.reasons),
        "decided_at": iso(task.decided_at),
    }


def detail(rx: Tx, by: Actor, task_id: int) -> Json:
    """One task with its case as it was taken in. Raises TaskUnknown."""
    task = rx.tasks.get(task_id)
    case = rx.cases.get(task.case_id)
    about = matter(rx, case)
    rights = rx.rules.file.cases.remedies
    return {
        **one_row(rx, task),
        "answers": case.answers,
        "answered": answered(about.item, case.answers, about.way.answered),
        "situation": case.situation,
        "situation_name": about.way.situation.name if about.way.situation else "",
        "materials": [material_json(one, case.ticks, [about.item.name]) for one in about.materials],
        "awaited": awaited_json([about]),
        "ticks": [{"material": material, "checkpoint": point} for material, point in sorted(case.ticks)],
        "form": masked(form_of(rx, case)),
        "files": [
            {
                "id": one.id,
                "name": one.name,
                "purpose": one.purpose,
                "media_type": one.media_type,
                "bytes": one.bytes,
                "url": f"/api/v1/cases/{one.owner.removeprefix('case:')}/files/{one.id}",
            }
            for one in [*rx.files.of(f"case:{case.id}"), *files_of_bundle(rx, case), *files_made(rx, about)]
        ],
        "deferral": case.deferral,
        "correction": case.correction,
        "owner_name": case.owner_name,
        "accepted_at": iso(case.accepted_at),
        "stops": stops(rx, case),
        "history": history(rx, case),
        "refusal_reasons": list(about.item.refusal_reasons),
        "conditions": about.item.conditions,
        "basis": about.item.basis,
        "rights": {"zh": rights, "en": "You may ask for administrative reconsideration, or go to court."},
        "special": [{"kind": kind, "zh": zh, "en": en} for kind, (zh, en) in SPECIAL.items()],
        "may": may(rx, by, task, case),
    }


def stops(rx: Tx, case: Case) -> list[Json]:
    words = {**SPECIAL, "correction": ("补正", "correction"), AWAITING: ("等待结果", "waits for a result")}
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "kind_zh": words.get(one.kind, (one.kind, one.kind))[0],
            "kind_en": words.get(one.kind, (one.kind, one.kind))[1],
            "reason": one.reason,
            "since_day": one.since_day,
            "until_day": one.until_day,
        }
        for one in rx.cases.clock_stops(case.id)
    ]


def history(rx: Tx, case: Case) -> list[Json]:
    return [
        {
            "at": iso(line.at),
            "by_name": line.by_name,
            "action": line.action,
            "action_zh": action_words(line.action)[0],
            "action_en": action_words(line.action)[1],
            "from": line.from_state,
            "to": line.to_state,
            "data": dict(line.data),
        }
        for line in rx.cases.history(case.id)
    ]


def may(rx: Tx, by: Actor, task: Task, case: Case) -> dict[str, bool]:
    """What the page offers; the steps check again."""
    boss = by.leads or by.has(Role.HEAD)
    mine = task.holder in (None, by.id) or boss
    held = task.state == TaskState.HELD and mine
    deciding = held and case.at in DECIDING
    return {
        "hold": task.open and task.holder != by.id and (task.holder is None or boss),
        "release": task.open and task.holder is not None and mine,
        "approve": deciding and case.deferral_due is None,
        "reject": deciding,
        "correct": held and case.at in ASKING and (not case.corrections or boss),
        "suspend": deciding,
        "dispatch": may_mail(rx, by, case),
        "take_back": may_take_back(rx, by, case),
        "result": takes_result(rx, case) and decides(rx, by, case),
        "resume": case.at == CaseState.SUSPENDED and (by.leads or by.department == stopped_by(rx, case)),
    }
