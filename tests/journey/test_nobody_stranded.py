"""Corners where somebody could be forgotten: held, parked, wished to a window, moved while it drains."""

from __future__ import annotations

import pytest

from server.journey import counter, ending, moving
from tests.scene import GUIDE, MANAGER, Scene, clerk, small_hall

PHONE = "13812341234"
OTHER = "13987654321"


def served(hall: Scene, number: int) -> None:
    hall.next(number)
    hall.start(number)


def test_a_held_ticket_stays_with_its_draining_window_when_its_holder_is_free_again(hall: Scene) -> None:
    hall.open(1, 5)
    hall.take(phone=PHONE)
    served(hall, 1)
    pickup = hall.take("pickup", phone=PHONE)
    hall.drain(5)
    hall.finish(1)
    assert hall.ticket(pickup).window_number == 5
    assert hall.next(5).id == pickup.id


def test_correcting_the_phone_of_one_being_served_frees_the_old_phones_other_tickets(hall: Scene) -> None:
    hall.open(1, 4)
    first = hall.take(phone=PHONE)
    served(hall, 1)
    second = hall.take("house", phone=PHONE)
    assert second.held == 1
    hall.change_phone(first, OTHER)
    assert hall.ticket(second).held == 0
    hall.check_counters()
    assert hall.next(4).id == second.id


def test_correcting_the_phone_of_one_being_served_holds_the_new_phones_other_tickets(hall: Scene) -> None:
    hall.open(1, 4)
    first = hall.take(phone=PHONE)
    second = hall.take("house", phone=OTHER)
    served(hall, 1)
    hall.change_phone(first, OTHER)
    assert hall.ticket(second).held == 1 and hall.next(4) is None
    hall.check_counters()
    hall.finish(1)
    assert hall.next(4).id == second.id


def test_a_held_ticket_given_another_phone_waits_at_an_open_window(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take(phone=PHONE)
    second = hall.take("house", phone=PHONE)
    served(hall, 1)
    hall.close(4, by=MANAGER, force=True)
    hall.open(3)
    hall.change_phone(second, OTHER)
    assert hall.ticket(second).held == 0 and hall.ticket(second).window_number == 3
    hall.check_counters()


def test_a_wish_for_a_window_that_closed_meanwhile_is_dropped_when_the_holder_comes_back(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.next(1)
    hall.transfer(1, to_window=2)
    hall.next(2)
    hall.miss(2)
    hall.close(2)
    back = hall.come_back(ticket)
    assert back.wish_window is None and back.window_number == 1
    assert hall.next(1).id == ticket.id


def test_parked_ones_of_a_window_the_manager_closes_go_to_another_whatever_was_wished(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.next(1)
    hall.transfer(1, to_window=2)
    served(hall, 2)
    hall.park(2)
    hall.close(2, by=MANAGER, force=True)
    again = hall.ticket(ticket)
    assert again.state == "waiting" and again.wish_window is None and again.window_number == 1
    hall.check_counters()


def test_a_wish_waiting_at_a_draining_window_is_still_served_there(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.next(1)
    hall.transfer(1, to_window=2)
    hall.drain(2)
    assert hall.next(2).id == ticket.id


def test_who_comes_back_while_at_another_counter_is_held(hall: Scene) -> None:
    hall.open(1, 4)
    missed = hall.take(phone=PHONE)
    house = hall.take("house", phone=PHONE)
    hall.next(1)
    hall.miss(1)
    assert hall.next(4).id == house.id
    hall.come_back(missed)
    assert hall.ticket(missed).held == 1 and hall.next(1) is None
    hall.check_counters()
    hall.finish(4)
    assert hall.next(1).id == missed.id


def test_a_draining_window_closes_when_its_last_ticket_is_cancelled_moved_or_unparked_elsewhere(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take()
    hall.drain(1)
    hall.cancel(ticket)
    assert hall.window(1).state == "closed"

    hall.open(1)
    ticket = hall.take()
    served(hall, 1)
    hall.park(1)
    hall.drain(1)
    assert hall.window(1).state == "draining"
    hall.write(moving.transfer, moving.TransferRequest(MANAGER, ticket=ticket.id, section="house"))
    assert hall.window(1).state == "closed"
    hall.check_counters()


def test_the_manager_transfers_a_parked_ticket_and_the_windows_load_is_right(hall: Scene) -> None:
    hall.open(1, 4)
    ticket = hall.take(item="id-card")
    served(hall, 1)
    hall.park(1)
    hall.write(counter.hand_over, counter.HandOverRequest(clerk(1), 1, clerk(9).id, clerk(9).name))
    hall.write(moving.transfer, moving.TransferRequest(MANAGER, ticket=ticket.id, item="transfer"))
    again = hall.ticket(ticket)
    assert (again.state, again.window_number, again.seconds) == ("waiting", 4, 900)
    assert (hall.window(4).waiting_count, hall.window(4).waiting_seconds) == (1, 900)
    assert hall.window(1).ticket_id is None and hall.window(1).waiting_count == 0
    hall.check_counters()


def test_time_parked_before_a_transfer_is_not_taken_off_the_next_service(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take(item="id-card")
    served(hall, 1)
    hall.park(1)
    hall.wait(minutes=25)
    hall.unpark(1)
    hall.transfer(1, item="transfer")
    served(hall, 4)
    hall.wait(minutes=10)
    hall.finish(4)
    assert hall.read(lambda rx: rx.learned.seen("item:transfer")) == (1, 600)


def test_a_guide_moves_those_who_wait_but_not_those_at_a_counter_or_parked(hall: Scene) -> None:
    hall.open(1, 2)
    ticket, waiting = hall.take(), hall.take()
    served(hall, 1)
    request = moving.TransferRequest(GUIDE, ticket=ticket.id, to_window=2)
    with pytest.raises(moving.MoveNotAllowed):
        hall.write(moving.transfer, request)
    hall.park(1)
    with pytest.raises(moving.MoveNotAllowed):
        hall.write(moving.transfer, request)
    hall.write(moving.transfer, moving.TransferRequest(GUIDE, ticket=waiting.id, section="house"))
    assert hall.ticket(waiting).section == "house"


def test_a_closed_window_is_nobodys_to_hand_over(hall: Scene) -> None:
    with pytest.raises(counter.WindowNotOpen):
        hall.write(counter.hand_over, counter.HandOverRequest(MANAGER, 1, clerk(2).id, clerk(2).name))
    hall.open(1)


def test_only_a_manager_forces_whatever_the_request_says(hall: Scene) -> None:
    hall.open(1, 2)
    hall.take()
    hall.next(1)
    with pytest.raises(counter.CalledAtWindow):
        hall.pause(1, force=True)


def test_who_missed_a_call_does_not_keep_the_manager_from_ending_a_service(hall: Scene) -> None:
    from server.domain.hall import ItemNotOffered

    hall.open(6)
    missed = hall.take(item="passport")
    hall.next(6)
    hall.miss(6)
    hall.reload(small_hall(services=[{"item": "passport", "windows": [6], "to_date": "2020-01-01"}]))
    with pytest.raises(ItemNotOffered):
        hall.come_back(missed)
    assert hall.ticket(missed).state == "no_show"


def test_who_comes_back_while_nobody_is_open_still_stands_behind_the_third(hall: Scene) -> None:
    hall.open(1)
    missed = hall.take()
    hall.next(1)
    hall.miss(1)
    hall.close(1)
    others = [hall.take() for _ in range(4)]
    hall.write(ending.return_ticket, ending.TicketRequest(GUIDE, missed.id))
    hall.open(2)
    order = [t.id for t in hall.read(lambda rx: rx.tickets.line(2))]
    assert order.index(missed.id) == 3 and len(order) == len(others) + 1


def test_a_reload_moves_a_held_ticket_and_a_parked_one_to_their_new_windows(hall: Scene) -> None:
    hall.open(1, 3, 4)
    hall.take(phone=PHONE)
    served(hall, 1)
    held = hall.take("house", phone=PHONE)
    parked = hall.take("house")
    served(hall, 4)
    hall.park(4)
    assert parked.id == hall.ticket(parked).id
    rows = [w.model_dump() for w in small_hall().windows]
    rows[0]["sections"], rows[2]["sections"] = ["general", "house"], ["general"]
    rows[3]["sections"] = ["general"]
    hall.reload(small_hall(windows=rows))
    assert hall.ticket(held).window_number == 1
    hall.finish(1)
    assert hall.next(1).id == held.id
    hall.close(4, by=MANAGER, force=True)
    assert hall.ticket(parked).window_number == 1
    hall.check_counters()
