"""The hall file's part about the SMS of cases: one template a kind, each with a default wording."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from config.hall_base import Part

CaseKind = Literal[
    "accepted",
    "correction",
    "deferral_due",
    "refused",
    "awaiting_visit",
    "approved",
    "rejected",
    "ready",
    "sent",
    "reminder",
    "terminated",
    "supplemented",
    "deferral_done",
    "suspended",
    "resumed",
    "collected",
    "delivered",
    "returned",
    "taken_back",
    "phone_code",
]
CASE_FIELDS = ("code", "item", "day", "link", "hall", "pickup", "waybill", "minutes")


class SmsTemplate(Part):
    """`template_id` as the provider registered it; `text` without the signature, with {fields}."""

    template_id: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1)


def _known(template: SmsTemplate) -> SmsTemplate:
    rest = template.text
    for name in CASE_FIELDS:
        rest = rest.replace(f"{{{name}}}", "")
    if "{" in rest or "}" in rest or len(template.text) > 100:
        raise PydanticCustomError("casesms", "only the fields of cases, 100 characters at most")
    return template


CaseTemplate = Annotated[SmsTemplate, AfterValidator(_known)]


def _default(kind: str, text: str) -> SmsTemplate:
    return SmsTemplate(template_id=f"CASE_{kind}".upper(), text=text)


class CaseTexts(Part):
    """What citizens are told of their cases. Fields: {code} {item} {day} {link} {hall} {pickup} {waybill} {minutes}."""

    accepted: CaseTemplate = _default("accepted", "您的{item}已受理，编号{code}，承诺{day}前办结。进度：{link}")
    correction: CaseTemplate = _default("correction", "您的{item}需要补正，请{day}前补齐，清单：{link}")
    deferral_due: CaseTemplate = _default("deferral_due", "您的{item}容缺材料请于{day}前补交，逾期将终止办理。{link}")
    refused: CaseTemplate = _default("refused", "您的{item}不予受理，理由和救济途径：{link}")
    awaiting_visit: CaseTemplate = _default("awaiting_visit", "您的{item}网上预审已通过，请带纸质材料到大厅。{link}")
    approved: CaseTemplate = _default("approved", "您的{item}（{code}）已办结：准予。{link}")
    rejected: CaseTemplate = _default("rejected", "您的{item}（{code}）已办结：不予同意。理由和救济途径：{link}")
    ready: CaseTemplate = _default("ready", "您的{item}结果可以领取，取件码{pickup}。{link}")
    sent: CaseTemplate = _default("sent", "您的{item}结果已寄出，单号{waybill}。{link}")
    reminder: CaseTemplate = _default("reminder", "您的{item}结果还未领取，取件码{pickup}。{link}")
    terminated: CaseTemplate = _default("terminated", "您的{item}（{code}）已终止办理，原因：{link}")
    supplemented: CaseTemplate = _default("supplemented", "您的{item}补正材料已收到，继续办理，预计{day}前办结。{link}")
    deferral_done: CaseTemplate = _default("deferral_done", "您的{item}补交材料已收齐，继续办理。{link}")
    suspended: CaseTemplate = _default("suspended", "您的{item}进入特别程序，所需时间不计入办理时限。{link}")
    resumed: CaseTemplate = _default("resumed", "您的{item}特别程序已结束，恢复办理，预计{day}前办结。{link}")
    collected: CaseTemplate = _default(
        "collected", "您的{item}结果已在大厅领取。如非您本人或委托人领取，请联系大厅。{link}"
    )
    delivered: CaseTemplate = _default("delivered", "您的{item}结果已送达。如未收到，请联系大厅。{link}")
    returned: CaseTemplate = _default("returned", "您的{item}结果长期未领取，已退回办理部门。需要时请联系大厅。{link}")
    taken_back: CaseTemplate = _default("taken_back", "您的{item}结果需要更正，取件码已停用，可领取时另发短信。{link}")
    phone_code: CaseTemplate = _default("phone_code", "验证码{pickup}，{minutes}分钟内有效，请勿告诉他人。")
