"""授权委托: which clerk may decide which items at the window, in whose name, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from server.domain.refusals import Refusal

EVERY_ITEM = "*"


class NotAuthorized(Refusal):
    status, code = 403, "not_authorized"
    zh = "您没有“{item}”的审批授权，不能当场办结。请{department}办理授权委托；今天没有办结的，明天自动转部门审批。"
    en = (
        "You are not authorised to decide {item}. Ask {department} for an authorization; else it goes to them tomorrow."
    )


class AuthorizationDaysWrong(Refusal):
    status, code = 422, "authorization_days_wrong"
    zh = "授权的截止日期不能早于开始日期，请改正。"
    en = "The authorization would end before it begins. Correct the days."


class AuthorizationUnknown(Refusal):
    status, code = 404, "authorization_unknown"
    zh = "没有这条授权记录，请刷新页面。"
    en = "There is no such authorization. Reload the page."


class AuthorizationEnded(Refusal):
    status, code = 409, "authorization_ended"
    zh = "这条授权已经撤销，请刷新页面。"
    en = "This authorization was revoked already. Reload the page."


class AuthorizationForClerk(Refusal):
    status, code = 422, "authorization_for_clerk"
    zh = "“{username}”不是窗口受理人员，授权只能给窗口受理人员。"
    en = "“{username}” is not a clerk. Only clerks can be authorised to decide at the window."


class AuthorizationItemUnknown(Refusal):
    status, code = 422, "authorization_item_unknown"
    zh = "{department}没有已发布的事项“{item}”，不能授权。请从本部门的事项中选择。"
    en = "{department} decides no published item “{item}”. Choose among the department's own."


class OtherDepartment(Refusal):
    status, code = 403, "other_department"
    zh = "这属于{department}，请由该部门或值班经理办理。"
    en = "This belongs to {department}. That department or the duty manager can do it."


@dataclass(frozen=True, slots=True)
class Authorization:
    """A row of the register. Days are the hall's, both included; `to_day` None: until revoked."""

    id: int
    department: str
    staff: str
    items: tuple[str, ...]
    document: str
    from_day: str
    to_day: str | None
    made_at: int
    made_by: str
    revoked_at: int | None = None
    revoked_by: str | None = None

    def in_force(self, day: date) -> bool:
        """Does it hold on `day`?"""
        today = day.isoformat()
        return self.revoked_at is None and self.from_day <= today and (self.to_day is None or today <= self.to_day)

    def covers(self, department: str, item: str, day: date) -> bool:
        return self.department == department and self.in_force(day) and (EVERY_ITEM in self.items or item in self.items)


def authorized(held: Iterable[Authorization], departments: Iterable[str], item: str, day: date) -> bool:
    """May the holder of `held` decide an item that all of `departments` have a part in?"""
    register = list(held)
    return all(any(one.covers(department, item, day) for one in register) for department in departments)


def check_days(first: date, last: date | None) -> None:
    """Raises AuthorizationDaysWrong."""
    if last is not None and last < first:
        raise AuthorizationDaysWrong()
