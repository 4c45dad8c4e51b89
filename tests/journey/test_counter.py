from __future__ import annotations

import pytest

from server.journey import counter, moving
from tests.scene import MANAGER, Scene, clerk

PHONE = "13812341234"


def test_a_window_held_by_another_clerk_cannot_be_taken(hall: Scene) -> None:
    hall.open(1)
    with pytest.raises(counter.WindowTaken, match="1号窗口职员"):
        hall.write(counter.open_window, counter.WindowRequest(clerk(2), 1))


def test_a_clerk_sits_at_one_window_only(hall: Scene) -> None:
    hall.open(1)
    with pytest.raises(counter.AlreadyAtWindow):
        hall.write(counter.open_window, counter.WindowRequest(clerk(1), 2))


def test_pausing_gives_the_line_to_the_others(hall: Scene) -> None:
    hall.open(1, 2)
    tickets = [hall.take() for _ in range(4)]
    hall.pause(1)
    assert {hall.ticket(t).window_number for t in tickets} == {2}
    hall.check_counters()


def test_pausing_the_last_open_window_says_how_many_wait_and_is_refused(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.take()
    with pytest.raises(counter.LastOpenWindow, match="2 人"):
        hall.pause(1)
    assert hall.window(1).state == "open" and hall.window(1).waiting_count == 2
    hall.check_counters()


def test_a_pause_needs_a_reason(hall: Scene) -> None:
    hall.open(1)
    with pytest.raises(counter.PauseReasonMissing):
        hall.pause(1, " ")


def test_a_manager_may_force_a_deserted_window_to_pause_and_is_told_who_is_stranded(hall: Scene) -> None:
    hall.open(1)
    called, waiting = hall.take(), hall.take()
    hall.next(1)
    hall.pause(1, "无人值守", by=MANAGER, force=True)
    assert hall.ticket(called).state == "waiting" and hall.ticket(called).rank_at == called.rank_at
    assert [a.kind for a in hall.read(lambda rx: rx.alarms.current())] == ["stranded"]
    hall.check_counters()
    hall.open(2)
    assert hall.ticket(called).window_number == 2 and hall.ticket(waiting).window_number == 2
    assert hall.read(lambda rx: rx.alarms.current()) == []


def test_a_clerk_cannot_pause_while_somebody_is_being_called(hall: Scene) -> None:
    hall.open(1, 2)
    hall.take()
    hall.next(1)
    with pytest.raises(counter.CalledAtWindow):
        hall.pause(1)


def test_a_customer_at_a_paused_counter_is_still_finished(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.next(1)
    hall.start(1)
    hall.pause(1)
    assert hall.finish(1).state == "done"


def test_closing_is_refused_while_serving_or_with_parked_tickets(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.next(1)
    hall.start(1)
    with pytest.raises(counter.ServingAtWindow):
        hall.close(1)
    hall.park(1)
    with pytest.raises(counter.ParkedAtWindow, match="A001"):
        hall.close(1)
    hall.unpark(1)
    hall.finish(1)
    assert hall.close(1).clerk is None


def test_handing_over_keeps_the_customer_and_the_parked_ones(hall: Scene) -> None:
    hall.open(1)
    first, second = hall.take(), hall.take()
    hall.next(1)
    hall.start(1)
    hall.park(1)
    hall.next(1)
    hall.start(1)
    request = counter.HandOverRequest(clerk(1), 1, clerk(9).id, clerk(9).name)
    hall.write(counter.hand_over, request)
    window = hall.window(1)
    assert window.clerk == clerk(9).id and window.ticket_id == second.id
    assert hall.ticket(first).clerk == clerk(9).id
    with pytest.raises(counter.NotYourWindow):
        hall.finish(1)


def test_a_window_is_handed_over_only_to_who_may_sit_there(hall: Scene) -> None:
    hall.open(1)
    request = counter.HandOverRequest(clerk(1), 1, clerk(9).id, clerk(9).name, (2, 3))
    with pytest.raises(counter.NotTheirWindow, match="9号窗口职员"):
        hall.write(counter.hand_over, request)
    assert hall.window(1).clerk == clerk(1).id
    hall.write(counter.hand_over, counter.HandOverRequest(clerk(1), 1, clerk(9).id, clerk(9).name, (1, 2)))
    assert hall.window(1).clerk == clerk(9).id


def test_a_transfer_to_a_section_keeps_the_first_arrivals_place(hall: Scene) -> None:
    hall.open(1, 4)
    moved = hall.take()
    house = hall.take("house")
    hall.next(1)
    hall.start(1)
    hall.transfer(1, section="house")
    again = hall.ticket(moved)
    assert again.state == "waiting" and again.window_number == 4 and again.rank_at == moved.rank_at
    assert hall.next(4).id == moved.id
    assert hall.next(4, finish=True).id == house.id
    hall.check_counters()


def test_a_transfer_to_one_window_is_a_wish_dropped_when_that_window_pauses(hall: Scene) -> None:
    hall.open(1, 2, 3)
    ticket = hall.take()
    hall.next(1)
    hall.transfer(1, to_window=2)
    assert hall.ticket(ticket).wish_window == 2
    assert hall.next(3) is None and hall.next(1) is None
    hall.pause(2)
    again = hall.ticket(ticket)
    assert again.wish_window is None and again.window_number in (1, 3)
    hall.check_counters()


def test_a_transfer_names_one_open_target(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.next(1)
    with pytest.raises(moving.TargetMissing):
        hall.transfer(1)
    with pytest.raises(moving.TargetMissing):
        hall.transfer(1, section="house", to_window=2)
    with pytest.raises(moving.TargetNotOpen):
        hall.transfer(1, to_window=2)
    with pytest.raises(moving.TargetIsHere):
        hall.transfer(1, to_window=1)


def test_a_manager_moves_a_waiting_ticket_and_a_clerk_may_not(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    request = moving.TransferRequest(MANAGER, ticket=ticket.id, to_window=2)
    hall.write(moving.transfer, request)
    assert hall.ticket(ticket).window_number == 2
    with pytest.raises(moving.MoveNotAllowed):
        hall.write(moving.transfer, moving.TransferRequest(clerk(1), ticket=ticket.id, to_window=1))
    hall.check_counters()


def test_closing_a_window_that_closed_itself_is_no_fault(hall: Scene) -> None:
    hall.open(1)
    hall.drain(1)
    assert hall.window(1).state == "closed"
    assert hall.close(1).state == "closed"


def test_a_clerk_cannot_cancel_a_ticket_called_at_another_window(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.next(1)
    with pytest.raises(counter.NotYourWindow):
        hall.cancel(ticket, by=clerk(2))
    assert hall.cancel(ticket, by=clerk(1)).state == "cancelled"
