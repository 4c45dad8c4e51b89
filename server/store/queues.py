"""SQL of queues: each distinct set of windows that can serve something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.store.transaction import Tx


def written(members: Iterable[int]) -> str:
    return f",{','.join(str(n) for n in sorted(members))},"


class Queues:
    """Queues of one hall, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self.db, self.hall, self.tx = tx.db, tx.hall_id, tx

    def members(self) -> dict[int, tuple[int, ...]]:
        """Every queue and its windows."""
        memory = self.tx.memory
        if memory.queues is None:
            rows = self.db.all("SELECT id, members FROM queues WHERE hall_id = ?", (self.hall,))
            memory.queues = {
                row["id"]: tuple(int(n) for n in row["members"].strip(",").split(",") if n) for row in rows
            }
        return memory.queues

    def id_for(self, windows: Iterable[int]) -> int:
        """The queue of exactly these windows, made on first use."""
        windows = tuple(sorted(windows))
        for queue_id, members in self.members().items():
            if members == windows:
                return queue_id
        queue_id = self.tx.new_id()
        self.db.execute(
            "INSERT INTO queues (hall_id, id, members) VALUES (?, ?, ?)", (self.hall, queue_id, written(windows))
        )
        self.members()[queue_id] = windows
        return queue_id

    def of_window(self, number: int) -> list[int]:
        """The queues this window serves."""
        return [queue_id for queue_id, members in self.members().items() if number in members]

    def of_windows(self, numbers: Iterable[int]) -> list[int]:
        wanted = set(numbers)
        return [queue_id for queue_id, members in self.members().items() if wanted.intersection(members)]
