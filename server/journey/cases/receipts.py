"""What a case's papers say (文书): 受理通知书, 一次性告知书, 不予受理决定书, 容缺承诺书, 不予许可决定书, and the receipts (回执) of what was
handed in later and of a withdrawal. How they are drawn is HTTP's business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.intake import missing
from server.domain.cases.record import Case, History
from server.domain.cases.state import CaseState, TaskState
from server.domain.catalogue.model import FORM_WORDS, KIND_WORDS, Kind
from server.domain.masking import mask_id
from server.domain.refusals import Refusal
from server.domain.units import day_words, local
from server.journey.cases import acknowledging, application_form
from server.journey.cases.board_numbers import numbers_of
from server.journey.cases.items import matters, whole_list
from server.journey.cases.notices import case_link
from server.journey.cases.particulars import form_of
from server.store.transaction import Tx

PAPERS: dict[str, str] = {
    "acceptance": "受理通知书",
    "correction": "一次性告知书",
    "refusal": "不予受理决定书",
    "commitment": "容缺受理承诺书",
    "rejection": "不予许可决定书",
    "supplement": "补交（补正）材料回执",
    "withdrawal": "撤回申请回执",
    "application": "网上申请表",
}
CLEAR = frozenset({"application"})
"""Papers that say everything in clear: for the confirmed phone and for those at work, never by the link alone."""


DELIVERY = {"courier": "快递", "counter": "到出件窗口领取", "online": "在本件网页上下载电子结果"}


class PaperNotThere(Refusal):
    status, code = 404, "paper_not_there"
    zh = "这个办件没有这种文书。"
    en = "This case has no such paper."


@dataclass(frozen=True, slots=True)
class Paper:
    """`facts` are rows of a table, `lists` a numbered list under a heading, `paragraphs` run text; `link` as a QR code.
    `fixed`: its file is not to be changed, and this stands under each page."""

    title: str
    number: str
    to: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    closing: tuple[str, ...]
    office: str
    day: str
    link: str
    fixed: str = ""


def papers_of(rx: Tx, case: Case) -> list[str]:
    """Which papers exist of a case now. Each keeps its name and its words: the second notice is `correction-2`,
    and the newest comes first."""
    many = {"correction": len(_told(rx, case)), "supplement": len(acknowledging.hand_ins(rx, case))}
    found = {
        "acceptance": case.accepted_at is not None,
        "correction": many["correction"] > 0,
        "refusal": case.state == CaseState.REFUSED,
        "commitment": case.deferral is not None,
        "rejection": case.decision == CaseState.REJECTED and not case.is_bundle,
        "supplement": many["supplement"] > 0,
        "withdrawal": acknowledging.withdrawal(rx, case) is not None,
        "application": application_form.there(case),
    }
    there = [name for name, is_there in found.items() if is_there]
    return [one for name in there for one in (*(f"{name}-{nth}" for nth in range(many.get(name, 1), 1, -1)), name)]


def open_papers(rx: Tx, case: Case) -> list[str]:
    """Those that the case's link alone opens."""
    return [name for name in papers_of(rx, case) if name not in CLEAR]


def papers_for(rx: Tx, case: Case, by: Actor) -> list[str]:
    """Those for somebody at work: departments see the form masked, unless they give a reason."""
    return papers_of(rx, case) if by.leads or by.has(Role.CLERK) else open_papers(rx, case)


def paper(rx: Tx, case: Case, kind: str) -> Paper:
    """Raises PaperNotThere."""
    if kind not in papers_of(rx, case):
        raise PaperNotThere()
    name, _, nth = kind.partition("-")
    numbered = {"correction": _correction, "supplement": _supplement}
    if name in numbered:
        return numbered[name](rx, case, int(nth or 1))
    make = {
        "acceptance": _acceptance,
        "refusal": _refusal,
        "commitment": _commitment,
        "rejection": _rejection,
        "withdrawal": _withdrawal,
        "application": _application,
    }[kind]
    return make(rx, case)


def _paper(rx: Tx, case: Case, kind: str, at: int | None, **parts: Any) -> Paper:
    form = form_of(rx, case)
    day = local(at or rx.now, rx.rules.zone).date()
    office = rx.rules.file.cases.office or rx.rules.file.hall.name
    empty: dict[str, Any] = {"paragraphs": (), "facts": (), "lists": (), "closing": ()}
    return Paper(
        title=PAPERS[kind],
        number=case.code or "",
        to=form.name or "申请人",
        office=office,
        day=day_words(day),
        link=case_link(rx, case),
        **{**empty, **parts},
    )


def _told(rx: Tx, case: Case) -> list[History]:
    """Each 一次性告知, oldest first; of a bundle the whole tells, not its parts."""
    if case.correction is None:
        return []
    return [one for one in rx.cases.history(case.id) if one.action == "correction" and one.data.get("items")]


def _accepted(rx: Tx, case: Case) -> dict[str, Any]:
    """What was so at the acceptance: its line in the history, and the case itself where an old line does not say it."""
    lines = [one for one in rx.cases.history(case.id) if one.action in ("accepted", "deferred")]
    now = {
        "due_day": case.due_day,
        "due_provisional": case.due_provisional,
        "owner_name": case.owner_name,
        "delivery": case.delivery,
    }
    return {**now, **(lines[-1].data if lines else {})}


def _acceptance(rx: Tx, case: Case) -> Paper:
    form, then = form_of(rx, case), _accepted(rx, case)
    found = matters(rx, case)
    kind = "一件事" if case.is_bundle else KIND_WORDS[Kind(case.kind)][0]
    due = _day(then["due_day"]) or "补正期间暂停计时"
    facts = [
        ("事项", case.name),
        ("申请人", form.name),
        ("证件号码", mask_id(form.identity) if len(form.identity) > 8 else "—"),
        ("办理部门", "、".join(dict.fromkeys(one.item.department for one in found))),
        ("件类型", kind),
        ("承诺办结日", _marked(due, then["due_provisional"])),
        ("经办人（首办责任人）", then["owner_name"] or "—"),
        ("结果送达", DELIVERY[then["delivery"]]),
        ("公示号", numbers_of(rx, case)),
    ]
    materials = _materials(rx, case)
    lists = [("收到的材料", materials)] if materials else []
    closing = ["凭统一申报编码和联系人手机号后四位，可在手机上查询办理进度；大厅进度公示屏上以公示号显示。"]
    if case.deferral:
        lists.append((f"容缺材料（应于{_until(case.deferral)}前补交）", tuple(case.deferral["names"])))
    words = (f"您提交的“{case.name}”申请，经审查符合受理条件，现予受理。",)
    return _paper(
        rx,
        case,
        "acceptance",
        case.accepted_at,
        paragraphs=words,
        facts=tuple(facts),
        lists=tuple(lists),
        closing=tuple(closing),
    )


def _materials(rx: Tx, case: Case, *, now: bool = False) -> tuple[str, ...]:
    """What was handed in at the acceptance, or by `now`: what is (or was) to follow is listed apart."""
    deferred = set((case.deferral or {}).get("materials", ()))
    found = matters(rx, case)
    materials = whole_list(case, found)
    if now:
        deferred &= {one.id for one in missing(materials, case.ticks)} if case.deferral_due else set()
    return tuple(
        f"{one.name}（{FORM_WORDS[one.form][0]}，{one.copies}份）" for one in materials if one.id not in deferred
    )


def _correction(rx: Tx, case: Case, nth: int) -> Paper:
    """The nth notice (from 1) as it was given: a later one changes nothing in it, nor does what was brought since."""
    line = _told(rx, case)[nth - 1]
    due = _marked(_day(line.data.get("due")), line.data.get("provisional"))
    words = (f"您提交的“{case.name}”申请，材料不齐全或者不符合法定形式，现将需要补正的全部内容一次性告知如下：",)
    facts = (("告知时间", acknowledging.moment_words(rx, line.at)), ("告知人", line.by_name), ("补正期限", due or "—"))
    lists = [("需要补正的内容", _asked_for(line.data["items"]))]
    if line.data.get("still"):
        lists.append(("此前告知、尚未补正的内容", _asked_for(line.data["still"])))
    closing = (f"请于{due or '告知的期限'}前补正；逾期未补正的，终止办理。", "补正期间不计入办理期限。")
    return _paper(rx, case, "correction", line.at, paragraphs=words, facts=facts, lists=tuple(lists), closing=closing)


def _asked_for(items: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{one['name']}：{one['text']}" if one["name"] else one["text"] for one in items)


def _refusal(rx: Tx, case: Case) -> Paper:
    last = next(one for one in reversed(rx.cases.history(case.id)) if one.action == "refused")
    words = (f"您提交的“{case.name}”申请，经审查不符合受理条件，现决定不予受理。",)
    reasons = (("不予受理的理由", tuple(last.data["reasons"])),)
    closing = (str(last.data["remedies"]),)
    return _paper(rx, case, "refusal", last.at, paragraphs=words, lists=reasons, closing=closing)


def _rejection(rx: Tx, case: Case) -> Paper:
    """不予同意的书面决定，说明理由，告知复议、诉讼的权利; in the name of the item's own department. Where another department of a
    joint approval did not agree, it says which."""
    last = next(one for one in reversed(rx.cases.history(case.id)) if one.action == "rejected")
    words = (f"您提交的“{case.name}”申请（统一申报编码{case.code}），经审查不符合法定条件，现决定不予许可。",)
    reasons = (("不予许可的理由", tuple(last.data["reasons"])),)
    closing = (str(last.data.get("rights") or last.data.get("remedies") or rx.rules.file.cases.remedies),)
    others = [one.department for one in rx.tasks.of_case(case.id) if one.state == TaskState.REJECTED]
    facts = (("不同意的部门", others[0]),) if others and others[0] != case.department else ()
    said = _paper(rx, case, "rejection", last.at, paragraphs=words, facts=facts, lists=reasons, closing=closing)
    return replace(said, office=case.department)


def _commitment(rx: Tx, case: Case) -> Paper:
    said = case.deferral or {}
    words = (
        f"本人（本单位）申请办理“{case.name}”，下列材料暂未提交，申请容缺受理，并承诺：",
        f"{said['commitment']}",
        f"于{_until(said)}前补交全部材料；逾期未补交的，同意终止办理。",
    )
    closing = ("承诺人（签名）：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿",)
    lists = (("暂未提交的材料", tuple(said["names"])),)
    return _paper(rx, case, "commitment", case.accepted_at, paragraphs=words, lists=lists, closing=closing)


def _supplement(rx: Tx, case: Case, nth: int) -> Paper:
    at, parts = acknowledging.handed_in_words(rx, case, nth)
    return _paper(rx, case, "supplement", at, **parts)


def _withdrawal(rx: Tx, case: Case) -> Paper:
    materials = _materials(rx, case, now=True) if case.accepted_at is not None else ()
    at, parts = acknowledging.withdrawn_words(rx, case, materials)
    return _paper(rx, case, "withdrawal", at, **parts)


def _application(rx: Tx, case: Case) -> Paper:
    """To the department, signed by the applicant: no office and no day of ours."""
    drawn = _paper(rx, case, "application", None, **application_form.parts(rx, case))
    return replace(drawn, to=case.department, office="", day="", fixed=application_form.foot(rx, case))


def _until(deferral: Mapping[str, Any]) -> str:
    return _marked(_day(deferral["until"]), deferral.get("provisional"))


def _marked(day: str, provisional: bool | None) -> str:
    """The holidays of its year were not known when the paper was made."""
    return f"{day}（暂定）" if provisional else day


def _day(text: str | None) -> str:
    return day_words(date.fromisoformat(text)) if text else ""
