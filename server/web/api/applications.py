"""Online: a phone is confirmed by a code, an application filled in and submitted, its page seen by its link."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import request

from server.access.links import link_token
from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain import hours
from server.domain.actor import Actor, Role
from server.domain.cases.form import FormIncomplete
from server.domain.cases.record import Case
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.codes import SerialsExhausted
from server.domain.hall import ItemNotOffered, ItemRequired
from server.domain.identity import PhoneInvalid
from server.domain.refusals import Refusal
from server.journey import taking
from server.journey.cases import applying, own_page, phones
from server.journey.cases.answering import CorrectionNotAnswered, CorrectionNotUploaded
from server.journey.cases.correcting import NothingToSupplement
from server.journey.cases.intake import ApplicantNotEligible
from server.journey.cases.items import SituationOpen
from server.journey.cases.notices import case_link
from server.journey.cases.receipts import papers_of
from server.journey.cases.views import citizen_view
from server.store.cases import CaseDraftChanged, CaseMoved
from server.store.catalogue_rows import ItemNotPublished
from server.web.access import ANYONE
from server.web.api import application_schemas as schemas
from server.web.api.application_schemas import ApplicationOut
from server.web.api.case_common import PaperNotThere, pdf
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import services
from server.web.guard import client_address

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("applications")
TOKEN_HEADER = "X-Phone-Token"
LINK = (LinkUnknown, TooManyRequests)
OWN = (*LINK, phones.PhoneTokenOld, applying.NotYourApplication, CaseMoved)
TAKING = (
    ItemNotOffered,
    ItemRequired,
    taking.IssuingStopped,
    taking.TooManyTickets,
    taking.SameItemTwice,
    hours.IssuingClosed,
    hours.FullForToday,
)


@routes.post(
    "/phone-codes",
    ANYONE,
    summary="手机验证码 A code by SMS",
    body=schemas.PhoneIn,
    answers={204: None},
    refusals=(PhoneInvalid, phones.CodeTooSoon, phones.TooManyCodes, TooManyRequests),
)
def send_code(body: schemas.PhoneIn) -> Reply:
    """Six digits, good for some minutes; a minute apart, ten a day. Whether the phone is known here is not told. One
    address sends to many phones only slowly."""
    services().access.limits.phone_codes.take(client_address())
    code = f"{secrets.randbelow(1_000_000):06d}"
    return command(phones.send_code, phones.SendCode(body.phone, code), body, lambda tx, _: None, 204)


@routes.post(
    "/phone-codes/verify",
    ANYONE,
    summary="核对验证码 Confirm the phone",
    body=schemas.CodeIn,
    answers={200: schemas.PhoneKnown},
    refusals=(PhoneInvalid, phones.PhoneCodeWrong, phones.PhoneCodeSpent, TooManyRequests),
    replayed=False,
)
def verify_code(body: schemas.CodeIn) -> Reply:
    """Five wrong tries spend the code."""
    asked = phones.VerifyCode(body.phone, body.code)
    found = services().store.write(services().hall_id, phones.verify_code, asked)
    if isinstance(found, Refusal):
        raise found
    return 200, {"phone_token": found, "minutes": phones.TOKEN_MINUTES}


@routes.post(
    "/applications",
    ANYONE,
    summary="网上申请 Apply online",
    body=schemas.Apply,
    answers={201: schemas.ApplicationOpened},
    refusals=(
        phones.PhoneTokenOld,
        applying.TooManyDrafts,
        ItemNotPublished,
        applying.NotOnline,
        AnswerUnknown,
        TooManyRequests,
    ),
)
def apply(body: schemas.Apply) -> Reply:
    """A draft with a page of its own; filled in with what this phone has kept."""

    def opened(tx: Tx, case: Case) -> Any:
        return {**citizen_view(tx, case, clear=True), "link": case_link(tx, case)}

    wanted = applying.ApplyRequest(body.phone_token, body.item, body.answers or {})
    return command(applying.apply, wanted, body, opened, 201)


def case_holder(token: str) -> tuple[int, Actor]:
    """The case of a link, and whoever holds it. Guessing is slowed down per address."""
    guesses = services().access.limits.wrong_links
    guesses.check(client_address())
    try:
        found = services().store.read(services().hall_id, applying.case_id_of, link_token(token))
        if found is None:
            raise LinkUnknown
    except LinkUnknown:
        guesses.count(client_address())
        raise
    return found, Actor(f"citizen-case:{found}", "申请人", frozenset({Role.CITIZEN}))


def _masked(tx: Tx, case: Case) -> Any:
    return citizen_view(tx, tx.cases.get(case.id))


def _clear(tx: Tx, case: Case) -> Any:
    return citizen_view(tx, tx.cases.get(case.id), clear=True)


@routes.get("/case-links/{token}", ANYONE, summary="我的办件 My case", answers={200: ApplicationOut}, refusals=LINK)
def see(token: str) -> Reply:
    """Where it stands; personal fields masked."""
    case, _ = case_holder(token)
    return 200, services().store.read(services().hall_id, _by_id, case)


def _by_id(rx: Tx, case: int) -> Any:
    return citizen_view(rx, rx.cases.get(case))


@routes.post(
    "/case-links/{token}/open",
    ANYONE,
    summary="打开申请 Open my application",
    body=schemas.WithToken,
    answers={200: ApplicationOut},
    refusals=OWN,
    replayed=False,
)
def open_own(token: str, body: schemas.WithToken) -> Reply:
    """With the form in clear, for the phone that applied."""
    case, _ = case_holder(token)
    return 200, services().store.read(services().hall_id, _opened, case, body.phone_token)


def _opened(rx: Tx, case: int, phone_token: str) -> Any:
    return _clear(rx, applying.own_case(rx, case, phone_token)[0])


@routes.post(
    "/case-links/{token}/draft",
    ANYONE,
    summary="保存申请 Save my application",
    body=schemas.SaveApplication,
    answers={200: ApplicationOut},
    refusals=(*OWN, CaseDraftChanged, AnswerUnknown),
)
def save(token: str, body: schemas.SaveApplication) -> Reply:
    """While it is a draft, or correction was asked for."""
    case, citizen = case_holder(token)
    wanted = applying.SaveOnline(case, body.phone_token, body.revision, body.answers, body.form, body.documents)
    return command(applying.save_online, wanted, body, _clear, by=citizen)


@routes.post(
    "/case-links/{token}/submit",
    ANYONE,
    summary="提交申请 Submit my application",
    body=schemas.Submit,
    answers={200: ApplicationOut},
    refusals=(
        *OWN,
        *TAKING,
        CaseDraftChanged,
        FormIncomplete,
        SituationOpen,
        ApplicantNotEligible,
        applying.UploadsMissing,
        CorrectionNotUploaded,
        CorrectionNotAnswered,
        SerialsExhausted,
    ),
)
def submit(token: str, body: schemas.Submit) -> Reply:
    """To the pre-review. From the online area (网办区) of an item that wants papers, the number is taken at once."""
    case, citizen = case_holder(token)
    wanted = applying.SubmitRequest(case, body.phone_token, body.revision, body.in_hall, body.keep, body.paper)
    return command(applying.submit, wanted, body, _masked, by=citizen)


@routes.post(
    "/case-links/{token}/supplement",
    ANYONE,
    summary="网上补正 What was asked for is uploaded",
    body=schemas.SupplementOwn,
    answers={200: ApplicationOut},
    refusals=(*OWN, NothingToSupplement, CorrectionNotUploaded, CorrectionNotAnswered),
)
def supplement(token: str, body: schemas.SupplementOwn) -> Reply:
    """Of an online case already under review: the department looks again, and the clock runs on. Each material asked for
    wants a file sent in since; what was asked for in words is answered by a file or a note."""
    case, citizen = case_holder(token)
    wanted = applying.SupplementOnline(case, body.phone_token, body.note)
    return command(applying.supplement_online, wanted, body, _masked, by=citizen)


@routes.post(
    "/case-links/{token}/check-in",
    ANYONE,
    summary="到大厅取受理号 Take the number for my papers",
    body=Nothing,
    answers={200: ApplicationOut},
    refusals=(*LINK, *TAKING, applying.NoVisitNeeded),
)
def check_in(token: str, body: Nothing) -> Reply:
    """In the item's section; the window sees the case with the ticket."""
    case, citizen = case_holder(token)
    return command(applying.check_in, applying.CheckIn(case), body, _masked, by=citizen)


@routes.post(
    "/case-links/{token}/withdraw",
    ANYONE,
    summary="撤回申请 Withdraw my application",
    body=schemas.WithToken,
    answers={200: ApplicationOut},
    refusals=OWN,
)
def withdraw(token: str, body: schemas.WithToken) -> Reply:
    """Until it is decided."""
    case, citizen = case_holder(token)
    wanted = applying.CitizenRequest(case, body.phone_token)
    return command(applying.withdraw_online, wanted, body, _masked, by=citizen)


@routes.get(
    "/case-links/{token}/papers/{paper}.pdf",
    ANYONE,
    summary="我的文书 A paper of my case",
    answers={200: "application/pdf"},
    refusals=(*LINK, PaperNotThere),
)
def own_paper(token: str, paper: str) -> Reply:
    """The form to be printed and signed is not among them: it says everything in clear. acceptance 受理通知书, correction 一次性告知书, refusal 不予受理决定书, commitment 容缺承诺书, rejection 不予许可决定书,
    supplement 补交（补正）回执, withdrawal 撤回回执."""
    case, _ = case_holder(token)
    return pdf(case, paper)


@routes.get(
    "/case-links/{token}/application.pdf",
    ANYONE,
    summary="打印签名的申请表 The form to print and sign",
    answers={200: "application/pdf"},
    refusals=(*LINK, phones.PhoneTokenOld, applying.NotYourApplication, PaperNotThere),
)
def application_form(token: str) -> Reply:
    """固化材料 of a half-online item, once it was sent in: with the header `X-Phone-Token` of the phone that applied. It
    carries the check code (核验码) that the window compares."""
    case, citizen = case_holder(token)
    proof = request.headers.get(TOKEN_HEADER, "")
    services().store.read(services().hall_id, applying.own_case, case, proof)
    drawn = pdf(case, "application", allowed=papers_of)
    services().store.audit(services().hall_id, citizen.id, "case.paper", f"case:{case}", {"paper": "application"})
    return drawn


@routes.post(
    "/own-cases",
    ANYONE,
    summary="我的全部办件 All my cases",
    body=schemas.WithToken,
    answers={200: schemas.PhoneCases},
    refusals=(phones.PhoneTokenOld, TooManyRequests),
    replayed=False,
)
def all_own_cases(body: schemas.WithToken) -> Reply:
    """Of the phone that was confirmed, with their links: a lost link is found again."""
    found = services().store.read(services().hall_id, own_page.own_cases, body.phone_token)
    return 200, {"cases": found}
