"""The door of the namespace /hall: who may listen, and who may no longer.

A client connects with `auth = {"token"?, "epoch"?, "seq"?, "area"?}` or with this site's cookies; a citizen's page with
`{"link"}`. A refused client is told why in the words of the refusal. `area` makes it a wall of that area ("" = of all):
it answers each call with `shown {"seqs": [...]}` (server.realtime.heard).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import request
from flask_socketio import ConnectionRefusedError as Refused

from server import concurrency
from server.access.gate import Access
from server.access.identity import Identity, Proof
from server.access.links import link_token
from server.access.refusals import LinkUnknown, NotAllowed, NotSignedIn, SessionEnded
from server.domain.actor import Role
from server.domain.refusals import Refusal
from server.realtime.envelope import MOST_MISSED, NAMESPACE, RECEIVED, SCREENS
from server.realtime.greeting import Greeter, Known
from server.realtime.heard import Heard
from server.realtime.hub import Hub, Member
from server.realtime.phones import Phones
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger(__name__)

COOKIES = ("yichuang_session", "yichuang_device")
SWEEP_SECONDS = 20.0


class Sockets:
    """Lets clients in, keeps asking whether they still may listen, and lets them go."""

    def __init__(
        self,
        store: Store,
        hall_id: str,
        access: Access,
        hub: Hub,
        greeter: Greeter,
        phones: Phones,
        heard: Heard,
        address: Callable[[], str],
    ) -> None:
        """`address` is the asker's, inside a request, for the limit on those who have not signed in."""
        self._store = store
        self._hall_id = hall_id
        self._access = access
        self._hub = hub
        self._greeter = greeter
        self._phones = phones
        self._heard = heard
        self._address = address
        self._look = concurrency.Signal()
        self._stopping = False

    def install(self, socketio: Any) -> None:
        handlers = {"connect": self.connect, "disconnect": self.disconnect}
        assert {*handlers, "shown"} == RECEIVED.keys()
        for event, handler in handlers.items():
            socketio.on_event(event, handler, namespace=NAMESPACE)
        # Hundreds of answers follow each call: they need no request of Flask's around them.
        socketio.server.on("shown", self.shown, namespace=NAMESPACE)

    def start(self) -> None:
        self._access.on_forget(self._look.set)  # whoever signs out or is revoked goes at once
        concurrency.spawn(self._sweep_on)

    def stop(self) -> None:
        self._stopping = True
        self._look.set()

    # -- coming

    def connect(self, auth: Any = None) -> None:
        """Refuse, or let in and greet in a task of its own so that the answer comes first."""
        said = auth if isinstance(auth, dict) else {}
        try:
            if said.get("link"):
                self._let_citizen_in(str(said["link"]))
            else:
                self._let_screen_in(said)
        except Refusal as refusal:
            raise Refused(refusal.code, {"message_zh": refusal.message_zh, "message_en": refusal.message_en}) from None

    def _let_citizen_in(self, link: str) -> None:
        self._access.limits.anonymous(self._address())
        token = link_token(link)
        ticket_id = self._store.read(self._hall_id, _ticket_of, token)
        if ticket_id is None:
            raise LinkUnknown
        sid: str = request.sid  # type: ignore[attr-defined]
        self._hub.add(Member(sid, "citizen", frozenset({Role.CITIZEN}), ticket=ticket_id))
        concurrency.spawn(self._phones.admit, sid, ticket_id, token)

    def _let_screen_in(self, said: dict[str, Any]) -> None:
        token, identity = self._who(said)
        sid: str = request.sid  # type: ignore[attr-defined]
        self._hub.add(Member(sid, identity.kind, identity.actor.roles, token=token))
        if not self._hub.has(sid):
            return  # gone meanwhile
        if isinstance(area := said.get("area"), str) and identity.actor.has(*RECEIVED["shown"]):
            self._heard.joined(sid, area)
        concurrency.spawn(self._greeter.greet, sid, _known(said))

    def _who(self, said: dict[str, Any]) -> tuple[str, Identity]:
        """The first of token or cookies that may watch the hall; for a wall, rather one that may answer as a wall.

        Raises NotSignedIn, SessionEnded or NotAllowed.
        """
        given = said.get("token")
        cookies = [value for name in COOKIES if (value := request.cookies.get(name))]
        tokens = [str(given)] if given else cookies
        found = [(token, self._identity(token)) for token in tokens]
        known = [(token, identity) for token, identity in found if identity]
        watching = [(token, identity) for token, identity in known if identity.actor.roles & SCREENS]
        if "area" in said:  # a desk's browser may show a wall, too
            watching.sort(key=lambda one: not one[1].actor.has(*RECEIVED["shown"]))
        if watching:
            return watching[0]
        if known:
            raise NotAllowed
        if tokens:
            raise SessionEnded
        self._access.limits.anonymous(self._address())
        raise NotSignedIn

    def _identity(self, token: str) -> Identity | None:
        """Listening is no sign of a person: it does not keep a session alive."""
        return self._access.by_token(token, Proof.BEARER, touch=False)

    # -- telling

    def shown(self, sid: str, said: Any = None, *_: Any) -> None:
        """A wall shows these calls. What is not such a list, or not from a wall, is passed over."""
        seqs = said.get("seqs") if isinstance(said, dict) else None
        if self._hub.may_say(sid, "shown") and isinstance(seqs, list):
            self._heard.shown(sid, [seq for seq in seqs[:MOST_MISSED] if type(seq) is int])

    # -- going

    def disconnect(self, reason: Any = None) -> None:
        member = self._hub.remove(request.sid)  # type: ignore[attr-defined]
        self._heard.left(request.sid)  # type: ignore[attr-defined]
        if member and member.ticket:
            self._phones.leave(member.sid, member.ticket)

    def _sweep_on(self) -> None:
        while True:
            self._look.wait(SWEEP_SECONDS)
            if self._stopping:
                return
            try:
                self.sweep()
            except Exception:
                log.exception("connections could not be checked; trying again")

    def sweep(self) -> int:
        """Turn out those whose session has ended or whose device was revoked; how many."""
        verdicts: dict[str, bool] = {}
        out = 0
        for member in self._hub.members():
            if not member.token:
                continue
            if member.token not in verdicts:
                identity = self._identity(member.token)
                verdicts[member.token] = bool(identity and identity.actor.roles & SCREENS)
            if not verdicts[member.token]:
                self._hub.turn_out(member.sid)
                out += 1
        return out


def _known(said: dict[str, Any]) -> Known | None:
    """What the client says it knows; None when it says nothing that can be used."""
    epoch, seq = said.get("epoch"), said.get("seq")
    if not isinstance(epoch, str) or not epoch or isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
        return None
    return Known(epoch, seq)


def _ticket_of(rx: Tx, link: str) -> int | None:
    try:
        return rx.tickets.by_link(link).id
    except Refusal:
        return None
