"""受理 and 容缺受理: the code, the promised day, the departments' parts, the SMS; and every reason not to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from stdnum.iso7064 import mod_97_10

from server.domain.cases.form import FormIncomplete
from server.domain.cases.intake import CheckpointsOpen, CommitmentMissing, Deferral, DeferralTooLong, NotDeferrable
from server.domain.cases.state import TaskState
from server.journey.cases.drafting import NotYourCase
from server.journey.cases.intake import AcceptRequest, ApplicantNotEligible, accept
from server.journey.cases.items import SituationOpen
from server.store.cases import CaseDraftChanged, CaseMoved
from tests.case_scene import FUND, HEALTH, MARKET, PERSON, Cases
from tests.scene import MANAGER, clerk, small_hall


def test_an_accepted_case_has_its_code_its_day_and_its_first_handler(desk: Cases) -> None:
    case = desk.accepted()
    assert (case.state, case.owner, case.owner_name) == ("accepted", desk.me.id, desk.me.name)
    assert re.fullmatch(r"202601000001\d\d", case.code or "") and mod_97_10.is_valid(case.code)
    # Wednesday the 18th; the 20th is a holiday, Sunday the 22nd is worked: 19, 22, 23, 24, 25.
    assert (case.start_day, case.due_day, case.due_provisional) == ("2026-11-18", "2026-11-25", False)
    (task,) = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    assert (task.department, task.state) == (FUND, TaskState.ON_ITS_WAY)
    text = desk.sms(case)["case_accepted"]
    assert case.code in text and "11月25日" in text and f"/c/{case.link}" in text


def test_codes_count_on_and_begin_anew_with_the_year(desk: Cases) -> None:
    codes = [desk.accepted("permit").code or "" for _ in range(2)]
    assert [code[:12] for code in codes] == ["202601000001", "202601000002"]
    desk.hall.wait(minutes=60 * 24 * 60)
    desk.hall.tick()
    desk.hall.open(1)
    assert (desk.accepted("permit").code or "")[:12] == "202701000001"


def test_a_day_past_the_last_published_year_is_provisional(desk: Cases) -> None:
    desk.hall.wait(minutes=42 * 24 * 60)  # 30 December
    desk.hall.tick()
    desk.hall.open(1)
    case = desk.accepted()
    assert (case.due_day or "") > "2027" and case.due_provisional


def test_the_halls_pattern_makes_the_code(desk: Cases) -> None:
    desk.hall.reload(small_hall(cases={"pattern": "QZ{hall}{year}{serial:4}", "hall_code": "X7"}))
    assert desk.accepted().code == "QZX720260001"


def test_an_item_with_a_national_code_has_the_43_character_form(desk: Cases) -> None:
    national = "11330100002489574W3000123001000"[:31]

    def coded(tx: object, _: object, now: int) -> None:
        node = tx.catalogue.node("loan")  # type: ignore[attr-defined]
        from dataclasses import replace

        tx.catalogue.put_node(replace(node, code=national))  # type: ignore[attr-defined]

    desk.hall.write(coded, None)
    assert desk.accepted().code == f"{national}261118000001"


def test_a_joint_approval_is_a_part_for_each_department(desk: Cases) -> None:
    case = desk.accepted("joint")
    tasks = desk.hall.read(lambda rx: rx.tasks.of_case(case.id))
    assert [one.department for one in tasks] == [MARKET, HEALTH]


def test_an_instant_item_is_due_the_same_day_and_its_department_gets_it(desk: Cases) -> None:
    case = desk.accepted("permit")
    assert case.due_day == "2026-11-18"
    assert len(desk.hall.read(lambda rx: rx.tasks.of_case(case.id))) == 1


def test_what_is_not_complete_is_not_accepted_and_every_gap_is_named(desk: Cases) -> None:
    case = desk.open()
    with pytest.raises(FormIncomplete) as refused:
        desk.accept(case)
    assert [one["field"] for one in refused.value.detail["fields"]] == [
        "name",
        "id_number",
        "contact_name",
        "contact_phone",
    ]
    desk.save(case, form=PERSON)
    with pytest.raises(SituationOpen, match="房屋类型"):
        desk.accept(case)
    desk.save(case, answers={"house": ["new"]}, ticks={("id-card", "p1")})
    with pytest.raises(CheckpointsOpen) as still:
        desk.accept(case)
    assert still.value.detail["count"] == 3
    assert desk.get(case).state == "draft" and desk.get(case).code is None


def test_only_who_may_apply_is_taken_in(desk: Cases) -> None:
    company = {
        "applicant": "company",
        "name": "一窗公司",
        "credit_code": "91330106589878543F",
        "project_name": "关于申请",
    }
    case = desk.ready(**company)
    with pytest.raises(ApplicantNotEligible, match="企业"):
        desk.accept(case)


def test_only_the_owner_accepts_and_only_what_the_page_has_seen(desk: Cases) -> None:
    case = desk.ready()
    with pytest.raises(NotYourCase):
        desk.accept(case, by=clerk(2))
    with pytest.raises(CaseDraftChanged):
        desk.write(accept, AcceptRequest(desk.me, case.id, 1))
    desk.accept(case, by=MANAGER)
    assert desk.get(case).owner == desk.me.id, "who opened it is its first handler"
    with pytest.raises(CaseMoved):
        desk.accept(case)


def test_a_deferrable_paper_may_follow_with_a_written_commitment_and_a_date(desk: Cases) -> None:
    case = desk.deferred()
    assert (case.state, case.deferral_due) == ("accepted", "2026-11-24")
    assert case.deferral is not None and case.deferral["names"] == ["银行卡"]
    assert desk.actions(case)[-1] == "deferred"


@pytest.mark.parametrize(
    ("without", "commitment", "until", "refusal"),
    [
        ("id-card", "补交", "2026-11-24", NotDeferrable),
        ("bank-card", "  ", "2026-11-24", CommitmentMissing),
        ("bank-card", "补交", "2026-11-26", DeferralTooLong),
        ("bank-card", "补交", "2026-11-18", DeferralTooLong),
    ],
)
def test_a_deferral_that_the_rules_do_not_allow_is_refused(
    desk: Cases, without: str, commitment: str, until: str, refusal: type[Exception]
) -> None:
    case = desk.ready(without=without)
    with pytest.raises(refusal):
        desk.accept(case, Deferral(commitment, date.fromisoformat(until)))
    assert desk.get(case).state == "draft"


def test_the_courier_is_kept_as_the_way_of_delivery(desk: Cases) -> None:
    address = {
        "recipient_name": "张三",
        "recipient_phone": "13812341234",
        "province": "浙江省",
        "city": "杭州市",
        "district": "上城区",
    }
    case = desk.accepted(courier=True, **address, recipient_address="解放路1号")
    assert case.delivery == "courier"
