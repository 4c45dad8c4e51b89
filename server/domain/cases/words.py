"""What a case's history says, in both languages, by action."""

from __future__ import annotations

import re

ACTION_WORDS: dict[str, tuple[str, str]] = {
    "opened": ("建立办件", "opened"),
    "submitted": ("网上提交", "submitted online"),
    "accepted": ("受理", "accepted"),
    "deferred": ("容缺受理", "accepted, papers to follow"),
    "correction": ("一次性告知补正", "correction asked for"),
    "supplemented": ("已补正", "corrected"),
    "deferral_part": ("补交部分材料", "part of the papers brought"),
    "deferral_brought": ("容缺材料已补齐", "papers that were to follow brought"),
    "deferral_reminded": ("提醒补交容缺材料", "reminded of the papers to follow"),
    "refused": ("不予受理", "not accepted"),
    "withdrawn": ("申请人撤回", "withdrawn"),
    "draft_lapsed": ("草稿逾期撤回", "draft lapsed"),
    "terminated": ("终止办理", "terminated"),
    "left_at_window": ("未当场办结，转部门审批", "not decided at the window, given to the department"),
    "received": ("部门收件", "received by the department"),
    "approved": ("准予", "approved"),
    "rejected": ("不予同意", "rejected"),
    "decided": ("办结", "decided"),
    "closed": ("结案", "closed"),
    "recounted": ("节假日安排公布，时限重新计算", "due day counted anew by the published holidays"),
    "told_again": ("重发短信", "SMS sent again"),
    "handed_on": ("首办责任移交", "handed on"),
    "number_taken": ("取得受理号", "number taken"),
    "number_in_hall": ("网办区直接取得受理号", "number taken in the online area"),
    "pre_review_passed": ("网上预审通过", "pre-review passed"),
    "pre_review_lapsed": ("逾期未预审，默认通过", "pre-review overdue, went on by itself"),
    "pre_review_stuck": ("预审逾期，未能自动通过", "pre-review overdue, could not go on by itself"),
    "handover_sent": ("材料已移交", "papers sent"),
    "handover_received": ("材料已签收", "papers received"),
    "task_held": ("接件办理", "taken by an approver"),
    "task_released": ("退回待办", "given back"),
    "result_here": ("同一件事中前一项的结果已出", "the result of another part of the bundle is there"),
    "task_approved": ("部门同意", "approved by a department"),
    "task_rejected": ("部门不同意", "rejected by a department"),
    "suspended": ("进入特别程序，暂停计时", "special procedure, the clock stands"),
    "resumed": ("特别程序结束，恢复计时", "the clock runs on"),
    "reminded": ("系统提醒", "reminded"),
    "urged": ("督办", "urged"),
    "unmasked": ("查看完整信息", "read in clear"),
    "at_issue": ("结果到出件窗口", "the result is at the issue window"),
    "collected": ("已领取", "collected"),
    "collect_reminded": ("提醒领取", "reminded to collect"),
    "returned": ("久未领取，结果退回部门，结案", "not collected for long: given back to the department, closed"),
    "taken_back": ("结果有误，退回部门更正", "result taken back to be put right"),
    "result_back": ("部门收回结果", "the department has the result back"),
    "sent": ("已交寄", "given to the courier"),
    "delivered": ("快递已签收", "delivered"),
    "came_back": ("快递退回，待领取", "the parcel came back"),
    "courier_ordered": ("快递已下单", "courier ordered"),
    "courier_failed": ("快递下单失败", "courier failed"),
    "courier_cancelled": ("快递取消", "courier cancelled"),
    "courier_again": ("重新叫快递", "courier ordered again"),
    "courier_slip": ("留存寄件单据", "courier slip kept"),
}


def action_words(action: str) -> tuple[str, str]:
    """Both languages; the action itself where another part has its own words."""
    return ACTION_WORDS.get(action, (action, action))


# Why the hall itself ended a case; somebody's own words stay as they were written.
_ENDED = {
    "deferral": ("容缺材料逾期未补交（应于{day}前补交）", "the papers that were to follow did not come by {day}"),
    "correction": ("逾期未补正（应于{day}前补正）", "it was not put right by {day}"),
    "draft": ("草稿{days}天未提交", "the draft was not sent in within {days} days"),
    "visit": ("逾期未到窗口提交材料（{days}天）", "the papers were not brought to the hall within {days} days"),
    "part": ("同一件事中的“{name}”没有办成，它的结果不会有了", "“{name}”, whose result it needs, was not granted"),
}


def ended_because(why: str, **facts: object) -> str:
    """The sentence of the hall's own for ending a case."""
    return _ENDED[why][0].format(**facts)


def reason_en(reason: str | None) -> str:
    """In English, where the hall ended it by itself; else ""."""
    for zh, en in _ENDED.values():
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(zh))
        if found := re.fullmatch(pattern, reason or ""):
            return en.format(**found.groupdict())
    return ""
