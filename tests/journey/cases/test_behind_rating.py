"""好差评 after a result was handed over: the issue window's pad asks about the case, once, while its citizen is there."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.actor import Actor, Role
from server.domain.cases.record import Case
from server.domain.evaluation import EvaluatedAlready
from server.journey.cases.evaluating_case import EvaluateCaseRequest, evaluate_case, rating_json, rating_report
from server.journey.evaluating import EvaluateRequest, evaluate, link_evaluation
from server.journey.inviting import pad_view
from tests.journey.cases.behind_scene import BY_POST, ISSUE_WINDOW, POLICE, Behind
from tests.scene import Scene, clerk

PAD = Actor("device:pad", "评价器", frozenset({Role.PAD}), windows=frozenset({ISSUE_WINDOW}))


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def invited(behind: Behind, window: int = ISSUE_WINDOW) -> Any:
    return behind.hall.read(pad_view, window)["invitation"]


def handed_over(behind: Behind) -> Case:
    case = behind.at_issue()
    behind.collect(case, pickup_code=behind.pickup(case))
    return case


def rate(behind: Behind, case: Case, score: int = 5) -> Any:
    return behind.hall.write(evaluate_case, EvaluateCaseRequest(PAD, case.id, score, window=ISSUE_WINDOW))


def test_the_pad_asks_about_the_case_whose_result_was_handed_over_for_thirty_seconds(behind: Behind) -> None:
    assert invited(behind) is None
    case = handed_over(behind)
    asked = invited(behind)
    assert (asked["case"], asked["ticket"], asked["item"]) == (case.id, None, "居住登记")
    assert (asked["number"], asked["clerk_name"]) == (behind.number(case), clerk(ISSUE_WINDOW).name)
    assert invited(behind, 1)["ticket"] == case.ticket_id, "only the pad of the window that handed it over"
    behind.hall.wait(seconds=29)
    assert invited(behind) is not None
    behind.hall.wait(seconds=2)
    assert invited(behind) is None, "no tap is no rating"


def test_a_case_that_was_rated_is_not_asked_about_again(behind: Behind) -> None:
    case = handed_over(behind)
    rate(behind, case, 2)
    assert invited(behind) is None


def test_who_takes_a_number_to_collect_is_asked_once_and_about_the_case(behind: Behind) -> None:
    case, hall = behind.at_issue(), behind.hall
    hall.take("pickup")
    hall.next(ISSUE_WINDOW)
    hall.start(ISSUE_WINDOW)
    behind.collect(case, pickup_code=behind.pickup(case))
    hall.finish(ISSUE_WINDOW)
    assert invited(behind)["case"] == case.id, "the service's end does not take the question away"
    rate(behind, case)
    assert invited(behind) is None, "and one visit is not asked about twice"
    ticket = hall.serve(ISSUE_WINDOW, section="pickup")
    assert invited(behind)["ticket"] == ticket.id, "the next citizen is"


def test_a_parcel_that_arrived_asks_nobody_at_the_window(behind: Behind) -> None:
    from server.journey.cases.collecting import DispatchRequest, arrived_there, dispatch
    from server.journey.cases.issuing import CaseRequest

    case, by = behind.at_issue(BY_POST), clerk(ISSUE_WINDOW)
    behind.hall.write(dispatch, DispatchRequest(by, case.id, "1099002233"))
    behind.hall.write(arrived_there, CaseRequest(by, case.id))
    assert behind.result(case).collected_at is not None and invited(behind) is None


CITIZEN = Actor("citizen", "群众", frozenset({Role.CITIZEN}))


@pytest.mark.parametrize("first", ["visit", "case"])
def test_what_was_decided_and_handed_out_in_one_visit_is_one_service(behind: Behind, first: str) -> None:
    case, hall = behind.decided_at_once(), behind.hall
    behind.collect(case, window=1)
    rated_first = EvaluateRequest(CITIZEN, case.ticket_id or 0, 4), EvaluateCaseRequest(CITIZEN, case.id, 4)
    steps = [(evaluate, rated_first[0]), (evaluate_case, rated_first[1])]
    once, again = steps if first == "visit" else reversed(steps)
    assert invited(behind, 1)["ticket"] == case.ticket_id
    hall.write(*once)
    with pytest.raises(EvaluatedAlready):
        hall.write(*again)
    assert invited(behind, 1) is None
    of_case = hall.read(lambda rx: rating_json(rx, rx.cases.get(case.id)))
    of_visit = hall.read(lambda rx: link_evaluation(rx, rx.tickets.get(case.ticket_id or 0)))
    assert [(one["open"], one["score"]) for one in (of_case, of_visit)] == [(False, 4)] * 2


def test_the_manager_reads_how_issued_cases_were_rated_and_how_many_were_not(behind: Behind) -> None:
    rated, _ = handed_over(behind), handed_over(behind)
    rate(behind, rated, 2)
    behind.collect(behind.decided_at_once(), window=1)  # the visit is asked, not the case
    behind.accepted("joint")
    today = behind.hall.read(lambda rx: rx.rules.day.isoformat())
    shown = behind.hall.read(rating_report, today, today, True)
    assert (shown["issued"], shown["rated"]) == (2, 1)
    assert [(one["case"], one["score"]) for one in shown["said"]] == [(rated.id, 2)]
    assert shown["departments"] == [{"department": POLICE, "ratings": 1, "average": 2.0}]
    assert behind.hall.read(rating_report, today, today, False)["said"] == [], "words are only for who looks at them"
    before = behind.hall.read(rating_report, "2026-11-01", "2026-11-22", True)
    assert (before["issued"], before["rated"]) == (0, 0)


def test_a_result_issued_another_day_is_a_service_of_its_own(behind: Behind) -> None:
    case = handed_over(behind)
    behind.hall.write(evaluate, EvaluateRequest(CITIZEN, case.ticket_id or 0, 2))
    assert behind.hall.read(lambda rx: rating_json(rx, rx.cases.get(case.id)))["open"]
    assert rate(behind, case).score == 5
