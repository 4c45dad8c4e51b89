"""The sender against a Twilio that speaks real HTTP, on both stores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from server.store import Tx
from sms.gateways.twilio import TwilioGateway
from tests.sms.conftest import Hall
from tests.sms.twilio_stand_in import Fault, TwilioStandIn


def test_a_notice_is_handed_to_twilio_once_with_the_words_of_the_hall_file(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    notice = hall.write_one()
    sender = hall.sender(gateway)
    assert sender.run_once() == 1
    assert sender.run_once() == 0
    (message,) = twilio.messages
    assert message.to == "+8613800001234"
    assert message.body == hall.see(notice).text
    assert message.body.startswith("【")
    seen = hall.see(notice)
    assert (seen.state, seen.gateway, seen.gateway_id, seen.attempts) == ("sent", "twilio", message.sid, 1)
    assert seen.sent_at == hall.clock()


def test_a_ticket_never_gets_two_notices_of_one_kind(hall: Hall) -> None:
    ticket = hall.ticket()
    assert hall.notice(ticket, "called") is not None
    assert hall.notice(ticket, "called") is None
    assert len(hall.store.read("hall", lambda rx: rx.notices.of_ticket(ticket))) == 1


def test_the_first_notice_can_say_that_it_is_soon_and_the_second_is_then_merged(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    ticket = hall.ticket()
    first = hall.notice(ticket, "taken", template="taken_soon")
    second = hall.notice(ticket, "soon", state="merged")
    hall.sender(gateway).run_once()
    assert first and second
    assert hall.see(first).template_id == "YC002"
    assert (hall.state(first), hall.state(second)) == ("sent", "merged")
    assert len(twilio.messages) == 1


def test_a_phone_corrected_before_sending_gets_the_notice(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    ticket = hall.ticket()
    notice = hall.notice(ticket)
    hall.change(ticket, phone="13911112222")
    hall.sender(gateway).run_once()
    assert [message.to for message in twilio.messages] == ["+8613911112222"]
    assert notice and hall.see(notice).phone_mask == "139****2222"


@pytest.mark.parametrize(
    ("phone", "code"),
    [("13800001234", 21610), ("13800001234", 21614), ("13800001234", 21612), ("13800001234", 21408)],
)
def test_a_number_that_can_never_be_reached_fails_at_once_and_is_not_tried_again(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway, phone: str, code: int
) -> None:
    twilio.numbers[f"+86{phone}"] = code
    notice = hall.write_one(phone=phone)
    sender = hall.sender(gateway)
    sender.run_once()
    hall.clock.advance(600)
    sender.run_once()
    seen = hall.see(notice)
    assert (seen.state, seen.error_code, seen.attempts) == ("failed", str(code), 1)
    assert hall.alarms() == []


def test_too_many_requests_waits_as_long_as_twilio_wishes(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("answer", 429, 20429, retry_after="37"))
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert hall.state(notice) == "pending"
    other = hall.write_one(phone="13900001111")
    hall.clock.advance(36)
    assert sender.run_once() == 0, "the whole account was asked to rest"
    hall.clock.advance(1)
    sender.run_once()
    assert (hall.state(notice), hall.state(other)) == ("sent", "sent")
    assert hall.alarms() == []


def test_a_server_error_is_tried_again_after_asking_whether_the_first_try_was_taken(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("answer", 500, 20500))
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert (hall.state(notice), hall.see(notice).error_code) == ("pending", "http_500")
    hall.clock.advance(5)
    sender.run_once()
    assert hall.state(notice) == "sent"
    assert hall.see(notice).error_code is None
    assert [request.split()[0] for request in twilio.requests] == ["POST", "GET", "POST"]
    assert len(twilio.messages) == 1


def test_nobody_listening_is_tried_again_and_sent_once(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.stop()
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert (hall.state(notice), hall.see(notice).error_code) == ("pending", "connect")
    twilio.start()
    hall.clock.advance(20)
    sender.run_once()
    assert hall.state(notice) == "sent"
    assert len(twilio.messages) == 1


@pytest.mark.parametrize("kind", ["hang", "lost", "garbage"])
def test_an_answer_that_is_lost_is_asked_for_and_the_message_is_not_sent_twice(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway, kind: str
) -> None:
    twilio.faults.append(Fault(kind))
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    seen = hall.see(notice)
    assert seen.state == "sent"
    assert seen.gateway_id == twilio.messages[0].sid
    hall.clock.advance(3600)
    sender.run_once()
    assert len(twilio.messages) == 1


def test_a_lost_answer_that_twilio_cannot_find_becomes_unknown_and_is_never_sent_again(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("lost"))
    twilio.list_shows = False
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert hall.state(notice) == "sending", "the list may lag behind: ask again before giving up"
    for _ in range(12):
        hall.clock.advance(10)
        sender.run_once()
    assert hall.state(notice) == "unknown"
    assert len([request for request in twilio.requests if request.startswith("POST")]) == 1
    counts = hall.store.read("hall", lambda rx: rx.notices.counts(0))
    assert counts == {"pending": 0, "failed": 0, "unknown": 1}


def test_a_message_found_late_in_the_list_is_sent_after_all(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("reset"))
    twilio.faults.append(Fault("reset", only="GET"))
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    assert hall.state(notice) == "sending"
    text = hall.see(notice).text
    twilio.create({"To": "+8613800001234", "From": "+15005550006", "Body": text})
    hall.clock.advance(10)
    sender.run_once()
    assert hall.state(notice) == "sent"


def test_a_lost_message_is_found_though_the_phone_was_corrected_meanwhile(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults += [Fault("lost"), Fault("reset", only="GET")]
    ticket = hall.ticket()
    notice = hall.notice(ticket)
    sender = hall.sender(gateway)
    sender.run_once()
    hall.change(ticket, phone="13911112222")
    hall.clock.advance(10)
    sender.run_once()
    assert notice and hall.state(notice) == "sent"
    assert len(twilio.messages) == 1


def test_what_comes_too_late_to_help_expires_instead(hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway) -> None:
    soon = hall.write_one("soon")
    called = hall.write_one("called", phone="13900001111")
    hall.change(hall.see(called).ticket_id, state="called")
    hall.clock.advance(301)
    sender = hall.sender(gateway)
    sender.run_once()
    assert (hall.state(soon), hall.state(called)) == ("sent", "expired")
    late = hall.write_one("soon", phone="13900002222")
    hall.clock.advance(601)
    sender.run_once()
    assert hall.state(late) == "expired"
    assert len(twilio.messages) == 1


def test_nearly_your_turn_is_not_sent_to_somebody_already_called(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    soon = hall.write_one("soon")
    hall.change(hall.see(soon).ticket_id, state="called")
    hall.sender(gateway).run_once()
    assert hall.state(soon) == "dropped"
    assert twilio.messages == []


def test_a_call_goes_before_older_notices_when_there_is_a_backlog(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    for number in range(6):
        hall.write_one(phone=f"1380000{number:04d}")
    hall.clock.advance(1)
    call = hall.write_one("called", phone="13999999999")
    hall.sender(gateway, parallel=1).run_once()
    assert twilio.messages[0].to == "+8613999999999"
    assert hall.state(call) == "sent"
    assert len(twilio.messages) == 7


def test_a_wrong_password_keeps_the_messages_and_raises_the_alarm_at_once(hall: Hall, twilio: TwilioStandIn) -> None:
    wrong = TwilioGateway(twilio.account, "wrong", "+15005550006", base_url=twilio.url, timeout=0.5)
    notice = hall.write_one()
    hall.sender(wrong).run_once()
    assert (hall.state(notice), hall.see(notice).error_code) == ("pending", "20003")
    assert hall.alarms() == ["sms_gateway"]


def test_a_gateway_that_is_down_raises_one_alarm_within_a_minute_and_clears_it_when_back(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.stop()
    notice = hall.write_one()
    sender = hall.sender(gateway)
    began = hall.clock()
    while not hall.alarms():
        sender.run_once()
        hall.clock.advance(1)
        assert hall.clock() - began < 60_000_000
    for _ in range(60):
        hall.clock.advance(1)
        sender.run_once()
    assert hall.alarms() == ["sms_gateway"]
    twilio.start()
    hall.clock.advance(31)
    sender.run_once()
    assert hall.alarms() == []
    assert hall.state(notice) == "sent"


def test_the_alarm_clears_though_nothing_waits_to_be_sent(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.stop()
    hall.write_one("called")
    sender = hall.sender(gateway)
    for _ in range(40):
        hall.clock.advance(10)
        sender.run_once()
    assert hall.alarms() == ["sms_gateway"]
    assert hall.store.read("hall", lambda rx: rx.notices.counts(0))["pending"] == 0
    restarted = hall.sender(gateway)
    twilio.start()
    hall.clock.advance(31)
    restarted.run_once()
    assert hall.alarms() == []


def test_a_gateway_that_answers_questions_but_takes_no_messages_is_down(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    twilio.faults.append(Fault("reset", times=1000))
    swallowed = [hall.write_one(phone=f"1390000{number:04d}") for number in range(20)]
    sender = hall.sender(gateway)
    for _ in range(20):
        sender.run_once()
        hall.clock.advance(1)
    assert hall.alarms() == ["sms_gateway"]
    assert [hall.state(notice) for notice in swallowed].count("pending") >= 12, "not all are risked"
    for _ in range(30):
        sender.run_once()
        hall.clock.advance(1)
        assert hall.alarms() == ["sms_gateway"]
    twilio.faults.clear()
    for _ in range(90):
        sender.run_once()
        hall.clock.advance(1)
    assert hall.alarms() == []
    states = [hall.state(notice) for notice in swallowed]
    assert set(states) == {"sent", "unknown"}
    assert states.count("unknown") <= 8


def test_after_a_crash_what_was_handed_over_is_found_and_what_was_not_is_sent_once(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    from sms import steps

    handed, waiting = hall.write_one(), hall.write_one(phone="13900001111")
    hall.store.write("hall", steps.claim, steps.ClaimRequest(1, "twilio"))
    text = hall.see(handed).text
    twilio.create({"To": "+8613800001234", "From": "+15005550006", "Body": text})
    # The process dies here, before it could note the answer, and starts again.
    assert (hall.state(handed), hall.state(waiting)) == ("sending", "pending")
    sender = hall.sender(gateway)
    sender.run_once()
    assert (hall.state(handed), hall.state(waiting)) == ("sent", "sent")
    assert sorted(message.to for message in twilio.messages) == ["+8613800001234", "+8613900001111"]


def test_another_process_in_the_middle_of_sending_is_not_disturbed(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    from sms import steps

    notice = hall.write_one()
    hall.store.write("hall", steps.claim, steps.ClaimRequest(1, "twilio"))
    sender = hall.sender(gateway, alone=False)
    sender.run_once()
    assert hall.state(notice) == "sending"
    assert twilio.requests == []
    hall.clock.advance(91)
    sender.run_once()
    assert hall.state(notice) == "unknown"


def test_a_citizen_without_a_phone_is_left_alone(hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway) -> None:
    notice = hall.notice(hall.ticket(phone=None))
    hall.sender(gateway).run_once()
    assert notice and hall.state(notice) == "dropped"
    assert twilio.requests == []


def test_a_notice_can_be_taken_back_only_before_it_is_sent(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    ticket = hall.ticket()
    notice = hall.notice(ticket, "soon")
    assert hall.store.write("hall", lambda tx, _, now: tx.notices.drop(ticket, "soon", "called first"))
    assert not hall.store.write("hall", lambda tx, _, now: tx.notices.drop(ticket, "soon"))
    hall.sender(gateway).run_once()
    assert notice and hall.state(notice) == "dropped"
    assert twilio.messages == []


def test_a_hall_no_callback_can_reach_asks_what_arrived(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    arrived, refused = hall.write_one(), hall.write_one(phone="13900001111")
    sender = hall.sender(gateway)
    sender.run_once()
    first, second = sorted(twilio.messages, key=lambda message: message.to)
    twilio.progress(first, "delivered")
    twilio.progress(second, "undelivered", 30005)
    assert sender.run_once() == 0
    hall.clock.advance(30)
    assert sender.run_once() == 2
    assert (hall.state(arrived), hall.state(refused)) == ("delivered", "failed")
    assert hall.see(refused).error_code == "30005"
    hall.clock.advance(3600)
    assert sender.run_once() == 0


def test_a_message_nobody_reports_on_is_asked_about_for_an_hour_and_stays_sent(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    notice = hall.write_one()
    sender = hall.sender(gateway)
    sender.run_once()
    for _ in range(100):
        hall.clock.advance(60)
        sender.run_once()
    assert hall.state(notice) == "sent"
    assert len(twilio.requests) == 1 + 6


@pytest.mark.parametrize("hall", ["sqlite"], indirect=True)
def test_looking_for_work_reads_no_more_rows_when_the_table_grows(hall: Hall) -> None:
    plans: list[str] = []

    def explain(tx: Tx, _: None, now: int) -> None:
        plain_all, plain_execute, plain_value = tx.db.all, tx.db.execute, tx.db.value

        def seen(sql: str, params: Sequence[Any] = ()) -> None:
            if "notices" in sql:
                plans.extend(str(row["detail"]) for row in plain_all(f"EXPLAIN QUERY PLAN {sql}", params))

        for name, plain in (("all", plain_all), ("execute", plain_execute), ("value", plain_value)):

            def spy(sql: str, params: Sequence[Any] = (), plain: Any = plain) -> Any:
                seen(sql, params)
                return plain(sql, params)

            setattr(tx.db, name, spy)
        try:
            tx.notices.next_due()
            tx.notices.next_unreported()
            tx.notices.expire()
            tx.notices.claim(4, 1, "twilio")
            tx.notices.questions(4, 1)
            tx.notices.unreported(4, "twilio", (1,))
            tx.notices.ask_all_now()
            tx.notices.by_gateway_id("SM1")
            tx.notices.counts(0)
            tx.notices.of_ticket(1)
        finally:
            for name in ("all", "execute", "value"):
                delattr(tx.db, name)

    hall.store.write("hall", explain)
    assert len(plans) >= 9
    found = [plan for plan in plans if "notices" in plan or plan.startswith(("SEARCH n ", "SCAN"))]
    assert [plan for plan in found if plan.startswith("SCAN") or plan.endswith("(hall_id=?)")] == []
