"""A clerk's own day, the share of the green channel, the board after a return, and the turn of the day."""

from __future__ import annotations

from server.journey import counter, ending, supervising
from server.journey.hall_views import board_view
from server.journey.views import decisions_view, terminal_view
from tests.journey.test_taking import AGED_80, id_number
from tests.scene import GUIDE, MANAGER, Scene, clerk, small_hall


def serve(hall: Scene, number: int, minutes: float) -> None:
    hall.take()
    hall.next(number)
    hall.start(number)
    hall.wait(minutes=minutes)
    hall.finish(number)


def test_a_clerk_who_takes_over_a_window_starts_with_figures_of_their_own(hall: Scene) -> None:
    hall.open(1)
    serve(hall, 1, 5)
    hall.write(counter.hand_over, counter.HandOverRequest(clerk(1), 1, clerk(2).id, clerk(2).name))
    assert hall.read(terminal_view, 1)["today"]["served"] == 0
    hall.write(counter.open_window, counter.WindowRequest(clerk(1), 3))
    today = hall.read(terminal_view, 3)["today"]
    assert (today["served"], today["mean_service_minutes"]) == (1, 5.0)


def test_a_serving_ended_by_the_manager_does_not_spoil_the_mean(hall: Scene) -> None:
    hall.open(1)
    serve(hall, 1, 5)
    hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=70)
    hall.write(supervising.clear_forgotten, supervising.ClearRequest(MANAGER))
    today = hall.read(terminal_view, 1)["today"]
    assert (today["served"], today["mean_service_minutes"]) == (2, 5.0)


def test_a_cancelled_green_ticket_gives_its_share_back_to_the_next(hall: Scene) -> None:
    def pregnant() -> object:
        return hall.take(priority="pregnant", by=GUIDE, reason="孕晚期")

    hall.cancel(pregnant())  # type: ignore[arg-type]
    kept = [pregnant(), pregnant(), pregnant()]
    assert [t.rank_at < t.taken_at for t in kept] == [True, True, False]  # type: ignore[attr-defined]
    hall.cancel(kept[2])  # type: ignore[arg-type]
    assert pregnant().rank_at == hall.clock.now - 1_000_000  # type: ignore[attr-defined]


def test_staff_may_give_another_class_than_the_age_would(hall: Scene) -> None:
    ticket = hall.take(id_number=AGED_80, priority="soldier", by=GUIDE, reason="老兵，军官证")
    assert (ticket.priority, ticket.priority_reason) == ("soldier", "老兵，军官证")


def test_an_age_that_reaches_two_classes_may_take_either(hall: Scene) -> None:
    classes = [
        *[c.model_dump() for c in small_hall().priority.classes],
        {"id": "aged", "name": "高龄", "name_en": "aged", "credit_minutes": 30, "min_age": 80},
    ]
    hall.reload(small_hall(priority={"classes": classes}))
    old = id_number("19400307")
    assert hall.take(id_number=old).priority == "aged"
    assert hall.take("house", id_number=old, priority="elderly").priority == "elderly"


def test_what_somebody_typed_about_a_citizen_is_in_no_event(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take()
    hall.call(1, ticket, "孕妇张三不适")
    shown = hall.read(decisions_view, ticket.id)["decisions"]
    assert shown[-1]["zh"] == "不按次序叫号"
    events = hall.read(lambda rx: [e.data for e in rx.events.of_ticket(ticket.id)])
    assert "张三" not in str(events)
    assert "孕妇张三不适" in hall.ticket(ticket).reason


def test_a_returned_or_expired_number_leaves_the_list_of_missed_ones_and_the_last_calls(hall: Scene) -> None:
    hall.tick()
    hall.open(1)
    back, gone = hall.take(), hall.take()
    for _ in range(2):
        hall.next(1)
        hall.miss(1)
    assert [t["number"] for t in hall.read(board_view)["no_shows"]] == [gone.number, back.number]
    hall.come_back(back)
    board = hall.read(board_view)
    assert [t["number"] for t in board["no_shows"]] == [gone.number] and board["calls"] == []
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert hall.read(board_view)["no_shows"] == []


def test_a_transferred_number_leaves_the_last_calls_until_it_is_called_again(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take()
    hall.next(1)
    hall.transfer(1, section="house")
    assert hall.read(board_view)["calls"] == []
    hall.next(4)
    assert [c["window"] for c in hall.read(board_view)["calls"]] == [4]


def test_one_served_past_midnight_can_still_be_transferred_and_finished_the_next_day(hall: Scene) -> None:
    hall.tick()
    hall.open(1, 4)
    ticket = hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=24 * 60)
    hall.tick()
    hall.open(4)
    hall.transfer(1, section="house")
    assert hall.next(4).id == ticket.id
    assert hall.finish(4).state == "done"
    hall.check_counters()


def test_a_service_that_ends_with_the_day_is_not_offered_the_next_and_its_people_have_expired(hall: Scene) -> None:
    hall.tick()
    today = hall.read(lambda rx: rx.rules.day.isoformat())
    hall.reload(small_hall(services=[{"item": "passport", "windows": [6], "to_date": today}]))
    hall.open(6)
    waiting = hall.take(item="passport")
    called = hall.take(item="passport")
    hall.call(6, called)
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert [hall.ticket(t).state for t in (waiting, called)] == ["expired", "expired"]
    assert hall.window(6).ticket_id is None and hall.window(6).waiting_count == 0
    assert hall.read(lambda rx: rx.rules.item_windows["passport"]) == frozenset()
    hall.check_counters()


def test_nobody_moved_late_is_left_in_a_queue_without_windows(hall: Scene) -> None:
    hall.tick()
    today = hall.read(lambda rx: rx.rules.day.isoformat())
    hall.reload(small_hall(services=[{"item": "passport", "windows": [6], "to_date": today}]))
    hall.open(6)
    ticket = hall.take(item="passport")
    hall.next(6)
    hall.start(6)
    hall.wait(minutes=24 * 60)
    hall.tick()
    hall.open(1)
    hall.transfer(6, to_window=1)
    hall.open(2)
    hall.pause(1)
    assert hall.ticket(ticket).window_number == 2
    assert hall.next(2).id == ticket.id


def test_cancelling_twice_is_one_cancelling(hall: Scene) -> None:
    ticket = hall.take()
    hall.cancel(ticket)
    assert hall.write(ending.cancel_ticket, ending.TicketRequest(GUIDE, ticket.id)).state == "cancelled"
    assert len(hall.read(lambda rx: rx.events.of_ticket(ticket.id))) == 2


def test_a_window_nobody_closed_is_closed_with_the_day_and_its_clerk_is_free(hall: Scene) -> None:
    hall.tick()
    hall.open(1, 2)
    hall.take()
    hall.next(2)
    hall.start(2)
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert (hall.window(1).state, hall.window(1).clerk) == ("closed", None)
    assert (hall.window(2).state, hall.window(2).clerk) == ("open", clerk(2).id)
    hall.write(counter.open_window, counter.WindowRequest(clerk(1), 3))


def test_who_works_through_midnight_keeps_the_window(hall: Scene) -> None:
    hall.tick()
    hall.open(1)
    hall.wait(minutes=4 * 60 + 50)  # five to midnight
    hall.next(1)
    hall.pause(1)
    hall.write(counter.open_window, counter.WindowRequest(clerk(1), 1))
    hall.wait(minutes=10)
    hall.tick()
    assert hall.window(1).state == "open"


def test_one_called_at_midnight_and_their_held_ticket_expire_together_and_the_counters_stay_exact(hall: Scene) -> None:
    hall.tick()
    hall.open(1, 4)
    called = hall.take(phone="13812341234")
    held = hall.take("house", phone="13812341234")
    hall.next(1)
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert [hall.ticket(t).state for t in (called, held)] == ["expired", "expired"]
    hall.check_counters()
