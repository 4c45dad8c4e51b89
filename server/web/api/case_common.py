"""What every route of cases shares: rendering, and what may be refused anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response

from server.domain.actor import Actor
from server.domain.cases.record import Case
from server.journey.cases.drafting import ChildOfBundle, NotSubmitted, NotYourCase
from server.journey.cases.receipts import PaperNotThere, open_papers, paper
from server.journey.cases.views import case_view
from server.store.cases import CaseMoved, CaseUnknown
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

Papers = Callable[["Tx", Case], list[str]]
ALWAYS = (CaseUnknown, CaseMoved, NotYourCase, NotSubmitted, ChildOfBundle)


def shown_to(by: Actor) -> Callable[[Tx, Case], Any]:
    """Renders a case for whoever asked; read again, as steps after the first may have changed it."""
    return lambda tx, case: case_view(tx, tx.cases.get(case.id), by)


def one_case(rx: Tx, case_id: int, by: Actor) -> Any:
    return case_view(rx, rx.cases.get(case_id), by)


def pdf(case_id: int, kind: str, link: str | None = None, allowed: Papers = open_papers) -> Response:
    """A paper of a case as a file; it names the applicant. `link`: what its QR code leads to instead of the citizen's own
    page, where the code need not be typed (after the #, so that no log keeps it); `allowed`: which papers whoever asks may have. Raises PaperNotThere."""
    from dataclasses import replace

    from server.web.pdf import draw

    found = services().store.read(services().hall_id, _paper, case_id, kind, allowed)
    if link is not None:
        found = replace(found, link=f"{link}#code={found.number}" if found.number else link)
    body = draw(found)
    answer = Response(body, 200, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{kind}-{found.number or case_id}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _paper(rx: Tx, case_id: int, kind: str, allowed: Papers) -> Any:
    case = rx.cases.get(case_id)
    if kind not in allowed(rx, case):
        raise PaperNotThere()
    return paper(rx, case, kind)


def note_read(action: str, subject: str, data: dict[str, Any]) -> None:
    """Who looked at personal data, in the audit."""
    services().store.audit(services().hall_id, actor().id, action, subject, data)


__all__ = ["ALWAYS", "PaperNotThere", "note_read", "one_case", "pdf", "shown_to"]
