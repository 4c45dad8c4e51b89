"""What a slip says at each moment of a visit, on both stores; calls for an attendant and printers' alarms."""

from __future__ import annotations

import pytest

from server.domain.slip import PrinterJammed, PrinterOutOfPaper, SlipNeedsGuide, SlipNotFound, TicketEnded
from server.journey import assisting, slips
from tests.scene import GUIDE, KIOSK, SMALL_HALL, Scene, small_hall

PHONE = "13812345678"


def test_a_slip_says_where_to_expect_the_call_and_then_where_it_is(hall: Scene) -> None:
    hall.open(4)
    ticket = hall.take(item="transfer", phone=PHONE)
    slip = hall.read(slips.slip_of, ticket.id)
    assert (slip.number, slip.section, slip.item) == (ticket.number, "不动产", "不动产转移登记")
    assert (slip.window, slip.ahead, slip.wait) == ("预计4号窗口，以叫号为准", 0, "几乎不用等")
    assert slip.phone == "138****5678" and slip.link.endswith(f"/t/{ticket.link}") and slip.reprinted == ""
    hall.wait(minutes=5)
    hall.next(4)
    called = hall.read(slips.slip_of, ticket.id)
    assert (called.window, called.ahead, called.wait) == ("请到4号窗口", None, "")
    assert called.taken == slip.taken and called.reprinted > slip.taken[-5:]
    hall.miss(4)
    assert "导服台" in hall.read(slips.slip_of, ticket.id).window


def test_what_to_bring_stands_on_the_slip(hall: Scene) -> None:
    items = [{**one, "bring": "身份证、户口簿（首页、本人页）"} for one in SMALL_HALL["items"]]
    hall.reload(small_hall(items=items))
    assert hall.read(slips.slip_of, hall.take(item="transfer").id).bring == ("身份证", "户口簿（首页、本人页）")
    assert hall.read(slips.slip_of, hall.take("house").id).bring == (), "a section alone names no papers"


def test_before_a_window_opens_no_window_and_no_minutes_are_promised(hall: Scene) -> None:
    ticket = hall.take()
    slip = hall.read(slips.slip_of, ticket.id)
    assert slip.window == "开窗后安排窗口，以叫号为准" and slip.wait == "待开窗"
    hall.cancel(ticket)
    with pytest.raises(TicketEnded):
        hall.read(slips.slip_of, ticket.id)


def test_the_green_channel_stands_on_the_slip(hall: Scene) -> None:
    ticket = hall.take(by=GUIDE, priority="pregnant", reason="当面确认")
    assert hall.read(slips.slip_of, ticket.id).priority == "孕妇"


def test_a_reprint_needs_the_phone_and_a_live_number_of_today(hall: Scene) -> None:
    with_phone, without = hall.take(phone=PHONE), hall.take()

    def find(number: str, tail: str | None, by: object = KIOSK) -> object:
        return hall.read(slips.ticket_to_reprint, by, number, tail)

    assert find(with_phone.number, "5678") == with_phone.id
    assert find(without.number, None, GUIDE) == without.id
    for number, tail in ((with_phone.number, "1234"), ("A999", "5678")):
        with pytest.raises(SlipNotFound):
            find(number, tail)
    with pytest.raises(SlipNeedsGuide):
        find(without.number, "5678")
    hall.cancel(with_phone)
    with pytest.raises(SlipNotFound):
        find(with_phone.number, "5678")


def test_a_printers_alarm_changes_with_its_cause_and_ends_with_the_next_slip(hall: Scene) -> None:
    for why in (PrinterJammed(), PrinterOutOfPaper(), PrinterOutOfPaper()):
        hall.write(slips.printer_failed, slips.Failure("one", "一号小票机", why))
    (alarm,) = hall.read(assisting.floor_alarms)
    assert alarm.data["cause"] == "printer_out_of_paper" and hall.read(slips.is_alarmed, "one")
    hall.write(slips.printer_works, "one")
    assert hall.read(assisting.floor_alarms) == [] and not hall.read(slips.is_alarmed, "one")


def test_an_attendant_is_called_once_a_device_until_staff_came(hall: Scene) -> None:
    first = hall.write(assisting.call_attendant, assisting.Call(KIOSK))
    assert hall.write(assisting.call_attendant, assisting.Call(KIOSK, "别处")) == first
    assert first.data == {"place": KIOSK.name}
    assert hall.write(assisting.mark_done, assisting.Done(GUIDE, first.id)) == first
    assert hall.read(assisting.call_of, KIOSK) is None
    assert hall.write(assisting.mark_done, assisting.Done(GUIDE, first.id)) is None
    types = hall.read(lambda rx: [event.type for event in rx.events.after(0, 100)])
    assert types[-2:] == ["alarm.raised", "alarm.cleared"]
