"""What a screen is given when it connects: the events it missed, or a snapshot of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server import concurrency
from server.domain.units import iso, local
from server.journey.hall_views import snapshot_view
from server.realtime.envelope import MOST_MISSED, envelope
from server.realtime.hub import Hub
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

TRIES = 5


@dataclass(frozen=True, slots=True)
class Known:
    """How far a reconnecting screen says it is."""

    epoch: str
    seq: int


class Snapshots:
    """The board at one moment, read once for all who ask while nothing has changed."""

    def __init__(self, store: Store, hall_id: str, clock: Callable[[], int]) -> None:
        self._store = store
        self._hall_id = hall_id
        self._clock = clock
        self._kept: tuple[tuple[str, int, str], dict[str, Any]] | None = None

    def current(self) -> dict[str, Any]:
        """`{epoch, stream, seq, board, no_shows, stops, now}`."""
        kept = self._kept
        key, body = self._store.read(self._hall_id, _snapshot, kept[0] if kept else None)
        if body is None:
            assert kept
            body = kept[1]
        else:
            self._kept = (key, body)
        now = iso(self._clock())
        return {**body, "board": {**body["board"], "now": now}, "now": now}


def _snapshot(rx: Tx, known: tuple[str, int, str] | None) -> tuple[tuple[str, int, str], dict[str, Any] | None]:
    key = (rx.hall.epoch, rx.hall.seq, local(rx.now, rx.rules.zone).date().isoformat())
    return key, None if key == known else snapshot_view(rx)


def missed_since(rx: Tx, known: Known) -> list[dict[str, Any]] | None:
    """The events after what the screen knows; None when it needs a snapshot instead.

    That is: another epoch (the database was restored), a seq we never reached, another day, or too far behind.
    """
    hall = rx.hall
    if known.epoch != hall.epoch or not hall.seq - MOST_MISSED <= known.seq <= hall.seq:
        return None
    # The last it knows; for a screen that knows none yet, the first it missed.
    edge = rx.events.after(max(known.seq - 1, 0), 1)
    zone = rx.rules.zone
    if edge and local(edge[0].at, zone).date() != local(rx.now, zone).date():
        return None
    return [envelope(event, hall.epoch) for event in rx.events.after(known.seq, MOST_MISSED)]


class Greeter:
    """Gives each new screen its start, without gap and without repetition."""

    def __init__(self, store: Store, hall_id: str, hub: Hub, snapshots: Snapshots) -> None:
        self._store = store
        self._hall_id = hall_id
        self._hub = hub
        self._snapshots = snapshots

    def greet(self, sid: str, known: Known | None) -> None:
        """Send the start and let the screen join. Tries again when the hall is faster than the reading."""
        missed = self._store.read(self._hall_id, missed_since, known) if known else None
        if known and missed:  # who missed nothing gets a snapshot, too: a start each time, whatever it knew
            caught_up = [("event", {**one, "caught_up": True}) for one in missed]
            if self._hub.welcome(sid, caught_up, missed[-1]["seq"]):
                return
        for _ in range(TRIES):
            snapshot = self._snapshots.current()
            if self._hub.welcome(sid, [("snapshot", snapshot)], snapshot["seq"]):
                return
            concurrency.sleep(0.05)
        self._hub.turn_out(sid)  # it will come back
