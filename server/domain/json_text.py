"""JSON as this hall writes it: compact, Chinese as it is, keys in the order given. Half a dozen times a request.

The hash chains rest on these very characters: for texts, whole numbers, lists and objects they are those that Python's
own `json` writes without spaces (tests/domain/test_json_text.py).
"""

from __future__ import annotations

from typing import Any

import orjson


def to_bytes(value: Any) -> bytes:
    """UTF-8. TypeError for what JSON has no form for."""
    return orjson.dumps(value)


def to_json(value: Any) -> str:
    """The same as text."""
    return orjson.dumps(value).decode()


def from_json(text: str | bytes) -> Any:
    """The value a text stands for. ValueError when it is not JSON."""
    return orjson.loads(text)
