"""Committed events → screens: woken after each commit, it reads what is new from the store and publishes in order.

It also looks by itself, because with several instances the others' commits wake nobody here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from server import concurrency
from server.domain.units import local
from server.realtime.envelope import envelope
from server.realtime.greeting import Snapshots
from server.realtime.hub import Hub
from server.store.events import Event
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

BATCH = 500
# How often to look without being woken: rarely where every commit wakes us, often where others may commit in silence.
WOKEN_SECONDS = 2.0
ALONE_SECONDS = 0.25


class Relay:
    """One task a process. `on_events` hears each batch after the screens did."""

    def __init__(
        self,
        store: Store,
        hall_id: str,
        hub: Hub,
        snapshots: Snapshots,
        on_events: Callable[[list[Event]], None] = lambda events: None,
        *,
        told_by_others: bool = False,
    ) -> None:
        """`told_by_others`: other instances wake this one too (wake.py)."""
        self._store = store
        self._hall_id = hall_id
        self._hub = hub
        self._snapshots = snapshots
        self._on_events = on_events
        self._wake = concurrency.Signal()
        self._every = WOKEN_SECONDS if told_by_others or store.engine == "sqlite" else ALONE_SECONDS
        self._stopping = False
        self._epoch = ""
        self._day = ""

    def start(self) -> None:
        """Begin at what is committed now; earlier events are for those who ask."""
        self._epoch, seq, self._day, _ = self._store.read(self._hall_id, _news, 0, 0)
        self._hub.begin(seq)
        self._store.on_commit(self._committed)
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def _committed(self, hall_id: str) -> None:
        if hall_id == self._hall_id:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._every)
            try:
                while not self._stopping and self.relay() == BATCH:
                    pass
            except Exception:
                log.exception("the relay could not read or send; it tries again")
                concurrency.sleep(1)

    def relay(self) -> int:
        """Publish what is new, one batch; how many events that was."""
        epoch, seq, day, events = self._store.read(self._hall_id, _news, self._hub.position, BATCH)
        if epoch != self._epoch or seq < self._hub.position:
            return self._start_over(epoch, seq, day)
        self._hub.publish(envelope(event, epoch) for event in events)
        if day != self._day:
            self._day = day
            self._hub.replace(self._snapshots.current())
        if events:
            self._on_events(events)
        return len(events)

    def _start_over(self, epoch: str, seq: int, day: str) -> int:
        """The database was restored under us: nothing the screens know holds any more."""
        self._epoch, self._day = epoch, day
        self._hub.begin(seq)
        self._hub.replace(self._snapshots.current())
        self._on_events([])
        return 0


def _news(rx: Tx, seq: int, limit: int) -> tuple[str, int, str, list[Event]]:
    day = local(rx.now, rx.rules.zone).date().isoformat()
    events = rx.events.after(seq, limit) if limit and rx.hall.seq > seq else []
    return rx.hall.epoch, rx.hall.seq, day, events
