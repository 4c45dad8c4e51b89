from __future__ import annotations

from server.journey import counter, moving
from server.journey.views import notices_view
from server.store.transaction import Tx
from tests.scene import MANAGER, Scene, small_hall

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


def texts(hall: Scene, ticket: object) -> dict[str, str]:
    return {n["kind"]: n["text"] for n in hall.read(notices_view, ticket.id)}  # type: ignore[attr-defined]


def test_the_first_phone_left_after_taking_gets_notice_one_and_the_others_in_their_time(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card")
    hall.change_phone(ticket, PHONE)
    assert hall.notices(ticket) == {"taken": "pending"}
    hall.next(1, finish=True)
    hall.next(1, finish=True)
    assert hall.notices(ticket) == {"taken": "pending", "soon": "pending"}


def test_a_phone_left_when_the_turn_is_already_near_hears_so_in_notice_one(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(item="id-card")
    assert ticket.told == 1
    hall.change_phone(ticket, PHONE)
    assert hall.notices(ticket) == {"taken": "pending", "soon": "merged"}
    assert "即将办理" in texts(hall, ticket)["taken"]


def test_a_phone_removed_and_left_again_gets_no_second_notice_one(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card", phone=PHONE)
    hall.change_phone(ticket, None)
    hall.change_phone(ticket, OTHER)
    assert [n["kind"] for n in hall.read(notices_view, ticket.id)] == ["taken"]


def test_who_is_moved_to_a_longer_line_is_not_told_the_turn_is_near_until_it_is(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take()
    hall.next(1)
    for _ in range(4):
        hall.take("house")
    front = hall.take(phone=PHONE)
    hall.take()
    second = hall.take(phone=OTHER)
    hall.next(4)
    hall.next(1, finish=True)
    assert hall.ticket(front).state == "called" and hall.notices(second)["soon"] == "pending"
    hall.wait(minutes=1)
    hall.write(moving.transfer, moving.TransferRequest(MANAGER, ticket=second.id, section="house"))
    assert hall.notices(second)["soon"] == "dropped"
    hall.next(4, finish=True)
    hall.next(4, finish=True)
    assert hall.notices(second)["soon"] == "pending"
    assert "预计4号窗口" in texts(hall, second)["soon"]


def test_a_call_taken_back_before_it_was_sent_is_sent_with_the_window_that_calls_in_the_end(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    hall.write(counter.pause_window, counter.LeaveRequest(MANAGER, 1, "无人值守", force=True))
    assert hall.notices(ticket)["called"] == "dropped"
    hall.next(2)
    assert hall.notices(ticket)["called"] == "pending"
    assert texts(hall, ticket)["called"] == "【小县大厅】请A001号到2号窗口办理。"


def sent(hall: Scene) -> None:
    """The sender has handed over whatever waits."""

    def step(tx: Tx, _: None, now: int) -> None:
        for claimed in tx.notices.claim(50, 90_000_000, "file"):
            tx.notices.move(claimed.notice.id, ("sending",), "sent", sent_at=now)

    hall.write(step, None)


def test_who_was_sent_to_one_window_and_is_called_to_another_is_told_the_new_one_once(hall: Scene) -> None:
    hall.open(1, 2, 3)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    sent(hall)
    for window in (2, 3):
        hall.transfer(window - 1, to_window=window)
        hall.next(window)
        sent(hall)
    assert {kind: state for kind, state in hall.notices(ticket).items() if "called" in kind} == {
        "called": "sent",
        "called_again": "sent",
    }
    assert texts(hall, ticket)["called_again"] == "【小县大厅】请A001号到2号窗口办理。"


def test_who_comes_back_to_the_window_of_the_first_call_gets_no_second_sms_of_the_same_words(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    sent(hall)
    hall.miss(1)
    hall.come_back(ticket)
    assert hall.next(1).id == ticket.id
    assert "called_again" not in hall.notices(ticket)


def test_new_words_in_the_hall_file_are_no_reason_to_tell_the_same_window_again(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    sent(hall)
    hall.miss(1)
    file = small_hall()
    hall.reload(file.model_copy(update={"sms": file.sms.model_copy(update={"signature": "小县政务"})}))
    hall.come_back(ticket)
    assert hall.next(1).id == ticket.id
    assert "called_again" not in hall.notices(ticket)


def test_a_second_call_taken_back_before_it_was_sent_is_not_sent(hall: Scene) -> None:
    hall.open(1, 2)
    ticket = hall.take(phone=PHONE)
    hall.next(1)
    sent(hall)
    hall.transfer(1, to_window=2)
    hall.next(2)
    assert hall.notices(ticket)["called_again"] == "pending"
    hall.write(counter.pause_window, counter.LeaveRequest(MANAGER, 2, "无人值守", force=True))
    assert hall.notices(ticket)["called_again"] == "dropped"


def test_who_comes_back_hears_that_the_turn_is_near_if_the_first_call_came_before_it(hall: Scene) -> None:
    busy(hall)
    ticket = hall.take(item="id-card", phone=PHONE)
    for _ in range(3):
        hall.take(item="id-card")
    hall.finish(1)
    hall.call(1, ticket)
    assert hall.notices(ticket)["soon"] == "dropped"
    hall.miss(1)
    hall.come_back(ticket)
    assert hall.notices(ticket)["soon"] == "dropped"
    hall.next(1)
    hall.next(1, finish=True)
    assert hall.notices(ticket)["soon"] == "pending"
