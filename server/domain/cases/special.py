"""特别程序: for what a case's clock may stand (行政许可法 第四十五条), and what only its department may decide."""

from __future__ import annotations

from server.domain.refusals import Refusal

SPECIAL: dict[str, tuple[str, str]] = {
    "hearing": ("听证", "hearing"),
    "inspection": ("检验", "inspection"),
    "testing": ("检测", "testing"),
    "quarantine": ("检疫", "quarantine"),
    "appraisal": ("鉴定", "appraisal"),
    "expert_review": ("专家评审", "expert review"),
    "auction": ("招标、拍卖", "tender or auction"),
    "other": ("其他法定特别程序", "another legal procedure"),
}


class TaskUnknown(Refusal):
    status, code = 404, "task_unknown"
    zh = "没有这项审批任务，请刷新页面。"
    en = "There is no such task. Reload the page."


class TaskMoved(Refusal):
    status, code = 409, "task_moved"
    zh = "这项任务刚刚有变化（现在：{state_zh}），请刷新页面后再办。"
    en = "This task has just changed (now {state_en}). Reload the page."


class TaskHeldByOther(Refusal):
    status, code = 409, "task_held"
    zh = "{holder}正在办理这项任务。请与其联系，或由部门负责人改派。"
    en = "{holder} is working on this task. Talk to them, or let the head of department take it over."


class NotYetReceived(Refusal):
    status, code = 409, "task_not_received"
    zh = "材料还在交接途中，请先在交接清单上签收。"
    en = "The papers are still on their way. Sign for them on the handover list first."


class CaseStands(Refusal):
    status, code = 409, "case_stands"
    zh = "办件现在是“{state_zh}”，不计时，不能作出决定。请等补正或特别程序结束。"
    en = "The case is at “{state_en}”: its clock stands. Decide when the correction or procedure has ended."


class DeferralOpen(Refusal):
    status, code = 409, "deferral_open"
    zh = "容缺材料还没有补齐（应于 {due} 前补交），不能准予。请等补齐，或不予同意并说明理由。"
    en = "Papers promised by {due} have not come, so it cannot be approved. Wait for them, or reject with a reason."


class ResultAwaited(Refusal):
    status, code = 409, "result_awaited"
    zh = "要等本件事中的“{item}”办成，才有“{material}”。请等结果；确实不用等的，请写明理由后同意。"
    en = "“{material}” comes from “{item}” of this bundle. Wait for it, or approve with the reason why not."


class ReasonsMissing(Refusal):
    status, code = 422, "reasons_missing"
    zh = "不予同意应当说明理由，请至少选择或填写一条。"
    en = "A rejection needs its reasons. Choose or write at least one."


class SpecialUnknown(Refusal):
    status, code = 422, "special_unknown"
    zh = "没有“{kind}”这种特别程序，请从页面上选择。"
    en = "There is no special procedure “{kind}”. Choose one of those shown."


class NotSuspended(Refusal):
    status, code = 409, "not_suspended"
    zh = "办件没有处于特别程序中，不需要恢复计时。请刷新页面。"
    en = "The case is not in a special procedure. Reload the page."
