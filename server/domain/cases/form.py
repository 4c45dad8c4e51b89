"""The basic form (基本信息) exactly as seed 003 has it, one table each for 个人, 企业 and 非企业.

What the hall knows stands at its head and is never typed: department, source, item, kind, promised time.
A draft may hold anything; `checked` says what is still to be put right before an application is taken in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from server.domain.cases import documents
from server.domain.catalogue.model import Applicant
from server.domain.codes import CreditCodeInvalid, credit_code
from server.domain.identity import IdNumberInvalid, PhoneInvalid, id_number, phone_number
from server.domain.masking import mask_id, mask_phone, mask_within
from server.domain.refusals import Refusal

Short = Annotated[str, Field(max_length=60)]
Line = Annotated[str, Field(max_length=200)]


class FormIncomplete(Refusal):
    """`fields`: every field to put right, each with its label and both sentences."""

    status, code = 422, "form_incomplete"
    zh = "基本信息表还有 {count} 处需要填写或更正：{labels_zh}。"
    en = "The form still has {count} field(s) to fill in or correct: {labels_en}."


class OverrideReasonMissing(Refusal):
    status, code = 422, "override_reason_missing"
    zh = "放行“{label_zh}”的校验需要写明理由（至少 4 个字）。"
    en = "To let {label_en} pass unchecked, give the reason (4 characters or more)."


class NotCheckedField(Refusal):
    status, code = 422, "not_checked_field"
    zh = "“{field}”没有校验位，不需要放行。"
    en = "{field} has no check digits: there is nothing to let pass."


class BasicForm(BaseModel):
    """The three tables in one: what is not of the applicant's table stays empty. `courier` 是否快递送达."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    applicant: Applicant = Applicant.PERSON
    project_code: Short = ""
    quantity: int = Field(1, ge=1, le=9999)
    project_name: Line = ""
    name: Annotated[str, Field(max_length=120)] = ""
    id_number: Short = ""
    credit_code: Short = ""
    document_number: Short = ""
    legal_person: Short = ""
    contact_name: Short = ""
    contact_phone: Short = ""
    contact_id: Short = ""
    contact_landline: Short = ""
    address: Line = ""
    postcode: Short = ""
    courier: bool = False
    recipient_name: Short = ""
    recipient_phone: Short = ""
    province: Short = ""
    city: Short = ""
    district: Short = ""
    recipient_postcode: Short = ""
    recipient_address: Line = ""
    remark: Annotated[str, Field(max_length=500)] = ""

    @property
    def identity(self) -> str:
        """What the applicant is known by: ID number, credit code or document number."""
        return {
            Applicant.PERSON: self.id_number,
            Applicant.COMPANY: self.credit_code,
            Applicant.ORGANISATION: self.document_number,
        }[self.applicant]


LABELS: dict[str, tuple[str, str]] = {
    "applicant": ("申报者", "applicant"),
    "project_code": ("项目代码", "project code"),
    "quantity": ("申报数量", "quantity"),
    "project_name": ("申报项目名称", "name of the project"),
    "name": ("申报人", "applicant's name"),
    "id_number": ("身份证", "ID number"),
    "credit_code": ("统一社会信用代码", "unified social credit code"),
    "document_number": ("单位相关证件号", "document number of the organisation"),
    "legal_person": ("法定代表人", "legal representative"),
    "contact_name": ("联系人姓名", "contact's name"),
    "contact_phone": ("联系人手机", "contact's mobile"),
    "contact_id": ("联系人身份证", "contact's ID number"),
    "contact_landline": ("联系人电话", "contact's telephone"),
    "address": ("通讯地址", "postal address"),
    "postcode": ("邮政编码", "postcode"),
    "courier": ("是否快递送达", "by courier"),
    "recipient_name": ("收件人姓名", "recipient's name"),
    "recipient_phone": ("收件人手机", "recipient's mobile"),
    "province": ("所在地区（省）", "province"),
    "city": ("所在地区（市）", "city"),
    "district": ("所在地区（区县）", "district"),
    "recipient_postcode": ("收件人邮政编码", "recipient's postcode"),
    "recipient_address": ("详细地址", "recipient's address"),
    "remark": ("备注", "remark"),
}

_COMMON = ("contact_name", "contact_phone")
REQUIRED: dict[Applicant, tuple[str, ...]] = {
    Applicant.PERSON: ("name", "id_number", *_COMMON),
    Applicant.COMPANY: ("project_name", "name", "credit_code", *_COMMON),
    Applicant.ORGANISATION: ("project_name", "name", "document_number", *_COMMON),
}
COURIER = ("recipient_name", "recipient_phone", "province", "city", "district", "recipient_address")
OF_ALL = (
    "applicant",
    "project_code",
    "quantity",
    "contact_name",
    "contact_phone",
    "contact_id",
    "contact_landline",
    "address",
    "postcode",
    "courier",
    *COURIER,
    "recipient_postcode",
    "remark",
)
OWN: dict[Applicant, tuple[str, ...]] = {
    Applicant.PERSON: ("name", "id_number"),
    Applicant.COMPANY: ("project_name", "name", "credit_code", "legal_person"),
    Applicant.ORGANISATION: ("project_name", "name", "document_number", "legal_person"),
}
CHECKED = frozenset({"id_number", "credit_code", "document_number", "contact_id"})
"""Fields with check digits, which a clerk may let pass with a reason (a passport, an old certificate)."""
SHORTEST_REASON = 4


def label(field: str, applicant: Applicant) -> tuple[str, str]:
    """As the applicant's own table calls it: an organisation's name is 申报单位."""
    if field == "name" and applicant != Applicant.PERSON:
        return "申报单位", "applying organisation"
    return LABELS[field]


def _document(text: str) -> str:
    """Any certificate's number; one of 18 characters that looks like a credit code must be one."""
    compact = re.sub(r"\s", "", text).upper()
    return credit_code(compact) if re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", compact) else compact


def _postcode(text: str) -> str:
    compact = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{6}", compact):
        raise ValueError(text)
    return compact


_RULES: dict[str, Callable[[str], str]] = {
    "id_number": id_number,
    "credit_code": credit_code,
    "document_number": _document,
    "contact_id": id_number,
    "contact_phone": phone_number,
    "recipient_phone": phone_number,
    "postcode": _postcode,
    "recipient_postcode": _postcode,
}


def required(form: BasicForm) -> tuple[str, ...]:
    """The fields marked * in the applicant's table; the courier's only when it is wanted."""
    return REQUIRED[form.applicant] + (COURIER if form.courier else ())


def checked(form: BasicForm, overrides: Mapping[str, str] | None = None) -> BasicForm:
    """The form as it is kept: every number in its plain shape. `overrides`: field → why its check digits may be wrong.

    Raises FormIncomplete with every field named, OverrideReasonMissing, NotCheckedField.
    """
    passed = {key: why.strip() for key, why in (overrides or {}).items()}
    for key, why in passed.items():
        if key not in CHECKED:
            raise NotCheckedField(field=key)
        if len(why) < SHORTEST_REASON:
            zh, en = label(key, form.applicant)
            raise OverrideReasonMissing(label_zh=zh, label_en=en)
    wanted, of_table = required(form), {*OF_ALL, *OWN[form.applicant]}
    values: dict[str, Any] = {name: getattr(form, name) for name in of_table}
    wrong: list[tuple[str, str, str]] = [(key, "未填写", "is missing") for key in wanted if not values[key]]
    for key, rule in _RULES.items():
        text = values.get(key)
        if key in passed:
            if key not in documents.OF_PERSONS:
                continue
            rule = documents.number
        if not text or ((key in COURIER or key == "recipient_postcode") and not form.courier):
            continue
        try:
            values[key] = rule(text)
        except (IdNumberInvalid, CreditCodeInvalid, PhoneInvalid, ValueError):
            wrong.append((key, "不正确，请核对", "is not valid"))
    if wrong:
        raise _incomplete(form.applicant, wrong)
    return BasicForm(**values)


def _incomplete(applicant: Applicant, wrong: list[tuple[str, str, str]]) -> FormIncomplete:
    fields = []
    for key, zh, en in wrong:
        name_zh, name_en = label(key, applicant)
        fields.append({"field": key, "message_zh": f"“{name_zh}”{zh}。", "message_en": f"The {name_en} {en}."})
    return FormIncomplete(
        count=len(wrong),
        labels_zh="、".join(label(key, applicant)[0] for key, _, _ in wrong),
        labels_en=", ".join(label(key, applicant)[1] for key, _, _ in wrong),
        fields=fields,
    )


def mask_name(name: str, applicant: Applicant = Applicant.PERSON) -> str:
    """张三丰 → 张**; a company keeps its first two and its last two characters."""
    if not name:
        return ""
    if applicant == Applicant.PERSON or len(name) < 5:
        return name[0] + "*" * (len(name) - 1)
    return f"{name[:2]}****{name[-2:]}"


_PERSONAL: dict[str, Callable[[str], str]] = {
    "contact_phone": mask_phone,
    "recipient_phone": mask_phone,
    "contact_name": mask_name,
    "recipient_name": mask_name,
    "legal_person": mask_name,
}


def masked(form: BasicForm) -> dict[str, Any]:
    """The form as screens show it to whoever did not type it."""
    values = form.model_dump(mode="json")
    for key, mask in _PERSONAL.items():
        values[key] = mask(values[key]) if values[key] else ""
    for key in ("id_number", "contact_id", "document_number"):
        text = values[key]
        values[key] = mask_id(text) if len(text) > 8 else "*" * len(text)
    values["name"] = mask_name(form.name, form.applicant)
    for key in ("address", "recipient_address", "contact_landline"):
        text = values[key]
        values[key] = f"{text[:3]}****" if text else ""
    values["remark"] = mask_within(form.remark)
    return values


def project_name(item: str) -> str:
    """What 003's form proposes: 关于申请建设项目环境影响报告表审批."""
    return f"关于申请{item}"
