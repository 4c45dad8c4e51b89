"""The only sender: who is connected, what they have been sent, and in which order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from server import concurrency
from server.domain.actor import Role
from server.realtime.envelope import HALL_ROOM, MOST_MISSED, PHONES, RECEIVED, SCREENS, SENT, ticket_room
from server.realtime.wire import Message, encode

Envelope = dict[str, Any]


class Lines(Protocol):
    """What carries messages (server.realtime.wire.Wire)."""

    def line(self, sid: str) -> Any: ...
    def send(self, lines: Iterable[Any], messages: Sequence[Message]) -> None: ...
    def hang_up(self, sid: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Member:
    """One connection. `token` proves it and is asked again from time to time; a phone has a `ticket` instead."""

    sid: str
    kind: str  # "staff" | "device" | "citizen"
    roles: frozenset[Role]
    token: str = ""
    ticket: int = 0

    def may_hear(self, message: str) -> bool:
        return Role.ADMIN in self.roles or bool(self.roles & SENT[message])


class Hub:
    """Screens are sent the stream in order: `position` is the seq of the last event they were sent.

    The lock makes "send what was missed, then join" one step, so that no event falls in between or comes before.
    """

    def __init__(self, wire: Lines) -> None:
        self._wire = wire
        self._lock = concurrency.GreenLock()
        self._recent: deque[Envelope] = deque(maxlen=MOST_MISSED)
        self._members: dict[str, Member] = {}
        self._lines: dict[str, Any] = {}
        self._rooms: dict[str, dict[str, Any]] = {}
        self.position = 0
        self.ended = 0  # connections so far

    # -- who is here

    def add(self, member: Member) -> None:
        line = self._wire.line(member.sid)
        if line is not None:
            self._members[member.sid], self._lines[member.sid] = member, line

    def remove(self, sid: str) -> Member | None:
        self._lines.pop(sid, None)
        member = self._members.pop(sid, None)
        if member is not None:
            self.ended += 1
            self._leave(sid, ticket_room(member.ticket) if member.ticket else HALL_ROOM)
        return member

    def has(self, sid: str) -> bool:
        return sid in self._members

    def may_say(self, sid: str, message: str) -> bool:
        """May this connection send us that? Not once it is gone."""
        member = self._members.get(sid)
        return member is not None and bool(member.roles & RECEIVED[message])

    def members(self) -> list[Member]:
        return list(self._members.values())

    def connected(self) -> Mapping[str, int]:
        """How many listen, by kind: staff, device, citizen."""
        return {"staff": 0, "device": 0, "citizen": 0} | Counter(m.kind for m in self.members())

    def hears(self, role: Role) -> bool:
        """Does anybody of this role listen?"""
        return any(role in member.roles for member in self.members())

    def turn_out(self, sid: str) -> None:
        """End a connection that may no longer listen."""
        self.remove(sid)
        self._wire.hang_up(sid)

    # -- the hall's stream

    def begin(self, position: int) -> None:
        """Start after `position`: what is older comes from the store."""
        with self._lock:
            self._recent.clear()
            self.position = position

    def publish(self, envelopes: Iterable[Envelope]) -> None:
        """Send committed events to every screen, in the order given."""
        with self._lock:
            new = [envelope for envelope in envelopes if envelope["seq"] > self.position]
            if new:
                self._emit("event", HALL_ROOM, *new)
                self._recent.extend(new)
                self.position = new[-1]["seq"]

    def replace(self, snapshot: dict[str, Any]) -> None:
        """Send every screen a snapshot: after a restore, or on a new day."""
        with self._lock:
            self._emit("snapshot", HALL_ROOM, snapshot)

    def welcome(self, sid: str, first: list[tuple[str, dict[str, Any]]], seq: int) -> bool:
        """Send one screen what it missed up to `seq`, what came since, and let it join.

        False when more came since than is remembered here: then read again and ask again.
        """
        with self._lock:
            since = [e for e in self._recent if e["seq"] > seq]
            if seq < self.position and (not since or since[0]["prev"] > seq):
                return False
            if sid not in self._members:
                return True  # gone meanwhile
            for message, body in first:
                self._emit(message, sid, body)
            if since:
                self._emit("event", sid, *since)
            self._enter(sid, HALL_ROOM)
            return True

    def again(self, envelope: Envelope, sids: Iterable[str]) -> None:
        """Send a call once more to the screens that should have shown it."""
        with self._lock:
            for sid in sids:
                self._emit("again", sid, envelope)

    # -- citizens

    def admit_phone(self, sid: str, ticket_id: int, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Let a phone join its ticket's room, then send it its state; the state."""
        self._enter(sid, ticket_room(ticket_id))
        view = read()
        self._emit("ticket", sid, view)
        return view

    def tell_phones(self, ticket_id: int, view: dict[str, Any]) -> None:
        """Send a ticket's state to every page that shows it."""
        self._emit("ticket", ticket_room(ticket_id), view)

    # -- inside

    def _enter(self, sid: str, room: str) -> None:
        member = self._members.get(sid)
        if member is None:
            return
        audience = SCREENS if room == HALL_ROOM else PHONES
        if not (member.roles & audience or Role.ADMIN in member.roles):
            raise PermissionError(f"{member.kind} may not join {room}")
        self._rooms.setdefault(room, {})[sid] = self._lines[sid]

    def _leave(self, sid: str, room: str) -> None:
        inside = self._rooms.get(room)
        if inside and inside.pop(sid, None) is not None and not inside:
            self._rooms.pop(room, None)

    def _emit(self, message: str, to: str, *bodies: dict[str, Any]) -> None:
        """Send messages of one kind, each encoded once, to a room or to one connection."""
        if message not in SENT:
            raise ValueError(f"{message!r} has no declared audience")
        member = self._members.get(to)
        if member is None:
            lines = list(self._rooms.get(to, {}).values())
        elif member.may_hear(message):
            lines = [self._lines[to]]
        else:
            raise PermissionError(f"{member.kind} may not hear {message!r}")
        if lines:
            self._wire.send(lines, [encode(message, body) for body in bodies])
