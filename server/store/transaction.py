"""What a step (or a read) holds: the hall's row, its rules, and every repository."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from server.store.alarms import Alarms
from server.store.audit import Audit
from server.store.behind import BEHIND, BehindTheCounter
from server.store.db import Db
from server.store.errors import HallUnknown
from server.store.events import Events
from server.store.hall_row import HallRow, load_hall
from server.store.halls import Halls
from server.store.idempotency import Idempotency
from server.store.memory import Memory
from server.store.rules_cache import RulesCache, build_rules
from server.store.vault import Vault

if TYPE_CHECKING:
    from server.domain.hall import HallRules
    from server.store.cases import Cases
    from server.store.devices import Devices
    from server.store.evaluations import Evaluations
    from server.store.learned import Learned
    from server.store.notices import Notices
    from server.store.numbers import Numbers
    from server.store.queues import Queues
    from server.store.sessions import Sessions
    from server.store.staff import Staff
    from server.store.stops import Stops
    from server.store.tickets import Tickets
    from server.store.windows import Windows

R = TypeVar("R")

_LATE = (
    "tickets",
    "windows",
    "queues",
    "numbers",
    "learned",
    "stops",
    "notices",
    "staff",
    "sessions",
    "devices",
    "evaluations",
    "cases",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every transaction of a store is given. `clock` → microseconds UTC; `tokens` → unguessable text."""

    clock: Callable[[], int]
    vault: Vault
    tokens: Callable[[], str]
    rules: RulesCache = field(default_factory=RulesCache)
    link_base: str = ""  # where citizens reach us, before "/t/<link>" in an SMS


class _once(Generic[R]):
    """A property made when first asked for. functools.cached_property takes a lock each time (until Python 3.12)."""

    def __init__(self, make: Callable[[Tx], R]) -> None:
        self._make, self._name = make, make.__name__

    def __get__(self, tx: Tx, owner: type[Tx]) -> R:
        made = tx.__dict__[self._name] = self._make(tx)
        return made


def preload() -> None:
    """Import what steps import late: an import inside the blocking job could take a patched lock."""
    for name in (
        *(f"server.store.{late}" for late in (*_LATE, *BEHIND)),
        "config.hall_file",
        "server.domain.hall",
        "tzdata",
    ):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise


class Tx(BehindTheCounter):
    """One hall inside one transaction. A step gets a writing one, a read (`rx`) one that cannot write."""

    def __init__(
        self,
        db: Db,
        hall_id: str,
        around: Surroundings,
        *,
        hall: HallRow | None = None,
        now: int | None = None,
        committed_version: int = -1,
        memory: Memory | None = None,
    ) -> None:
        """`hall` is the locked row of a step; without it the row is read, unlocked, when first asked for.

        `memory` is what the writer remembers of earlier steps; a read starts with none.
        """
        self.db = db
        self.hall_id = hall_id
        self.vault = around.vault
        self.tokens = around.tokens
        self.link_base = around.link_base
        self.memory = Memory() if memory is None else memory
        self.scratch: dict[str, Any] = {}
        self._around = around
        self._hall = hall
        self._locked = hall is not None
        self._now = now
        self._committed_version = committed_version
        self._rules: tuple[int, int, int, HallRules] | None = None

    @property
    def hall(self) -> HallRow:
        """The hall's counters. Raises HallUnknown."""
        if self._hall is None:
            self._hall = load_hall(self.db, self.hall_id, lock=False)
            if self._hall is None:
                raise HallUnknown(hall=self.hall_id)
            self._committed_version = self._hall.file_version
        return self._hall

    @property
    def locked_hall(self) -> HallRow:
        """The hall's counters, to be changed: only in a step, which holds the row's lock."""
        if not self._locked:
            raise RuntimeError("only a step given to Store.write may change the hall")
        return self.hall

    @property
    def now(self) -> int:
        """The step's time, microseconds UTC; never before the last step's."""
        if self._now is None:
            self._now = max(self._around.clock(), self.hall.last_time)
        return self._now

    def new_id(self) -> int:
        """The hall's next id, without gaps within what is committed."""
        hall = self.locked_hall
        hall.last_id += 1
        return hall.last_id

    @property
    def rules(self) -> HallRules:
        """The rules of the current hall file on the business day of `now`. Raises HallNotLoaded."""
        version = self.hall.file_version
        if self._rules is None or self._rules[0] != version:
            self._rules = (version, *self._find_rules(version, self.now))
        return self._rules[3]

    def _find_rules(self, version: int, now: int) -> tuple[int, int, HallRules]:
        cache = self._around.rules
        settled = version == self._committed_version
        found = cache.find(self.hall_id, version, now) if settled else None
        if found is not None:
            return 0, 0, found
        entry = build_rules(self.halls.load(version), now)
        if settled:
            cache.keep(self.hall_id, version, entry)
        return entry

    # The repositories. The first are the store's own; the rest belong to the parts that use them.

    @_once
    def events(self) -> Events:
        return Events(self)

    @_once
    def audit(self) -> Audit:
        return Audit(self)

    @_once
    def idempotency(self) -> Idempotency:
        return Idempotency(self)

    @_once
    def alarms(self) -> Alarms:
        return Alarms(self)

    @_once
    def halls(self) -> Halls:
        return Halls(self)

    @_once
    def tickets(self) -> Tickets:
        from server.store.tickets import Tickets

        return Tickets(self)

    @_once
    def windows(self) -> Windows:
        from server.store.windows import Windows

        return Windows(self)

    @_once
    def queues(self) -> Queues:
        from server.store.queues import Queues

        return Queues(self)

    @_once
    def numbers(self) -> Numbers:
        from server.store.numbers import Numbers

        return Numbers(self)

    @_once
    def learned(self) -> Learned:
        from server.store.learned import Learned

        return Learned(self)

    @_once
    def stops(self) -> Stops:
        from server.store.stops import Stops

        return Stops(self)

    @_once
    def notices(self) -> Notices:
        from server.store.notices import Notices

        return Notices(self)

    @_once
    def staff(self) -> Staff:
        from server.store.staff import Staff

        return Staff(self)

    @_once
    def sessions(self) -> Sessions:
        from server.store.sessions import Sessions

        return Sessions(self)

    @_once
    def devices(self) -> Devices:
        from server.store.devices import Devices

        return Devices(self)

    @_once
    def evaluations(self) -> Evaluations:
        from server.store.evaluations import Evaluations

        return Evaluations(self)

    @_once
    def cases(self) -> Cases:
        from server.store.cases import Cases

        return Cases(self)
