"""The TOML file that describes a courier's HTTP interface: three requests (order, track, find), signed alike.

Its parts are those of an SMS provider's (sms/README.md); examples/ems.toml has EMS's shape. Everything is checked when
the file is loaded. Secrets never stand in the file: it names the environment variables that hold them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from pydantic import Field, ValidationError, model_validator

from sms.gateways.http_description import PLACEHOLDER, SIGNABLE, Answer, Part, Request, Rule, Scalar, Signing, leaves

WORDS: Final = frozenset(
    {f"{who}.{what}" for who in ("receiver", "sender") for what in ("name", "phone", "region", "detail", "postcode")}
    | {"reference", "contents", "waybill", "order_no", "timestamp", "timestamp_ms", "local_time", "nonce"}
)


class OrderRequest(Request):
    """下单: `answer.id` is the path of the waybill, `order_no` of the courier's own number ("" = the waybill again)."""

    answer: Answer
    order_no: str = ""
    repeats_safely: bool = False  # the same reference again gives the same waybill


class FindRequest(Request):
    """An order by our reference. `found`: it is there; anything else that `success` allows: it is not."""

    success: Rule
    found: Rule
    waybill: str = Field(min_length=1)
    order_no: str = ""


class TrackRequest(Request):
    """物流轨迹: `places` is the path of a list; in each, `time`, `words` and `code` are paths.

    The state is that of the furthest code; a code in no list is a place on the road that says nothing of the state.
    """

    success: Rule
    places: str = Field(min_length=1)
    time: str = Field(min_length=1)
    words: str = Field(min_length=1)
    code: str = Field(min_length=1)
    picked_up: tuple[Scalar, ...] = ()
    in_transit: tuple[Scalar, ...] = ()
    delivered: tuple[Scalar, ...] = ()
    returned: tuple[Scalar, ...] = ()


class CourierDescription(Part):
    """The whole file."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+$")
    timeout: float = Field(10, gt=0, le=30)
    secrets: dict[str, str] = Field(default_factory=dict)
    signing: Signing = Signing()
    order: OrderRequest
    find: FindRequest | None = None
    track: TrackRequest

    @model_validator(mode="after")
    def _placeholders(self) -> Self:
        offered = WORDS | {f"secrets.{name}" for name in self.secrets}
        requests: list[Request] = [one for one in (self.order, self.find, self.track) if one is not None]
        for request in requests:
            for value in [*leaves([request.fields, request.headers]), request.url]:
                _check(value, offered)
        fields = {f"field.{name}" for request in requests for name in request.fields}
        _check(self.signing.canonical, offered | SIGNABLE | fields)
        if self.signing.secret and self.signing.secret not in self.secrets:
            raise ValueError(f'signing.secret = "{self.signing.secret}" 不在 [secrets] 里 / is not in [secrets]')
        return self


def load_courier(path: Path, environment: Mapping[str, str] | None = None) -> tuple[CourierDescription, dict[str, str]]:
    """The description and its secrets. Raises ValueError with a line for each problem."""
    environment = os.environ if environment is None else environment
    try:
        description = CourierDescription.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ValueError(f"{path}: 读不到 / cannot read: {error.strerror}") from error
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ValueError("\n".join(lines)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    missing = [variable for variable in description.secrets.values() if not environment.get(variable)]
    if missing:
        raise ValueError("\n".join(f"{path}: 环境变量 {one} 未设置 / is not set: export {one}=…" for one in missing))
    return description, {name: environment[variable] for name, variable in description.secrets.items()}


def _check(text: object, offered: frozenset[str] | set[str]) -> None:
    for name in PLACEHOLDER.findall(text) if isinstance(text, str) else ():
        if name not in offered:
            raise ValueError(f"没有占位符 {{{name}}} / unknown placeholder; there are: {', '.join(sorted(offered))}")
