"""The SMS of a case: how each fared, and sending the last one again."""

from __future__ import annotations

from server.domain.cases.notice import CaseNoticeUnknown, NoticeNotAgain
from server.journey.cases import rights
from server.journey.cases.resending import SendAgainRequest, send_again, told_view
from server.journey.catalogue.rights import NotYourDepartment
from server.store.cases import CaseUnknown
from server.web.access import STAFF
from server.web.api.case_answers import CaseNoticeList
from server.web.api.cases import PARTIES
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services

routes = Routes("case_notices")


@routes.get("/cases/{case}/notices", PARTIES, may=rights.part, summary="办件短信 A case's notices", answers={200: CaseNoticeList},
            refusals=(CaseUnknown, NotYourDepartment))  # fmt: skip
def notices(case: int) -> Reply:
    """Oldest first, with state and times; never the words, which hold the pick-up code and the citizen's link."""
    return 200, services().store.read(services().hall_id, told_view, case, actor())


@routes.post("/cases/{case}/notices/{notice}/send-again", STAFF, may=rights.part, summary="重发短信 Send a notice again", body=Nothing,
             answers={200: CaseNoticeList},
             refusals=(CaseUnknown, NotYourDepartment, CaseNoticeUnknown, NoticeNotAgain))  # fmt: skip
def again(case: int, notice: int, body: Nothing) -> Reply:
    """The last message, where it failed, came too late or may have been lost. It stays one message: it is sent once more
    to the case's phone as it is today, and who asked for it is in the history."""
    who = actor()
    return command(send_again, SendAgainRequest(who, case, notice), body, lambda tx, done: told_view(tx, done.id, who))
