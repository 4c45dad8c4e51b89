"""Behind the counter, as rules: slots, lights, reminders, shelves, locks, authorizations, a parcel's road."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.cases.authorization import Authorization, AuthorizationDaysWrong, authorized, check_days
from server.domain.cases.courier import COURIER_MOVES, CourierState, mask_address
from server.domain.cases.handover import LineState, LineUnknown, NoteNeeded, Slot, after_receiving, is_late, next_slot
from server.domain.cases.issue import ShelvesFull, free_shelf, remind_again
from server.domain.cases.state import CaseState
from server.domain.cases.supervision import ReminderKind, Reminding, light, reminders_due, yellow_from
from server.domain.cases.tries import FORGET_AFTER, WRONG_BEFORE_LOCK, Tries
from server.domain.units import MINUTE

SLOTS = ["11:30", "17:00"]
MONDAY = date(2026, 11, 23)


def on_workdays(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 11, 23, 9, 0), Slot(MONDAY, "11:30")),
        (datetime(2026, 11, 23, 11, 30), Slot(MONDAY, "17:00")),
        (datetime(2026, 11, 27, 17, 5), Slot(date(2026, 11, 30), "11:30")),
        (datetime(2026, 11, 28, 9, 0), Slot(date(2026, 11, 30), "11:30")),
    ],
)
def test_papers_go_with_the_next_slot_and_over_the_weekend_on_monday(now: datetime, slot: Slot) -> None:
    assert next_slot(now, SLOTS, on_workdays) == slot


def test_a_list_is_late_from_the_end_of_its_day() -> None:
    assert not is_late(MONDAY, datetime(2026, 11, 23, 17, 29), "17:30")
    assert is_late(MONDAY, datetime(2026, 11, 23, 17, 30), "17:30")
    assert is_late(MONDAY, datetime(2026, 11, 24, 8, 0), "17:30")


def test_the_receiver_signs_line_by_line_and_says_what_is_missing() -> None:
    lines = {1: LineState.SENT, 2: LineState.SENT, 3: LineState.RECEIVED}
    signed = after_receiving(lines, {1: (True, ""), 2: (False, "缺收入证明"), 3: (False, "又找不到")})
    assert signed == {1: LineState.RECEIVED, 2: LineState.MISSING, 3: LineState.RECEIVED}
    assert after_receiving(signed, {2: (True, "")})[2] == LineState.RECEIVED
    with pytest.raises(NoteNeeded):
        after_receiving(lines, {1: (False, " ")})
    with pytest.raises(LineUnknown):
        after_receiving(lines, {9: (True, "")})


@pytest.mark.parametrize(
    ("state", "left", "shown"),
    [
        (CaseState.REVIEWING, 5, "green"),
        (CaseState.REVIEWING, 2, "yellow"),
        (CaseState.ACCEPTED, 0, "yellow"),
        (CaseState.REVIEWING, -1, "red"),
        (CaseState.SUSPENDED, -9, "stopped"),
        (CaseState.CORRECTION, None, "stopped"),
        (CaseState.APPROVED, -1, "done"),
    ],
)
def test_the_light_is_yellow_before_the_limit_red_after_it_and_out_while_the_clock_stands(
    state: CaseState, left: int | None, shown: str
) -> None:
    assert light(state, left, 2) == shown


@pytest.mark.parametrize(
    ("limit", "yellow_days", "first"),
    [(0, 2, 0), (1, 2, 0), (2, 2, 1), (3, 2, 1), (4, 2, 2), (20, 2, 2), (5, 30, 2), (20, 0, 0)],
)
def test_no_case_is_yellow_before_half_of_its_limit_has_passed(limit: int, yellow_days: int, first: int) -> None:
    assert yellow_from(limit, yellow_days) == first
    assert light(CaseState.REVIEWING, first, first) == "yellow"
    assert limit == 0 or light(CaseState.REVIEWING, limit, first) == "green", "on the day it is taken in"


def test_reminders_go_to_the_holder_then_the_head_then_the_manager() -> None:
    def to(left: int | None, state: CaseState = CaseState.REVIEWING) -> set[tuple[str, str]]:
        return {(str(one.kind), one.level) for one in reminders_due(state, left, 2)}

    assert to(3) == set()
    assert to(2) == {("yellow", "holder")}
    assert to(0) == {("due", "holder"), ("due", "head")}
    assert to(-1) == {("overdue", "holder"), ("overdue", "head"), ("overdue", "manager")}
    assert to(-1, CaseState.SUSPENDED) == set() == to(None)
    assert Reminding(ReminderKind.YELLOW, "holder") in reminders_due(CaseState.ACCEPTED, 1, 2)


@given(st.sets(st.integers(1, 40)), st.integers(1, 40))
def test_a_result_takes_the_lowest_free_shelf_or_is_told_that_all_are_full(taken: set[int], shelves: int) -> None:
    free = [n for n in range(1, shelves + 1) if n not in taken]
    if free:
        assert free_shelf(taken, shelves) == free[0]
    else:
        with pytest.raises(ShelvesFull):
            free_shelf(taken, shelves)


def test_whoever_does_not_collect_is_reminded_every_so_many_days_and_not_for_ever() -> None:
    day = 24 * 60 * MINUTE
    assert not remind_again(0, None, 0, 3, 2, 3 * day - 1)
    assert remind_again(0, None, 0, 3, 2, 3 * day)
    assert not remind_again(0, 3 * day, 1, 3, 2, 5 * day)
    assert remind_again(0, 3 * day, 1, 3, 2, 6 * day)
    assert not remind_again(0, 6 * day, 2, 3, 2, 99 * day)


def test_the_fifth_wrong_try_locks_and_after_the_lock_five_more_are_given() -> None:
    tries, lock = Tries(), 15 * MINUTE
    for count in range(1, WRONG_BEFORE_LOCK):
        tries = tries.wrong(count, lock)
        assert tries.minutes_locked(count) == 0
    tries = tries.wrong(10, lock)
    assert tries.minutes_locked(10) == 15 and tries.minutes_locked(10 + lock) == 0
    assert tries.wrong(10 + lock, lock).minutes_locked(10 + lock) == 0
    assert Tries(4, 0).wrong(FORGET_AFTER, lock).tries == 1


def test_an_authorization_holds_for_its_items_and_days_until_it_is_revoked() -> None:
    one = Authorization(
        1, "市公安局", "clerk3", ("id-card",), "委〔2026〕1号", "2026-11-23", "2026-11-30", 0, "staff:x"
    )
    assert authorized([one], ["市公安局"], "id-card", MONDAY)
    assert not authorized([one], ["市公安局"], "passport", MONDAY)
    assert not authorized([one], ["市公安局", "市税务局"], "id-card", MONDAY)
    assert not authorized([one], ["市公安局"], "id-card", date(2026, 12, 1))
    assert not authorized([one], ["市公安局"], "id-card", date(2026, 11, 22))
    revoked = Authorization(*[getattr(one, f) for f in one.__slots__[:9]], revoked_at=5, revoked_by="staff:x")
    assert not authorized([revoked], ["市公安局"], "id-card", MONDAY)
    with pytest.raises(AuthorizationDaysWrong):
        check_days(MONDAY, date(2026, 11, 22))


def test_a_parcel_never_goes_backwards() -> None:
    reached: dict[CourierState, set[CourierState]] = {state: set() for state in CourierState}

    def walk(start: CourierState, at: CourierState) -> None:
        for to in COURIER_MOVES[at] - reached[start]:
            reached[start].add(to)
            walk(start, to)

    for state in CourierState:
        walk(state, state)
    for state in (CourierState.ORDERED, CourierState.PICKED_UP, CourierState.IN_TRANSIT, CourierState.DELIVERED):
        assert state not in reached[state] - {CourierState.ORDERED}, state
    assert CourierState.PICKED_UP not in reached[CourierState.DELIVERED]


def test_an_address_shows_its_region_alone() -> None:
    assert mask_address("浙江省衢州市柯城区花园街道荷花路1号3单元") == "浙江省衢州市柯城区****"
    assert mask_address("柯城区1号") == "柯城区****"
