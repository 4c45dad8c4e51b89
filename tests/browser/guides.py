"""What the tests of the guides and of online applications share: items of the demo's catalogue, and a phone's code."""

from __future__ import annotations

import re
from typing import Any

from tests.support.server import HallServer


def published(server: HallServer, *items: str) -> None:
    """The demo's catalogue is in force from the first start on."""
    for item in items:
        assert server.api.read(f"/catalogue/items/{item}")["id"] == item


def code_sent(server: HallServer, phone: str) -> str:
    """The newest confirmation code in the demo's SMS inbox."""
    mask = f"{phone[:3]}****{phone[-4:]}"
    inbox = server.signed_in("guide").read("/inbox")["messages"]
    texts = [one["text"] for one in inbox if mask in str(one) or phone in str(one)]
    found: Any = next(match for text in texts if (match := re.search(r"(?<!\d)(\d{6})(?!\d)", text)))
    return str(found.group(1))
