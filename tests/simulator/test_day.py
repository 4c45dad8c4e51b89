"""Tiny traces whose waits can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.hours import Span
from server.domain.units import MINUTE
from server.journey import line
from server.simulator import day
from server.simulator.day import Day
from server.simulator.figures import Figures, Tally, percentile
from server.simulator.layout import equal_windows
from server.simulator.policies import POLICIES
from server.simulator.runs import simulate
from tests.simulator.tiny import MORNING, run, skilled, visit


@pytest.mark.parametrize("policy", POLICIES)
def test_at_one_window_everybody_waits_for_those_before(policy: str) -> None:
    figures = run([visit(0, 10), visit(1, 5), visit(2, 5)], 1, policy)
    assert (figures.served, figures.left) == (3, 0)
    assert (figures.mean_wait, figures.median_wait) == (round((0 + 9 + 13) / 3, 4), 9)
    assert (figures.p95_wait, figures.longest_wait) == (13, 13)
    assert (figures.overtaken, figures.moved) == (0, 0)


def test_with_a_window_each_nobody_waits_and_the_work_is_spread() -> None:
    figures = run([visit(0, 10), visit(1, 10)], 2)
    assert figures.longest_wait == 0 and figures.moved == 0
    assert (figures.least_busy, figures.most_busy) == (1, 1)


def test_a_free_window_calls_from_a_line_that_takes_longer_than_planned() -> None:
    # 1 and 2 are busy; the third is planned at window 1, whose customer stays 20 minutes. Window 2 is free at 6.
    trace = [visit(0, 20), visit(1, 5), visit(2, 5)]
    ours, fixed = run(trace, 2), run(trace, 2, "fixed")
    assert (ours.longest_wait, ours.moved) == (4, round(1 / 3, 6))
    assert (fixed.longest_wait, fixed.moved) == (18, 0)


def test_a_free_window_is_planned_even_where_another_should_have_been_free_long_ago() -> None:
    assert run([visit(0, 30), visit(1, 1), visit(10, 1)], 2).moved == 0


def test_only_somebody_elsewhere_who_waits_clearly_longer_goes_before_the_own_first() -> None:
    # Window 2 is free at 6 and has the fourth (came at 4) in its line; the third (came at 2) waits at window 1.
    trace = [visit(0, 30), visit(1, 5), visit(2, 5), visit(3.5, 5)]
    assert run(trace, 2, mean=9).overtaken == round(1 / 4, 6)  # 1.5 min earlier is within a third of 9 minutes
    assert run(trace, 2, mean=3).overtaken == 0  # and beyond a third of 3 minutes
    assert run(trace, 2, mean=9).overtaken_5min == 0


def test_being_overtaken_by_more_than_five_minutes_is_counted_apart() -> None:
    # The third waits for window 1 until 60; the fourth came 5.5 minutes later and is called at 10 by window 2.
    trace = [visit(0, 60), visit(0.5, 9.5), visit(1, 5), visit(6.5, 1)]
    figures = run(trace, 2, "fixed")
    assert figures.overtaken == figures.overtaken_5min == 1 / 4
    almost = run([*trace[:3], visit(6, 1)], 2, "fixed")
    assert (almost.overtaken, almost.overtaken_5min) == (1 / 4, 0)


def test_nobody_is_overtaken_by_a_call_to_a_window_that_cannot_serve_them() -> None:
    trace = [visit(0, 60, "a"), visit(1, 5, "a"), visit(2, 5, "b"), visit(3, 5, "b")]
    tally = simulate(trace, skilled({"a": (1,), "b": (2,)}), ["pooled"])["pooled"]
    assert Figures.of(tally).overtaken == 0


def test_a_credit_moves_somebody_ahead_without_counting_as_overtaking() -> None:
    trace = [visit(0, 10), visit(1, 10), visit(2, 10, credit=5)]
    figures = run(trace, 1)
    assert figures.overtaken == 0
    assert figures.longest_wait == 19  # the second is called after the third: at 20


def test_whoever_loses_patience_leaves_but_is_called_at_that_very_moment_if_a_window_gets_free() -> None:
    assert run([visit(0, 10), visit(1, 1, patience=8.9)], 1).left == 1
    assert run([visit(0, 10), visit(1, 1, patience=9)], 1).left == 0
    assert run([visit(0, 10, patience=0)], 1).left == 0


def test_a_person_at_a_counter_is_not_called_elsewhere_and_keeps_the_place() -> None:
    trace = [visit(0, 10, person="p"), visit(1, 5, person="p"), visit(2, 10), visit(3, 5)]
    # Window 2 takes the third at 2; window 1 is free at 10 and calls p's other ticket; window 2 at 12 the fourth.
    tally = simulate(trace, equal_windows(2, {}, 300), ["yichuang"])["yichuang"]
    assert [wait / MINUTE for wait in tally.waits] == [0, 0, 9, 9]
    assert Figures.of(tally).overtaken == 0


def test_the_kiosk_is_held_to_what_it_told() -> None:
    # Told: 0; then (0 ahead + one mean of 5) = 5, waited 9; then (5 + 5) = 10, waited 13.
    figures = run([visit(0, 10), visit(1, 5), visit(2, 5)], 1)
    assert figures.eta_error == round((0 + 4 + 3) / 3, 4)
    assert figures.eta_bias == round((0 - 4 - 3) / 3, 4)


def test_each_day_begins_with_an_empty_hall() -> None:
    today = [visit(0, 24 * 60), visit(1, 1)]
    tomorrow = [replace(v, day=v.day.replace(day=21), at=v.at + 24 * 60 * MINUTE) for v in today]
    once, twice = run(today, 1), run(today + tomorrow, 1)
    assert (twice.served, twice.longest_wait) == (2 * once.served, once.longest_wait)


def _with_hours(
    able: dict[str, tuple[int, ...]], duty: dict[int, list[tuple[float, float]]], trace: list, policy: str = "yichuang"
) -> Tally:
    spans = {n: [Span(MORNING + round(a * MINUTE), MORNING + round(b * MINUTE)) for a, b in s] for n, s in duty.items()}
    tally = Tally(windows=tuple(duty))
    Day(replace(skilled(able)(trace[0].day), duty=spans), POLICIES[policy], tally).run(trace)
    return tally


def test_the_line_of_a_window_that_goes_to_lunch_goes_to_the_others() -> None:
    # Window 1 leaves at 5 with somebody at the counter until 10; its line (the third) is served by window 2 at 6.
    tally = _with_hours({"a": (1, 2)}, {1: [(0, 5), (60, 90)], 2: [(0, 90)]}, [visit(0, 10), visit(1, 5), visit(2, 5)])
    assert [w / MINUTE for w in tally.waits] == [0, 0, 4]


@pytest.mark.parametrize(("policy", "called"), [("yichuang", 3), ("pooled", 3), ("fixed", 4)])
def test_a_free_window_calls_at_once_whom_a_leaving_window_gives_it(policy: str, called: float) -> None:
    # The third is planned at window 1; window 2 is free from 3 on; window 1 leaves at 4, its customer not yet done.
    duty = {1: [(0.0, 4.0)], 2: [(0.0, 90.0)]}
    tally = _with_hours({"a": (1, 2)}, duty, [visit(0, 10), visit(0.5, 2.5), visit(1, 5)], policy)
    assert tally.waits[2] == (called - 1) * MINUTE and tally.left == 0


def test_people_without_an_open_window_wait_until_one_opens() -> None:
    tally = _with_hours({"a": (1,)}, {1: [(10, 20), (60, 90)]}, [visit(0, 5), visit(30, 5)])
    assert [w / MINUTE for w in tally.waits] == [10, 30] and tally.left == 0


def test_the_last_window_serves_out_its_line_after_closing_time() -> None:
    tally = _with_hours({"a": (1,)}, {1: [(0, 10)]}, [visit(0, 8), visit(1, 8), visit(2, 8)])
    assert [w / MINUTE for w in tally.waits] == [0, 7, 14] and tally.left == 0


def test_whoever_comes_when_the_last_window_is_closed_is_counted_as_not_served() -> None:
    tally = _with_hours({"a": (1,)}, {1: [(0, 10)]}, [visit(0, 5), visit(30, 5)])
    assert (len(tally.waits), tally.unserved, tally.left) == (1, 1, 1)


def test_the_shortest_expected_time_is_that_of_the_hall() -> None:
    assert day.SHORTEST == line.SHORTEST


def test_the_95th_percentile_is_a_wait_that_somebody_had() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert (percentile([7], 0.95), percentile([], 0.95)) == (7, 0)
    assert run([visit(0, 1)] * 20, 1).p95_wait == 18


people = st.lists(
    st.builds(
        visit,
        st.integers(0, 300).map(lambda tenths: tenths / 10),
        st.integers(0, 200).map(lambda tenths: tenths / 10),
        st.sampled_from("ab"),
        patience=st.none() | st.integers(0, 20),
        credit=st.sampled_from([0, 5, 15]),
        person=st.none() | st.sampled_from(["p", "q"]),
    ),
    min_size=1,
    max_size=40,
)


@given(people, st.sampled_from(list(POLICIES)))
@settings(max_examples=150, deadline=None)
def test_everybody_is_served_or_leaves_and_no_window_serves_two_at_once(trace: list, policy: str) -> None:
    trace = sorted(trace, key=lambda v: v.at)
    layout = skilled({"a": (1, 2), "b": (2, 3)})(trace[0].day)
    tally = Tally(windows=layout.windows)
    run = Day(layout, POLICIES[policy], tally)
    run.run(trace)
    assert len(tally.waits) + tally.left == len(trace)
    assert tally.unserved == 0 and not run.called
    assert all(
        w.waiting_count == 0 and w.waiting_seconds == 0 and w.ticket_id is None for w in run.floor.windows.values()
    )
    assert not any(line.places for line in (*run.floor.lines.values(), *run.floor.queues.values()))
    assert min(tally.waits, default=0) >= 0


@given(people, st.sampled_from(list(POLICIES)), st.lists(st.integers(0, 40), min_size=4, max_size=4))
@settings(max_examples=100, deadline=None)
def test_nobody_who_comes_before_the_last_window_closes_is_left_standing(
    trace: list, policy: str, cuts: list[int]
) -> None:
    trace = sorted(trace, key=lambda v: v.at)
    opens, pauses, again, closes = (float(n) for n in sorted(n + i / 10 for i, n in enumerate(cuts)))
    duty = {1: [(opens, pauses), (again, closes)], 2: [(0.0, 45.0)], 3: [(opens, closes)]}
    tally = _with_hours({"a": (1, 2), "b": (2, 3)}, duty, trace, policy)
    assert len(tally.waits) + tally.left == len(trace) and tally.unserved == 0


@given(people)
@settings(max_examples=60, deadline=None)
def test_one_line_overtakes_nobody_and_the_hall_by_no_more_than_its_fairness(trace: list) -> None:
    trace = sorted(trace, key=lambda v: v.at)
    layout = skilled({"a": (1, 2), "b": (2, 3)}, fairness=2)(trace[0].day)
    run = Day(layout, POLICIES["yichuang"], Tally())
    run.run(trace)
    assert max(run.overtaken.values(), default=0) <= layout.fairness
    pooled = Day(layout, POLICIES["pooled"], Tally())
    pooled.run(trace)
    assert not pooled.overtaken


@given(people, st.sampled_from(list(POLICIES)))
@settings(max_examples=30, deadline=None)
def test_the_same_trace_gives_the_same_figures(trace: list, policy: str) -> None:
    trace = sorted(trace, key=lambda v: v.at)
    assert run(trace, 2, policy) == run(trace, 2, policy)
