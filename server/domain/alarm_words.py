"""The sentence of each alarm, saying what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.domain.reason import Reason

_WORDS = {
    "stranded": (
        "有 {waiting} 人在等，但没有开放的窗口可办，请安排开窗",
        "{waiting} people wait and no open window can serve them; please open one",
    ),
    "deserted_window": (
        "{window}号窗口开着却长时间无人操作，{waiting} 人在等，请查看或强制暂停",
        "window {window} is open but untouched while {waiting} wait; look after it or force a pause",
    ),
    "forgotten_serving": (
        "{number} 在{window}号窗口办理时间过长，可能忘记办结，请核实或清场",
        "{number} has been at window {window} for very long; check, or end it",
    ),
    "sms_gateway": (
        "短信网关不可用，短信在排队，叫号不受影响；请检查网络或联系运营商",
        "the SMS gateway is down; notices wait and calls go on; check the network or the provider",
    ),
    "unheard": (
        "{area_name}的大屏没有显示叫号（{number} 到{window}号窗口）：请去看屏幕，其间请人工叫号",
        "no screen in {area_name} showed the call of {number} to window {window}; look at the screen, call out by hand",
    ),
    "unheard.no_screen": (
        "{area_name}没有连接的大屏，{number} 到{window}号窗口的叫号无人看到：请打开屏幕，其间请人工叫号",
        "no screen is connected in {area_name}: nobody saw the call of {number} to window {window};"
        " switch one on, call out by hand",
    ),
    "handover_unsigned": (
        "办件 {code}（{item_name}）的材料今天没有完成交接签字（{department}，{slot}）：请查清材料在哪里",
        "case {code} ({item_name}) was not signed for at handover ({department}, {slot}); find where its papers are",
    ),
    "handover_unsigned.contact": (
        "办件 {code}（{item_name}）的材料今天没有完成交接签字（{department}，{slot}）：请联系交接联络人{contact}，查清材料在哪里",
        "case {code} ({item_name}) was not signed for at handover ({department}, {slot}); call {contact}, the department's"
        " contact, and find where its papers are",
    ),
    "case_overdue": (
        "办件 {code}（{item_name}，{department}）已超过承诺期限 {due_day}，请督办",
        "case {code} ({item_name}, {department}) is past its promised day {due_day}; see that it is decided",
    ),
    "adjustment_late": (
        "{department}有调整建议超过答复期限（{due_day}），请到事项页督促答复",
        "{department} has not answered a request to change an item by its day ({due_day}); see to it on the Items page",
    ),
    "owner_left": (
        "经办人{name}的账号已停用，名下还有没办完的办件，请在督办页移交给其他窗口人员",
        "the account of {name} is closed with cases in hand; hand them on to another clerk on the supervision page",
    ),
    "courier_failed": (
        "办件 {code} 叫不到快递（{error}）：请核对收件信息，或改为现场领取",
        "no courier takes the result of {code} ({error}); check the address, or let it be collected",
    ),
    "courier_gateway": (
        "快递网关不可用，下单在排队；请检查网络或联系邮政",
        "the courier gateway is down and orders wait; check the network or call the post",
    ),
    "printer": ("小票机“{printer}”{do}", "the slip printer “{printer}” {do_en}"),
    "holidays_missing": (
        "{year} 年的节假日安排还没有导入，跨入该年的时限都是暂定的；请管理员导入国务院办公厅公布的文件",
        "the holidays of {year} are not imported, limits that run into it are provisional; import the published file",
    ),
    "pre_review_overdue": (
        "办件 {code}（{item_name}）网上预审已逾期，请{department}立即预审",
        "the pre-review of case {code} ({item_name}) is overdue; {department} should look at it at once",
    ),
    "assistance": ("{place}有人呼叫工作人员，请到场帮助", "somebody at {place} calls an attendant; please go and help"),
}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def alarm_words(kind: str, data: Mapping[str, Any]) -> Reason:
    """`data["why"]` may choose a sentence of its own."""
    zh, en = _WORDS.get(f"{kind}.{data.get('why')}") or _WORDS.get(kind, (kind, kind))
    facts = _Facts(data)
    return Reason(zh.format_map(facts), en.format_map(facts))
