from __future__ import annotations

import pytest
from stdnum.cn import ric

from server.domain.hall import ItemRequired, ItemUnknown, SectionUnknown
from server.domain.hours import FullForToday, IssuingClosed
from server.domain.identity import IdNumberInvalid, PhoneInvalid
from server.domain.numbering import PaperNumberInvalid
from server.domain.reason import Reason
from server.journey import paper, supervising, taking
from server.journey.views import decisions_view, ticket_view
from tests.scene import GUIDE, MANAGER, Scene, small_hall

PHONE = "13812341234"


def id_number(born: str) -> str:
    """A resident ID number with a right check digit for a birth date YYYYMMDD."""
    body = f"110101{born}125"
    return body + ric.calc_check_digit(body + "0")


AGED_80 = id_number("19460307")


def stop(hall: Scene, section: str | None, zh: str) -> None:
    hall.write(supervising.stop_issuing, supervising.StopRequest(MANAGER, section, zh))


def test_a_number_is_the_section_letter_and_three_digits(hall: Scene) -> None:
    assert [hall.take().number, hall.take("house").number, hall.take().number] == ["A001", "B001", "A002"]


def test_a_ticket_is_given_the_open_window_with_least_work_and_says_why(hall: Scene) -> None:
    hall.open(1, 2)
    assert [hall.take().window_number for _ in range(4)] == [1, 2, 1, 2]
    fifth = hall.take()
    assert Reason.load(fifth.reason).zh == "1号窗口：预计等候最短，16 分钟"
    shown = hall.read(decisions_view, fifth.id)["decisions"]
    assert [d["type"] for d in shown] == ["rank", "ticket.taken"]


def test_with_no_able_window_open_a_ticket_waits_without_one_and_goes_to_the_first_that_opens(hall: Scene) -> None:
    first, second = hall.take(), hall.take()
    assert first.window_number is None
    hall.open(2)
    assert hall.ticket(first).window_number == 2 and hall.ticket(second).window_number == 2
    hall.check_counters()


def test_an_item_of_a_special_window_goes_only_there(hall: Scene) -> None:
    hall.open(1, 6)
    assert hall.take(item="passport").window_number == 6


def test_a_section_without_a_window_for_all_of_it_asks_for_an_item(hall: Scene) -> None:
    windows = [w.model_dump() for w in small_hall().windows]
    windows[4]["sections"], windows[4]["items"] = [], ["collect"]
    hall.reload(small_hall(windows=windows))
    with pytest.raises(ItemRequired):
        hall.take("pickup")
    assert hall.take(item="collect").number == "C001"


@pytest.mark.parametrize("bad", ["12812341234", "1381234123", "138123412345", "phone", "2381234123４"])
def test_a_wrong_phone_is_refused_before_anything_is_issued(hall: Scene, bad: str) -> None:
    with pytest.raises(PhoneInvalid):
        hall.take(phone=bad)
    assert hall.take().number == "A001"


def test_a_phone_written_with_spaces_full_width_or_a_country_code_is_understood(hall: Scene) -> None:
    assert hall.take(phone="+86 138-1234-1234").phone_mask == "138****1234"
    assert hall.take("house", phone="１３８１２３４１２３４").phone_mask == "138****1234"


def test_unknown_sections_and_items_are_named(hall: Scene) -> None:
    with pytest.raises(SectionUnknown):
        hall.take("nowhere")
    with pytest.raises(ItemUnknown):
        hall.take(item="nothing")
    with pytest.raises(taking.ChoiceMissing):
        hall.take(None)


def test_one_phone_holds_one_ticket_an_item_and_three_in_all(hall: Scene) -> None:
    hall.take(phone=PHONE)
    with pytest.raises(taking.SameItemTwice, match="A001"):
        hall.take(phone=PHONE)
    hall.take("house", phone=PHONE)
    hall.take("pickup", phone=PHONE)
    with pytest.raises(taking.TooManyTickets):
        hall.take(item="id-card", phone=PHONE)


def test_a_cancelled_ticket_frees_the_phone(hall: Scene) -> None:
    hall.cancel(hall.take(phone=PHONE))
    assert hall.take(phone=PHONE).number == "A002"


def test_staff_go_past_the_limit_with_a_reason_and_it_is_audited(hall: Scene) -> None:
    hall.take(phone=PHONE)
    with pytest.raises(taking.OverrideNotAllowed):
        hall.take(phone=PHONE, override_reason="代办")
    with pytest.raises(taking.ReasonMissing):
        hall.take(phone=PHONE, by=GUIDE, override_reason=" ")
    hall.take(phone=PHONE, by=GUIDE, override_reason="为家人代办")
    assert "limit.overridden" in [a.action for a in hall.read(lambda rx: rx.audit.newest())]


def test_a_young_citizen_cannot_pick_the_green_channel(hall: Scene) -> None:
    with pytest.raises(taking.PriorityNotAllowed):
        hall.take(priority="soldier")
    with pytest.raises(taking.PriorityNotAllowed):
        hall.take(priority="elderly", id_number=id_number("19900307"))


def test_an_old_citizen_is_known_by_the_id_number_and_ranks_earlier(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    plain = hall.take()
    old = hall.take(id_number=AGED_80)
    assert old.priority == "elderly" and old.place < plain.place
    assert hall.read(ticket_view, old.id)["ahead"] == 0


def test_a_false_id_number_is_refused(hall: Scene) -> None:
    with pytest.raises(IdNumberInvalid):
        hall.take(id_number=AGED_80[:17] + ("1" if AGED_80[17] != "1" else "2"))


def test_staff_grant_the_green_channel_with_a_reason(hall: Scene) -> None:
    with pytest.raises(taking.ReasonMissing):
        hall.take(priority="pregnant", by=GUIDE)
    with pytest.raises(taking.PriorityUnknown):
        hall.take(priority="friend", by=GUIDE, reason="熟人")
    ticket = hall.take(priority="soldier", by=GUIDE, reason="出示军官证")
    assert ticket.granted_by == GUIDE.id and ticket.priority_reason == "出示军官证"
    entry = hall.read(lambda rx: rx.audit.newest())[0]
    assert entry.action == "green_channel.granted" and entry.data["reason"] == "出示军官证"


def test_past_the_cap_the_green_channel_ranks_as_taken_and_says_so(hall: Scene) -> None:
    early = [hall.take(priority="pregnant", by=GUIDE, reason="孕晚期") for _ in range(3)]
    assert [t.rank_at < t.taken_at for t in early] == [True, True, False]
    assert "名额已满" in Reason.load(early[2].rank_reason).zh


def test_the_stop_sentence_of_a_section_or_the_hall_refuses_new_numbers(hall: Scene) -> None:
    stop(hall, "house", "不动产系统故障，暂停取号")
    with pytest.raises(taking.IssuingStopped, match="不动产系统故障"):
        hall.take("house")
    assert hall.take().number == "A001"
    stop(hall, None, "系统故障暂停取号")
    with pytest.raises(taking.IssuingStopped, match="系统故障暂停取号"):
        hall.take()
    hall.write(supervising.resume_issuing, supervising.StopRequest(MANAGER, None))
    assert hall.take().number == "A002"


def test_numbers_restart_each_business_day_and_left_over_tickets_expire_with_a_reason(hall: Scene) -> None:
    hall.tick()
    old = hall.take()
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert hall.ticket(old).state == "expired" and hall.ticket(old).end_reason
    assert hall.take().number == "A001"
    hall.check_counters()


def test_a_number_still_being_served_past_midnight_is_not_issued_again(hall: Scene) -> None:
    hall.tick()
    hall.open(1)
    served = hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=24 * 60)
    hall.tick()
    assert hall.ticket(served).state == "serving"
    assert hall.take().number == "A002"


def test_after_999_numbers_grow_to_four_digits_and_pass_over_the_reserved_paper_ones(hall: Scene) -> None:
    day = hall.read(lambda rx: rx.rules.day.isoformat())

    def jump(tx: object, value: int, now: int) -> None:
        tx.numbers.put(day, "general", value)  # type: ignore[attr-defined]

    hall.write(jump, 900)
    assert hall.take().number == "A951"
    hall.write(jump, 999)
    assert hall.take().number == "A1000"


def test_paper_numbers_join_the_line_as_of_when_they_were_handed_out(hall: Scene) -> None:
    hall.open(1)
    machine = hall.take()
    handed_out = hall.clock.now - 600 * 1_000_000
    request = paper.PaperRequest(MANAGER, "general", ("A901", "a902"), handed_out)
    entered = hall.write(paper.enter_paper_numbers, request)
    assert [t.number for t in entered] == ["A901", "A902"]
    assert all(hall.ticket(t).place < machine.place for t in entered)
    with pytest.raises(paper.PaperNumberUsed):
        hall.write(paper.enter_paper_numbers, paper.PaperRequest(MANAGER, "general", ("A903", "A901")))
    with pytest.raises(PaperNumberInvalid, match="A901"):
        hall.write(paper.enter_paper_numbers, paper.PaperRequest(MANAGER, "general", ("A001",)))
    assert hall.read(lambda rx: rx.tickets.number_live("A903")) is False
    hall.check_counters()


def monday_at(hall: Scene, hour: int, minute: int) -> None:
    """Monday 2026-11-23 on the hall's clock."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    hall.clock.now = int(datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()) * 1_000_000


def test_outside_the_hours_the_refusal_says_when_to_come_back(hall: Scene) -> None:
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 7, 0)
    with pytest.raises(IssuingClosed, match="今天 08:00"):
        hall.take()
    monday_at(hall, 17, 1)
    with pytest.raises(IssuingClosed, match="明天 08:00"):
        hall.take()


def test_issuing_stops_when_the_expected_finish_passes_closing_time(hall: Scene) -> None:
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 16, 20)
    hall.open(1)
    assert hall.take(item="id-card").number == "A001"
    assert hall.take(item="id-card").number == "A002"
    hall.take(item="id-card")
    with pytest.raises(FullForToday, match="明天 08:00"):
        hall.take(item="id-card")


def test_over_lunch_only_the_lunch_shift_issues(hall: Scene) -> None:
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 12, 30)
    assert hall.take("general").number == "A001"
    with pytest.raises(IssuingClosed, match="今天 13:00"):
        hall.take("house")


def test_staff_may_give_the_reason_to_go_past_the_limit_as_the_plain_reason(hall: Scene) -> None:
    hall.take(phone=PHONE)
    ticket = hall.take(phone=PHONE, by=GUIDE, reason="为家人代办")
    assert ticket.override_reason == "为家人代办"
    assert hall.take("house", phone="13987654321", by=GUIDE, reason="无需").override_reason is None


def test_an_empty_phone_is_wrong_and_no_phone_is_fine(hall: Scene) -> None:
    with pytest.raises(PhoneInvalid):
        hall.take(phone="")
    assert hall.take(phone=None).number == "A001"


def test_the_first_number_of_a_day_is_001_even_before_the_hall_has_ticked(hall: Scene) -> None:
    yesterday = hall.take(phone=PHONE)
    hall.take()
    hall.wait(minutes=24 * 60)
    assert hall.take(phone=PHONE).number == "A001"
    assert hall.ticket(yesterday).state == "expired"
    hall.check_counters()


def test_with_more_windows_free_than_people_ahead_there_is_no_wait(hall: Scene) -> None:
    hall.open(1, 2)
    hall.take()
    assert hall.read(ticket_view, hall.take().id)["expected_minutes"] == 0


@pytest.mark.parametrize("made_up", ["999999", "000101"])
def test_an_id_number_of_no_province_or_of_another_century_is_refused(hall: Scene, made_up: str) -> None:
    for body in (f"{made_up}19460307125", "11010118300307125"):
        with pytest.raises(IdNumberInvalid):
            hall.take(id_number=body + ric.calc_check_digit(body + "0"))
