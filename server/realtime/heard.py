"""Was the call seen? Walls answer `shown {seqs}`; a call that no wall of its area answered in time is announced once
more, then reported to the manager.

All of it is kept in memory and in no database: a lost answer costs one repetition. Other instances are told through
Redis what was answered here (wake.py), as every instance waits for every call.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from config.hall_file import HallFile
from config.hall_model import Area
from server import concurrency
from server.domain.areas import area_of
from server.domain.units import SECOND
from server.journey.announcing import UNHEARD, Unheard, report_heard, report_unheard, unheard_areas
from server.realtime.awaited import Awaited, Call
from server.realtime.envelope import MOST_MISSED, envelope
from server.realtime.hub import Hub
from server.store.events import Event
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

PATIENCE = 5 * SECOND  # for an answer; then, after the repetition, for another
PRESENCE = 10 * SECOND  # how often instances tell each other which walls they have
FORGOTTEN = 3 * PRESENCE  # an instance silent for so long has none
ALL_AREAS = ""

Say = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Presence:
    """The walls connected for an area (those of all areas included), and when one last answered, µs UTC."""

    area: Area
    walls: int
    answered_at: int | None


@dataclass
class Heard:
    """Who is waited for. `on_again` hears of each repetition, with the call's event and area; `say` tells the others."""

    store: Store
    hall_id: str
    hub: Hub
    clock: Callable[[], int]
    on_again: list[Callable[[Event, Area], None]] = field(default_factory=list)
    say: Say | None = None
    _walls: dict[str, str] = field(default_factory=dict)  # sid → area
    _elsewhere: dict[str, tuple[int, Counter[str]]] = field(default_factory=dict)  # instance → until, walls by area
    _calls: Awaited = field(default_factory=Awaited)
    _early: dict[int, set[str]] = field(default_factory=dict)  # answered elsewhere before the event came here
    _answered: dict[str, int] = field(default_factory=dict)
    _alarmed: set[str] = field(default_factory=set)
    _relieved: set[str] = field(default_factory=set)
    _told_at: int = 0
    _wake: concurrency.Signal = field(default_factory=concurrency.Signal)
    _stopping: bool = False

    def start(self) -> None:
        self._start_over()
        concurrency.spawn(self._run)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    # -- the walls

    def joined(self, sid: str, area: str) -> None:
        """A wall of this area; "" shows all of them."""
        self._walls[sid] = area
        self._told_at = 0
        self._wake.set()

    def left(self, sid: str) -> None:
        if self._walls.pop(sid, None) is not None:
            self._told_at = 0
            self._wake.set()

    def shown(self, sid: str, seqs: list[int]) -> None:
        """This wall shows these calls; with none, that it shows the board."""
        area = self._walls.setdefault(sid, ALL_AREAS)
        news = self._answer(area, seqs)
        if self.say and news:
            self.say({"shown": seqs, "area": area})

    def others_said(self, instance: str, it: dict[str, Any]) -> None:
        """What another instance told through Redis."""
        if "shown" in it:
            self._answer(str(it["area"]), it["shown"], early=True)
        elif "walls" in it:
            self._elsewhere[instance] = (self.clock() + FORGOTTEN, Counter(it["walls"]))

    def _answer(self, area: str, seqs: Iterable[int], *, early: bool = False) -> bool:
        """Note an answer; whether it was the first to say so."""
        self._answered[area] = self.clock()
        news = False
        for seq in seqs:
            call = self._calls.get(seq)
            if call is None:
                if early:
                    self._early.setdefault(seq, set()).add(area)
            elif area in (ALL_AREAS, call.area.id):
                self._calls.drop(seq)
                news = True
        while len(self._early) > MOST_MISSED:
            self._early.pop(next(iter(self._early)))
        relieved = {one for one in self._alarmed - self._relieved if area in (ALL_AREAS, one)}
        if relieved:
            self._relieved |= relieved
            self._wake.set()
        return news or bool(relieved)

    def presence(self, file: HallFile) -> list[Presence]:
        """Each area of the hall, with the walls of all instances."""
        walls = self._all_walls()
        return [Presence(one, walls[one.id] + walls[ALL_AREAS], self._answered_at(one.id)) for one in _areas(file)]

    def _answered_at(self, area: str) -> int | None:
        return max((at for one in (area, ALL_AREAS) if (at := self._answered.get(one))), default=None)

    def _all_walls(self) -> Counter[str]:
        now, walls = self.clock(), Counter(list(self._walls.values()))
        for until, theirs in list(self._elsewhere.values()):
            if until > now:
                walls += theirs
        return walls

    # -- the calls

    def on_events(self, events: list[Event]) -> None:
        """Wait for the answers to new calls. Called with none when the database was restored: no call holds any more."""
        if not events:
            self._start_over()
        file: HallFile | None = None
        for event in events:
            if _is_call(event):
                file = file or self.store.read(self.hall_id, _file)
                self._expect(event, area_of(file, event.window))
            elif event.type in ("alarm.raised", "alarm.cleared"):
                self._alarm_moved(event)
            elif event.type == "hall.reloaded":
                self._relieve_gone_areas()
            elif event.ticket is not None and event.data.get("to") != "called":
                self._calls.moot(event.ticket)

    def _start_over(self) -> None:
        """What the database says, and nothing from before: after a restore its seqs are given out anew."""
        self._calls.clear()
        self._early.clear()
        self._relieved.clear()
        self._alarmed = self.store.read(self.hall_id, unheard_areas)
        self._relieve_gone_areas()

    def _relieve_gone_areas(self) -> None:
        """Nobody will answer for an area that is no more."""
        if self._alarmed:
            self._relieved |= self._alarmed - {one.id for one in _areas(self.store.read(self.hall_id, _file))}
            self._wake.set()

    def _expect(self, event: Event, area: Area) -> None:
        if self._early.pop(event.seq, set()) & {ALL_AREAS, area.id}:
            return
        # Called again meanwhile: that is the repetition of the ticket's last call.
        if self._calls.add(Call(event, area, self.clock() + PATIENCE)):
            self._wake.set()

    def _alarm_moved(self, event: Event) -> None:
        """Also those of other instances."""
        if event.data["kind"] != UNHEARD:
            return
        area = str(event.data["subject"]).removeprefix("area:")
        self._relieved.discard(area)
        if event.type == "alarm.raised":
            self._alarmed.add(area)
        else:
            self._alarmed.discard(area)

    # -- the time

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._wake.wait(self.tick() / SECOND)
            except Exception:
                log.exception("calls could not be followed; trying again")
                concurrency.sleep(1)

    def tick(self) -> int:
        """Do what is due; the µs until there may be something again."""
        now = self.clock()
        for area in list(self._relieved):
            self.store.write(self.hall_id, report_heard, area)
            self._relieved.discard(area)
            self._alarmed.discard(area)
        for call in self._calls.due(now):
            if call.repeated:
                self._report(call)
                self._calls.drop(call.event.seq)
                continue
            call.repeated, call.due = True, now + PATIENCE
            self._calls.add(call)
            if not call.moot:
                self._announce_again(call)
        self._tell_presence(now)
        first = self._calls.first()
        return PRESENCE if first is None else min(first.due - now, PRESENCE)

    def _announce_again(self, call: Call) -> None:
        here = [sid for sid, area in list(self._walls.items()) if area in (ALL_AREAS, call.area.id)]
        epoch = self.store.read(self.hall_id, _epoch)
        self.hub.again(envelope(call.event, epoch), here)
        for hear in self.on_again:
            hear(call.event, call.area)

    def _report(self, call: Call) -> None:
        area, data = call.area, call.event.data
        if area.id in self._alarmed:
            return
        walls = self._all_walls()
        screens = walls[area.id] + walls[ALL_AREAS]
        said = Unheard(area.id, area.name, data["number"], call.event.window or 0, screens)
        self.store.write(self.hall_id, report_unheard, said)
        self._alarmed.add(area.id)

    def _tell_presence(self, now: int) -> None:
        if self.say and now - self._told_at >= PRESENCE:
            self._told_at = now
            self.say({"walls": Counter(list(self._walls.values()))})


def _is_call(event: Event) -> bool:
    """A recall pressed too soon after the last does not count as another call."""
    return event.type == "ticket.called" or (event.type == "ticket.recalled" and event.data.get("counted") is not False)


def _areas(file: HallFile) -> list[Area]:
    return file.areas or [area_of(file, None)]


def _file(rx: Tx) -> HallFile:
    return rx.rules.file


def _epoch(rx: Tx) -> str:
    return rx.hall.epoch
