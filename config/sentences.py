"""pydantic's errors as sentences: what is wrong and what would be right, in Chinese and English."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.problems import Problem, did_you_mean

_PATTERNS = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": (
        "英文字母、数字、. _ -，以字母或数字开头",
        "letters, digits, . _ -, starting with a letter or digit",
    ),
    r"^[A-Z]$": ("一个大写英文字母，如 A", "one capital letter, such as A"),
    r"^([A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$": (
        '地址和端口，如 "192.168.1.80:5000"',
        'a host and port, such as "192.168.1.80:5000"',
    ),
    r"^[^{}]*(\{(window|number|state|state_en)\}[^{}]*)*$": (
        "只含 {window} {number} {state} {state_en} 这几个花括号",
        "no other braces than {window} {number} {state} {state_en}",
    ),
    r"^[a-z0-9]*$": (
        "小写英文字母和数字，或留空由系统填",
        "small letters and digits, or leave it empty for the system to fill",
    ),
}
_TYPES: dict[str, tuple[str, str, str, str]] = {
    "int": ("不是整数", "整数，如 3", "not a whole number", "a whole number, such as 3"),
    "float": ("不是数字", "数字，如 8 或 7.5", "not a number", "a number, such as 8 or 7.5"),
    "bool": (
        "不是真假值",
        "true 或 false（表格里也可写 是 / 否）",
        "not a truth value",
        "true or false (yes or no in a table)",
    ),
    "date": ("不是日期", "年-月-日，如 2026-10-01", "not a date", "year-month-day, such as 2026-10-01"),
    "string": ("不是文字", "用英文双引号括起的文字", "not text", 'text in "straight quotes"'),
    "list": ("不是列表", '列表，如 ["08:30-12:00", "14:00-17:30"]', "not a list", 'a list, such as ["08:30-12:00"]'),
    "dict": ("不是表", "一个表，每行 键 = 值", "not a table", "a table of key = value lines"),
    "model": ("不是表", "一个表，每行 键 = 值", "not a table", "a table of key = value lines"),
    "finite": ("不是有限的数", "数字，如 8", "not a finite number", "a number, such as 8"),
    "span": (
        "不是时间段",
        '开始-结束，24 小时制，如 "08:30-12:00"，半角符号，结束晚于开始',
        "not a span of time",
        'start-end on the 24-hour clock, such as "08:30-12:00", the end after the start',
    ),
    "casesms": (
        "写法不对",
        "只用 {code} {item} {day} {link} {hall} {pickup} {waybill} {minutes}，最多 100 字",
        "not well-formed",
        "only {code} {item} {day} {link} {hall} {pickup} {waybill} {minutes}, 100 characters at most",
    ),
    "casepattern": (
        "写法不对",
        "{year} 和 {serial:4} 至 {serial:9} 各一次，其余用 {hall}、大写字母、数字，{check} 在最后",
        "not well-formed",
        "{year} and {serial:4} to {serial:9} once each, {hall}, capitals, digits, {check} last",
    ),
    "time": ("不是时区", '时区名，如 "Asia/Shanghai"', "not a time zone", 'a time zone name, such as "Asia/Shanghai"'),
}
_BOUNDS = {
    "greater_than": ("gt", "大于", "more than"),
    "greater_than_equal": ("ge", "不小于", "at least"),
    "less_than_equal": ("le", "不大于", "at most"),
    "less_than": ("lt", "小于", "less than"),
}


def explain(detail: ErrorDetails, model: type[BaseModel], file: str, where: str) -> Problem:
    """The problem for one pydantic error in `model`, found at `where` in `file`."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    shown = _shown(value)
    if kind == "missing":
        return Problem(
            file,
            where,
            "没有填",
            "填上它（写法见 docs/hall-file.md）",
            "is not given",
            "give it (see docs/hall-file.md)",
        )
    if kind == "extra_forbidden":
        zh, en = did_you_mean(detail["loc"][-1], _known_keys(model, detail["loc"]))
        return Problem(
            file, where, f"没有“{detail['loc'][-1]}”这个键", zh, f'there is no key "{detail["loc"][-1]}"', en
        )
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return Problem(
            file,
            where,
            f"“{shown}”不能用",
            f"以下之一：{expected.replace(', ', '、')}",
            f'"{shown}" is not possible',
            f"one of: {expected}",
        )
    if kind == "string_pattern_mismatch":
        zh, en = _PATTERNS.get(str(context.get("pattern")), ("符合规定的写法", "the described form"))
        return Problem(file, where, f"“{shown}”写法不对", zh, f'"{shown}" is not well-formed', en)
    if kind in _BOUNDS:
        bound, zh, en = _BOUNDS[kind]
        limit = context.get(bound)
        return Problem(file, where, f"{shown} 超出范围", f"{zh} {limit}", f"{shown} is out of range", f"{en} {limit}")
    return _length_or_type(kind, context, shown, file, where) or Problem(
        file,
        where,
        f"“{shown}”不能用（{detail['msg']}）",
        "见 docs/hall-file.md",
        f'"{shown}" cannot be used ({detail["msg"]})',
        "see docs/hall-file.md",
    )


def _length_or_type(kind: str, context: dict[str, Any], shown: str, file: str, where: str) -> Problem | None:
    if kind == "string_too_short":
        least = context.get("min_length")
        return Problem(
            file,
            where,
            "太短" if shown else "是空的",
            f"至少 {least} 个字",
            "too short" if shown else "is empty",
            f"at least {least} characters",
        )
    if kind == "string_too_long":
        most = context.get("max_length")
        return Problem(
            file, where, f"太长（{len(shown)} 字）", f"最多 {most} 个字", "too long", f"at most {most} characters"
        )
    if kind == "too_short":
        return Problem(file, where, "是空的", "至少一个", "is empty", "at least one")
    words = _TYPES.get(kind.split("_")[0])
    if words is None:
        return None
    return Problem(file, where, f"“{shown}”{words[0]}", words[1], f'"{shown}" is {words[2]}', words[3])


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value) if isinstance(value, list | dict) else str(value)
    return text if len(text) <= 60 else text[:57] + "……"


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys possible where `loc`'s last one stood: follows the path through nested models."""
    current: type[BaseModel] = model
    for piece in loc[:-1]:
        info = current.model_fields.get(str(piece))
        nested = _model_in(info.annotation) if info else None
        current = nested or current
    return list(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None
