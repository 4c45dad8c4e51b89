"""Step 1, after an outage: the reserved numbers that were handed out by hand are entered."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain import rank
from server.domain.actor import Actor
from server.domain.numbering import paper_value
from server.domain.refusals import Refusal
from server.domain.ticket import Ticket
from server.journey.step import changes_lines
from server.journey.taking import NOBODY_KNOWN, TakeRequest, given_a_window, issue, new_ticket
from server.store.transaction import Tx


class PaperNumberUsed(Refusal):
    status, code = 409, "paper_number_used"
    zh = "纸质号码 {number} 今天已录入，请核对。"
    en = "Paper number {number} was already entered today. Please check it."


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """Reserved numbers that were handed out by hand, in the order of handing out; `taken_at` µs UTC."""

    by: Actor
    section: str
    numbers: tuple[str, ...]
    taken_at: int | None = None


@changes_lines
def enter_paper_numbers(tx: Tx, request: PaperRequest, now: int) -> list[Ticket]:
    """The numbers join the line as of when they were given.

    Raises PaperNumberInvalid or PaperNumberUsed for the first bad one; then none is entered.
    """
    section = tx.rules.section(request.section)
    paper = (tx.rules.file.paper.first, tx.rules.file.paper.last)
    queue = tx.queues.id_for(tx.rules.able_windows(section.id, None))
    taken_at = min(request.taken_at, now) if request.taken_at is not None else now
    take = TakeRequest(request.by, section=section.id, channel="paper")
    day = tx.rules.day.isoformat()
    tickets = []
    for text in request.numbers:
        number = paper_value(text, section.letter, paper)
        if tx.tickets.number_of_day(day, number) is not None or tx.tickets.number_live(number):
            raise PaperNumberUsed(number=number)
        ticket = new_ticket(tx, take, section.id, None, NOBODY_KNOWN, taken_at, number)
        ticket = ticket.but(queue_id=queue, rank_reason=rank.ordinary(taken_at).reason.dump())
        tx.numbers.add(day, section.id, "taken")
        ticket, expected = given_a_window(tx, ticket, now)
        tickets.append(issue(tx, ticket, expected))
    entered = {"numbers": [t.number for t in tickets]}
    tx.audit.add(request.by.id, "paper_numbers.entered", f"section:{section.id}", entered)
    return tickets
