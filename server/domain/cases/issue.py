"""出件: numbered shelves, pickup codes, and what may be handed to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from server.domain.refusals import Refusal

CODE_DIGITS = 6
AT_THE_WINDOW = "present"
"""The proof of a collector who stands before the clerk who has just decided it."""


class ResultState(StrEnum):
    """`waiting` on a shelf, `with_courier` on its way, then with the citizen; or back at the department, never collected."""

    WAITING = "waiting"
    WITH_COURIER = "with_courier"
    COLLECTED = "collected"
    RETURNED = "returned"


RESULT_WORDS: dict[ResultState, tuple[str, str]] = {
    ResultState.WAITING: ("待领取", "waiting to be collected"),
    ResultState.WITH_COURIER: ("已交快递", "with the courier"),
    ResultState.COLLECTED: ("已领取", "collected"),
    ResultState.RETURNED: ("已退回部门", "back at the department"),
}


class ResultNotHere(Refusal):
    """`words`: where it is, in both languages."""

    status, code = 409, "result_not_here"
    zh = "办件 {code} 的结果现在不在出件窗口（{state_zh}），请刷新页面。"
    en = "The result of {code} is not at the issue window now ({state_en}). Reload the page."

    def __init__(self, case: str, words: tuple[str, str] = ("已有变动", "moved meanwhile")) -> None:
        super().__init__(code=case, state_zh=words[0], state_en=words[1])


class PickupWrong(Refusal):
    status, code = 403, "pickup_wrong"
    zh = "取件码或身份证号与办件不符，请核对后再试。连续 5 次不符将暂时锁定。"
    en = "The pickup code or ID number does not fit this case. Check it; five wrong tries lock it for a while."


class PickupLocked(Refusal):
    status, code = 423, "pickup_locked"
    zh = "连续多次核对不符，已锁定，请 {minutes} 分钟后再试或请值班经理核实身份。"
    en = "Too many wrong tries. Try again in {minutes} min, or let the duty manager check who it is."


class PickupProofMissing(Refusal):
    status, code = 422, "pickup_proof_missing"
    zh = "请输入取件码，或刷身份证、输入身份证号。"
    en = "Enter the pickup code, or read or type the ID number."


class NotAtIssueWindow(Refusal):
    status, code = 409, "not_at_issue_window"
    zh = "{window}号窗口不能颁发这个结果。请到出件窗口，或由当场办结的受理窗口颁发。"
    en = "Window {window} may not hand this out. Use an issue window, or the window that decided it on the spot."


class ShelvesFull(Refusal):
    status, code = 409, "shelves_full"
    zh = "{count} 个取件格都放满了。请先清理长期未取的，或请管理员在大厅文件 [issue] 里加 shelves。"
    en = "All {count} shelves are full. Clear old ones, or raise shelves in [issue] of the hall file."


class TakeBackReasonMissing(Refusal):
    status, code = 422, "take_back_reason_missing"
    zh = "请写明结果哪里不对，部门据此更正。"
    en = "Say what is wrong with the result, so that the department can put it right."


class SignatureMissing(Refusal):
    status, code = 422, "signature_missing"
    zh = "请领取人在签名板上签名；签不了的，请写明原因。"
    en = "Let the collector sign on the pad, or say why there is no signature."


class SignatureUnknown(Refusal):
    status, code = 422, "signature_unknown"
    zh = "这个签名文件不属于办件 {code}，请重新签名。"
    en = "This signature is not of case {code}. Please sign again."


class NotAskedToSign(Refusal):
    status, code = 409, "not_asked_to_sign"
    zh = "这个窗口现在没有需要签名的结果，请工作人员重新发起签名。"
    en = "Nothing waits to be signed for at this window. Let the clerk ask again."


class ResultNotElectronic(Refusal):
    status, code = 409, "result_not_electronic"
    zh = "办件 {code} 现在不能上传电子结果：只有全流程网上件，在审查中或准予之后可以。其他办件的结果请移交出件窗口。"
    en = "No electronic result for {code} now: only wholly online cases have one, while under review or once approved."


class ResultTypeRefused(Refusal):
    status, code = 415, "result_type_refused"
    zh = "电子结果请用 PDF、OFD 或 JPEG、PNG 图片。"
    en = "An electronic result is a PDF, an OFD, or a JPEG or PNG picture."


class NotToBeMailed(Refusal):
    status, code = 409, "not_to_be_mailed"
    zh = "办件 {code} 现在不能由部门直接邮寄：要申请人选了快递、已作出决定，且结果没有移交出件窗口。"
    en = "{code} cannot be mailed by the department: it must be decided, wanted by courier, and not sent to the issue window."


class NothingToIssue(Refusal):
    status, code = 409, "nothing_to_issue"
    zh = "办件 {code} 还没有作出决定，或结果已经移交，请刷新页面。"
    en = "Case {code} is not decided yet, or its result was sent already. Reload the page."


def pickup_code(token: str) -> str:
    """Six digits from an unguessable text."""
    number = int.from_bytes(hashlib.sha256(token.encode()).digest(), "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def free_shelf(taken: Iterable[int], shelves: int) -> int:
    """The lowest free number, 1 to `shelves`. Raises ShelvesFull."""
    held = set(taken)
    for number in range(1, shelves + 1):
        if number not in held:
            return number
    raise ShelvesFull(count=shelves)


def remind_again(arrived_at: int, reminded_at: int | None, times: int, days: int, most: int, now: int) -> bool:
    """Is the next reminder to collect due? Every `days` after the last word, `most` times. Times in µs UTC."""
    day = 24 * 3600 * 1_000_000
    return times < most and now - (reminded_at or arrived_at) >= days * day
