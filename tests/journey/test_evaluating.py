from __future__ import annotations

from typing import Any

import pytest

from server.domain import evaluation as rule
from server.domain.actor import Actor, Role
from server.journey import supervising
from server.journey.evaluating import EvaluateRequest, evaluate
from server.journey.inviting import pad_view
from server.journey.views import link_view
from server.store.tickets import TicketUnknown
from tests.scene import GUIDE, MANAGER, Scene, clerk, small_hall

PAD = Actor("device:pad-1", "1号窗评价器", frozenset({Role.PAD}), frozenset({1}))
TAGS = [{"id": "slow", "name": "太慢", "name_en": "Slow"}, {"id": "rude", "name": "态度", "name_en": "Rude"}]


@pytest.fixture
def hall(hall: Scene) -> Scene:
    hall.reload(small_hall(evaluation={"pad_seconds": 30, "phone_days": 7, "tags": TAGS}))
    hall.open(1, 2)
    return hall


def said(hall: Scene, ticket: Any) -> Any:
    return hall.read(link_view, hall.ticket(ticket).link)["evaluation"]


def test_a_service_is_rated_once_and_the_second_time_is_refused(hall: Scene) -> None:
    done = hall.serve(1)
    assert said(hall, done) == {"open": True, "score": None, "tags": TAGS}
    given = hall.evaluate(done, 5, comment="  谢谢  ")
    assert (given.score, given.comment, given.channel, given.clerk) == (5, "谢谢", "phone", clerk(1).id)
    with pytest.raises(rule.EvaluatedAlready):
        hall.evaluate(done, 1)
    with pytest.raises(rule.EvaluatedAlready):
        hall.evaluate(done, 5, by=PAD, window=1)
    assert said(hall, done) == {"open": False, "score": 5, "tags": TAGS}


def test_only_a_finished_service_is_rated(hall: Scene) -> None:
    ticket = hall.take()
    for state in ("waiting", "called", "serving", "parked"):
        assert hall.ticket(ticket).state == state
        assert said(hall, ticket) is None
        with pytest.raises(rule.EvaluationNotYet):
            hall.evaluate(ticket, 3)
        {"waiting": hall.next, "called": hall.start, "serving": hall.park, "parked": hall.unpark}[state](1)


def test_whoever_never_came_or_gave_up_has_nothing_to_rate(hall: Scene) -> None:
    missed, given_up = hall.take(), hall.take()
    hall.next(1)
    hall.miss(1)
    with pytest.raises(rule.EvaluationNotYet):
        hall.evaluate(missed, 1)
    hall.cancel(given_up)
    with pytest.raises(rule.NothingToEvaluate):
        hall.evaluate(given_up, 1)
    hall.wait(minutes=24 * 60)
    hall.tick()
    with pytest.raises(rule.NothingToEvaluate):
        hall.evaluate(missed, 1)
    assert said(hall, missed) is None


def test_a_transferred_and_parked_visit_is_one_service_and_the_window_that_finished_it_is_rated(hall: Scene) -> None:
    ticket = hall.take()
    hall.next(1)
    hall.start(1)
    hall.transfer(1, to_window=2)
    hall.next(2)
    hall.start(2)
    hall.park(2)
    hall.unpark(2)
    hall.finish(2)
    assert hall.evaluate(ticket, 4).window_number == 2
    with pytest.raises(rule.EvaluatedAlready):
        hall.evaluate(ticket, 4)


def test_the_phone_may_rate_for_seven_days(hall: Scene) -> None:
    first, second = hall.serve(1), hall.serve(1)
    hall.wait(minutes=7 * 24 * 60 - 5)
    hall.evaluate(second, 4)
    hall.wait(minutes=10)
    assert said(hall, first)["open"] is False
    with pytest.raises(rule.EvaluationTooLate):
        hall.evaluate(first, 4)


@pytest.mark.parametrize("by", [clerk(1), GUIDE, MANAGER, Actor("staff:root", "管理员", frozenset({Role.ADMIN}))])
def test_nobody_of_the_staff_can_rate_for_the_citizen(hall: Scene, by: Actor) -> None:
    done = hall.serve(1)
    for window in (None, 1):
        with pytest.raises(rule.StaffCannotEvaluate):
            hall.evaluate(done, 5, by=by, window=window)
    assert said(hall, done)["score"] is None


def test_the_pad_rates_only_what_was_just_finished_at_its_own_window(hall: Scene) -> None:
    elsewhere, long_ago, last = hall.serve(2), hall.serve(1), hall.serve(1)
    with pytest.raises(rule.NotThisWindows):
        hall.evaluate(elsewhere, 5, by=PAD, window=1)
    with pytest.raises(rule.EvaluationTooLate):
        hall.evaluate(long_ago, 5, by=PAD, window=1)
    assert hall.evaluate(last, 5, by=PAD, window=1).channel == "pad"


def test_a_clerk_cannot_stop_a_score_being_written_by_finishing_the_next_in_haste(hall: Scene) -> None:
    writing = hall.serve(1)
    hall.take()
    hall.next(1)
    hall.finish(1)
    assert hall.evaluate(writing, 1, by=PAD, window=1).score == 1


def test_the_pad_takes_a_score_for_the_countdown_and_a_little_longer_then_the_service_stays_unrated(
    hall: Scene,
) -> None:
    done = hall.serve(1)
    hall.wait(seconds=30 + rule.PAD_GRACE + 1)
    with pytest.raises(rule.EvaluationTooLate):
        hall.evaluate(done, 5, by=PAD, window=1)
    assert said(hall, done) == {"open": True, "score": None, "tags": TAGS}, "the phone still may"
    hall.evaluate(done, 3)


def test_reasons_go_with_the_two_low_scores_and_must_be_the_halls(hall: Scene) -> None:
    done = hall.serve(1)
    with pytest.raises(rule.EvaluationTagsNotLow):
        hall.evaluate(done, 3, tags=("slow",))
    with pytest.raises(rule.EvaluationTagUnknown, match="weather"):
        hall.evaluate(done, 2, tags=("slow", "weather"))
    assert hall.evaluate(done, 2, tags=("slow", "rude", "slow")).tags == ("slow", "rude")
    assert hall.read(lambda rx: rx.evaluations.of_ticket(done.id)).tags == ("slow", "rude")


def test_phones_and_id_numbers_in_a_comment_are_masked_before_they_are_kept(hall: Scene) -> None:
    done = hall.serve(1)
    hall.evaluate(done, 1, comment="请回电13812341234，证号330102195001011234")
    kept = hall.read(lambda rx: rx.evaluations.of_ticket(done.id)).comment
    assert kept == "请回电138****1234，证号3301**********1234"


def test_what_was_said_is_in_no_event(hall: Scene) -> None:
    done = hall.serve(1)
    before = hall.read(lambda rx: rx.events.last_seq())
    hall.evaluate(done, 1, tags=("rude",), comment="态度很差")
    assert hall.read(lambda rx: rx.events.last_seq()) == before
    for view in (hall.read(lambda rx: str(_clerk_sees(rx, done.id))),):
        assert "态度很差" not in view and "rude" not in view and "score" not in view


def _clerk_sees(rx: Any, ticket: int) -> Any:
    from server.journey.views import decisions_view, terminal_view, ticket_view

    return terminal_view(rx, 1), ticket_view(rx, ticket), decisions_view(rx, ticket)


def test_a_number_nobody_took_cannot_be_rated(hall: Scene) -> None:
    with pytest.raises(TicketUnknown):
        hall.write(evaluate, EvaluateRequest(PAD, 999_999, 5, window=1))


def pad(hall: Scene, number: int = 1) -> Any:
    return hall.read(pad_view, number)


def test_the_pad_invites_when_its_window_finishes_and_a_new_finish_replaces_the_old_invitation(hall: Scene) -> None:
    assert pad(hall)["invitation"] is None
    first = hall.serve(1, item="id-card")
    shown = pad(hall)["invitation"]
    assert (shown["ticket"], shown["item"], shown["clerk_name"]) == (first.id, "居民身份证换领", clerk(1).name)
    assert pad(hall, 2)["invitation"] is None
    hall.take()
    hall.next(1)
    assert pad(hall)["invitation"]["ticket"] == first.id, "the next being called does not take it away"
    second = hall.finish(1)
    assert pad(hall)["invitation"]["ticket"] == second.id


def test_an_invitation_goes_when_it_was_answered_on_the_phone_or_its_time_is_up(hall: Scene) -> None:
    hall.evaluate(hall.serve(1), 4)
    assert pad(hall)["invitation"] is None
    hall.serve(1)
    hall.wait(seconds=29)
    assert pad(hall)["invitation"] is not None
    hall.wait(seconds=2)
    assert pad(hall)["invitation"] is None


def test_the_pad_names_who_served_though_they_have_left_the_window(hall: Scene) -> None:
    hall.serve(1)
    hall.close(1)
    shown = pad(hall)
    assert (shown["state"], shown["clerk_name"], shown["invitation"]["clerk_name"]) == ("closed", None, "")
    hall.write(add_account, clerk(1))
    assert pad(hall)["invitation"]["clerk_name"] == clerk(1).name


def add_account(tx: Any, who: Actor, now: int) -> None:
    tx.staff.add(who.id.removeprefix("staff:"), who.name, ("clerk",), (), "no password")


def test_those_cleared_away_are_not_invited(hall: Scene) -> None:
    hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=90)
    hall.write(supervising.clear_forgotten, supervising.ClearRequest(MANAGER))
    assert pad(hall)["invitation"] is None
