"""Cases at the window: opened, filled in, accepted with or without papers to follow, told what is missing, refused."""

from __future__ import annotations

from server.access.refusals import StaffUnknown
from server.domain.actor import Role
from server.domain.cases import intake as intake_rule
from server.domain.cases.authorization import NotAuthorized
from server.domain.cases.form import FormIncomplete, NotCheckedField, OverrideReasonMissing
from server.domain.cases.intake import Deferral
from server.domain.cases.received import ListPublished, PaperOfNoItem
from server.domain.cases.special import ReasonsMissing, ResultAwaited
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.codes import SerialsExhausted
from server.journey.cases import at_once, correcting, ending, opening, owning, rights
from server.journey.cases.drafting import DraftRequest, save_draft
from server.journey.cases.intake import AcceptRequest, ApplicantNotEligible, accept
from server.journey.cases.items import CheckpointUnknown, SituationOpen
from server.journey.cases.pre_review import OtherDepartmentsReview
from server.journey.cases.receipts import papers_for
from server.journey.catalogue.rights import NotYourDepartment
from server.journey.counter import NotYourWindow, WindowNotOpen
from server.journey.serving import NobodyAtCounter
from server.store.bundles import BundleUnknown
from server.store.cases import CaseDraftChanged, CaseUnknown
from server.store.catalogue_rows import ItemNotPublished
from server.web.access import COUNTER, STAFF
from server.web.api import case_schemas as schemas
from server.web.api.case_answers import CaseOut
from server.web.api.case_common import ALWAYS, PaperNotThere, note_read, one_case, pdf, shown_to
from server.web.api.case_schemas import ticks
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services

routes = Routes("cases")
REVIEWERS = (*COUNTER, Role.APPROVER, Role.HEAD)
PARTIES = (*STAFF, Role.APPROVER, Role.HEAD)


@routes.post(
    "/cases",
    COUNTER,
    summary="开始收件 Open a case",
    body=schemas.OpenCase,
    answers={201: CaseOut},
    refusals=(
        NobodyAtCounter,
        NotYourWindow,
        WindowNotOpen,
        ItemNotPublished,
        BundleUnknown,
        opening.BundleClosed,
        AnswerUnknown,
    ),
)
def open_case(body: schemas.OpenCase) -> Reply:
    """From the ticket being served at the window: a draft of an item, or of a bundle (一件事) with its children. Answers
    and ticks of the ticket's precheck are taken over, and the phone of the ticket is the contact's."""
    who = actor()
    wanted = opening.OpenRequest(who, body.window, body.item, body.bundle, body.answers or {})
    return command(opening.open_case, wanted, body, shown_to(who), 201)


@routes.get(
    "/cases/{case}",
    PARTIES,
    may=rights.part,
    summary="办件 A case",
    answers={200: CaseOut},
    refusals=(CaseUnknown, NotYourDepartment),
)
def see(case: int) -> Reply:
    """The form is in clear only for the owner of a draft, else masked. Departments see their own cases."""
    return 200, services().store.read(services().hall_id, one_case, case, actor())


@routes.post(
    "/cases/{case}/draft",
    COUNTER,
    may=rights.goes_on,
    summary="保存草稿 Save the draft",
    body=schemas.SaveDraft,
    answers={200: CaseOut},
    refusals=(
        *ALWAYS,
        CaseDraftChanged,
        AnswerUnknown,
        CheckpointUnknown,
        OverrideReasonMissing,
        NotCheckedField,
        ListPublished,
        PaperOfNoItem,
    ),
)
def draft(case: int, body: schemas.SaveDraft) -> Reply:
    """Answers, ticks, form and overrides, each as a whole; what is left out stays. `revision` is the one the page has
    seen: a draft saved elsewhere meanwhile is not overwritten."""
    who = actor()
    marked = None if body.ticks is None else ticks(body.ticks)
    received = schemas.papers(body.received)
    wanted = DraftRequest(who, case, body.revision, body.answers, marked, body.form, body.overrides, received)
    return command(save_draft, wanted, body, shown_to(who))


@routes.post(
    "/cases/{case}/accept",
    COUNTER,
    may=rights.goes_on,
    summary="受理 Accept",
    body=schemas.Accept,
    answers={200: CaseOut},
    refusals=(
        *ALWAYS,
        CaseDraftChanged,
        FormIncomplete,
        SituationOpen,
        ApplicantNotEligible,
        intake_rule.CheckpointsOpen,
        intake_rule.NotDeferrable,
        intake_rule.CommitmentMissing,
        intake_rule.DeferralTooLong,
        intake_rule.PromiseBroken,
        SerialsExhausted,
    ),
)
def take_in(case: int, body: schemas.Accept) -> Reply:
    """受理, or 容缺受理 with a written commitment: the unified code, the promised day, the departments' parts, the SMS."""
    who, said = actor(), body.deferral
    deferral = None if said is None else Deferral(said.commitment, said.until, said.despite)
    return command(accept, AcceptRequest(who, case, body.revision, deferral), body, shown_to(who))


@routes.post(
    "/cases/{case}/correction",
    REVIEWERS,
    may=rights.turns_back,
    summary="一次性告知补正 Ask for correction",
    body=schemas.Correct,
    answers={200: CaseOut},
    refusals=(
        *ALWAYS,
        OtherDepartmentsReview,
        intake_rule.SecondCorrection,
        correcting.CorrectionEmpty,
        correcting.CorrectionMaterialUnknown,
        SerialsExhausted,
    ),
)
def correct(case: int, body: schemas.Correct) -> Reply:
    """Everything at once, before acceptance; a second time needs a manager or head, and a reason."""
    who = actor()
    items = tuple(correcting.Wanted(one.material, one.text) for one in body.items)
    return command(correcting.correct, correcting.CorrectionRequest(who, case, items, body.reason), body, shown_to(who))


@routes.post(
    "/cases/{case}/supplement",
    COUNTER,
    may=rights.part,
    summary="补正、补交 What was missing is brought",
    body=schemas.Supplement,
    answers={200: CaseOut},
    refusals=(*ALWAYS, correcting.NothingToSupplement, correcting.StillMissing, CheckpointUnknown, ListPublished),
)
def supplement(case: int, body: schemas.Supplement) -> Reply:
    """At any window. What a department had told to correct goes back to it and the clock runs on; what was deferred is
    there when all of it is ticked. What was asked for in words is confirmed one by one: nothing else is receipted. Where no list is published, `papers` are what was brought."""
    who = actor()
    said = (frozenset(body.words), schemas.brought(body.papers))
    wanted = correcting.SupplementRequest(who, case, ticks(body.ticks), body.note, *said)
    return command(correcting.supplement, wanted, body, shown_to(who))


@routes.post(
    "/cases/{case}/refuse",
    REVIEWERS,
    may=rights.turns_back,
    summary="不予受理 Refuse to accept",
    body=schemas.Refuse,
    answers={200: CaseOut},
    refusals=(
        *ALWAYS,
        OtherDepartmentsReview,
        ending.RefusalReasonMissing,
        ending.RefusalReasonUnknown,
        FormIncomplete,
        SerialsExhausted,
    ),
)
def refuse(case: int, body: schemas.Refuse) -> Reply:
    """With the item's own reasons or others in words; the notice names the remedies."""
    who = actor()
    wanted = ending.RefuseRequest(who, case, tuple(body.reasons), body.other)
    return command(ending.refuse, wanted, body, shown_to(who))


@routes.post(
    "/cases/{case}/withdraw",
    COUNTER,
    may=rights.part,
    summary="撤回 Withdraw",
    body=schemas.WithReason,
    answers={200: CaseOut},
    refusals=(*ALWAYS, ending.WithdrawalReasonMissing),
)
def withdraw(case: int, body: schemas.WithReason) -> Reply:
    """The applicant's wish, at any window, until the case is decided."""
    who = actor()
    return command(ending.withdraw, ending.WithdrawRequest(who, case, body.reason), body, shown_to(who))


@routes.post(
    "/cases/{case}/decide-at-once",
    COUNTER,
    may=rights.in_own_hands,
    summary="当场办结 Decide at the window",
    body=schemas.DecideAtOnce,
    answers={200: CaseOut},
    refusals=(
        *ALWAYS,
        NotAuthorized,
        NotYourWindow,
        WindowNotOpen,
        at_once.NotInstant,
        ResultAwaited,
        ReasonsMissing,
    ),
)
def decide(case: int, body: schemas.DecideAtOnce) -> Reply:
    """即办件 (前台一人通办), after acceptance, by a clerk in the register of authorizations."""
    who = actor()
    said = (body.decision, body.opinion, tuple(body.reasons), body.without_result)
    wanted = at_once.AtOnceRequest(who, case, body.window, *said)
    return command(at_once.decide_at_once, wanted, body, shown_to(who))


@routes.post(
    "/cases/{case}/hand-on",
    COUNTER,
    may=rights.in_own_hands,
    summary="首办责任移交 Hand on",
    body=schemas.HandOn,
    answers={200: CaseOut},
    refusals=(*ALWAYS, StaffUnknown, owning.HandOnNotClerk, owning.HandOnReasonMissing),
)
def hand_on(case: int, body: schemas.HandOn) -> Reply:
    """To another clerk, with the reason, which stays in the history."""
    who = actor()
    return command(owning.hand_on, owning.HandOnRequest(who, case, body.to, body.reason), body, shown_to(who))


@routes.get(
    "/cases/{case}/papers/{paper}.pdf",
    PARTIES,
    may=rights.part,
    summary="文书 A paper of the case",
    answers={200: "application/pdf"},
    refusals=(CaseUnknown, NotYourDepartment, PaperNotThere),
)
def case_paper(case: int, paper: str) -> Reply:
    """acceptance 受理通知书, correction 一次性告知书, refusal 不予受理决定书, commitment 容缺承诺书, rejection 不予许可决定书,
    supplement 补交（补正）回执, withdrawal 撤回回执, application 网上申请表（打印签名, for the counter). Its QR code leads to the hall's
    progress page: the citizen's own link, which rates, is not for staff. It names the applicant: who reads it is in the
    audit."""
    who, link = actor(), f"{services().settings.public_url.rstrip('/')}/progress"
    drawn = pdf(case, paper, link=link, allowed=lambda rx, one: papers_for(rx, one, who))
    note_read("case.paper", f"case:{case}", {"paper": paper})
    return drawn
