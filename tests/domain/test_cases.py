"""A case's life: legal moves lead to an end, the clock's states are clear, intake takes no more than the rules allow."""

from __future__ import annotations

from datetime import date

import pytest

from server.domain.cases.intake import (
    CheckpointsOpen,
    CommitmentMissing,
    Deferral,
    DeferralTooLong,
    NotDeferrable,
    SecondCorrection,
    check_correction,
    check_intake,
)
from server.domain.cases.state import (
    CASE_MOVES,
    CASE_WORDS,
    OPEN,
    RUNNING,
    STOPPED,
    TASK_MOVES,
    TASK_WORDS,
    CaseState,
    TaskState,
    joint_result,
)
from server.domain.cases.words import ended_because, reason_en
from server.domain.catalogue.model import Material

TODAY, PROMISED = date(2026, 11, 23), date(2026, 11, 30)


def test_every_state_has_words_and_moves_and_can_reach_an_end() -> None:
    assert set(CASE_MOVES) == set(CASE_WORDS) == set(CaseState)
    assert set(TASK_MOVES) == set(TASK_WORDS) == set(TaskState)
    ends = {state for state in CaseState if not CASE_MOVES[state]}
    for state in OPEN:
        seen, ahead = set(), [state]
        while ahead:
            one = ahead.pop()
            ahead += [] if one in seen else list(CASE_MOVES[one])
            seen.add(one)
        assert seen & ends, state


def test_every_state_but_the_first_ones_is_reached_by_a_move() -> None:
    reached = {to for moves in CASE_MOVES.values() for to in moves}
    assert set(CaseState) - reached == {CaseState.DRAFT}


def test_an_ended_case_never_moves_again_and_the_clock_never_both_runs_and_stands() -> None:
    for state in ("refused", "withdrawn", "terminated", "collected", "closed"):
        assert CASE_MOVES[CaseState(state)] == frozenset()
    assert not RUNNING & STOPPED and RUNNING <= OPEN and STOPPED <= OPEN


@pytest.mark.parametrize(
    ("tasks", "result"),
    [
        (["held", "approved"], None),
        (["approved", "approved"], "approved"),
        (["approved", "dropped"], "approved"),
        (["held", "rejected"], "rejected"),
        (["on_its_way", "rejected", "approved"], "rejected"),
        ([], None),
        (["dropped"], None),
    ],
)
def test_the_last_department_decides_and_one_rejection_ends_it_early(tasks: list[str], result: str | None) -> None:
    assert joint_result([TaskState(one) for one in tasks]) == result


def material(key: str, name: str, *, deferrable: bool = False) -> Material:
    points = [{"id": "a", "text": "在有效期内"}, {"id": "b", "text": "姓名一致"}]
    return Material.model_validate({"id": key, "name": name, "deferrable": deferrable, "checkpoints": points})


CARD, MANDATE = material("card", "身份证"), material("mandate", "委托书", deferrable=True)
ALL = {(one.id, point.id) for one in (CARD, MANDATE) for point in one.checkpoints}


def intake(ticked: set[tuple[str, str]], deferral: Deferral | None = None) -> list[str]:
    return [one.name for one in check_intake([CARD, MANDATE], ticked, deferral, TODAY, PROMISED)]


def test_an_application_is_taken_in_when_every_checkpoint_is_ticked() -> None:
    assert intake(ALL) == []
    with pytest.raises(CheckpointsOpen) as refused:
        intake(ALL - {("mandate", "b")})
    assert refused.value.detail == {"count": 1, "material": "委托书", "text": "姓名一致"}


def test_only_deferrable_materials_may_come_later_with_a_commitment_and_in_time() -> None:
    lacking = ALL - {("mandate", "a"), ("mandate", "b")}
    assert intake(lacking, Deferral("本人承诺补交委托书", PROMISED)) == ["委托书"]
    with pytest.raises(NotDeferrable):
        intake(lacking - {("card", "a")}, Deferral("本人承诺", PROMISED))
    with pytest.raises(CommitmentMissing):
        intake(lacking, Deferral("  ", PROMISED))
    for until in (TODAY, date(2026, 12, 1)):
        with pytest.raises(DeferralTooLong):
            intake(lacking, Deferral("本人承诺", until))
    assert intake(ALL, Deferral("", TODAY)) == []


def test_correction_is_asked_for_once_and_again_only_by_a_supervisor_with_a_reason() -> None:
    check_correction(0, False, "")
    check_correction(1, True, "申请人更换了房产")
    for supervisor, reason in ((False, "还差一份"), (True, " ")):
        with pytest.raises(SecondCorrection):
            check_correction(1, supervisor, reason)


@pytest.mark.parametrize(
    ("why", "facts", "english"),
    [
        ("deferral", {"day": "2026-11-30"}, "the papers that were to follow did not come by 2026-11-30"),
        ("correction", {"day": "2026-11-30"}, "it was not put right by 2026-11-30"),
        ("draft", {"days": 30}, "the draft was not sent in within 30 days"),
        ("visit", {"days": 15}, "the papers were not brought to the hall within 15 days"),
        ("part", {"name": "营业执照(新设)"}, "“营业执照(新设)”, whose result it needs, was not granted"),
    ],
)
def test_why_the_hall_itself_ended_a_case_is_said_in_english_and_nobody_elses_words_are(
    why: str, facts: dict[str, object], english: str
) -> None:
    assert reason_en(ended_because(why, **facts)) == english
    assert reason_en("申请人改变主意") == reason_en(None) == ""
