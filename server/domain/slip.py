"""The slip of paper: what stands on it, which printer prints it, and why it may not come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from config.hall_devices import Printer
from server.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Slip:
    """Every word of a slip, ready to be set in type; the same for paper, picture and browser.

    `window` is where to go, or to expect; `wait` is "" when there is nothing to wait for. `reprinted` is the time of
    a later copy, "" on the first. Times are already on the hall's clock.
    """

    hall: str
    hall_en: str
    number: str
    priority: str
    window: str
    window_en: str
    ahead: int | None
    wait: str
    section: str
    section_en: str
    item: str
    item_en: str
    bring: tuple[str, ...]
    link: str
    phone: str
    taken: str
    reprinted: str
    note: str

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "bring": list(self.bring)}


class NoPrinter(Refusal):
    status, code = 409, "no_printer"
    zh = "这里没有小票机，请记住号码，或用手机扫码查看。"
    en = "There is no slip printer here. Remember the number, or scan the code with a phone."


class TicketEnded(Refusal):
    status, code = 409, "ticket_ended"
    zh = "{number} {state_zh}，不能再打印小票。"
    en = "{number} is {state_en}; its slip cannot be printed any more."


class SlipNotFound(Refusal):
    status, code = 404, "slip_not_found"
    zh = "号码与手机尾号对不上，请检查后再输，或到导服台补打。"
    en = "The number and the phone's last digits do not fit. Check them, or ask the guide desk."


class SlipNeedsGuide(Refusal):
    status, code = 409, "slip_needs_guide"
    zh = "这个号没有留手机号，请到导服台补打小票。"
    en = "This number has no phone. Please have its slip reprinted at the guide desk."


class PhoneTailMissing(Refusal):
    status, code = 422, "phone_tail_missing"
    zh = "请输入取号时所留手机号的后四位。"
    en = "Enter the last four digits of the phone left with the number."


class TooManySlipTries(Refusal):
    status, code = 429, "too_many_slip_tries"
    zh = "输错次数太多，请 {seconds} 秒后再试，或到导服台补打。"
    en = "Too many wrong tries. Try again in {seconds} s, or ask the guide desk."


class PrinterFailed(Refusal):
    """A slip did not come out. `do_zh` and `do_en`: what staff should do, for the alarm."""

    do_zh = "请检查小票机"
    do_en = "check the printer"


class PrinterUnreachable(PrinterFailed):
    status, code = 503, "printer_unreachable"
    zh = "小票机连不上，号码有效，请记住号码。已通知工作人员。"
    en = "The printer cannot be reached. Your number stands: please remember it. Staff have been told."
    do_zh = "连不上，请检查电源和网线"
    do_en = "cannot be reached; check its power and its network cable"


class PrinterOutOfPaper(PrinterFailed):
    status, code = 503, "printer_out_of_paper"
    zh = "小票机没有纸了，号码有效，请记住号码。已通知工作人员。"
    en = "The printer is out of paper. Your number stands: please remember it. Staff have been told."
    do_zh = "没有纸了，请换纸卷"
    do_en = "is out of paper; put in a new roll"


class PrinterCoverOpen(PrinterFailed):
    status, code = 503, "printer_cover_open"
    zh = "小票机的盖子开着，号码有效，请记住号码。已通知工作人员。"
    en = "The printer's cover is open. Your number stands: please remember it. Staff have been told."
    do_zh = "盖子没有关好，请合上"
    do_en = "has its cover open; close it"


class PrinterJammed(PrinterFailed):
    status, code = 503, "printer_jammed"
    zh = "小票机卡住了，号码有效，请记住号码。已通知工作人员。"
    en = "The printer is stuck. Your number stands: please remember it. Staff have been told."
    do_zh = "卡住或出错，请打开盖子取出卡纸，再关机重开"
    do_en = "is stuck; open it, take out the jammed paper, switch it off and on"


PRINTER_REFUSALS = (NoPrinter, PrinterUnreachable, PrinterOutOfPaper, PrinterCoverOpen, PrinterJammed)


def printer_for(printers: Sequence[Printer], kiosk: str | None) -> Printer | None:
    """The printer of a kiosk (its paired name), or for None that of the guide desk; None when there is none.

    A kiosk uses the one that names it, else one that names nobody. The guide uses one marked `guide`, else the first.
    """
    if kiosk is None:
        return next((one for one in printers if one.guide), printers[0] if printers else None)
    own = next((one for one in printers if kiosk in one.kiosks), None)
    return own or next((one for one in printers if not one.kiosks), None)


_BETWEEN = re.compile(r"[、；;，]\s*(?![^（(]*[）)])")


def things_to_bring(text: str) -> tuple[str, ...]:
    """ "身份证、户口簿（首页、本人页）" → ("身份证", "户口簿（首页、本人页）")."""
    return tuple(part for part in (one.strip(" 。") for one in _BETWEEN.split(text)) if part)


def about(minutes: int | None) -> str:
    """How long, in words that do not pretend to know the minute; "待开窗" when no window is open."""
    if minutes is None:
        return "待开窗"
    if minutes < 2:
        return "几乎不用等"
    if minutes < 10:
        return f"约{minutes}分钟"
    five = round(minutes / 5) * 5
    return f"约{five}分钟" if five < 90 else f"约{round(minutes / 30) / 2:g}小时"
