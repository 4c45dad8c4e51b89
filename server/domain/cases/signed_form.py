"""固化材料 (seed 003, 半流程网上件): the form sent in online is printed, signed by hand and brought. What is printed carries a
check code of all it says, so a paper that was changed, or is older than the form, does not fit."""

from __future__ import annotations

from server.domain.cases.form import BasicForm
from server.domain.cases.record import Case, Ticks
from server.domain.catalogue.model import Checkpoint, Form, Kind, Material, Medium

SIGNED = "signed-application"
"""The id of the material, beside the item's own."""
NAME = "网上申请表（打印并亲笔签名）"


def wanted(case: Case) -> bool:
    """From when a half-online application has been sent in; not of one taken in before the hall asked for it."""
    half = case.kind == Kind.ONLINE_HALF and case.channel == "online" and case.code is not None
    return half and (case.start_day is None or any(material == SIGNED for material, _ in case.ticks))


def said(form: BasicForm, code: str | None) -> str:
    """All that the paper says, to be fingerprinted."""
    return f"signed-application\n{code}\n{form.model_dump_json()}"


def check_code(fingerprint: str) -> str:
    """As people compare it: A1B2-C3D4."""
    return f"{fingerprint[:4]}-{fingerprint[4:8]}".upper()


def material(code: str) -> Material:
    """The signed paper, as a row of the case's list."""
    return Material(
        id=SIGNED,
        name=NAME,
        source="本件网页下载打印；窗口也可打印",
        form=Form.ORIGINAL,
        medium=Medium.PAPER,
        checkpoints=[
            Checkpoint(id="code", text=f"表上核验码是 {code}，内容没有改动"),
            Checkpoint(id="signature", text="申请人亲笔签名、写明日期（单位加盖公章）", about="form"),
        ],
    )


def without(ticks: Ticks) -> Ticks:
    """After the form has changed, the paper that was signed is not it."""
    return frozenset(one for one in ticks if one[0] != SIGNED)
