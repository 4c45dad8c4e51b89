"""The citizen's evaluation of a service (好差评): five levels, once, and who may say it when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from server.domain.actor import Actor
from server.domain.refusals import Refusal
from server.domain.ticket import LIVE, State
from server.domain.units import HOUR, SECOND

SCORES: dict[int, tuple[str, str]] = {
    5: ("非常满意", "Very satisfied"),
    4: ("满意", "Satisfied"),
    3: ("基本满意", "Fairly satisfied"),
    2: ("不满意", "Dissatisfied"),
    1: ("非常不满意", "Very dissatisfied"),
}
"""The five levels every hall of the country uses, in the order every screen shows them."""

LOW = 2
"""Up to this score a citizen is asked for the reason, and a manager follows it up (差评回访)."""

MOST_TAGS = 6
COMMENT_LENGTH = 200
PAD_GRACE = 90
"""Seconds past the invitation's end in which the pad still takes a score: somebody may be writing down why."""

ENOUGH = 5
"""Fewer ratings than this make no average of a window: one bad day of one citizen is no figure."""


class StaffCannotEvaluate(Refusal):
    status, code = 403, "staff_cannot_evaluate"
    zh = "评价只能由群众本人作出，工作人员登录时不能评价。请群众用自己的手机或窗口评价器。"
    en = "Only the citizen evaluates; whoever is signed in as staff cannot. Use the citizen's own phone or the pad."


class EvaluationNotYet(Refusal):
    status, code = 409, "evaluation_not_yet"
    zh = "{number} 还没有办完，办结后即可评价。"
    en = "{number} is not finished yet. It can be rated once the service has ended."


class EvaluatedAlready(Refusal):
    status, code = 409, "evaluated_already"
    zh = "{number} 已经评价过，一次服务评价一次。感谢您的评价。"
    en = "{number} was rated already; a service is rated once. Thank you."


class EvaluationTooLate(Refusal):
    status, code = 409, "evaluation_too_late"
    zh = "{number} 的评价时间已过。如有意见，请到导服台或拨打 12345。"
    en = "The time to rate {number} has passed. Tell the guide desk, or call 12345."


class NothingToEvaluate(Refusal):
    status, code = 409, "nothing_to_evaluate"
    zh = "{number} 没有办理，不需要评价。"
    en = "{number} was never served, so there is nothing to rate."


class NotThisWindows(Refusal):
    status, code = 409, "evaluation_elsewhere"
    zh = "{number} 不是{window}号窗口刚办结的号，请用手机评价。"
    en = "{number} is not the one just finished at window {window}. Please rate it on the phone."


class EvaluationTagUnknown(Refusal):
    status, code = 422, "evaluation_tag_unknown"
    zh = "没有“{tag}”这个原因，请从页面上选择。"
    en = "There is no reason “{tag}”. Choose one of those shown."


class EvaluationTagsNotLow(Refusal):
    status, code = 422, "evaluation_tags_not_low"
    zh = "原因只用于“不满意”和“非常不满意”，其他评价可以写意见。"
    en = "Reasons go with the two low scores. Others may leave a comment."


class EvaluationDaysWrong(Refusal):
    status, code = 422, "evaluation_days_wrong"
    zh = "结束日期不能早于开始日期，一次最多看 {most} 天，请改选日期。"
    en = "The last day comes before the first, or they are more than {most} days apart. Choose other days."


MOST_DAYS = 366


def checked_days(first: date | None, last: date | None, today: date) -> tuple[str, str]:
    """The days asked for, as texts; today where none was said. Raises EvaluationDaysWrong."""
    last = last or max(today, first or today)
    first = first or min(today, last)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise EvaluationDaysWrong(most=MOST_DAYS)
    return first.isoformat(), last.isoformat()


def check_state(number: str, state: str) -> None:
    """One ticket is one service, through transfers and parking: it is rated when it is done, and not before.

    Raises EvaluationNotYet while it lives, NothingToEvaluate where it ended without service.
    """
    if State(state) in LIVE:
        raise EvaluationNotYet(number=number)
    if state != State.DONE:
        raise NothingToEvaluate(number=number)


def phone_until(ended_at: int, days: int) -> int:
    """Until when (µs UTC) the citizen's own page takes a rating."""
    return ended_at + days * 24 * HOUR


def pad_until(ended_at: int, seconds: int) -> int:
    """Until when (µs UTC) the pad invites: the quiet countdown's end."""
    return ended_at + seconds * SECOND


def pad_closes(ended_at: int, seconds: int) -> int:
    """Until when (µs UTC) the pad may still hand in what was begun."""
    return pad_until(ended_at, seconds + PAD_GRACE)


def check_who(by: Actor) -> None:
    """Raises StaffCannotEvaluate: a clerk must not rate for the citizen, nor a manager to mend the figures."""
    if by.is_staff:
        raise StaffCannotEvaluate()


def checked_tags(score: int, tags: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The reasons once each, in the order given. Raises EvaluationTagsNotLow, EvaluationTagUnknown."""
    if tags and score > LOW:
        raise EvaluationTagsNotLow()
    offered = set(known)
    for tag in tags:
        if tag not in offered:
            raise EvaluationTagUnknown(tag=tag)
    return tuple(dict.fromkeys(tags))
