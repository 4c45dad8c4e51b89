"""The basic form of seed 003: three tables, their * fields, their check digits."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.cases import documents
from server.domain.cases.form import (
    COURIER,
    SHORTEST_REASON,
    BasicForm,
    FormIncomplete,
    NotCheckedField,
    OverrideReasonMissing,
    checked,
    mask_name,
    masked,
    required,
)
from server.domain.catalogue.model import Applicant

PERSON: dict[str, Any] = {
    "applicant": "person",
    "name": "张三丰",
    "id_number": "330102195001011236",
    "contact_name": "李四",
    "contact_phone": "138 1234-1234",
}
CREDIT = "91330106589878543F"


def form(**more: Any) -> BasicForm:
    return BasicForm(**{**PERSON, **more})


def wrong(one: BasicForm, **overrides: str) -> list[str]:
    with pytest.raises(FormIncomplete) as refused:
        checked(one, overrides)
    return [field["field"] for field in refused.value.detail["fields"]]


def test_a_persons_form_is_complete_with_the_four_starred_fields_and_numbers_are_kept_plain() -> None:
    kept = checked(form(id_number="33010219500101１２３6", postcode=" 310000 "))
    assert (kept.id_number, kept.contact_phone, kept.postcode) == ("330102195001011236", "13812341234", "310000")


@pytest.mark.parametrize(
    ("kind", "stars"),
    [
        ("person", {"name", "id_number", "contact_name", "contact_phone"}),
        ("company", {"project_name", "name", "credit_code", "contact_name", "contact_phone"}),
        ("organisation", {"project_name", "name", "document_number", "contact_name", "contact_phone"}),
    ],
)
def test_each_applicants_table_asks_for_its_own_starred_fields_all_at_once(kind: str, stars: set[str]) -> None:
    empty = BasicForm(applicant=Applicant(kind))
    assert set(wrong(empty)) == stars == set(required(empty))


def test_the_couriers_fields_are_asked_for_only_when_it_is_wanted() -> None:
    assert checked(form()).courier is False
    assert wrong(form(courier=True)) == list(COURIER)
    sent = {
        "recipient_name": "张三",
        "recipient_phone": "13900000000",
        "province": "浙江省",
        "city": "杭州市",
        "district": "上城区",
    }
    assert checked(form(courier=True, **sent, recipient_address="解放路1号")).city == "杭州市"


def test_check_digits_are_kept_and_a_clerk_may_let_one_pass_with_a_reason() -> None:
    assert wrong(form(id_number="330102195001011235")) == ["id_number"]
    passed = checked(form(id_number="G12345678"), {"id_number": "持护照办理"})
    assert passed.id_number == "G12345678"
    with pytest.raises(OverrideReasonMissing):
        checked(form(id_number="G12345678"), {"id_number": "护照"})
    with pytest.raises(NotCheckedField):
        checked(form(), {"name": "随便写一个"})
    assert wrong(form(id_number="", contact_phone="123"), id_number="持护照办理") == ["id_number", "contact_phone"]
    assert wrong(form(postcode="31000")) == ["postcode"], "what a table does not star is checked where it is filled in"


def test_a_document_named_on_a_phone_is_a_reason_a_clerk_reads_and_its_number_looks_like_one() -> None:
    for key, (zh, _) in documents.DOCUMENTS.items():
        said = documents.reasons({"id_number": key})
        assert said == {"id_number": f"申请人持{zh}"} and documents.named(said) == {"id_number": key}
        assert len(said["id_number"]) >= SHORTEST_REASON
    assert documents.named({"contact_id": "港澳台居民证件", "credit_code": "旧执照"}) == {"contact_id": "hk_macao"}
    assert documents.anew({"credit_code": "旧执照", "id_number": "持护照办理"}, {}) == {"credit_code": "旧执照"}
    passed = {"id_number": "申请人持护照"}
    assert checked(form(id_number="ｅ１２３ 45678"), passed).id_number == "E12345678"
    for nonsense in ("没有", "E1", "护照E12345678"):
        assert wrong(form(id_number=nonsense), **passed) == ["id_number"]


def test_a_companys_credit_code_and_an_organisations_number_of_that_shape_are_checked() -> None:
    company = form(applicant="company", project_name="关于申请", credit_code=CREDIT.lower())
    assert checked(company).credit_code == CREDIT
    assert wrong(form(applicant="company", project_name="关于申请", credit_code=CREDIT[:-1] + "G")) == ["credit_code"]
    other = form(applicant="organisation", project_name="关于申请", document_number="社证字第 0012 号")
    assert checked(other).document_number == "社证字第0012号"
    assert wrong(form(applicant="organisation", project_name="x", document_number=CREDIT[:-1] + "G")) == [
        "document_number"
    ]


def test_what_is_not_of_the_applicants_table_is_not_kept() -> None:
    kept = checked(form(credit_code=CREDIT, legal_person="王五"))
    assert (kept.credit_code, kept.legal_person) == ("", "")


def test_names_numbers_and_addresses_are_masked() -> None:
    assert [mask_name("张三"), mask_name("张三丰"), mask_name("浙江一窗科技有限公司", Applicant.COMPANY)] == [
        "张*",
        "张**",
        "浙江****公司",
    ]
    shown = masked(checked(form(address="杭州市上城区解放路1号", contact_id="330102195001011236")))
    text = str(shown)
    for secret in ("三丰", "李四", "330102195001011236", "13812341234", "解放路"):
        assert secret not in text
    assert shown["id_number"] == "3301**********1236"
