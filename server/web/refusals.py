"""What HTTP itself refuses: unknown addresses, wrong methods, bodies that cannot be read, values that do not fit."""

from __future__ import annotations

from server.domain.refusals import Refusal


class NoSuchRoute(Refusal):
    status, code = 404, "not_found"
    zh = "没有这个地址，请核对后重试。"
    en = "There is nothing at this address. Check it and try again."


class MethodRefused(Refusal):
    status, code = 405, "method_not_allowed"
    zh = "此地址不支持 {method} 方法，可用：{allowed}。"
    en = "{method} does not work here. Use {allowed}."


class BodyTooLarge(Refusal):
    status, code = 413, "body_too_large"
    zh = "提交的内容过大，最多 {limit} 字节，请缩短后重试。"
    en = "The body is too large. Send at most {limit} bytes."


class NotJson(Refusal):
    status, code = 415, "not_json"
    zh = "请以 JSON 提交（Content-Type: application/json）。"
    en = "Send JSON (Content-Type: application/json)."


class MalformedJson(Refusal):
    status, code = 400, "malformed_json"
    zh = "提交的 JSON 有语法错误（第 {line} 行第 {column} 列），请改正后重试。"
    en = "The JSON is malformed at line {line}, column {column}. Correct it and try again."


class InvalidInput(Refusal):
    """`fields` lists every field that does not fit, each with its own sentences; the first one's are the refusal's."""

    status, code = 422, "invalid_input"
    zh = "填写的内容有误，请核对。"
    en = "Something in the request is not valid. Check it."

    def __init__(self, wrong: list[tuple[str, str, str]]) -> None:
        """`wrong`: (field, what is wrong in Chinese, in English), at least one."""
        fields = [
            {"field": name, "message_zh": f"“{name}”{zh}", "message_en": f"“{name}” {en}"} for name, zh, en in wrong
        ]
        super().__init__(field=wrong[0][0], fields=fields)

    @property
    def message_zh(self) -> str:
        return str(self.detail["fields"][0]["message_zh"])

    @property
    def message_en(self) -> str:
        return str(self.detail["fields"][0]["message_en"])


class BadRequest(Refusal):
    status, code = 400, "bad_request"
    zh = "请求无法识别，请核对后重试。"
    en = "The request could not be understood. Check it and try again."


class Undeclared(Refusal):
    status, code = 403, "undeclared_route"
    zh = "此地址尚未开放，请联系管理员。"
    en = "This address is not open to anybody yet. Tell an administrator."


class Broken(Refusal):
    status, code = 500, "internal"
    zh = "系统出错，未能完成操作。请重试；若仍失败，请将编号 {reference} 告知管理员。"
    en = "Something went wrong. Try again; if it fails again, give the administrator the reference {reference}."


class KeyTooLong(Refusal):
    status, code = 422, "idempotency_key_invalid"
    zh = "Idempotency-Key 须为 1 至 200 个可见字符。"
    en = "Idempotency-Key must be 1 to 200 visible characters."


class AlarmUnknown(Refusal):
    status, code = 404, "alarm_unknown"
    zh = "这条告警已解除，请刷新页面。"
    en = "This alarm is gone already. Reload the page."


class HallFileInvalid(Refusal):
    status, code = 422, "hall_file_invalid"
    zh = "大厅文件有 {count} 处问题，未载入，大厅照常运行。第一处：{first}"
    en = "The hall file has {count} problem(s) and was not loaded; the hall goes on as it was. The first: {first_en}"
