"""回执: what the applicant handed in later (补交、补正), when and to whom; and that they withdrew. Their words, not their look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from server.domain.cases.record import Case, History, Ticks
from server.domain.cases.state import CaseState
from server.domain.catalogue.model import Material
from server.domain.units import day_words, local
from server.store.transaction import Tx

HANDED_IN = frozenset({"supplemented", "deferral_brought", "deferral_part", "submitted"})
RECEIVED = "received"
"""Of a line of the history: the names of what was handed in."""
OWED = "owed_until"
"""Of such a line: the day until which the rest was to follow; None: nothing was owed any more."""


def received(materials: Iterable[Material], before: Ticks, after: Ticks) -> list[str]:
    """Which materials were looked at now: those that are not whole yet say so."""
    names = []
    for one in materials:
        places = {(one.id, point.id) for point in one.checkpoints}
        if places & (after - before):
            names.append(one.name if places <= after else f"{one.name}（尚未齐全）")
    return names


def asked_in_words(case: Case, materials: Iterable[Material]) -> list[str]:
    """What the correction asks for that no checkpoint can be ticked for: whoever takes it says of each that it is there."""
    ticked = {one.id for one in materials if one.checkpoints}
    return [one["text"] for one in (case.correction or {}).get("items", []) if one["material"] not in ticked]


def hand_ins(rx: Tx, case: Case) -> list[History]:
    """Each handing in, oldest first; an application itself is none."""
    if case.code is None or not (case.correction or case.deferral):
        return []
    return [one for one in rx.cases.history(case.id) if one.action in HANDED_IN and one.data.get(RECEIVED)]


def withdrawal(rx: Tx, case: Case) -> History | None:
    """The applicant's own withdrawal of an application that has a code; what lapsed by itself is none."""
    if case.at != CaseState.WITHDRAWN or case.code is None:
        return None
    return next((one for one in reversed(rx.cases.history(case.id)) if one.action == "withdrawn"), None)


def handed_in_words(rx: Tx, case: Case, nth: int) -> tuple[int, dict[str, Any]]:
    """When the nth hand-in came (from 1), and its receipt's parts: what was so then, whatever came since."""
    line = hand_ins(rx, case)[nth - 1]
    lists = ((f"{moment_words(rx, line.at)}，{_by(line)}", tuple(line.data[RECEIVED])),)
    words = (f"您办理的“{case.name}”，补交（补正）的下列材料已经收到：",)
    rest = "材料已经收齐，继续办理。"
    owed = line.data.get(OWED, (case.deferral or {}).get("until") if line.action == "deferral_part" else None)
    if owed:
        mark = "（暂定）" if (case.deferral or {}).get("provisional") else ""
        rest = f"其余容缺材料请于{day_words(date.fromisoformat(owed))}{mark}前补交；逾期未补交的，终止办理。"
    elif line.to_state == CaseState.PRE_REVIEW:
        rest = "正在网上预审，结果会发短信告知。"
    return line.at, {"paragraphs": words, "lists": lists, "closing": (rest,)}


def withdrawn_words(rx: Tx, case: Case, materials: Iterable[str]) -> tuple[int, dict[str, Any]]:
    """When, and the receipt's parts. `materials`: what had been handed in."""
    line = withdrawal(rx, case)
    assert line is not None
    kept = tuple(materials)
    facts = (
        ("事项", case.name),
        ("撤回时间", moment_words(rx, line.at)),
        ("撤回原因", case.end_reason or "申请人撤回"),
        ("经办", "申请人在手机上办理" if _by_citizen(line) else line.by_name),
    )
    words = (f"您撤回“{case.name}”的申请已经办妥，本件不再办理。",)
    closing = ["撤回不影响您以后再次申请。"]
    if kept:
        closing.insert(0, "已交的纸质材料，请凭本回执到大厅窗口领回。")
    lists = (("已收到的材料", kept),) if kept else ()
    return line.at, {"paragraphs": words, "facts": facts, "lists": lists, "closing": tuple(closing)}


def _by_citizen(line: History) -> bool:
    return line.by_id.startswith(("phone:", "citizen"))


def _by(line: History) -> str:
    return "申请人网上提交" if _by_citizen(line) else f"{line.by_name}收到"


def moment_words(rx: Tx, at: int) -> str:
    """A day and a time as a paper says it."""
    when = local(at, rx.rules.zone)
    return f"{day_words(when)}{when:%H:%M}"
