"""The hall's own row: locked first, read once a batch, written back once before COMMIT."""

from __future__ import annotations

from dataclasses import dataclass

from server.store.db import Db

_COLUMNS = "id, epoch, seq, last_id, last_time, event_hash, file_version, business_day, writes, catalogue_version"


@dataclass(slots=True)
class HallRow:
    """Counters of a hall. `last_time` is microseconds UTC; `seq` the last event's; `event_hash` its hash.

    `writes` counts the commits that changed anything of the hall (memory.py); `catalogue_version` what was published.
    """

    id: str
    epoch: str
    seq: int
    last_id: int
    last_time: int
    event_hash: str
    file_version: int
    business_day: str
    writes: int
    catalogue_version: int

    @property
    def rules_version(self) -> tuple[int, int]:
        """Which hall file and which catalogue the rules come from."""
        return self.file_version, self.catalogue_version

    def copy(self) -> HallRow:
        """Taken before every step, so written out: `dataclasses.replace` costs five times as much."""
        return HallRow(
            self.id,
            self.epoch,
            self.seq,
            self.last_id,
            self.last_time,
            self.event_hash,
            self.file_version,
            self.business_day,
            self.writes,
            self.catalogue_version,
        )


def load_hall(db: Db, hall_id: str, *, lock: bool) -> HallRow | None:
    """The row, locked until the transaction ends when `lock`; None when there is no such hall."""
    row = db.one(f"SELECT {_COLUMNS} FROM hall WHERE id = ?{db.for_update if lock else ''}", (hall_id,))
    return None if row is None else HallRow(*row)


def save_hall(db: Db, hall: HallRow) -> None:
    """Write the counters back."""
    db.execute(
        "UPDATE hall SET epoch = ?, seq = ?, last_id = ?, last_time = ?, event_hash = ?, file_version = ?,"
        " business_day = ?, writes = ?, catalogue_version = ? WHERE id = ?",
        (
            hall.epoch,
            hall.seq,
            hall.last_id,
            hall.last_time,
            hall.event_hash,
            hall.file_version,
            hall.business_day,
            hall.writes,
            hall.catalogue_version,
            hall.id,
        ),
    )
