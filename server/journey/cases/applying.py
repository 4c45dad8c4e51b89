"""Step 2, online: a citizen whose phone is known applies, saves and submits; later takes the number for the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.actor import SYSTEM, Actor, Role
from server.domain.cases import documents
from server.domain.cases.form import BasicForm, project_name
from server.domain.cases.record import Case
from server.domain.cases.state import CASE_MOVES, CaseState
from server.domain.catalogue.model import Applicant, Kind, Material, Medium
from server.domain.refusals import Refusal
from server.domain.ticket import LIVE, Ticket
from server.journey.cases import deadlines
from server.journey.cases.acknowledging import RECEIVED
from server.journey.cases.answering import answer_of, need_answer
from server.journey.cases.correcting import NothingToSupplement, corrected_now
from server.journey.cases.drafting import DraftRequest, save
from server.journey.cases.ending import end_all
from server.journey.cases.intake import ONLINE, ApplicantNotEligible, new_code
from server.journey.cases.items import matter, need_situation
from server.journey.cases.moves import move, note, tell_case
from server.journey.cases.opening import blank, with_precheck
from server.journey.cases.particulars import ELECTRONIC, checked_columns, form_columns, overrides_of
from server.journey.cases.phones import citizen, phone_of
from server.journey.cases.profiles import fill, keep
from server.journey.step import changes_lines
from server.journey.taking import TakeRequest, take_number
from server.store.cases import CaseUnknown, case_moved, draft_changed
from server.store.transaction import Tx

S = CaseState
MOST_DRAFTS = 10
EDITABLE_ONLINE = frozenset({S.DRAFT, S.CORRECTION})


class NotOnline(Refusal):
    status, code = 409, "not_online"
    zh = "“{item}”不能网上申请，请到大厅办理。"
    en = "“{item}” cannot be applied for online. Please come to the hall."


class TooManyDrafts(Refusal):
    status, code = 409, "too_many_drafts"
    zh = "您已有 {most} 个没有提交的网上申请，请先提交或撤回一个。"
    en = "You have {most} online applications that are not submitted. Submit or withdraw one first."


class UploadsMissing(Refusal):
    status, code = 409, "uploads_missing"
    zh = "请上传“{material}”后再提交。"
    en = "Upload {material}, then submit."


class NotYourApplication(Refusal):
    status, code = 403, "not_your_application"
    zh = "这个申请是用另一个手机号提交的，请用该手机号验证。"
    en = "This application was made with another phone. Confirm that phone."


class NoVisitNeeded(Refusal):
    status, code = 409, "no_visit_needed"
    zh = "这个申请现在不需要到窗口，请按页面提示办理。"
    en = "This application needs no visit now. Follow its page."


@dataclass(frozen=True, slots=True)
class ApplyRequest:
    phone_token: str
    item: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaveOnline:
    """None leaves a part as it is. `documents`: field → the document whose number stands in the ID card's place."""

    case: int
    phone_token: str
    revision: int
    answers: Mapping[str, Any] | None = None
    form: BasicForm | None = None
    documents: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """`in_hall`: from the online area (网办区), where the number is taken at once. `keep`: with consent (自助填表).
    `paper`: what runs wholly online is wanted on paper, too, at the issue window."""

    case: int
    phone_token: str
    revision: int
    in_hall: bool = False
    keep: bool = False
    paper: bool = False


@dataclass(frozen=True, slots=True)
class CitizenRequest:
    case: int
    phone_token: str


@dataclass(frozen=True, slots=True)
class SupplementOnline:
    case: int
    phone_token: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The link is the proof."""

    case: int


def apply(tx: Tx, request: ApplyRequest, now: int) -> Case:
    """A draft of the citizen's own. Raises PhoneTokenOld, TooManyDrafts, ItemNotPublished, NotOnline, AnswerUnknown."""
    phone = phone_of(tx, request.phone_token)
    by = citizen(tx, phone)
    mine = tx.cases.of_phone(tx.vault.fingerprint(phone))
    if sum(one.at == S.DRAFT and one.created_by == by.id for one in mine) >= MOST_DRAFTS:
        raise TooManyDrafts(most=MOST_DRAFTS)
    version, item = tx.catalogue.in_force(request.item, deadlines.today(tx))
    if item.kind not in ONLINE:
        raise NotOnline(item=item.name)
    case = blank(tx, request.item, version, item, by, now, channel="online")
    case = with_precheck(tx, case, item, request.answers, None)
    form = BasicForm(applicant=Applicant(case.applicant), project_name=project_name(case.name), contact_phone=phone)
    case = tx.cases.add(case.but(**form_columns(tx, form, {})))
    tx.cases.note(case.id, by.id, by.name, "opened", {"online": True}, None, case.state)
    tell_case(tx, "opened", case, None)
    kept = [one for one in tx.profiles.of_phone(tx.vault.fingerprint(phone)) if one.applicant in item.applicants]
    return fill(tx, case, kept[0]) if kept else case


def own_case(tx: Tx, case_id: int, phone_token: str) -> tuple[Case, Actor]:
    """The case, if this phone applied for it. Raises PhoneTokenOld, CaseUnknown, NotYourApplication."""
    phone = phone_of(tx, phone_token)
    case = tx.cases.get(case_id)
    by = citizen(tx, phone)
    if case.created_by != by.id and case.phone_hash != tx.vault.fingerprint(phone):
        raise NotYourApplication()
    return case, by


def save_online(tx: Tx, request: SaveOnline, now: int) -> Case:
    """Raises what save_draft raises, and NotYourApplication."""
    case, by = own_case(tx, request.case, request.phone_token)
    if case.channel != "online" or case.at not in EDITABLE_ONLINE or case.start_day is not None:
        raise case_moved(case)
    given = request.documents
    passed = None if given is None else documents.anew(overrides_of(tx, case), given)
    return save(tx, case, DraftRequest(by, case.id, request.revision, request.answers, None, request.form, passed))


@changes_lines
def submit(tx: Tx, request: SubmitRequest, now: int) -> Case:
    """To the pre-review; from the online area of a half-online item straight to a number.

    Raises FormIncomplete, SituationOpen, ApplicantNotEligible, UploadsMissing, CorrectionNotUploaded,
    CorrectionNotAnswered, CaseDraftChanged, CaseMoved, SerialsExhausted.
    """
    case, by = own_case(tx, request.case, request.phone_token)
    if case.channel != "online" or case.at not in EDITABLE_ONLINE or case.start_day is not None:
        raise case_moved(case)
    if request.revision != case.revision:
        raise draft_changed(case)
    form, columns = checked_columns(tx, case)
    one = need_situation(matter(tx, case))
    if form.applicant not in one.item.applicants:
        raise ApplicantNotEligible(item=case.name, applicant_zh=form.applicant, applicant_en=form.applicant)
    at_once = request.in_hall and one.item.kind == Kind.ONLINE_HALF
    half = one.item.kind == Kind.ONLINE_HALF
    _check_uploads(
        tx, case, [material for material in one.materials if not (half and material.deferrable)], at_once=at_once
    )
    if one.item.kind == Kind.ONLINE_FULL and not form.courier:
        columns["delivery"] = "counter" if request.paper else ELECTRONIC
    columns |= {
        "code": case.code or new_code(tx, case),
        "correction_due": None,
        "pre_review_due": deadlines.limit(tx, tx.rules.file.cases.pre_review_days),
    }
    facts: dict[str, Any] = {"in_hall": request.in_hall, deadlines.LIMIT: tx.rules.file.cases.pre_review_days}
    if case.at == S.CORRECTION:
        answer = answer_of(tx, case, one.materials)
        need_answer(tx, case, one.materials, answer)
        facts[RECEIVED] = list(answer.names)
    case = move(tx, case, S.PRE_REVIEW, by, "submitted", facts, now, **columns)
    if request.keep:
        keep(tx, case, phone_of(tx, request.phone_token))
    if at_once:
        told = {deadlines.LIMIT: tx.rules.file.cases.visit_days}
        case = move(tx, case, S.AWAITING_VISIT, SYSTEM, "number_in_hall", told, now, pre_review_due=None)
        case = _take_number(tx, case, now)
    return case


def _check_uploads(tx: Tx, case: Case, materials: list[Material], *, at_once: bool) -> None:
    """A file for each material that is neither fetched by the hall nor of paper alone, so that the pre-review has
    something to see. `at_once`: there is none, and the window sees what may be of paper. What may follow later (可容缺)
    is the window's to judge: `materials` leaves it out where there will be one."""
    have = {one.purpose for one in tx.files.of(f"case:{case.id}")}
    brought = {Medium.PAPER, Medium.EITHER} if at_once else {Medium.PAPER}
    for one in materials:
        if one.medium not in brought and not one.shared and f"material:{one.id}" not in have:
            raise UploadsMissing(material=one.name)


def withdraw_online(tx: Tx, request: CitizenRequest, now: int) -> Case:
    """Until it is decided. Raises NotYourApplication, CaseMoved."""
    case, by = own_case(tx, request.case, request.phone_token)
    if S.WITHDRAWN not in CASE_MOVES[case.at]:
        raise case_moved(case)
    return end_all(tx, case, S.WITHDRAWN, by, "withdrawn", "申请人撤回", now)


def supplement_online(tx: Tx, request: SupplementOnline, now: int) -> Case:
    """补正 of a case that came online: what the department had asked for is uploaded, and it looks again.

    Raises NotYourApplication, NothingToSupplement, CorrectionNotUploaded, CorrectionNotAnswered.
    """
    case, by = own_case(tx, request.case, request.phone_token)
    if case.channel != "online" or case.at != S.CORRECTION or case.start_day is None:
        raise NothingToSupplement(case=case.code or f"#{case.id}")
    materials, words = matter(tx, case).materials, request.note.strip()
    answer = answer_of(tx, case, materials, words)
    need_answer(tx, case, materials, answer)
    asked = answer.newest.keys() & {one["material"] for one in (case.correction or {}).get("items", [])}
    ticks = case.ticks | {(one.id, point.id) for one in materials if one.id in asked for point in one.checkpoints}
    facts = {"note": words, "online": True, RECEIVED: list(answer.names)}
    return corrected_now(tx, case, by, ticks, facts, now)


@changes_lines
def check_in(tx: Tx, request: CheckIn, now: int) -> Case:
    """The number for bringing the papers (受理号), in the item's section. Raises NoVisitNeeded, and what taking raises."""
    case = tx.cases.get(request.case)
    if case.at != S.AWAITING_VISIT:
        raise NoVisitNeeded()
    if case.ticket_id is not None and tx.tickets.get(case.ticket_id).state in LIVE:
        return case
    return _take_number(tx, case, now)


def _take_number(tx: Tx, case: Case, now: int) -> Case:
    kiosk = Actor("online", "网上申报", frozenset({Role.KIOSK}))
    phone = tx.vault.open(case.phone_box) if case.phone_box else None
    item = case.item_id if case.item_id in tx.rules.items else None
    section = None if item else case.section
    wanted = TakeRequest(kiosk, section=section, item=item, phone=phone, channel="online")
    ticket: Ticket = take_number(tx, wanted, now)
    case = tx.cases.set(case, ticket_id=ticket.id)
    note(tx, case, kiosk, "number_taken", {"number": ticket.number})
    return case


def case_id_of(tx: Tx, link: str) -> int | None:
    """The case behind a link; None for one that is none."""
    try:
        return tx.cases.by_link(link).id
    except CaseUnknown:
        return None
