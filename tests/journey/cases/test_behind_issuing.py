"""出件: shelves, pickup codes, hand-over against code or ID, and what the citizen who does not come is told."""

from __future__ import annotations

import pytest

from config.hall_file import HallFile
from server.domain.actor import Actor, Role
from server.domain.cases.courier import CourierState
from server.domain.cases.issue import (
    NotAtIssueWindow,
    NothingToIssue,
    PickupLocked,
    PickupProofMissing,
    PickupWrong,
    ResultNotHere,
    ShelvesFull,
    SignatureMissing,
    SignatureUnknown,
)
from server.domain.cases.parcel import Place
from server.domain.evaluation import EvaluatedAlready, EvaluationNotYet, EvaluationTooLate, StaffCannotEvaluate
from server.journey.cases import (
    collecting,
    couriering,
    drafting,
    evaluating_case,
    finding,
    handing_over,
    intake,
    opening,
    progress,
)
from server.journey.cases.board_numbers import numbers_of
from server.journey.cases.items import joint_list, matters
from server.journey.counter import NotYourWindow
from server.store.bundles import Bundle
from tests.journey.cases.behind_scene import (
    APPROVER,
    BY_POST,
    ISSUE_WINDOW,
    MANAGER,
    PERSON,
    POLICE,
    TAX_APPROVER,
    Behind,
    S,
)
from tests.scene import Scene, clerk, small_hall
from tests.store_fixtures import HALL

CITIZEN = Actor("citizen:case", "群众", frozenset({Role.CITIZEN}))


@pytest.fixture
def behind(hall: Scene) -> Behind:
    scene = Behind(hall)
    scene.publish()
    return scene


def reload(behind: Behind, **changes: object) -> HallFile:
    file = small_hall(**changes)
    behind.hall.reload(file)
    return file


def test_a_result_comes_by_list_gets_the_lowest_free_shelf_and_its_citizen_the_code(behind: Behind) -> None:
    first, second = behind.at_issue(), behind.at_issue()
    assert [(behind.result(one).shelf, one.at) for one in (first, second)] == [(1, S.AT_ISSUE), (2, S.AT_ISSUE)]
    assert behind.result(first).title == "居住证"
    assert behind.pickup(first) != behind.pickup(second)
    text = behind.hall.read(
        lambda rx: rx.db.value(
            "SELECT text FROM notices WHERE hall_id = ? AND ticket_id = ? AND kind LIKE '%ready%'", (HALL, first.id)
        )
    )
    assert behind.pickup(first) in behind.hall.read(lambda rx: rx.vault.open(text)), "sealed in its row"
    behind.collect(first, pickup_code=behind.pickup(first))
    third = behind.at_issue()
    assert behind.result(third).shelf == 1


def test_a_department_sends_only_what_is_decided_and_once(behind: Behind) -> None:
    case = behind.at_departments(behind.accepted())
    send = handing_over.MakeRequest(APPROVER, POLICE, "issue", (case.id,))
    with pytest.raises(NothingToIssue):
        behind.hall.write(handing_over.make, send)
    done = behind.approved()
    behind.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (done.id,)))
    with pytest.raises(NothingToIssue):
        behind.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (done.id,)))


def test_it_is_handed_over_at_the_issue_window_against_the_code_and_never_twice(behind: Behind) -> None:
    case = behind.at_issue()
    code = behind.pickup(case)
    with pytest.raises(PickupProofMissing):
        behind.collect(case)
    with pytest.raises(SignatureMissing):
        behind.collect(case, pickup_code=code, unsigned_reason="")
    with pytest.raises(NotAtIssueWindow):
        behind.collect(case, pickup_code=code, window=1)
    behind.hall.close(ISSUE_WINDOW)
    with pytest.raises(NotYourWindow):
        behind.collect(case, pickup_code=code)
    behind.hall.open(ISSUE_WINDOW)
    done = behind.collect(case, pickup_code=code)
    assert done.at == S.COLLECTED and done.ended_at is not None
    kept = behind.result(case)
    assert (kept.proof, kept.shelf, kept.collector_mask, kept.window_number) == ("code", None, "张*", ISSUE_WINDOW)
    with pytest.raises(ResultNotHere):
        behind.collect(case, pickup_code=code)


def test_the_applicants_id_opens_the_shelf_as_well(behind: Behind) -> None:
    case = behind.at_issue()
    assert isinstance(behind.collect(case, id_number="11010119900307803X"), PickupWrong)
    assert behind.collect(case, id_number=PERSON.id_number.lower()).at == S.COLLECTED
    assert behind.result(case).proof == "id"


def test_five_wrong_codes_lock_the_result_for_a_while_even_for_the_right_one(behind: Behind) -> None:
    case = behind.at_issue()
    wrong = [behind.collect(case, pickup_code="000000") for _ in range(5)]
    assert [type(one) for one in wrong] == [PickupWrong] * 4 + [PickupLocked]
    assert isinstance(behind.collect(case, pickup_code=behind.pickup(case)), PickupLocked)
    behind.hall.wait(minutes=16)
    assert behind.collect(case, pickup_code=behind.pickup(case)).at == S.COLLECTED


def test_a_manager_who_has_looked_who_it_is_hands_a_locked_result_over(behind: Behind) -> None:
    case = behind.at_issue()
    for _ in range(5):
        behind.collect(case, pickup_code="000000")
    assert isinstance(behind.collect(case, id_number=PERSON.id_number), PickupLocked)
    wanted = {"collector": "张三", "id_number": PERSON.id_number, "unsigned_reason": "签名板损坏"}
    request = collecting.CollectRequest(MANAGER, case.id, ISSUE_WINDOW, **wanted)
    assert behind.hall.write(collecting.collect, request).at == S.COLLECTED


def test_a_signature_is_the_cases_own_picture(behind: Behind) -> None:
    case, other = behind.at_issue(), behind.at_issue()

    def sign(owner: int) -> int:
        def step(tx, _, now):  # type: ignore[no-untyped-def]
            return tx.files.add(
                f"case:{owner}", "signature", "签名.png", "image/png", 9, "00", "clean", "staff:clerk5"
            ).id

        return behind.hall.write(step, None)

    mine, theirs = sign(case.id), sign(other.id)
    with pytest.raises(SignatureUnknown):
        behind.collect(case, pickup_code=behind.pickup(case), signature=theirs, unsigned_reason="")
    behind.collect(case, pickup_code=behind.pickup(case), signature=mine, unsigned_reason="")
    assert behind.result(case).signature_file == mine


def test_the_issue_window_finds_results_by_code_id_or_receipt(behind: Behind) -> None:
    case = behind.at_issue()

    def find(**by: str) -> object:
        found = behind.hall.write(finding.find_results, finding.FindRequest(clerk(ISSUE_WINDOW), **by))
        return [one["case"] for one in found] if isinstance(found, list) else type(found)

    assert find(pickup_code=behind.pickup(case)) == [case.id]
    assert find(id_number=PERSON.id_number) == [case.id]
    assert find(code=case.code or "") == [case.id]
    assert find(code="nothing") == []
    assert [find(pickup_code="000000") for _ in range(5)] == [PickupWrong] * 4 + [PickupLocked]


def test_when_all_shelves_are_full_the_list_is_not_signed(behind: Behind) -> None:
    reload(behind, issue={"shelves": 1})
    behind.at_issue()
    second = behind.approved()
    made = behind.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (second.id,)))
    with pytest.raises(ShelvesFull):
        behind.receive(made, clerk(ISSUE_WINDOW), second)
    assert behind.case(second).at == S.APPROVED


def test_who_does_not_collect_is_told_every_few_days_and_not_for_ever(behind: Behind) -> None:
    reload(behind, issue={"remind_days": 3, "reminders": 2})
    case = behind.at_issue()
    days = []
    for day in range(24, 31):
        behind.to(f"2026-11-{day}", "10:00")
        behind.tick()
        days.append(sum("reminder" in kind for kind in behind.sms(case)))
    assert days == [0, 0, 1, 1, 1, 2, 2]
    behind.to("2026-12-20", "10:00")
    behind.tick()
    assert behind.result(case).reminders == 2


def test_a_matter_decided_at_the_window_is_handed_out_there_by_authorized_clerks_alone(behind: Behind) -> None:
    case = behind.decided_at_once()
    assert case.at == S.APPROVED
    assert behind.collect(case, window=1, collector="张三").at == S.COLLECTED
    assert (behind.result(case).proof, behind.result(case).shelf) == ("present", None)


def test_a_case_is_rated_once_after_it_was_issued(behind: Behind) -> None:
    case = behind.at_issue()

    def rate(by: Actor = CITIZEN, **more: object) -> object:
        return behind.hall.write(
            evaluating_case.evaluate_case,
            evaluating_case.EvaluateCaseRequest(by, case.id, 5, **more),  # type: ignore[arg-type]
        )

    with pytest.raises(EvaluationNotYet):
        rate()
    behind.collect(case, pickup_code=behind.pickup(case))
    with pytest.raises(StaffCannotEvaluate):
        rate(MANAGER)
    assert behind.hall.read(lambda rx: evaluating_case.may_evaluate(rx, rx.cases.get(case.id)))
    said = rate(comment="谢谢，我的电话13812341234")
    assert (said.score, said.channel, said.department) == (5, "phone", POLICE)  # type: ignore[attr-defined]
    assert "13812341234" not in said.comment  # type: ignore[attr-defined]
    with pytest.raises(EvaluatedAlready):
        rate()
    late = behind.at_issue()
    behind.collect(late, pickup_code=behind.pickup(late))
    behind.hall.wait(minutes=9 * 24 * 60)
    with pytest.raises(EvaluationTooLate):
        behind.hall.write(evaluating_case.evaluate_case, evaluating_case.EvaluateCaseRequest(CITIZEN, late.id, 5))


def test_collecting_in_person_stops_a_parcel_that_is_not_on_the_road(behind: Behind) -> None:
    from tests.journey.cases.behind_scene import BY_POST

    case = behind.at_issue(BY_POST)
    behind.collect(case, id_number=PERSON.id_number)
    order = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert order is not None and order.state == "cancelled"
    assert collecting.C.CANCELLED == order.state


def test_a_bundle_is_over_when_the_last_of_its_results_is_collected(behind: Behind) -> None:
    behind.publish("second", joint=(), name="流动人口登记")
    hall = behind.hall
    hall.write(
        lambda tx, _, now: tx.bundles.put(Bundle("settle", "落户一件事", "", ("joint", "second"), "", True), "t"), None
    )
    hall.take("general")
    hall.next(1)
    hall.start(1)
    parent = hall.write(opening.open_case, opening.OpenRequest(clerk(1), 1, None, "settle"))
    shared = hall.read(lambda rx: joint_list(matters(rx, rx.cases.get(parent.id))))
    ticks = frozenset((one.material.id, point.id) for one in shared for point in one.material.checkpoints)
    draft = drafting.DraftRequest(clerk(1), parent.id, parent.revision, ticks=ticks, form=PERSON)
    parent = hall.write(drafting.save_draft, draft)
    parent = hall.write(intake.accept, intake.AcceptRequest(clerk(1), parent.id, parent.revision))
    hall.finish(1)
    first, second = hall.read(lambda rx: rx.cases.children(parent.id))
    behind.at_departments(first)
    behind.decide(first, APPROVER)
    behind.decide(first, TAX_APPROVER)
    behind.decide(second, APPROVER)
    both = (first.id, second.id)
    made = hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", both))
    behind.receive(made, clerk(ISSUE_WINDOW), first, second)
    shown = {row["board_number"] for row in hall.read(progress.board)["cases"]}
    assert shown == {hall.read(progress.number_of, one) for one in (first, second)}, "the parts, not the whole"
    assert set(hall.read(numbers_of, behind.case(parent)).split("、")) == shown
    behind.collect(first, pickup_code=behind.pickup(first))
    assert behind.case(parent).at == S.APPROVED
    behind.collect(second, id_number=PERSON.id_number)
    assert behind.case(parent).at == S.CLOSED


def test_a_couriers_words_are_kept_without_phones(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    (claimed,) = behind.hall.write(couriering.claim, (1, "ems"))
    behind.hall.write(couriering.record_ordered, couriering.Handed(claimed.order, "1", "EX1CN"))
    place = Place("2026-11-24 10:00", "快递员（13812341234）已揽收")
    behind.hall.write(couriering.record_seen, couriering.Seen(claimed.order, CourierState.PICKED_UP, (place,)))
    track = behind.hall.read(lambda rx: rx.couriers.of_case(case.id)).track  # type: ignore[union-attr]
    assert [one["zh"] for one in track] == ["快递员（138****1234）已揽收"]


def test_a_parcel_whose_order_is_confirmed_after_its_result_was_collected_is_called_off_by_name(behind: Behind) -> None:
    case = behind.at_issue(BY_POST)
    (claimed,) = behind.hall.write(couriering.claim, (1, "ems"))
    behind.collect(case, id_number=PERSON.id_number)
    behind.hall.write(couriering.record_ordered, couriering.Handed(claimed.order, "1", "EX1CN"))
    order = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert order is not None and order.state == "cancelled"
    (alarm,) = behind.alarms("courier_failed")
    assert alarm["subject"] == f"case:{case.id}" and "EX1CN" in alarm["error"]


def test_a_manager_sends_a_result_for_the_department_that_decided_it(behind: Behind) -> None:
    case = behind.approved()
    made = behind.hall.write(handing_over.make, handing_over.MakeRequest(MANAGER, "", "issue", (case.id,)))
    assert made.department == POLICE
