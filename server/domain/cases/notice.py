"""An SMS about a case that did not reach its citizen: which may be sent again by somebody of the hall.

The hall itself never repeats what may have gone (`unknown`); a person who has asked the citizen may. The row stays the
one of its event: it goes on its way once more, to the phone of today.
"""

from __future__ import annotations

from server.domain.cases.state import CaseState
from server.domain.refusals import Refusal

UNREACHED = frozenset({"failed", "unknown", "expired"})


class CaseNoticeUnknown(Refusal):
    status, code = 404, "case_notice_unknown"
    zh = "这个办件没有这条短信，请刷新页面。"
    en = "This case has no such message. Reload the page."


class NoticeNotAgain(Refusal):
    status, code = 409, "notice_not_again"
    zh = "只有最近一条、没有送到的短信可以重发。请刷新页面看现在的情况，或直接打电话告诉申请人。"
    en = "Only the latest message can be sent again, and only if it did not arrive. Reload the page, or call the citizen."


def may_go_again(state: str, latest: bool, case: CaseState) -> bool:
    """May a message in `state` be sent again? Not what a later one has overtaken, nor after a withdrawal, of which no
    message tells: its words would not be true any more."""
    return state in UNREACHED and latest and case != CaseState.WITHDRAWN
