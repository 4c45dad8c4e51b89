"""Whether a case's SMS arrived, and sending the last one again where it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.notice import CaseNoticeUnknown, NoticeNotAgain, may_go_again
from server.domain.cases.record import Case
from server.domain.units import iso
from server.journey.cases.moves import note
from server.store.notices import Notice
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class SendAgainRequest:
    by: Actor
    case: int
    notice: int


def send_again(tx: Tx, request: SendAgainRequest, now: int) -> Case:
    """The same row goes on its way once more. Raises CaseUnknown, CaseNoticeUnknown, NoticeNotAgain."""
    case = tx.cases.get(request.case)
    told = tx.notices.of_ticket(case.id)
    wanted = next((one for one in told if one.id == request.notice), None)
    if wanted is None:
        raise CaseNoticeUnknown()
    if case.phone_box is None or not _may(case, wanted, told):
        raise NoticeNotAgain()
    if not tx.case_notices.again(wanted, case.phone_box, case.phone_mask):
        raise NoticeNotAgain()
    note(tx, case, request.by, "told_again", {"kind": _kind(wanted)})
    return case


def told_view(rx: Tx, case_id: int, by: Actor) -> list[dict[str, Any]]:
    """A case's SMS in the order they were written, without their words: these hold codes that open something.

    Only the hall's own people send one again. Raises CaseUnknown.
    """
    case = rx.cases.get(case_id)
    told = rx.notices.of_ticket(case.id)
    at_work = by.leads or by.has(Role.CLERK, Role.GUIDE)
    return [
        {
            "id": one.id,
            "kind": _kind(one),
            "state": one.state,
            "at": iso(one.created_at),
            "phone": one.phone_mask,
            "sent_at": iso(one.sent_at),
            "delivered_at": iso(one.delivered_at),
            "error": one.error or "",
            "may_again": at_work and _may(case, one, told),
        }
        for one in told
    ]


def _may(case: Case, notice: Notice, told: list[Notice]) -> bool:
    return may_go_again(notice.state, notice is told[-1], case.at)


def _kind(notice: Notice) -> str:
    """Without the number of those that come again."""
    return notice.kind.removeprefix("case_").split(":")[0]
