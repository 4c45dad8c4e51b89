"""Who is asking: from a token to an identity, for HTTP and for sockets alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from config.settings import Settings
from server.access.identity import Identity, Proof, token_hash
from server.access.limits import MICRO, Limits
from server.domain.actor import Actor, Role
from server.store.devices import Device
from server.store.sessions import Session
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

SESSION_PREFIX = "ys_"
DEVICE_PREFIX = "yd_"
# How long a check is trusted in this process. Signing out or revoking here ends it at once, elsewhere after this.
TRUST = 2 * MICRO
MOST_TRUSTED = 10_000


class Access:
    """Staff, devices and limits of one hall. `clock()` is µs UTC."""

    def __init__(self, store: Store, hall_id: str, settings: Settings, clock: Callable[[], int]) -> None:
        self.store = store
        self.hall_id = hall_id
        self.settings = settings
        self.clock = clock
        self.limits = Limits(settings.public_rate_per_minute, clock)
        self._idle = settings.session_idle_minutes * 60 * MICRO
        # A request an hour must not cost a write each: what is seen is written at most this often.
        self._touch_every = min(60 * MICRO, self._idle // 10)
        self._trusted: dict[str, tuple[int, dict[Proof, Identity]]] = {}  # by proof: made once, not each request
        self._on_forget: list[Callable[[], None]] = []

    def by_token(self, token: str, proof: Proof, *, touch: bool = True) -> Identity | None:
        """The identity a session or device token stands for; None when it is unknown, ended, idle or revoked.

        `touch=False` for what a page asks by itself: it does not keep a session alive.
        """
        hashed = token_hash(token)
        until, known = self._trusted.get(hashed, (0, None))
        now = self.clock()
        if known is None or now >= until:
            found = self._look_up(token, hashed, now, touch)
            if found is None:
                self._trusted.pop(hashed, None)
                return None
            if len(self._trusted) >= MOST_TRUSTED:
                self._trusted.clear()
            known = {each: replace(found, proof=each) for each in Proof}
            self._trusted[hashed] = (now + TRUST, known)
        return known[proof]

    def forget(self, subject: str | None = None) -> None:
        """Stop trusting earlier checks of this user name or device id; of everybody for None."""
        for hashed, (_, known) in list(self._trusted.items()):
            if subject is None or known[Proof.NONE].subject == subject:
                self._trusted.pop(hashed, None)
        for listener in self._on_forget:
            listener()

    def on_forget(self, listener: Callable[[], None]) -> None:
        """Call `listener` when a session or device may have ended here; it must return at once."""
        self._on_forget.append(listener)

    def _look_up(self, token: str, hashed: str, now: int, touch: bool) -> Identity | None:
        if token.startswith(DEVICE_PREFIX):
            device = self.store.read(self.hall_id, _find_device, hashed)
            return self._as_device(device, hashed, now) if device else None
        if token.startswith(SESSION_PREFIX):
            found = self.store.read(self.hall_id, _find_session, hashed)
            return self._as_staff(*found, now, touch) if found else None
        return None

    def _as_device(self, device: Device, hashed: str, now: int) -> Identity:
        if now - (device.seen_at or 0) > 5 * 60 * MICRO:
            self.store.write(self.hall_id, _touch_device, device.id)
        window = frozenset() if device.window_number is None else frozenset({device.window_number})
        actor = Actor(f"device:{device.id}", device.name, frozenset({Role(device.role)}), window)
        return Identity(actor, Proof.NONE, "device", device.csrf or "", hashed, device.id)

    def _as_staff(self, session: Session, busy: bool, worked_at: int, now: int, touch: bool) -> Identity | None:
        roles = frozenset(Role(role) for role in session.roles)
        actor = Actor(f"staff:{session.username}", session.name, roles, frozenset(session.windows), session.department)
        # The demo's kiosk, display and pad accounts stand for screens, which nobody touches for hours.
        idles = actor.is_staff and not busy
        if idles and now - max(session.seen_at, worked_at) > self._idle:
            self.store.write(self.hall_id, _end_session, session.token_hash)
            self.store.audit(self.hall_id, actor.id, "session.idle", actor.id, {})
            return None
        if touch and now - session.seen_at > self._touch_every:
            self.store.write(self.hall_id, _touch_session, session.token_hash)
        return Identity(actor, Proof.NONE, "staff", session.csrf, session.token_hash, session.username)


def _find_device(rx: Tx, hashed: str) -> Device | None:
    return rx.devices.by_token(hashed)


def _find_session(rx: Tx, hashed: str) -> tuple[Session, bool, int] | None:
    session = rx.sessions.find(hashed)
    return (session, *rx.sessions.busy_at_window(session.username)) if session else None


def _touch_session(tx: Tx, hashed: str, now: int) -> None:
    tx.sessions.touch(hashed, now)


def _end_session(tx: Tx, hashed: str, now: int) -> None:
    tx.sessions.end(hashed, now)


def _touch_device(tx: Tx, device_id: str, now: int) -> None:
    tx.devices.touch(device_id, now)
