"""The TOML file that describes a domestic provider's HTTP interface; sms/README.md explains it with examples.

Everything is checked when the file is loaded, placeholders included, so that a slip is found at the desk and not by
the first citizen. Secrets never stand in the file: it names the environment variables that hold them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from config.problems import Problem
from config.sentences import explain

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_.-]*)\}")
# What a message, the moment and the file itself offer to every value.
OFFERED: Final = frozenset(
    [
        "to",
        "text",
        "text_unsigned",
        "signature_name",
        "template_id",
        "reference",
        "params",
        "params_json",
        "params_list",
        "params_list_json",
        "timestamp",
        "timestamp_ms",
        "iso_time",
        "local_time",
        "date",
        "nonce",
        "gateway_id",
    ]
)
# What a canonical string may use besides: the request as it will be sent.
SIGNABLE: Final = frozenset(["method", "path", "sorted_fields", "body", "body_sha256", "body_md5"])
OUR_PARAMS: Final = frozenset(["number", "window", "ahead", "minutes", "section", "link", "hall"])

Scalar = str | int | float | bool


class DescriptionError(ValueError):
    """The file cannot be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Signing(Part):
    """How a request proves that it is ours.

    `digest`: `algorithm` over `canonical`, put `into` "header:<name>" or "field:<name>".
    `aliyun-rpc`: Aliyun's RPC signature over all fields, put into the field Signature.
    """

    kind: Literal["none", "digest", "aliyun-rpc"] = "none"
    algorithm: Literal["hmac-sha256", "hmac-sha1", "sha256", "md5"] = "hmac-sha256"
    canonical: str = ""
    secret: str = ""  # name in [secrets]; the key of an HMAC
    encoding: Literal["hex", "HEX", "base64"] = "hex"
    into: str = Field("header:X-Signature", pattern=r"^(header|field):[A-Za-z0-9_.-]+$")
    prefix: str = ""  # before the signature, as in "HMAC-SHA256 …"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "digest" and not self.canonical:
            raise ValueError('canonical 不能为空 / kind = "digest" needs `canonical`, the string to be signed')
        hmac = self.kind == "aliyun-rpc" or (self.kind == "digest" and self.algorithm.startswith("hmac"))
        if hmac and not self.secret:
            raise ValueError("secret 不能为空 / needs `secret`, the name of the key in [secrets]")
        if self.into.startswith("field:") and ("{body" in self.canonical):
            raise ValueError("签名放进字段时不能再对 body 签名 / a signature put into a field cannot cover {body}")
        return self


class Rule(Part):
    """True when the value at `path` ("Response.SendStatusSet.0.Code") is one of `equals`, compared as text."""

    path: str = Field(min_length=1)
    equals: list[Scalar] = Field(min_length=1)


class Answer(Part):
    """What the provider's answer (JSON) means. Codes are compared as text; `http_<status>` is the HTTP status."""

    success: Rule
    id: str = ""  # path of the provider's message id
    code: str = ""  # path of the error code
    message: str = ""  # path of the error's words
    permanent: list[Scalar] = []  # this message will never be taken
    passing: list[Scalar] = []  # later, perhaps
    account: list[Scalar] = []  # nothing gets through until somebody mends it
    otherwise: Literal["permanent", "passing"] = "permanent"  # any other code


class Request(Part):
    """One HTTP request."""

    url: str = Field(pattern=r"^https?://[^\s]+$")
    method: Literal["GET", "POST", "PUT"] = "POST"
    body: Literal["json", "form", "query", "json-base64"] = "json"
    headers: dict[str, str] = {}
    fields: dict[str, Any] = Field(min_length=1)

    @field_validator("fields")
    @classmethod
    def _plain(cls, fields: dict[str, Any]) -> dict[str, Any]:
        for value in leaves(fields):
            if not isinstance(value, str | int | float | bool):
                raise ValueError(f"{value!r} 不是文字或数字 / fields hold texts, numbers, true/false, lists and tables")
        return fields

    @model_validator(mode="after")
    def _flat(self) -> Self:
        if self.method == "GET" and self.body != "query":
            raise ValueError('GET 请求没有正文，请写 body = "query" / a GET carries its fields in the query')
        if self.body in ("form", "query"):
            nested = [name for name, value in self.fields.items() if isinstance(value, dict | list)]
            if nested:
                raise ValueError(f"{', '.join(nested)}: {self.body} 字段不能嵌套 / these fields cannot be nested")
        return self


class Query(Request):
    """How to ask what became of a message; leave it out where the provider cannot say."""

    success: Rule
    list_path: str = ""  # where the found messages are; "" = the answer itself is the one message
    match: str = ""  # path in a found message that holds our reference; "" = take the first
    id: str = ""
    status: str = Field(min_length=1)
    delivered: list[Scalar] = []
    failed: list[Scalar] = []
    code: str = ""


class Description(Request):
    """The whole file."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+$")
    timeout: float = Field(10, gt=0, le=30)  # seconds
    phone_prefix: str = ""  # "+86" where the provider wants it
    strip_signature: bool = False  # {text} without 【…】, for providers that add it themselves
    secrets: dict[str, str] = {}  # name = "ENVIRONMENT_VARIABLE"
    params: dict[str, str] = {}  # our parameter = the provider's name for it; empty = ours, all of them
    params_order: list[str] = []  # for providers that want a list
    signing: Signing = Signing()
    answer: Answer
    query: Query | None = None

    @field_validator("params")
    @classmethod
    def _known(cls, params: dict[str, str]) -> dict[str, str]:
        _check_params(params)
        return params

    @field_validator("params_order")
    @classmethod
    def _known_order(cls, order: list[str]) -> list[str]:
        _check_params(order)
        return order

    @model_validator(mode="after")
    def _placeholders(self) -> Self:
        offered = OFFERED | {f"secrets.{name}" for name in self.secrets} | {f"param.{name}" for name in OUR_PARAMS}
        requests: list[Request] = [self] if self.query is None else [self, self.query]
        for request in requests:
            texts = [value for value in leaves([request.fields, request.headers]) if isinstance(value, str)]
            for text in [*texts, request.url]:
                _check_placeholders(text, offered)
        signable = offered | SIGNABLE | {f"field.{name}" for name in self.fields}
        _check_placeholders(self.signing.canonical, signable)
        if self.signing.secret and self.signing.secret not in self.secrets:
            raise ValueError(f'signing.secret = "{self.signing.secret}" 不在 [secrets] 里 / is not in [secrets]')
        return self


def load_description(path: Path, environment: Mapping[str, str] | None = None) -> tuple[Description, dict[str, str]]:
    """The description and its secrets, read from the environment; DescriptionError with every problem found."""
    environment = os.environ if environment is None else environment
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DescriptionError(
            [Problem(str(path), "文件", f"读不到 / cannot read: {error.strerror}", "YICHUANG_SMS_HTTP_FILE 写对路径")]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DescriptionError([Problem(str(path), "TOML", str(error), "按 TOML 语法、UTF-8 编码书写")]) from error
    try:
        description = Description.model_validate(data)
    except ValidationError as error:
        raise DescriptionError([_problem(path, item) for item in error.errors()]) from error
    missing = {name: variable for name, variable in description.secrets.items() if not environment.get(variable)}
    if missing:
        raise DescriptionError(
            [
                Problem(
                    str(path), f"secrets.{name}", f"环境变量 {variable} 未设置 / is not set", f"export {variable}=…"
                )
                for name, variable in missing.items()
            ]
        )
    return description, {name: environment[variable] for name, variable in description.secrets.items()}


def leaves(value: Any) -> Iterator[Any]:
    """Every value inside tables and lists."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def _check_params(names: Any) -> None:
    strange = sorted(set(names) - OUR_PARAMS)
    if strange:
        raise ValueError(
            f"没有参数 {', '.join(strange)} / unknown parameters; there are: {', '.join(sorted(OUR_PARAMS))}"
        )


def _check_placeholders(text: str, offered: frozenset[str]) -> None:
    for name in PLACEHOLDER.findall(text):
        if name not in offered:
            raise ValueError(f"没有占位符 {{{name}}} / unknown placeholder; there are: {', '.join(sorted(offered))}")


def _problem(path: Path, error: ErrorDetails) -> Problem:
    where = ".".join(str(part) for part in error["loc"]) or "文件 / file"
    if error["type"] == "value_error":
        return Problem(
            str(path), where, error["msg"].removeprefix("Value error, "), "见 sms/README.md / see sms/README.md"
        )
    found = explain(error, Description, str(path), where)
    return replace(
        found,
        right=found.right.replace("docs/hall-file.md", "sms/README.md"),
        right_en=found.right_en.replace("docs/hall-file.md", "sms/README.md"),
    )
