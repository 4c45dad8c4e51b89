"""Citizens' pages: each shows one ticket, is told when it changes, and never more than once in three seconds.

Pages take turns, spread evenly over the three seconds, a few at a time, so that no wall ever waits behind them. What
others' moves do to a ticket (how many are ahead, how long it may take) is worked out for all tickets in one pass over
the lines; what happens to a ticket itself is read as its page would read it.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from config.hall_model import Dispatch
from server import concurrency
from server.domain.refusals import Refusal
from server.domain.standing import Lines, Place, standings
from server.domain.ticket import State
from server.domain.units import SECOND
from server.journey.outlook import all_lines
from server.journey.views import link_view, outlook_json
from server.realtime.hub import Hub
from server.store.events import Event
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

PAUSE = 3 * SECOND  # between two messages to one page, and between two looks at a ticket that others moved
AT_REST = 30 * SECOND  # between two looks at a ticket that waits no more and did not move itself
TICK_SECONDS = 0.05
FEW = 4  # pages told, or tickets read, before everybody else may go on
MANY = 200  # the same for steps that cost microseconds
SHARE = 50  # the lines are not read again before so many times what the last reading took,
AT_LEAST_EVERY = 1.0  # or a second


@dataclass(slots=True)
class Watched:
    """One ticket somebody's page shows. Times in µs; `seen` is how many changes of the hall its view knows of."""

    ticket: int
    link: str
    view: dict[str, Any]
    sids: set[str] = field(default_factory=set)
    sent_at: int = 0
    looked_at: int = 0
    read_at: int = 0
    seen: int = -1


class Phones:
    """All pages of citizens in this process."""

    def __init__(self, store: Store, hall_id: str, hub: Hub, clock: Callable[[], int]) -> None:
        self._store = store
        self._hall_id = hall_id
        self._hub = hub
        self._clock = clock
        self._watched: OrderedDict[int, Watched] = OrderedDict()  # whose turn it is next comes first
        self._moved: dict[int, None] = {}  # tickets that have themselves moved, in that order
        self._changes = 0
        self._standings: dict[int, tuple[Place, dict[str, Any]]] = {}
        self._known = -1  # how many changes they know of
        self._look_again = 0.0
        self._wake = concurrency.Signal()
        self._stopping = False

    def start(self) -> None:
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    # -- coming and going

    def admit(self, sid: str, ticket_id: int, link: str) -> None:
        """A page opens: it joins its room first, then reads its state."""
        watched = self._watched.setdefault(ticket_id, Watched(ticket_id, link, {}))
        watched.sids.add(sid)
        changes = self._changes
        view = self._hub.admit_phone(sid, ticket_id, lambda: self._read(link) or {})
        if not watched.view:
            watched.view, watched.seen = view, changes
            watched.sent_at = watched.looked_at = watched.read_at = self._clock()
            if changes != self._changes:
                self._wake.set()
        if not self._hub.has(sid):
            self.leave(sid, ticket_id)  # closed while it was let in

    def leave(self, sid: str, ticket_id: int) -> None:
        watched = self._watched.get(ticket_id)
        if watched is None:
            return
        watched.sids.discard(sid)
        if not watched.sids:
            self._watched.pop(ticket_id, None)

    # -- what happens

    def on_events(self, events: list[Event]) -> None:
        """Something happened: every ticket may stand elsewhere now, those named have themselves moved."""
        self._changes += 1
        if not self._watched:
            return
        if not events or any(event.type == "hall.reloaded" for event in events):  # restored, or other words and rules
            self._moved |= dict.fromkeys(list(self._watched))
        self._moved |= {t: None for event in events if (t := event.ticket) is not None and t in self._watched}
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(30)
            while not self._stopping and self._behind():
                try:
                    self.tell(self._clock())
                except Exception:
                    log.exception("citizens' pages could not be told; trying again")
                    concurrency.sleep(1)
                concurrency.sleep(TICK_SECONDS)

    def _behind(self) -> bool:
        """Is there anybody whose page may not know everything yet?"""
        return bool(self._moved) or any(w.seen != self._changes for w in list(self._watched.values()))

    # -- telling

    def tell(self, now: int) -> int:
        """Tell those whose ticket moved, then those whose turn it is; how many were told."""
        told = self._tell_moved(now)
        share = 1 + int(len(self._watched) * TICK_SECONDS * SECOND / PAUSE * 1.25)
        for watched in list(islice(self._watched.values(), share)):
            if now < watched.looked_at + PAUSE:
                break
            if not watched.view or watched.seen == self._changes:
                self._looked(watched)
                continue
            if self._known != self._changes and time.perf_counter() >= self._look_again:
                self._look_at_the_lines()
            if self._take_turn(watched, now):
                told += 1
                if told % FEW == 0:
                    concurrency.sleep(0)
        return told

    def _tell_moved(self, now: int) -> int:
        """Its own moves are told as soon as a message may be sent."""
        told = 0
        for ticket in list(self._moved):
            watched = self._watched.get(ticket)
            if watched is None:
                self._moved.pop(ticket, None)
            elif watched.view and now >= watched.sent_at + PAUSE:
                self._moved.pop(ticket, None)
                told += self._read_and_send(watched)
                concurrency.sleep(0)
        return told

    def _take_turn(self, watched: Watched, now: int) -> bool:
        """Tell a page what others did to its ticket; whether that was anything."""
        view, standing = watched.view, self._standings.get(watched.ticket)
        if view["state"] != State.WAITING:
            if now >= watched.read_at + AT_REST:
                return self._read_and_send(watched)
        elif self._known >= watched.seen:  # otherwise it knows more than the lines as last read
            if standing is None or view["held"] or standing[0].window != view["window"]:
                return self._read_and_send(watched)
            watched.seen, now_told = self._known, {**view, **standing[1]}
            if now_told != view:
                self._send(watched, now_told)
                return True
        self._looked(watched)
        return False

    def _read_and_send(self, watched: Watched) -> bool:
        watched.seen, watched.read_at = self._changes, self._clock()
        view = self._read(watched.link)
        if view is None or view == watched.view:
            self._looked(watched)
            return False
        self._send(watched, view)
        return True

    def _send(self, watched: Watched, view: dict[str, Any]) -> None:
        self._looked(watched)
        watched.view, watched.sent_at = view, watched.looked_at
        self._hub.tell_phones(watched.ticket, view)

    def _looked(self, watched: Watched) -> None:
        """Its next turn comes after everybody else's."""
        watched.looked_at = self._clock()
        with contextlib.suppress(KeyError):  # its last page has just been closed
            self._watched.move_to_end(watched.ticket)

    # -- reading

    def _read(self, link: str) -> dict[str, Any] | None:
        return self._store.read(self._hall_id, _view, link)

    def _look_at_the_lines(self) -> None:
        began, changes = time.perf_counter(), self._changes
        found = {}
        lines, dispatch = self._store.read(self._hall_id, _lines)
        for count, (place, expected) in enumerate(standings(lines), 1):
            if place.ticket in self._watched:
                found[place.ticket] = place, outlook_json(dispatch, expected)
            if count % MANY == 0:
                concurrency.sleep(0)
        self._standings, self._known = found, changes
        over = time.perf_counter()
        self._look_again = over + min(SHARE * (over - began), AT_LEAST_EVERY)


def _lines(rx: Tx) -> tuple[Lines, Dispatch]:
    return all_lines(rx), rx.rules.file.dispatch


def _view(rx: Tx, link: str) -> dict[str, Any] | None:
    try:
        return link_view(rx, link)
    except Refusal:
        return None
