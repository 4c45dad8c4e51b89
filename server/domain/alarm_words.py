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
}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def alarm_words(kind: str, data: Mapping[str, Any]) -> Reason:
    zh, en = _WORDS.get(kind, (kind, kind))
    facts = _Facts(data)
    return Reason(zh.format_map(facts), en.format_map(facts))
