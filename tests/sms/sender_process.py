"""A process of its own that sends what its store holds, for tests that kill it or measure its loop.

python -m tests.sms.sender_process MODE DATA_DIR GATEWAY SECONDS [PROBES]
GATEWAY is "file" or the address of a Twilio stand-in. With PROBES it also writes that many steps meanwhile, and prints
as JSON how long the slowest took and how long the loop stood still at most.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from server import concurrency


def main(mode: str, data: str, where: str, seconds: str, probes: str = "0") -> None:
    concurrency.patch(mode)  # type: ignore[arg-type]
    import time
    from pathlib import Path

    from server.store import Vault, open_store
    from sms.gateways.file import FileGateway
    from sms.gateways.twilio import TwilioGateway
    from sms.sender import Sender
    from tests.sms.twilio_stand_in import ACCOUNT, SENDER, TOKEN
    from tests.store_fixtures import HALL, counting_tokens

    def clock() -> int:
        return time.time_ns() // 1000

    store = open_store(
        data_dir=Path(data), database_url="", clock=clock, vault=Vault(b"k" * 32), tokens=counting_tokens()
    )
    gateway: Any = FileGateway(Path(data) / "sms.jsonl", clock)
    if where != "file":
        gateway = TwilioGateway(ACCOUNT, TOKEN, SENDER, base_url=where, timeout=2)
    sender = Sender(store, HALL, gateway, clock)
    concurrency.spawn(sender.run)

    worst = {"write": 0.0, "loop": 0.0}
    until = time.monotonic() + float(seconds)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    concurrency.spawn(_watch_loop, worst, until)
    for _ in range(int(probes)):
        began = time.monotonic()
        store.write(HALL, lambda tx, _, now: tx.events.append("test.step", {}))
        worst["write"] = max(worst["write"], time.monotonic() - began)
        concurrency.sleep(0.01)
    while time.monotonic() < until and (not int(probes) or sender._flying):
        concurrency.sleep(0.05)
    sys.stdout.write(json.dumps(worst) + "\n")
    sys.stdout.flush()


def _watch_loop(worst: dict[str, float], until: float) -> None:
    import time

    while time.monotonic() < until:
        began = time.monotonic()
        concurrency.sleep(0.005)
        worst["loop"] = max(worst["loop"], time.monotonic() - began - 0.005)


if __name__ == "__main__":
    main(*sys.argv[1:])
