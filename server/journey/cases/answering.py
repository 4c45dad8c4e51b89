"""补正 from the phone: what has come since it was asked for, and what of it has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.cases.record import Case
from server.domain.catalogue.model import Material, Medium
from server.domain.refusals import Refusal
from server.store.transaction import Tx

MATERIAL = "material:"


class CorrectionNotUploaded(Refusal):
    status, code = 409, "correction_not_uploaded"
    zh = "请重新上传补正后的“{material}”，再提交。"
    en = "Upload {material} anew, as the correction asks, then send it."


class CorrectionNotAnswered(Refusal):
    status, code = 409, "correction_not_answered"
    zh = "还没有按要求补正：{text}。请修改填写的内容、上传文件或写明情况，再提交。"
    en = "Not put right yet: {text}. Change what you filled in, upload a file or say how it stands, then send it."


@dataclass(frozen=True, slots=True)
class Answer:
    """`materials`: the ids of those with a file newer than the correction; `names`: all that came, for the receipt."""

    materials: frozenset[str]
    names: tuple[str, ...]


def answer_of(tx: Tx, case: Case, materials: Iterable[Material], note: str = "") -> Answer:
    """Whatever came after the correction: files, changed particulars, words."""
    names = {one.id: one.name for one in materials}
    files = [one for one in tx.files.of(f"case:{case.id}") if one.added_at > case.state_since]
    came = [one.purpose.removeprefix(MATERIAL) for one in files if one.purpose.startswith(MATERIAL)]
    said = [names[one] for one in came if one in names]
    said += [f"补充文件（{one.name}）" for one in files if one.purpose == "other"]
    if (case.saved_at or 0) > case.state_since:
        said.append("修改后的申请信息")
    if note:
        said.append("书面说明")
    return Answer(frozenset(came), tuple(dict.fromkeys(said)))


def need_answer(case: Case, materials: Iterable[Material], answer: Answer) -> None:
    """A new file for each material asked for; before the case is taken in, of paper none, as a window sees that itself.
    What was asked for in words, of paper or of what the hall can fetch is answered by whatever came.

    Raises CorrectionNotUploaded, CorrectionNotAnswered.
    """
    known = {one.id: one for one in materials}
    items = (case.correction or {}).get("items", [])
    asked = [known[one["material"]] for one in items if one["material"] in known]
    lacking = [one.name for one in asked if _by_file(case, one) and one.id not in answer.materials]
    if lacking:
        raise CorrectionNotUploaded(material="、".join(dict.fromkeys(lacking)))
    if not answer.names:
        raise CorrectionNotAnswered(text="；".join(one["text"].rstrip("。；") for one in items))


def _by_file(case: Case, material: Material) -> bool:
    return not material.shared and (material.medium != Medium.PAPER or case.start_day is not None)
