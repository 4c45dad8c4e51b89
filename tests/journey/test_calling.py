from __future__ import annotations

import pytest

from server.domain.reason import Reason
from server.journey import calling, counter, serving
from server.journey.once import KeyReused, Once, once
from server.journey.views import terminal_view
from server.store.tickets import TicketMoved
from server.store.transaction import Tx
from tests.scene import GUIDE, Scene, clerk

PHONE = "13812341234"


def test_a_free_window_calls_the_first_of_its_own_line(hall: Scene) -> None:
    hall.open(1, 2)
    first, second = hall.take(), hall.take()
    assert hall.next(2).id == second.id
    assert hall.next(1).id == first.id
    hall.check_counters()


def test_an_idle_window_calls_early_from_another_line_and_says_so(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.open(2)
    called = hall.next(2)
    assert called.window_number == 2 and "提前叫号" in Reason.load(called.reason).zh
    assert called.planned_window == 1
    hall.check_counters()


def test_whoever_ranks_clearly_earlier_elsewhere_goes_before_the_own_line(hall: Scene) -> None:
    hall.open(1)
    early = [hall.take() for _ in range(3)]
    hall.wait(minutes=20)
    hall.open(2)
    late = hall.take()
    assert late.window_number == 2
    assert hall.next(2).id == early[0].id


def test_a_small_difference_in_rank_does_not_take_from_another_line(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.open(2)
    own = hall.take()
    assert hall.next(2).id == own.id


def test_next_with_nobody_waiting_calls_nobody(hall: Scene) -> None:
    hall.open(1)
    assert hall.next(1) is None


def test_next_while_one_is_at_the_counter_is_refused_with_that_ticket(hall: Scene) -> None:
    hall.open(1)
    first = hall.take()
    hall.take()
    hall.next(1)
    with pytest.raises(calling.WindowBusy) as refused:
        hall.next(1)
    assert refused.value.detail["ticket"]["number"] == first.number
    hall.start(1)
    with pytest.raises(calling.WindowBusy):
        hall.next(1)


def test_finish_and_next_does_both(hall: Scene) -> None:
    hall.open(1)
    first, second = hall.take(), hall.take()
    hall.next(1)
    assert hall.next(1, finish=True).id == second.id
    assert hall.ticket(first).state == "done"
    hall.check_counters()


def test_finish_and_next_on_one_only_called_infers_the_start_and_learns_nothing(hall: Scene) -> None:
    hall.open(1)
    first, second = hall.take(item="id-card"), hall.take(item="id-card")
    hall.next(1)
    hall.wait(minutes=6)
    assert hall.next(1, finish=True).id == second.id
    assert (hall.ticket(first).state, hall.ticket(first).start_inferred) == ("done", 1)
    assert hall.read(lambda rx: rx.learned.seen("item:id-card")) == (0, 0)


def test_a_retried_next_gives_the_same_person_and_calls_nobody_else(hall: Scene) -> None:
    hall.open(1)
    first, second = hall.take(), hall.take()

    def press(tx: Tx, body: str, now: int) -> object:
        def run() -> tuple[int, object]:
            called = calling.call_next(tx, calling.NextRequest(clerk(1), 1, True), now)
            return 200, called and called.id

        return once(tx, Once(clerk(1).id, "one press", body), run)

    assert hall.write(press, "next") == hall.write(press, "next") == (200, str(first.id))
    assert hall.ticket(second).state == "waiting"
    with pytest.raises(KeyReused):
        hall.write(press, "another body")


def test_a_closed_window_and_a_strange_clerk_call_nobody(hall: Scene) -> None:
    hall.take()
    with pytest.raises(counter.WindowNotOpen):
        hall.next(1)
    hall.open(1)
    with pytest.raises(counter.NotYourWindow):
        hall.write(calling.call_next, calling.NextRequest(clerk(2), 1))
    hall.open(2)
    hall.pause(1)
    with pytest.raises(counter.WindowNotOpen):
        hall.next(1)


def test_calling_a_chosen_ticket_needs_a_reason_which_is_kept(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    chosen = hall.take()
    with pytest.raises(calling.CallReasonMissing):
        hall.call(1, chosen, " ")
    assert hall.call(1, chosen, "孕妇不适").id == chosen.id
    entry = hall.read(lambda rx: rx.audit.newest())[0]
    assert entry.action == "ticket.called_out_of_turn" and entry.data["reason"] == "孕妇不适"
    hall.check_counters()


def test_a_window_cannot_call_what_it_cannot_serve(hall: Scene) -> None:
    hall.open(1, 4)
    ticket = hall.take("house")
    with pytest.raises(calling.CannotServe):
        hall.call(1, ticket)


def test_the_second_of_two_clerks_who_choose_one_person_is_refused(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.call(1, ticket)
    with pytest.raises(TicketMoved, match="已叫号"):
        hall.call(2, ticket)


def test_recalls_too_close_together_are_heard_but_count_once(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.next(1)
    assert hall.recall(1).calls == 1
    hall.wait(seconds=16)
    assert hall.recall(1).calls == 2


def test_recall_with_nobody_called_is_refused(hall: Scene) -> None:
    hall.open(1)
    with pytest.raises(calling.NobodyCalled):
        hall.recall(1)


def test_while_a_person_is_served_their_other_tickets_are_held_and_keep_their_rank(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take(phone=PHONE)
    other = hall.take("house", phone=PHONE)
    behind = hall.take("house")
    hall.next(1)
    assert hall.ticket(other).held == 1
    hall.check_counters()
    with pytest.raises(calling.TicketHeld):
        hall.call(4, other)
    assert hall.next(4).id == behind.id
    hall.finish(1)
    assert hall.ticket(other).held == 0 and hall.ticket(other).rank_at == other.rank_at
    hall.finish(4)
    assert hall.next(4).id == other.id
    hall.check_counters()


def test_a_ticket_taken_while_its_holder_is_at_a_counter_is_held_at_once(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take(phone=PHONE)
    hall.next(1)
    other = hall.take("house", phone=PHONE)
    assert other.held == 1 and hall.next(4) is None
    hall.start(1)
    hall.finish(1)
    assert hall.next(4).id == other.id


def test_the_green_channel_is_called_first_and_the_ordinary_one_next(hall: Scene) -> None:
    hall.open(1)
    plain = hall.take()
    soldier = hall.take(priority="soldier", by=GUIDE, reason="军官证")
    assert hall.next(1).id == soldier.id
    assert hall.next(1, finish=True).id == plain.id


def test_a_draining_window_serves_out_its_own_line_and_closes_itself(hall: Scene) -> None:
    hall.open(1)
    own = hall.take()
    hall.drain(1)
    later = hall.take()
    assert later.window_number is None
    assert hall.next(1).id == own.id
    assert hall.next(1, finish=True) is None
    assert hall.window(1).state == "closed" and hall.window(1).clerk is None
    hall.open(2)
    assert hall.ticket(later).window_number == 2


def test_whom_a_draining_window_would_keep_waiting_goes_where_it_is_sooner(hall: Scene) -> None:
    hall.open(1)
    kept, moved = hall.take(), hall.take()
    hall.open(2)
    hall.drain(1)
    assert (hall.ticket(kept).window_number, hall.ticket(moved).window_number) == (1, 2)
    hall.check_counters()


def test_the_terminal_shows_the_own_line_the_whole_line_and_the_day(hall: Scene) -> None:
    hall.open(1, 2)
    a, b, c = hall.take(phone=PHONE), hall.take(), hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=5)
    shown = hall.read(terminal_view, 1)
    assert shown["ticket"]["number"] == a.number and shown["ticket"]["phone"] == "138****1234"
    assert [t["number"] for t in shown["line"]] == [c.number]
    assert [t["number"] for t in shown["whole_line"]] == [b.number, c.number]
    hall.finish(1)
    today = hall.read(terminal_view, 1)["today"]
    assert today["served"] == 1 and today["mean_service_minutes"] == 5.0


def test_a_second_press_of_finish_and_next_does_not_finish_the_person_just_called(hall: Scene) -> None:
    hall.open(1)
    first, second, third = hall.take(), hall.take(), hall.take()
    hall.next(1)
    press = calling.NextRequest(clerk(1), 1, finish=True, ticket=first.id)
    assert hall.write(calling.call_next, press).id == second.id
    with pytest.raises(calling.WindowBusy) as refused:
        hall.write(calling.call_next, press)
    assert refused.value.detail["ticket"]["number"] == second.number
    with pytest.raises(calling.WindowBusy):
        hall.write(serving.finish_service, serving.FinishRequest(clerk(1), 1, ticket=first.id))
    assert hall.ticket(second).state == "called" and hall.ticket(third).state == "waiting"
