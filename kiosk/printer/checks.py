"""The printers' lines of the health page: how each stands now, asked without printing."""

from __future__ import annotations

from collections.abc import Callable

from config.hall_devices import Printer
from kiosk.printer.printers import FILE, Printers
from server import concurrency
from server.domain.slip import PrinterFailed
from server.web.checks import Check
from server.web.context import Services


def printer_checks(services: Services, printers: Printers) -> list[Check]:
    """One line a printer of the hall file; they are asked all at once, so that three dead ones cost as one."""
    slip = services.hall_file().slip
    if not slip.printers:
        zh, en = ("由取号机的浏览器打印", "printed by the kiosk's browser") if slip.browser else ("没有小票机", "none")
        return [Check("小票", "Slips", True, zh, en)]
    asked = [concurrency.spawn(_check, one, printers) for one in slip.printers]
    return [answer.wait() for answer in asked]


def _check(printer: Printer, printers: Printers) -> Check:
    say = _saying(printer)
    if printer.address == FILE:
        return say(
            True, "不打印，存成图片；正式使用请写小票机的地址", "keeps pictures; for paper name a printer's address"
        )
    try:
        now = printers.look(printer)
    except PrinterFailed as why:
        return say(False, why.do_zh, why.do_en)
    if now.trouble:
        return say(False, now.trouble.do_zh, now.trouble.do_en)
    if now.little_paper:
        return say(True, "纸快用完了，请备好纸卷", "is low on paper; have a roll ready")
    if not now.answers:
        return say(True, "连得上，但不报告缺纸和开盖", "is reachable, but does not tell of paper and cover")
    return say(True, "正常", "is ready")


def _saying(printer: Printer) -> Callable[[bool, str, str], Check]:
    where = f"{printer.name}（{printer.address}）"
    return lambda ok, zh, en: Check("小票机", "Slip printer", ok, f"{where}：{zh}", f"{where} {en}")
