from __future__ import annotations

import pytest

from server.journey import calling, ending, serving
from server.journey.hall_views import hall_view
from server.journey.line import expected_seconds
from tests.scene import MANAGER, Scene, clerk


def test_a_visit_goes_from_waiting_through_called_and_serving_to_done_with_every_time(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take()
    hall.wait(minutes=3)
    hall.next(1)
    hall.wait(seconds=40)
    hall.start(1)
    hall.wait(minutes=8)
    done = hall.finish(1)
    assert done.state == "done"
    assert ticket.taken_at < done.called_at < done.started_at < done.ended_at
    assert hall.window(1).ticket_id is None


def test_a_forgotten_start_is_inferred_and_teaches_nothing(hall: Scene) -> None:
    hall.open(1)
    hall.take(item="id-card")
    hall.next(1)
    hall.wait(minutes=30)
    done = hall.finish(1)
    assert done.start_inferred == 1 and done.started_at == done.called_at
    assert hall.read(lambda rx: rx.learned.seen("item:id-card")) == (0, 0)


def test_the_hall_learns_how_long_an_item_takes_here(hall: Scene) -> None:
    hall.open(1)
    for _ in range(10):
        hall.take(item="id-card")
        hall.next(1)
        hall.start(1)
        hall.wait(minutes=20)
        hall.finish(1)
    assert hall.read(expected_seconds, "general", "id-card") == 900
    assert hall.take(item="id-card").seconds == 900
    minutes = {item["id"]: item["expected_minutes"] for item in hall.read(hall_view)["items"]}
    assert (minutes["id-card"], minutes["passport"]) == (15, 6), "and so says the kiosk"


def test_a_mis_tap_and_a_very_long_visit_do_not_spoil_what_was_learned(hall: Scene) -> None:
    hall.open(1)
    for minutes in (0.1, 300):
        hall.take(item="id-card")
        hall.next(1)
        hall.start(1)
        hall.wait(minutes=minutes)
        hall.finish(1)
    assert hall.read(lambda rx: rx.learned.seen("item:id-card")) == (1, 4 * 600)


def test_no_show_needs_the_configured_calls_far_enough_apart(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take()
    hall.next(1)
    with pytest.raises(serving.NoShowTooEarly, match="30 秒"):
        hall.no_show(1)
    hall.wait(seconds=16)
    hall.recall(1)
    with pytest.raises(serving.NoShowTooEarly):
        hall.no_show(1)
    hall.wait(seconds=16)
    assert hall.no_show(1).id == ticket.id
    assert hall.window(1).ticket_id is None
    hall.check_counters()


def test_the_returner_comes_back_behind_the_third_waiting_and_twice_at_most(hall: Scene) -> None:
    hall.open(1)
    late = hall.take()
    others = [hall.take() for _ in range(4)]
    hall.next(1)
    hall.miss(1)
    back = hall.come_back(late)
    line = [t.number for t in hall.read(lambda rx: rx.tickets.line(1))]
    assert line.index(back.number) == 3
    for _ in range(2):
        hall.call(1, hall.ticket(late))
        hall.miss(1)
        if hall.ticket(late).no_shows <= 2:
            hall.come_back(late)
    with pytest.raises(ending.ReturnedTooOften):
        hall.come_back(late)
    assert len(others) == 4
    hall.check_counters()


def test_a_parked_citizen_is_no_load_and_comes_back_to_the_same_clerk(hall: Scene) -> None:
    hall.open(1, 2)
    parked, second = hall.take(), None
    hall.next(1)
    hall.start(1)
    hall.park(1)
    assert hall.window(1).busy_seconds == 0
    second = hall.take()
    assert hall.next(1).id == second.id
    with pytest.raises(calling.WindowBusy):
        hall.unpark(1)
    hall.finish(1)
    with pytest.raises(serving.NotYourParked):
        hall.unpark(2, parked)
    hall.wait(minutes=10)
    again = hall.unpark(1)
    assert again.id == parked.id and again.state == "serving" and again.parked_total > 600_000_000
    hall.check_counters()


def test_parked_time_teaches_nothing(hall: Scene) -> None:
    hall.open(1)
    hall.take(item="id-card")
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=5)
    hall.park(1)
    hall.wait(minutes=25)
    hall.unpark(1)
    hall.wait(minutes=5)
    hall.finish(1)
    assert hall.read(lambda rx: rx.learned.seen("item:id-card")) == (1, 600)


def test_finishing_or_starting_with_nobody_there_is_refused(hall: Scene) -> None:
    hall.open(1)
    with pytest.raises(serving.NobodyAtCounter):
        hall.finish(1)
    with pytest.raises(calling.NobodyCalled):
        hall.start(1)
    with pytest.raises(serving.NobodyAtCounter):
        hall.unpark(1)


def test_start_recall_or_no_show_while_serving_says_that_the_service_is_under_way(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=1)
    for again in (hall.start, hall.recall, hall.no_show):
        with pytest.raises(calling.AlreadyServing, match=ticket.number):
            again(1)
    assert hall.ticket(ticket).state == "serving"


def test_a_manager_may_work_for_a_clerk(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    assert hall.write(calling.call_next, calling.NextRequest(MANAGER, 1)).clerk == clerk(1).id


def test_a_citizen_gives_up_a_waiting_or_called_number_but_not_a_finished_one(hall: Scene) -> None:
    from server.store.tickets import TicketMoved

    hall.open(1)
    first, second, third = hall.take(), hall.take(), hall.take()
    hall.cancel(second)
    hall.next(1)
    hall.cancel(first)
    assert hall.window(1).ticket_id is None
    assert hall.next(1).id == third.id
    hall.finish(1)
    with pytest.raises(TicketMoved):
        hall.cancel(third)
    hall.check_counters()


def test_whoever_took_another_number_meanwhile_comes_back_only_with_the_staffs_reason(hall: Scene) -> None:
    from server.journey.taking import SameItemTwice
    from tests.scene import GUIDE

    hall.open(1)
    missed = hall.take(phone="13812341234")
    hall.next(1)
    hall.miss(1)
    hall.take(phone="13812341234")
    with pytest.raises(SameItemTwice):
        hall.come_back(missed)
    hall.write(ending.return_ticket, ending.TicketRequest(GUIDE, missed.id, "两件事"))
    assert hall.ticket(missed).state == "waiting"
