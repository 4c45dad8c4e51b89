"""Around the window's cases: what a ticket brings with it, lists, search, prefilled forms, the pre-review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain.actor import Actor, Role
from server.domain.cases.form import FormIncomplete
from server.domain.cases.state import CaseState
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.codes import CreditCodeInvalid, credit_code
from server.domain.identity import IdNumberInvalid, PhoneInvalid, id_number, phone_number
from server.journey.cases import pre_review, profiles, rights, self_filled
from server.journey.cases.intake import ApplicantNotEligible
from server.journey.cases.items import CheckpointUnknown, SituationOpen, name_en
from server.journey.cases.notices import case_link
from server.journey.cases.particulars import form_of
from server.journey.cases.parties import has_part
from server.journey.cases.precheck_views import precheck_json
from server.journey.cases.prechecking import PrecheckRequest, precheck
from server.journey.cases.self_filling import NothingFilledIn
from server.journey.cases.views import brief, form_json
from server.store.bundles import BundleUnknown
from server.store.cases import CaseUnknown
from server.store.catalogue_rows import ItemNotPublished
from server.store.profiles import ProfileUnknown
from server.store.tickets import TicketMoved, TicketUnknown
from server.web.access import ANYONE, COUNTER, STAFF
from server.web.api import case_schemas as schemas
from server.web.api.case_answers import CaseList, CaseOut, FormOut, OwnCases, PrecheckOut, TicketCases
from server.web.api.case_common import ALWAYS, note_read, shown_to
from server.web.api.case_schemas import ticks
from server.web.api.commands import command
from server.web.api.links import holder
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("case_desk")
S = CaseState
OPEN_STATES = (S.DRAFT, S.AWAITING_VISIT, S.CORRECTION, S.ACCEPTED, S.REVIEWING, S.SUSPENDED, S.APPROVED, S.REJECTED,
               S.AT_ISSUE, S.SENT)  # fmt: skip
RUNNING = (S.ACCEPTED, S.REVIEWING, S.SUSPENDED)
VIEWS: dict[str, tuple[CaseState, ...]] = {
    "mine": OPEN_STATES,
    "drafts": (S.DRAFT,),
    "correction": (S.CORRECTION,),
    "deferral": RUNNING,
    "online": (S.PRE_REVIEW, S.AWAITING_VISIT),
}
REVIEWERS = (*COUNTER, Role.APPROVER, Role.HEAD)


@routes.get("/cases", COUNTER, summary="办件列表 Cases", query=schemas.CaseQuery, answers={200: CaseList})
def list_cases(query: schemas.CaseQuery) -> Reply:
    """One's own as first handler; managers see everybody's. `online`: what waits for its pre-review or its papers."""
    found = services().store.read(services().hall_id, _listed, query.view, actor())
    return 200, {"cases": found}


def _listed(rx: Tx, view: str, by: Actor) -> list[dict[str, Any]]:
    states = VIEWS[view]
    if not by.leads and view != "online":
        found = rx.cases.owned(by.id, states)
        if view == "deferral":
            found = [one for one in found if one.deferral_due is not None]
    elif view == "deferral":
        found = rx.cases.deferrals_until("9999")[:200]
    else:
        found = rx.cases.in_states(states, 200)
    return [brief(rx, one) for one in found if view != "drafts" or one.channel != "online"]


@routes.post(
    "/cases/search",
    (*STAFF, Role.APPROVER, Role.HEAD),
    summary="查办件 Find cases",
    body=schemas.Search,
    answers={200: CaseList},
    refusals=(PhoneInvalid, IdNumberInvalid, CreditCodeInvalid),
    replayed=False,
)
def search(body: schemas.Search) -> Reply:
    """By the unified code, or by a phone, ID number or credit code, which are compared by fingerprint; it is audited. `code`
    takes the number of any other document, too (a passport). Departments find their own cases."""
    if body.code is not None:
        by, text = "code", "".join(body.code.split()).upper()
    elif body.phone is not None:
        by, text = "phone", phone_number(body.phone)
    elif body.id_number is not None:
        by, text = "identity", id_number(body.id_number)
    else:
        by, text = "identity", credit_code(body.credit_code or "")
    found = services().store.read(services().hall_id, _found, by, text, actor())
    note_read("case.searched", by, {"found": [one["id"] for one in found]})
    return 200, {"cases": found}


def _found(rx: Tx, by: str, text: str, who: Actor) -> list[dict[str, Any]]:
    mark = rx.vault.fingerprint(text)
    if by == "code":
        try:
            found = [rx.cases.by_code(text)]
        except CaseUnknown:
            found = rx.cases.of_identity(mark)  # a passport, an organisation's certificate: of no shape of its own
    else:
        found = rx.cases.of_phone(mark) if by == "phone" else rx.cases.of_identity(mark)
    return [brief(rx, one) for one in found if has_part(rx, who, one)]


@routes.get(
    "/tickets/{ticket}/cases",
    STAFF,
    summary="这张号的办件 Cases of a ticket",
    answers={200: TicketCases},
    refusals=(TicketUnknown,),
)
def of_ticket(ticket: int) -> Reply:
    """What the guide or the phone has found before, what particulars its phone has kept, and the cases of this visit."""
    return 200, services().store.read(services().hall_id, _of_ticket, ticket, actor())


def _of_ticket(rx: Tx, ticket_id: int, by: Actor) -> dict[str, Any]:
    ticket = rx.tickets.get(ticket_id)
    return {
        "ticket": ticket.id,
        "number": ticket.number,
        "item": ticket.item,
        "precheck": precheck_json(rx, rx.prechecks.of_ticket(ticket_id)),
        "filled": self_filled.shown_at_window(rx, ticket, by),
        "profiles": profiles.profiles_of(rx, ticket.phone_hash),
        "cases": [brief(rx, one) for one in rx.cases.of_ticket(ticket_id) if one.parent_id is None],
    }


@routes.get(
    "/links/{token}/cases",
    ANYONE,
    summary="这张号办的事 What my visit opened",
    answers={200: OwnCases},
    refusals=(LinkUnknown, TooManyRequests),
)
def own_cases(token: str) -> Reply:
    """For the holder of the ticket's link: each case with its own page."""
    _, _, ticket = holder(token)
    return 200, {"cases": services().store.read(services().hall_id, _own, ticket)}


def _own(rx: Tx, ticket_id: int) -> list[dict[str, Any]]:
    mine = [one for one in rx.cases.of_ticket(ticket_id) if one.parent_id is None]
    return [{**brief(rx, one), "name_en": name_en(rx, one), "link": case_link(rx, one)} for one in mine]


PRECHECK_REFUSALS = (TicketUnknown, TicketMoved, BundleUnknown, ItemNotPublished, AnswerUnknown, CheckpointUnknown)


@routes.post(
    "/tickets/{ticket}/precheck",
    STAFF,
    summary="预审结果随号 What the guide found",
    body=schemas.PrecheckIn,
    answers={200: PrecheckOut},
    refusals=PRECHECK_REFUSALS,
)
def guide_precheck(ticket: int, body: schemas.PrecheckIn) -> Reply:
    """The situation and what has been seen to be in order, of an item or of a whole bundle (ticks of its one list); the
    window that serves the ticket has it at once."""
    wanted = PrecheckRequest(
        actor(), ticket, body.item, body.answers or {}, ticks(body.ticks), body.note, bundle=body.bundle
    )
    return command(precheck, wanted, body, precheck_json)


@routes.post(
    "/links/{token}/precheck",
    ANYONE,
    summary="自己先问清情形 My situation",
    body=schemas.PrecheckIn,
    answers={200: PrecheckOut},
    refusals=(LinkUnknown, TooManyRequests, *PRECHECK_REFUSALS),
)
def own_precheck(token: str, body: schemas.PrecheckIn) -> Reply:
    """Answers by the holder of the ticket's link, of an item or of a whole bundle. What a citizen ticks counts for nothing: clerks check."""
    _, citizen, ticket = holder(token)
    wanted = PrecheckRequest(citizen, ticket, body.item, body.answers or {}, bundle=body.bundle)
    return command(precheck, wanted, body, precheck_json, by=citizen)


@routes.post(
    "/cases/{case}/unmask",
    REVIEWERS,
    may=rights.reads_in_clear,
    summary="查看完整信息 The form in clear",
    body=schemas.Unmask,
    answers={200: FormOut},
    refusals=(CaseUnknown, pre_review.OtherDepartmentsReview),
    replayed=False,
)
def unmask(case: int, body: schemas.Unmask) -> Reply:
    """Who looked and why is in the audit. Departments see their own cases."""
    form = services().store.read(services().hall_id, _clear, case)
    note_read("case.unmasked", f"case:{case}", {"reason": body.reason})
    return 200, {"form": form}


def _clear(rx: Tx, case_id: int) -> dict[str, Any]:
    return form_json(form_of(rx, rx.cases.get(case_id)))


@routes.post(
    "/cases/{case}/prefill",
    COUNTER,
    may=rights.in_own_hands,
    summary="自助填表：调取 Fill in what is kept",
    body=schemas.PrefillIn,
    answers={200: CaseOut},
    refusals=(*ALWAYS, ProfileUnknown, profiles.NoIdentity),
)
def prefill(case: int, body: schemas.PrefillIn) -> Reply:
    """The citizen's particulars as they were kept with consent: of the ticket's phone (`profile`), or of the number said."""
    who = actor()
    return command(profiles.prefill, profiles.Prefill(who, case, body.profile, body.identity), body, shown_to(who))


@routes.post(
    "/cases/{case}/take-over-form",
    COUNTER,
    may=rights.in_own_hands,
    summary="自助填表：调取号上填的表 Fill in what was typed while waiting",
    body=Nothing,
    answers={200: CaseOut},
    refusals=(*ALWAYS, NothingFilledIn),
)
def take_over_form(case: int, body: Nothing) -> Reply:
    """What the citizen of the case's ticket has sent, while the ticket is at this clerk's window."""
    who = actor()
    return command(self_filled.take_over, self_filled.TakeOver(who, case), body, shown_to(who))


@routes.post(
    "/cases/{case}/keep-profile",
    COUNTER,
    may=rights.in_own_hands,
    summary="自助填表：保存 Keep the particulars",
    body=schemas.KeepProfileIn,
    answers={200: CaseOut},
    refusals=(*ALWAYS, profiles.ConsentMissing, FormIncomplete),
)
def keep_profile(case: int, body: schemas.KeepProfileIn) -> Reply:
    """With the applicant's consent; they can delete it with their phone."""
    who = actor()
    return command(profiles.keep_profile, profiles.KeepProfile(who, case, body.consent), body, shown_to(who))


@routes.get(
    "/pre-reviews",
    REVIEWERS,
    summary="待预审 Online applications to look at",
    query=schemas.PreReviewQuery,
    answers={200: CaseList},
)
def pre_reviews(query: schemas.PreReviewQuery) -> Reply:
    """First due first. A department sees its own."""
    who = actor()
    department = query.department if who.leads or who.has(Role.CLERK) else who.department
    found = services().store.read(services().hall_id, _pre_reviews, department)
    return 200, {"cases": found}


def _pre_reviews(rx: Tx, department: str | None) -> list[dict[str, Any]]:
    return [brief(rx, one) for one in rx.cases.pre_reviews("9999-12-31", department)]


@routes.post(
    "/cases/{case}/pre-review/pass",
    REVIEWERS,
    may=rights.pre_reviews,
    summary="预审通过 Pass the pre-review",
    body=schemas.Note,
    answers={200: CaseOut},
    refusals=(*ALWAYS, pre_review.OtherDepartmentsReview, FormIncomplete, SituationOpen, ApplicantNotEligible),
)
def pass_pre_review(case: int, body: schemas.Note) -> Reply:
    """全流程: it is accepted by itself. 半流程: the papers are to be brought to a window, and the citizen is told."""
    who = actor()
    return command(pre_review.pass_pre_review, pre_review.PassRequest(who, case, body.note), body, shown_to(who))
