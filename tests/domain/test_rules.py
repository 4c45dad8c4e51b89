"""The pure rules of the hall, alone."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.hall_file import Hours
from server.domain import hours, identity, learning, numbering, rank, search
from server.domain.assignment import assign, drain_line, rehome
from server.domain.claiming import claim
from server.domain.masking import mask_id, mask_phone, mask_within
from server.domain.promise import Outlook, outlook, soon
from server.domain.ticket import MOVES, State, Ticket
from server.domain.units import MINUTE, SECOND, iso, minutes_up
from server.domain.window import Window

SHANGHAI = ZoneInfo("Asia/Shanghai")


def window(number: int, seconds: int = 0, state: str = "open", **more: object) -> Window:
    base = Window(number, state, None, None, None, None, 0, None, seconds // 300, seconds, 0, None, 0)
    return base.but(**more)


def ticket(ticket_id: int, rank_at: int, at: int | None = 1, queue: int = 1, seconds: int = 300) -> Ticket:
    return Ticket(
        id=ticket_id,
        business_day="2026-11-21",
        number=f"A{ticket_id:03d}",
        section="general",
        item=None,
        state="waiting",
        channel="kiosk",
        queue_id=queue,
        rank_at=rank_at,
        seconds=seconds,
        link=str(ticket_id),
        taken_by="kiosk",
        taken_at=rank_at,
        window_number=at,
    )


def test_the_window_with_the_fewest_expected_seconds_is_chosen_and_paused_ones_never() -> None:
    choice = assign([window(1, 600), window(2, 300), window(3, 0, "paused"), window(4, 0, "draining")], 0)
    assert choice.window == 2 and choice.reason.zh == "2号窗口：预计等候最短，5 分钟"


def test_time_already_served_counts_for_the_window() -> None:
    half_done = window(1, 0, ticket_id=9, busy_seconds=600, busy_since=0)
    fresh = window(2, 0, ticket_id=8, busy_seconds=600, busy_since=400 * SECOND)
    assert assign([half_done, fresh], 500 * SECOND).window == 1


def test_a_free_window_is_chosen_before_one_whose_customer_takes_longer_than_expected() -> None:
    overdue = window(1, 0, ticket_id=9, busy_seconds=60, busy_since=0)
    assert assign([overdue, window(2)], 500 * SECOND).window == 2
    alone = assign([overdue], 500 * SECOND)
    assert alone.window == 1 and alone.reason.zh == "1号窗口：即将空闲"


def test_rehoming_spreads_a_line_and_keeps_nobody_where_nobody_can_serve() -> None:
    line = [ticket(i, i) for i in range(1, 5)] + [ticket(9, 9, queue=2)]
    given_windows = [c.window for c in rehome(line, {1: (2, 3), 2: (7,)}, {2: window(2), 3: window(3)}, 0)]
    assert given_windows == [2, 3, 2, 3, None]


def test_a_draining_window_keeps_whom_it_serves_soonest() -> None:
    line = [ticket(i, i) for i in range(1, 5)]
    assert drain_line(line, {1: (1, 2)}, window(1), {1: window(1), 2: window(2, 500)}, 0) == [1, 1, 2, 1]


def test_the_own_first_goes_unless_one_elsewhere_ranks_more_than_fairness_earlier() -> None:
    own, other = ticket(2, 10 * MINUTE), ticket(1, 7 * MINUTE, at=2)
    assert claim(1, own, [other], 3 * MINUTE).ticket is own
    chosen = claim(1, own, [other], 3 * MINUTE - 1)
    assert chosen.ticket is other and "早排 3 分钟" in chosen.reason.zh
    assert claim(1, None, [other], 99 * MINUTE).ticket is other
    assert claim(1, None, [], 0) is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 3)), min_size=1, max_size=30), st.integers(0, 50))
def test_whoever_is_called_was_overtaken_by_nobody_beyond_fairness(waiting: list[tuple[int, int]], fair: int) -> None:
    tickets = [ticket(i, rank_at, at) for i, (rank_at, at) in enumerate(waiting, 1)]
    own = min((t for t in tickets if t.window_number == 1), key=lambda t: t.place, default=None)
    called = claim(1, own, [min(tickets, key=lambda t: t.place)], fair).ticket
    assert called.rank_at - min(t.rank_at for t in tickets) <= fair


def test_equal_ranks_are_ordered_by_id() -> None:
    first, second = ticket(1, 5), ticket(2, 5)
    assert claim(1, None, [second, first], 0).ticket is first


def test_the_green_channel_moves_the_rank_and_soldiers_go_first() -> None:
    elderly = rank.green_channel(60 * MINUTE, "老年人", "elderly", 15, False, False)
    assert elderly.rank_at == 45 * MINUTE and elderly.granted
    soldier = rank.green_channel(60 * MINUTE, "军人", "serviceman", 0, True, False)
    assert soldier.rank_at < 0
    capped = rank.green_channel(60 * MINUTE, "老年人", "elderly", 15, False, True)
    assert capped.rank_at == 60 * MINUTE and not capped.granted


def test_the_cap_is_a_share_with_a_floor() -> None:
    assert rank.within_cap(2, 4, 0.3, 3) and not rank.within_cap(3, 4, 0.3, 3)
    assert rank.within_cap(29, 100, 0.3, 3) and not rank.within_cap(30, 100, 0.3, 3)


def test_an_appointment_on_time_ranks_by_its_slot_and_a_late_one_by_arrival() -> None:
    slot = 60 * MINUTE
    assert rank.appointment(slot, 55 * MINUTE, 10 * MINUTE, 15 * MINUTE).rank_at == 50 * MINUTE
    assert rank.appointment(slot, 80 * MINUTE, 10 * MINUTE, 15 * MINUTE).rank_at == 80 * MINUTE


def test_a_returner_stands_behind_the_third_and_never_before_the_old_place() -> None:
    assert rank.returner(1, [10, 20, 30, 40], 3).rank_at == 31
    assert rank.returner(1, [10], 3).rank_at == 11
    assert rank.returner(50, [10, 20], 3).rank_at == 50
    assert rank.returner(7, [], 3).rank_at == 7


def test_expected_is_their_seconds_and_one_mean_shared_by_the_windows() -> None:
    assert outlook(4, 1200, 300, 3) == Outlook(4, 500)
    assert outlook(0, 0, 300, 2, free_windows=1) == Outlook(0, 0)
    assert outlook(4, 1200, 300, 0).minutes is None
    assert Outlook(1, 61).minutes == 2


def test_a_draining_window_shares_the_work_ahead_only_as_far_as_its_own_line_goes() -> None:
    shared = outlook(4, 1200, 300, 1, draining_windows=1, draining_seconds=600)
    assert shared == Outlook(4, 900)
    assert outlook(6, 1800, 300, 1, draining_windows=1, draining_seconds=1200) == Outlook(6, 1050)
    assert outlook(4, 1200, 300, 1, draining_windows=1) == Outlook(4, 1500)


def test_notice_two_is_due_with_one_ahead_or_few_minutes_left() -> None:
    assert soon(Outlook(1, 900), 1, 300) and soon(Outlook(5, 300), 1, 300)
    assert not soon(Outlook(2, 301), 1, 300) and not soon(Outlook(0, None), 1, 300)


def test_learned_seconds_weigh_the_hall_file_as_ten_visits() -> None:
    assert learning.expected_seconds(600, 0, 0) == 600
    assert learning.expected_seconds(600, 10, 12_000) == 900
    assert learning.counted(600, 0, 50 * MINUTE, 0, False, 1) == 2400
    assert learning.counted(600, 0, 19 * SECOND, 0, False, 1) is None
    assert learning.counted(600, 0, 10 * MINUTE, 4 * MINUTE, False, 1) == 360
    assert learning.counted(600, 0, 10 * MINUTE, 0, True, 1) is None
    assert learning.counted(600, 0, 10 * MINUTE, 0, False, 2) is None


def test_numbers_pass_over_reserved_and_live_ones() -> None:
    assert numbering.written("A", 7) == "A007" and numbering.written("A", 1000) == "A1000"
    assert numbering.next_value(900, "A", (901, 950), ()) == 951
    assert numbering.next_value(0, "A", (901, 950), {"A001", "A002"}) == 3


def test_every_state_has_its_moves_and_ended_ones_have_none() -> None:
    assert set(MOVES) == set(State)
    assert not MOVES[State.DONE] and not MOVES[State.EXPIRED] and not MOVES[State.CANCELLED]


def test_phones_and_ids_are_masked() -> None:
    assert mask_phone("13812341234") == "138****1234"
    assert mask_id("110101194603071250") == "1101**********1250"


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_phone_or_a_refusal(text: str) -> None:
    try:
        phone = identity.phone_number(text)
    except identity.PhoneInvalid as refusal:
        assert refusal.status == 422
    else:
        assert len(phone) == 11 and phone.isascii() and phone[0] == "1"


@given(st.text(max_size=20))
def test_whatever_is_typed_is_an_id_number_or_a_refusal(text: str) -> None:
    try:
        assert len(identity.id_number(text)) == 18
    except identity.IdNumberInvalid as refusal:
        assert refusal.status == 422


def test_an_old_citizen_whose_county_code_is_younger_than_they_are_is_believed() -> None:
    assert identity.id_number("330802194501011236") == "330802194501011236"
    for wrong in ("330802194501011231", "330802194513011236", "330802194502301236", "33080219450101123"):
        with pytest.raises(identity.IdNumberInvalid):
            identity.id_number(wrong)


def test_age_is_in_full_years_on_the_day() -> None:
    assert identity.age_on("110101194603071250", date(2026, 3, 6)) == 79
    assert identity.age_on("110101194603071250", date(2026, 3, 7)) == 80


WORKDAYS = Hours(
    enforce=True,
    weekly={d: ["08:30-12:00", "13:30-17:00"] for d in range(5)},
    lunch_shift=["12:00-13:30"],
    closed_dates=[date(2026, 11, 24)],
    extra_dates={date(2026, 11, 28): ["09:00-11:00"]},
)


def at(day: int, hour: int, minute: int = 0) -> int:
    from datetime import datetime

    return int(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).timestamp()) * SECOND


def test_the_lunch_shift_joins_the_day_into_one_stretch() -> None:
    monday = date(2026, 11, 23)
    assert len(hours.spans_of(WORKDAYS, monday, SHANGHAI, lunch=False)) == 2
    assert hours.spans_of(WORKDAYS, monday, SHANGHAI, lunch=True) == [hours.Span(at(23, 8, 30), at(23, 17))]


def test_waiting_over_lunch_counts_open_time_only() -> None:
    spans = hours.spans_of(WORKDAYS, date(2026, 11, 23), SHANGHAI, lunch=False)
    assert hours.finish_of(spans, at(23, 11, 50), 20 * 60) == at(23, 13, 40)
    assert hours.finish_of(spans, at(23, 16, 50), 20 * 60) is None


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ((23, 17, 30), "11月25日（周三）08:00"),
        ((24, 10, 0), "明天 08:00"),
        ((27, 18, 0), "明天 08:30"),
        ((28, 12, 0), "11月30日（周一）08:00"),
        ((23, 12, 10), "今天 13:00"),
    ],
)
def test_the_refusal_says_when_to_come_back(now: tuple[int, int, int], words: str) -> None:
    with pytest.raises(hours.IssuingClosed) as refused:
        hours.check_issuing(WORKDAYS, at(*now), SHANGHAI, False, 60)
    assert words in refused.value.message_zh


def test_a_hall_that_never_opens_still_gives_a_sentence() -> None:
    with pytest.raises(hours.IssuingClosed, match="下一个工作日"):
        hours.check_issuing(Hours(enforce=True, weekly={}), at(23, 10), SHANGHAI, False, 60)


def test_minutes_are_rounded_up_and_times_are_iso() -> None:
    assert [minutes_up(s) for s in (0, 1, 60, 61)] == [0, 1, 1, 2]
    assert iso(1_795_000_000_123_456) == "2026-11-18T11:06:40.123Z" and iso(None) is None


def test_phones_and_ids_inside_a_sentence_are_masked() -> None:
    said = mask_within("王某 13800138000，身份证110101194603071250，编号20261122")
    assert said == "王某 138****8000，身份证1101**********1250，编号20261122"


def test_where_no_name_holds_the_words_the_nearest_are_found_and_what_every_name_has_says_nothing() -> None:
    names = [
        "居民身份证首次申领",
        "居民身份证遗失补领",
        "个人住房公积金贷款申请",
        *(f"第{n}类登记申请" for n in range(20)),
    ]

    def near(text: str) -> list[str]:
        return search.nearest(names, str, text)

    assert near("身份证丢了") == names[:2]
    assert near("买房子贷款") == [names[2]]
    assert near("身份证遗失了怎么办") == [names[1]], "what says most about it, alone"
    assert near("登记申请") == near("开饭店") == near("bdc") == near("贷") == []
