"""What a step (or a read) holds: the hall's row, its rules, and every repository."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.store.alarms import Alarms
from server.store.audit import Audit
from server.store.behind import BEHIND, BehindTheCounter
from server.store.db import Db
from server.store.errors import HallUnknown
from server.store.events import Events
from server.store.hall_row import HallRow, load_hall
from server.store.halls import Halls
from server.store.idempotency import Idempotency
from server.store.late import late, repository
from server.store.memory import Memory
from server.store.rules_cache import RulesCache, Version, build_rules
from server.store.vault import Vault

if TYPE_CHECKING:
    from datetime import date

    from server.domain.catalogue.in_hall import Published
    from server.domain.hall import HallRules
    from server.domain.working_days import WorkingDays
    from server.store.acceptance import Acceptance
    from server.store.adjustments import Adjustments
    from server.store.bundles import Bundles
    from server.store.case_notices import CaseNotices
    from server.store.cases import Cases
    from server.store.catalogue import Catalogue
    from server.store.devices import Devices
    from server.store.evaluations import Evaluations
    from server.store.files import Files
    from server.store.holidays import Holidays
    from server.store.learned import Learned
    from server.store.notices import Notices
    from server.store.numbers import Numbers
    from server.store.phone_codes import PhoneCodes
    from server.store.prechecks import Prechecks
    from server.store.profiles import Profiles
    from server.store.queues import Queues
    from server.store.sessions import Sessions
    from server.store.staff import Staff
    from server.store.stops import Stops
    from server.store.ticket_forms import TicketForms
    from server.store.tickets import Tickets
    from server.store.windows import Windows

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
    "case_notices",
    "prechecks",
    "profiles",
    "ticket_forms",
    "phone_codes",
    "catalogue",
    "acceptance",
    "adjustments",
    "bundles",
    "holidays",
    "files",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every transaction of a store is given. `clock` → microseconds UTC; `tokens` → unguessable text."""

    clock: Callable[[], int]
    vault: Vault
    tokens: Callable[[], str]
    rules: RulesCache = field(default_factory=RulesCache)
    link_base: str = ""  # where citizens reach us, before "/t/<link>" in an SMS


def preload() -> None:
    """Import what steps import late: an import inside the blocking job could take a patched lock."""
    for name in (
        *(f"server.store.{name}" for name in (*_LATE, *BEHIND)),
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
        committed_version: Version | None = None,
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
        self._rules: tuple[Version, int, int, HallRules] | None = None

    @property
    def hall(self) -> HallRow:
        """The hall's counters. Raises HallUnknown."""
        if self._hall is None:
            self._hall = load_hall(self.db, self.hall_id, lock=False)
            if self._hall is None:
                raise HallUnknown(hall=self.hall_id)
            self._committed_version = self._hall.rules_version
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
        """The rules of the hall file and the catalogue on the business day of `now`. Raises HallNotLoaded."""
        version = self.hall.rules_version
        if self._rules is None or self._rules[0] != version:
            self._rules = (version, *self._find_rules(version, self.now))
        return self._rules[3]

    def _find_rules(self, version: Version, now: int) -> tuple[int, int, HallRules]:
        cache = self._around.rules
        settled = version == self._committed_version
        found = cache.find(self.hall_id, version, now) if settled else None
        if found is not None:
            return 0, 0, found
        entry = build_rules(self.halls.load(version[0]), now, self._published)
        if settled:
            cache.keep(self.hall_id, version, entry)
        return entry

    def _published(self, day: date) -> list[Published]:
        """The catalogue's items of a day; none is read where none was ever published."""
        return self.catalogue.all_in_force(day) if self.hall.catalogue_version else []

    def working_days(self) -> WorkingDays:
        """The calendar on which limits run, from the published years."""
        days: WorkingDays = self.scratch.get("working_days") or self.holidays.working_days()
        self.scratch["working_days"] = days
        return days

    # The repositories. The first are the store's own; the rest belong to the parts that use them.

    @late
    def events(self) -> Events:
        return Events(self)

    @late
    def audit(self) -> Audit:
        return Audit(self)

    @late
    def idempotency(self) -> Idempotency:
        return Idempotency(self)

    @late
    def alarms(self) -> Alarms:
        return Alarms(self)

    @late
    def halls(self) -> Halls:
        return Halls(self)

    tickets: Tickets = repository("tickets", "Tickets")
    windows: Windows = repository("windows", "Windows")
    queues: Queues = repository("queues", "Queues")
    numbers: Numbers = repository("numbers", "Numbers")
    learned: Learned = repository("learned", "Learned")
    stops: Stops = repository("stops", "Stops")
    notices: Notices = repository("notices", "Notices")
    staff: Staff = repository("staff", "Staff")
    sessions: Sessions = repository("sessions", "Sessions")
    devices: Devices = repository("devices", "Devices")
    evaluations: Evaluations = repository("evaluations", "Evaluations")
    catalogue: Catalogue = repository("catalogue", "Catalogue")
    acceptance: Acceptance = repository("acceptance", "Acceptance")
    adjustments: Adjustments = repository("adjustments", "Adjustments")
    bundles: Bundles = repository("bundles", "Bundles")
    holidays: Holidays = repository("holidays", "Holidays")
    files: Files = repository("files", "Files")
    cases: Cases = repository("cases", "Cases")
    case_notices: CaseNotices = repository("case_notices", "CaseNotices")
    prechecks: Prechecks = repository("prechecks", "Prechecks")
    profiles: Profiles = repository("profiles", "Profiles")
    ticket_forms: TicketForms = repository("ticket_forms", "TicketForms")
    phone_codes: PhoneCodes = repository("phone_codes", "PhoneCodes")
