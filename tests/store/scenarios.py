"""What a process of its own does to a store. Run as `python -m tests.store.scenarios NAME MODE DATA_DIR URL [ARG…]`.

Prints JSON: one object at the end, or a line an acknowledged step.
"""

from __future__ import annotations

import sys

from server import concurrency

if __name__ == "__main__":
    concurrency.patch(sys.argv[2])  # type: ignore[arg-type]

import itertools
import json
import posix
import time
from pathlib import Path
from typing import Any

from server.store import Store, Tx, load_vault, open_store
from server.store.chain import verify_chain

HALL = "hall"
CLIENTS = 64


def clock() -> int:
    return time.time_ns() // 1000


def take(tx: Tx, request: Any, now: int) -> tuple[int, int]:
    """Three statements and an event, as taking a number is."""
    ticket = tx.new_id()
    tx.db.execute(
        "INSERT INTO stops (hall_id, section, message_zh, message_en, by_whom, since) VALUES (?, ?, ?, ?, ?, ?)",
        (tx.hall_id, f"s{ticket}", str(request), "", "", now),
    )
    tx.db.execute("UPDATE stops SET message_en = ? WHERE hall_id = ? AND section = ?", ("x", tx.hall_id, f"s{ticket}"))
    return ticket, tx.events.append("ticket.taken", {"id": ticket}, ticket=ticket)


def count(rx: Tx) -> tuple[int, int]:
    """Two statements of one moment: they must agree."""
    return rx.db.value("SELECT COUNT(*) FROM stops WHERE hall_id = ?", (rx.hall_id,)), rx.hall.last_id


def burst(store: Store) -> dict[str, Any]:
    """500 writes queued behind a batch that does not end, read meanwhile; then let go, with reads between them."""
    held = concurrency.plain_lock()
    held.acquire()

    def stuck(tx: Tx, request: Any, now: int) -> tuple[int, int]:
        with held:  # runs where it may block: a system lock, released by the loop
            return take(tx, request, now)

    writes = [concurrency.spawn(store.write, HALL, stuck if number == 0 else take, number) for number in range(500)]
    while store.batches < 2 or store.waiting < 499 - 63:  # the first batch was ensure_hall's
        concurrency.sleep(0.001)
    meanwhile = [store.read(HALL, count) for _ in range(20)]
    answered = sum(write.done for write in writes)
    held.release()
    waited, torn = [], 0
    while not all(write.done for write in writes):
        before = store.batches
        tickets, last_id = store.read(HALL, count)
        waited.append(store.batches - before)
        torn += tickets != last_id
        concurrency.sleep(0.001)
    results = [write.wait(30) for write in writes]
    return {"results": results, "meanwhile": meanwhile, "answered": answered, "waited": waited, "torn": torn}


def many(store: Store) -> dict[str, Any]:
    """64 clients that write one after the other, four that read, and one that is refused."""
    refused = 0
    told: list[str] = []
    store.on_commit(told.append)

    def client(name: int) -> list[tuple[int, int]]:
        return [store.write(HALL, take, f"{name}/{n}") for n in range(10)]

    def reader() -> int:
        return sum(a != b for a, b in (store.read(HALL, count) for _ in range(20)))

    def fails(tx: Tx, _: None, now: int) -> None:
        take(tx, "never", now)
        raise ValueError("refused")

    clients = [concurrency.spawn(client, n) for n in range(CLIENTS)]
    readers = [concurrency.spawn(reader) for _ in range(4)]
    for _ in range(20):
        try:
            store.write(HALL, fails)
        except ValueError:
            refused += 1
    results = list(itertools.chain.from_iterable(client.wait(60) for client in clients))
    torn = sum(reader.wait(60) for reader in readers)
    return {"results": results, "torn": torn, "refused": refused, "told": len(told), "batches": store.batches}


def acknowledge(store: Store) -> dict[str, Any]:
    """Eight clients write for ever; every acknowledged step is a line on stdout before the next.

    By the system's own `write`: eventlet's ends a task that writes while another waits to write to the same pipe.
    """

    def client() -> None:
        while True:
            posix.write(1, (json.dumps(store.write(HALL, take, "x")) + "\n").encode())

    for task in [concurrency.spawn(client) for _ in range(8)]:
        task.wait()
    return {}


def drain(store: Store) -> dict[str, Any]:
    """Close while 200 steps wait: each is answered, with its result or by name."""
    tasks = [concurrency.spawn(store.write, HALL, take, n) for n in range(200)]
    concurrency.sleep(0)
    store.close()
    answers = []
    for task in tasks:
        try:
            answers.append(task.wait(30))
        except Exception as error:
            answers.append(type(error).__name__)
    return {"answers": answers}


def main(name: str, data_dir: str, url: str) -> None:
    vault = load_vault(Path(data_dir))
    store = open_store(data_dir=Path(data_dir), database_url=url, clock=clock, vault=vault, tokens=lambda: "epoch")
    store.ensure_hall(HALL)
    outcome = globals()[name](store)
    if name != "drain":
        report = store.read(HALL, verify_chain)
        outcome |= {"intact": report.intact, "events": report.events, "mode": concurrency.mode()}
        store.close()
    print(json.dumps(outcome))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], *sys.argv[3:5])
