"""A post office of each test's own, and the gateways that speak to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.couriers.generic_http import GenericHttpCourier
from tests.couriers.post_stand_in import CUSTOMER, KEY, Post

EXAMPLE = Path(__file__).parents[2] / "server" / "couriers" / "examples" / "ems.toml"
ENVIRONMENT = {"EMS_CUSTOMER": CUSTOMER, "EMS_KEY": KEY}


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as office:
        yield office


def ems(post: Post, folder: Path, **changes: str) -> GenericHttpCourier:
    """The shipped example, pointed at the stand-in."""
    text = (
        EXAMPLE.read_text("utf-8")
        .replace("https://ems.example.gov.cn", post.url)
        .replace("timeout = 10", "timeout = 1")
    )
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    file = folder / "ems.toml"
    file.write_text(text, "utf-8")
    return GenericHttpCourier.from_file(file, ENVIRONMENT)
