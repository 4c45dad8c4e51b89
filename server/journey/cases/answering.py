"""补正 from the phone: what has come since it was asked for, and what of it has not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
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
    """`newest`: material id → when its last file came, µs UTC; `names`: all that came since the first of what is still
    asked for, for the receipt."""

    newest: Mapping[str, int]
    names: tuple[str, ...]


def answer_of(tx: Tx, case: Case, materials: Iterable[Material], note: str = "") -> Answer:
    """Whatever came after the correction: files, changed particulars, words."""
    since = min((at for _, at in _asked(tx, case)), default=case.state_since)
    names = {one.id: one.name for one in materials}
    files = [one for one in tx.files.of(f"case:{case.id}") if one.added_at > since]
    came = {one.purpose.removeprefix(MATERIAL): one.added_at for one in files if one.purpose.startswith(MATERIAL)}
    said = [names[one] for one in came if one in names]
    said += [f"补充文件（{one.name}）" for one in files if one.purpose == "other"]
    if (case.saved_at or 0) > since:
        said.append("修改后的申请信息")
    if note:
        said.append("书面说明")
    return Answer(came, tuple(dict.fromkeys(said)))


def need_answer(tx: Tx, case: Case, materials: Iterable[Material], answer: Answer) -> None:
    """A new file for each material asked for; before the case is taken in, of paper none, as a window sees that itself.
    What was asked for in words, of paper or of what the hall can fetch is answered by whatever came.

    Raises CorrectionNotUploaded, CorrectionNotAnswered.
    """
    known, asked = {one.id: one for one in materials}, _asked(tx, case)
    wanted = [(known[one["material"]], at) for one, at in asked if one["material"] in known]
    lacking = [one.name for one, at in wanted if _by_file(case, one) and answer.newest.get(one.id, 0) <= at]
    if lacking:
        raise CorrectionNotUploaded(material="、".join(dict.fromkeys(lacking)))
    if not answer.names:
        raise CorrectionNotAnswered(text="；".join(one["text"].rstrip("。；") for one, _ in asked))


def earlier_files(rx: Tx, case: Case) -> frozenset[int]:
    """Files of what is to be put right that were there before it was asked for: they answer nothing."""
    if case.at != CaseState.CORRECTION:
        return frozenset()
    since = {f"{MATERIAL}{one['material']}" if one["material"] else "other": at for one, at in _asked(rx, case)}
    return frozenset(
        one.id for one in rx.files.of(f"case:{case.id}") if one.purpose in since and one.added_at <= since[one.purpose]
    )


def _asked(tx: Tx, case: Case) -> list[tuple[dict[str, Any], int]]:
    """What is to be put right, and when it was last asked for: a second notice keeps what the first still wants."""
    told = [line for line in tx.cases.history(case.id) if line.action == "correction"]
    return [
        (one, max((line.at for line in told if one in line.data.get("items", [])), default=case.state_since))
        for one in (case.correction or {}).get("items", [])
    ]


def _by_file(case: Case, material: Material) -> bool:
    return not material.shared and (material.medium != Medium.PAPER or case.start_day is not None)
