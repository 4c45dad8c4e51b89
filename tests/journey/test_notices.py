from __future__ import annotations

from server.journey.views import notices_view
from tests.scene import Scene

PHONE = "13812341234"
OTHER = "13987654321"


def busy(hall: Scene) -> None:
    """One window, somebody at it, three more waiting."""
    hall.open(1)
    for _ in range(4):
        hall.take(item="id-card")
    hall.next(1)


def test_the_three_notices_are_written_with_the_events_that_cause_them(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card", phone=PHONE)
    assert hall.notices(ticket) == {"taken": "pending"}
    hall.next(1, finish=True)
    assert hall.notices(ticket) == {"taken": "pending"}
    hall.next(1, finish=True)
    assert hall.notices(ticket) == {"taken": "pending", "soon": "pending"}
    hall.next(1, finish=True)
    hall.next(1, finish=True)
    assert hall.notices(ticket) == {"taken": "pending", "soon": "dropped", "called": "pending"}
    texts = {n["kind"]: n["text"] for n in hall.read(notices_view, ticket.id)}
    assert texts["taken"] == f"【小县大厅】您的号码A005，预计1号窗口，前面3人。/t/{ticket.link}"
    assert texts["called"] == "【小县大厅】请A005号到1号窗口办理。"


def test_due_already_at_the_kiosk_the_first_says_so_and_the_second_is_merged(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(phone=PHONE)
    assert hall.notices(ticket) == {"taken": "pending", "soon": "merged"}
    assert "即将办理" in hall.read(notices_view, ticket.id)[0]["text"]
    hall.next(1)
    assert hall.notices(ticket)["soon"] == "merged"


def test_without_a_phone_nothing_is_written(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take()
    hall.next(1)
    assert hall.notices(ticket) == {}


def test_a_corrected_phone_gets_what_comes_after(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card", phone=PHONE)
    hall.change_phone(ticket, OTHER)
    for _ in range(4):
        hall.next(1, finish=True)
    shown = {n["kind"]: n["phone"] for n in hall.read(notices_view, ticket.id)}
    assert shown["called"] == "139****4321"


def test_a_window_that_opens_may_make_the_turn_near(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card", phone=PHONE)
    assert hall.notices(ticket) == {"taken": "pending"}
    hall.open(2)
    hall.next(2)
    hall.open(3)
    hall.next(3)
    assert hall.notices(ticket)["soon"] == "pending"


def test_a_recall_sends_no_second_notice(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    hall.wait(seconds=20)
    hall.recall(1)
    assert len(hall.read(notices_view, ticket.id)) == 3


def test_a_cancelled_ticket_sends_nothing_more(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(phone=PHONE)
    hall.cancel(ticket)
    assert hall.notices(ticket) == {"taken": "dropped"}
