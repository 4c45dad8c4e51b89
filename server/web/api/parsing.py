"""From bytes to a checked model, and from what is wrong with them to a sentence that names the field."""

from __future__ import annotations

import re
from typing import Any, Self, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from server.web.refusals import InvalidInput, MalformedJson, NotJson

M = TypeVar("M", bound=BaseModel)


class Body(BaseModel):
    """What a client sends. Unknown fields are refused, so that a misspelt one is never silently dropped."""

    # Checkers are built when first needed: a start need not wait for those of all routes.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True, defer_build=True)

    @model_validator(mode="after")
    def _no_control_characters(self) -> Self:
        for name in self.model_fields_set:
            value = getattr(self, name)
            if isinstance(value, str) and _CONTROL.search(value):
                raise InvalidInput([(name, "不能含控制字符。", "must not hold control characters.")])
        return self


class Query(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)


# NUL and its like: PostgreSQL cannot store them and no screen can show them. Tab and line feeds may stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# pydantic's error type → what is wrong, in both languages; fields are filled from the error's own context.
SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("未填写。", "is missing."),
    "extra_forbidden": ("不是这里可用的字段，请核对拼写。", "is not a field here. Check its spelling."),
    "string_type": ("应为文字（字符串）。", "must be a string."),
    "string_too_short": ("至少 {min_length} 个字。", "needs at least {min_length} characters."),
    "string_too_long": ("最多 {max_length} 个字。", "may have at most {max_length} characters."),
    "string_pattern_mismatch": ("格式不正确。", "does not have the right form."),
    "int_type": ("应为整数。", "must be a whole number."),
    "int_parsing": ("应为整数。", "must be a whole number."),
    "int_from_float": ("应为整数。", "must be a whole number."),
    "int_parsing_size": ("数值过大。", "is too large a number."),
    "bool_type": ("应为 true 或 false。", "must be true or false."),
    "list_type": ("应为列表。", "must be a list."),
    "tuple_type": ("应为列表。", "must be a list."),
    "dict_type": ("应为对象。", "must be an object."),
    "literal_error": ("只能是 {expected}。", "must be one of {expected}."),
    "enum": ("只能是 {expected}。", "must be one of {expected}."),
    "greater_than_equal": ("不能小于 {ge}。", "must be at least {ge}."),
    "less_than_equal": ("不能大于 {le}。", "must be at most {le}."),
    "too_short": ("至少 {min_length} 项。", "needs at least {min_length} entries."),
    "too_long": ("最多 {max_length} 项。", "may have at most {max_length} entries."),
    "datetime_from_date_parsing": ("应为 ISO 8601 时间，如 2026-11-21T01:02:03Z。", "must be an ISO 8601 time."),
    "datetime_type": ("应为 ISO 8601 时间，如 2026-11-21T01:02:03Z。", "must be an ISO 8601 time."),
    "timezone_aware": ("须带时区，如 2026-11-21T01:02:03Z。", "needs a time zone, as in 2026-11-21T01:02:03Z."),
    "model_type": ("应为 JSON 对象。", "must be a JSON object."),
}
OTHERWISE = ("不正确，请核对。", "is not valid. Check it.")


def parse_body(model: type[M]) -> M:
    """The request's JSON as `model`. NotJson, MalformedJson or InvalidInput say what to correct."""
    raw = request.get_data(cache=True)
    if raw.strip() and not request.is_json:
        raise NotJson
    try:
        return model.model_validate_json(raw.strip() or b"{}")
    except ValidationError as error:
        raise _refusal(error) from None


def parse_query(model: type[M]) -> M:
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _refusal(error) from None


def _refusal(error: ValidationError) -> MalformedJson | InvalidInput:
    problems = error.errors(include_url=False, include_input=False)
    if problems[0]["type"] == "json_invalid":
        place = re.search(r"line (\d+) column (\d+)", str(problems[0].get("ctx", {}).get("error", "")))
        line, column = place.groups() if place else ("1", "1")
        return MalformedJson(line=int(line), column=int(column))
    return InvalidInput([_sentence(problem) for problem in problems])


def _sentence(problem: Any) -> tuple[str, str, str]:
    field = ".".join(str(part) for part in problem["loc"]) or "body"
    zh, en = SENTENCES.get(problem["type"], OTHERWISE)
    if problem["type"].startswith("datetime"):
        zh, en = SENTENCES["datetime_type"]
    context = problem.get("ctx", {})
    return field[:80], zh.format(**context), en.format(**context)
