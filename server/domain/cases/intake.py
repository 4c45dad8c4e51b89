"""What may be taken in: every checkpoint ticked, or only deferrable materials missing (容缺受理)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from server.domain.catalogue.model import Material
from server.domain.refusals import Refusal


class CheckpointsOpen(Refusal):
    status, code = 409, "checkpoints_open"
    zh = "还有 {count} 个审查要点没有核对，第一个在“{material}”：{text}。请逐一核对，或一次性告知补正。"
    en = "{count} checkpoints are not ticked, the first on {material}: {text}. Tick them or ask for correction."


class NotDeferrable(Refusal):
    status, code = 409, "not_deferrable"
    zh = "“{material}”不能容缺，请一次性告知补正。"
    en = "{material} may not be brought later. Ask for correction instead."


class CommitmentMissing(Refusal):
    status, code = 422, "commitment_missing"
    zh = "容缺受理需要申请人的书面承诺和补交日期。"
    en = "Taking an application with papers missing needs a written commitment and a date."


class DeferralTooLong(Refusal):
    status, code = 422, "deferral_too_long"
    zh = "补交日期 {wanted} 应在今天之后、不晚于承诺办结日 {latest}。"
    en = "The date {wanted} should be after today and no later than the promised {latest}."


class SecondCorrection(Refusal):
    status, code = 403, "second_correction"
    zh = "这个办件已经一次性告知过补正。还有要补的，请部门负责人或值班经理写明理由后再次告知。"
    en = "Correction was asked for once already. If more is missing, the head of department or the duty manager says so, with a reason."


class PromiseBroken(Refusal):
    status, code = 403, "promise_broken"
    zh = "申请人没有兑现“{item}”的容缺承诺（应于 {day} 前补交），暂不能再容缺受理。请补齐后受理或一次性告知补正；确需容缺的，由负责人写明理由办理。"
    en = "The applicant did not bring what they promised by {day} for “{item}”. Take all papers, ask for correction, or have a supervisor defer with a reason."


@dataclass(frozen=True, slots=True)
class Deferral:
    """The applicant's written commitment to bring what is missing by `until`; `despite`: why a supervisor trusts it although an
    earlier one was broken."""

    commitment: str
    until: date
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A commitment that was not kept: for which item, and the day."""

    item: str
    day: str


def missing(materials: Sequence[Material], ticked: Collection[tuple[str, str]]) -> list[Material]:
    """Materials with a checkpoint not ticked; `ticked` holds (material, checkpoint)."""
    return [one for one in materials if any((one.id, point.id) not in ticked for point in one.checkpoints)]


def check_intake(
    materials: Sequence[Material],
    ticked: Collection[tuple[str, str]],
    deferral: Deferral | None,
    today: date,
    latest: date,
) -> list[Material]:
    """What is deferred (usually nothing) when an application may be taken in. `latest`: the promised day.

    Raises CheckpointsOpen, NotDeferrable, CommitmentMissing, DeferralTooLong.
    """
    lacking = missing(materials, ticked)
    if deferral is None:
        if lacking:
            first = next(point for point in lacking[0].checkpoints if (lacking[0].id, point.id) not in ticked)
            count = sum((one.id, point.id) not in ticked for one in lacking for point in one.checkpoints)
            raise CheckpointsOpen(count=count, material=lacking[0].name, text=first.text)
        return []
    for one in lacking:
        if not one.deferrable:
            raise NotDeferrable(material=one.name)
    if lacking and not deferral.commitment.strip():
        raise CommitmentMissing()
    if lacking and not today < deferral.until <= latest:
        raise DeferralTooLong(wanted=deferral.until.isoformat(), latest=latest.isoformat())
    return lacking


def check_credit(broken: Sequence[Broken], is_supervisor: bool, reason: str) -> None:
    """容缺: not again for whoever broke such a commitment, but by a supervisor who says why. Raises PromiseBroken."""
    if broken and not (is_supervisor and reason.strip()):
        raise PromiseBroken(item=broken[0].item, day=broken[0].day)


def check_correction(times_before: int, is_supervisor: bool, reason: str) -> None:
    """一次性告知: once for everything; again only by a supervisor who says why. Raises SecondCorrection."""
    if times_before and not (is_supervisor and reason.strip()):
        raise SecondCorrection()
