"""Citizens' pages: each shows one ticket, is told when it changes, and never more than once in three seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server import concurrency
from server.domain.refusals import Refusal
from server.domain.units import SECOND
from server.journey.views import link_view
from server.realtime.hub import Hub
from server.store.events import Event
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

PAUSE = 3 * SECOND  # between two messages to one page, and between two looks at a ticket that others moved
CHUNK = 50  # tickets read in one go, so that the loop is never held for long
TICK_SECONDS = 0.25


@dataclass(slots=True)
class Watched:
    """One ticket somebody's page shows."""

    ticket: int
    link: str
    view: dict[str, Any]
    sids: set[str] = field(default_factory=set)
    sent_at: int = 0
    looked_at: int = 0
    stale: bool = False
    own: bool = False  # its own ticket moved: look as soon as a message may be sent

    def due(self, now: int) -> bool:
        """Its own moves are told as soon as a message may be sent; what others' moves do to it, in its turn."""
        return self.stale and now >= (self.sent_at if self.own else max(self.sent_at, self.looked_at)) + PAUSE


class Phones:
    """All pages of citizens in this process."""

    def __init__(self, store: Store, hall_id: str, hub: Hub, clock: Callable[[], int]) -> None:
        self._store = store
        self._hall_id = hall_id
        self._hub = hub
        self._clock = clock
        self._watched: dict[int, Watched] = {}
        self._wake = concurrency.Signal()
        self._stopping = False

    def start(self) -> None:
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    def admit(self, sid: str, ticket_id: int, link: str) -> None:
        """A page opens: it joins its room first, then reads its state."""
        watched = self._watched.setdefault(ticket_id, Watched(ticket_id, link, {}))
        watched.sids.add(sid)
        view = self._hub.admit_phone(sid, ticket_id, lambda: self._read([link])[0] or {})
        if not watched.view:
            watched.view, watched.sent_at = view, self._clock()
        if not self._hub.has(sid):
            self.leave(sid, ticket_id)  # closed while it was let in

    def leave(self, sid: str, ticket_id: int) -> None:
        watched = self._watched.get(ticket_id)
        if watched is None:
            return
        watched.sids.discard(sid)
        if not watched.sids:
            self._watched.pop(ticket_id, None)

    def on_events(self, events: list[Event]) -> None:
        """Something happened: every ticket may stand elsewhere now, those named have themselves moved."""
        if not self._watched:
            return
        named = {event.ticket for event in events}
        for watched in list(self._watched.values()):
            watched.stale = True
            watched.own = watched.own or watched.ticket in named
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(30)
            while not self._stopping and any(w.stale for w in list(self._watched.values())):
                try:
                    self.tell(self._clock())
                except Exception:
                    log.exception("citizens' pages could not be told; trying again")
                    concurrency.sleep(1)
                concurrency.sleep(TICK_SECONDS)

    def tell(self, now: int) -> int:
        """Look at every ticket that is due and tell the pages of those that changed; how many were told."""
        told = 0
        due = [w for w in list(self._watched.values()) if w.due(now)]
        for chunk in _chunks(due):
            for watched in chunk:
                watched.stale = watched.own = False
                watched.looked_at = now
            for watched, view in zip(chunk, self._read([w.link for w in chunk]), strict=True):
                if view is None or view == watched.view:
                    continue
                watched.view, watched.sent_at = view, now
                self._hub.tell_phones(watched.ticket, view)
                told += 1
            concurrency.sleep(0)
        return told

    def _read(self, links: list[str]) -> list[dict[str, Any] | None]:
        return self._store.read(self._hall_id, _views, links)


def _views(rx: Tx, links: list[str]) -> list[dict[str, Any] | None]:
    return [_view(rx, link) for link in links]


def _view(rx: Tx, link: str) -> dict[str, Any] | None:
    try:
        return link_view(rx, link)
    except Refusal:
        return None


def _chunks(watched: list[Watched]) -> Iterator[list[Watched]]:
    for start in range(0, len(watched), CHUNK):
        yield watched[start : start + CHUNK]
