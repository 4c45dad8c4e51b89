"""The form of an online application as a paper to sign (固化材料): all that was filled in, and the check code of it."""

from __future__ import annotations

from typing import Any

from server.domain.cases import signed_form
from server.domain.cases.form import OF_ALL, OWN, BasicForm, label
from server.domain.cases.record import Case
from server.domain.catalogue.model import KIND_WORDS, Applicant, Kind
from server.journey.cases.items import matter
from server.journey.cases.particulars import check_code, form_of
from server.store.transaction import Tx

TABLES = {Applicant.PERSON: "个人", Applicant.COMPANY: "企业", Applicant.ORGANISATION: "非企业"}
"""As 003 calls its three tables."""
AFTER = ("contact_name", "contact_phone", "contact_id", "contact_landline", "address", "postcode", "courier")
PARCEL = ("recipient_name", "recipient_phone", "region", "recipient_postcode", "recipient_address")
REGION = ("province", "city", "district")
assert {*AFTER, *PARCEL, *REGION, "applicant", "project_code", "quantity", "remark"} == {*OF_ALL, "region"}


def there(case: Case) -> bool:
    """Once it was sent in; while its paper is wanted, or was taken in."""
    return signed_form.wanted(case)


def parts(rx: Tx, case: Case) -> dict[str, Any]:
    """What it says; the parts of a paper of server.journey.cases.receipts."""
    one, form = matter(rx, case), form_of(rx, case)
    situation = f"（{one.way.situation.name}）" if one.way.situation else ""
    brought = tuple(material.name for material in one.materials if material.id != signed_form.SIGNED)
    words = (f"申请办理“{case.name}”{situation}，填报内容如下，未填的项目不列出：",)
    closing = (
        "本人（本单位）承诺：以上内容和所交材料真实、有效，与网上填报一致。",
        "申请人（签名或盖章）：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日",
        f"核验码：{check_code(rx, case)}。本表由系统生成，打印后涂改无效；窗口按核验码核对。",
    )
    lists = (("一并提交的材料", brought),) if brought else ()
    return {"paragraphs": words, "facts": tuple(rows(case, form)), "lists": lists, "closing": closing}


def rows(case: Case, form: BasicForm) -> list[tuple[str, str]]:
    """003's table of this kind of applicant, in its order; what the hall knows at its head."""
    days = f"{case.promised_days}个工作日" if case.promised_days else "当场办结"
    found = [
        (label("applicant", form.applicant)[0], TABLES[form.applicant]),
        (label("project_code", form.applicant)[0], form.project_code),
        ("所属部门", case.department),
        ("申报来源", "网上申报"),
        ("事项名称", case.name),
        ("审批类型", KIND_WORDS[Kind(case.kind)][0]),
        ("承诺时间", days),
        (label("quantity", form.applicant)[0], str(form.quantity)),
    ]
    keys = [*OWN[form.applicant], *AFTER, *(PARCEL if form.courier else ()), "remark"]
    found += [(_label(form, key), _value(form, key)) for key in keys]
    return [(name, value) for name, value in found if value]


def foot(rx: Tx, case: Case) -> str:
    """Under each page: which form it is of."""
    return f"统一申报编码 {case.code}　核验码 {check_code(rx, case)}"


def _label(form: BasicForm, key: str) -> str:
    return "所在地区" if key == "region" else label(key, form.applicant)[0]


def _value(form: BasicForm, key: str) -> str:
    if key == "region":
        return "".join(getattr(form, part) for part in REGION)
    value = getattr(form, key)
    return ("是" if value else "否，到窗口领取") if key == "courier" else str(value)
