"""Five wrong tries and a lock: for a case's progress by code and four digits, and for pickup codes."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.refusals import Refusal
from server.domain.units import HOUR, MINUTE

WRONG_BEFORE_LOCK = 5
FORGET_AFTER = HOUR  # wrong tries longer ago than this count no more, µs


class ProgressUnknown(Refusal):
    status, code = 404, "progress_unknown"
    zh = "申报编号或手机后四位不正确，请核对回执后重新输入。连续 5 次不符将暂时锁定。"
    en = "The case code or the phone's last four digits are wrong. Check your receipt; five wrong tries lock it."


class ProgressLocked(Refusal):
    status, code = 429, "progress_locked"
    zh = "连续多次输错，已暂时锁定，请 {minutes} 分钟后再试，或到导服台查询。"
    en = "Too many wrong tries. Try again in {minutes} min, or ask at the guide desk."


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row at one subject; times µs UTC."""

    tries: int = 0
    last_at: int = 0
    locked_until: int = 0

    def minutes_locked(self, now: int) -> int:
        """Whole minutes until the next try, rounded up; 0 when one may be made."""
        return max(0, -(-(self.locked_until - now) // MINUTE))

    def wrong(self, now: int, lock: int) -> Tries:
        """After one more wrong try; the fifth in a row locks for `lock` µs and begins anew."""
        before = self.tries if now - self.last_at < FORGET_AFTER and not self.locked_until else 0
        count = before + 1
        return Tries(count, now, now + lock if count >= WRONG_BEFORE_LOCK else 0)
