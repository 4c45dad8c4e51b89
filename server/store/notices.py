"""The SMS of a ticket (three, and a fourth when another window calls): written in the step that causes them, sent afterwards by sms.sender.

A row's life: pending → sending → sent → delivered | failed, where `sent` means the gateway has it.
Off that road: `merged` (said in an earlier SMS), `dropped` (no longer true), `expired` (too late to help),
`unknown` (the gateway may have it; never sent again). At most one row per ticket and kind, ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from config.wording import full_params, render
from server.store.vault import SEALED

if TYPE_CHECKING:
    from server.store.transaction import Tx

Kind = Literal["taken", "soon", "called", "called_again"]
KINDS: Final[tuple[Kind, ...]] = ("taken", "soon", "called", "called_again")
Template = Literal["taken", "taken_soon", "soon", "called"]
State = Literal["pending", "sending", "sent", "delivered", "failed", "unknown", "merged", "dropped", "expired"]

SECOND: Final = 1_000_000
# How long a notice still helps. A call is over in minutes; the link in the first one is good for hours.
LIFETIME: Final = {kind: minutes * 60 * SECOND for kind, minutes in zip(KINDS, (60, 10, 5, 5), strict=True)}


@dataclass(frozen=True, slots=True)
class Notice:
    """One SMS. Times are microseconds UTC; `attempts` counts how often it was given to the gateway."""

    id: int
    ticket_id: int
    kind: str
    state: State
    template_id: str
    params: dict[str, str]
    text: str
    phone_mask: str | None
    created_at: int
    due_at: int
    expires_at: int
    attempts: int
    gateway: str | None
    gateway_id: str | None
    error_code: str | None
    error: str | None
    sending_at: int | None
    sent_at: int | None
    delivered_at: int | None
    updated_at: int
    number: str | None = None  # the ticket's, where the query joins it


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice this process must now give to (or ask of) the gateway, with the phone as it is today."""

    notice: Notice
    phone: str
    same_phone: bool  # False: the phone was corrected after the last attempt


_COLUMNS = (
    "n.id, n.ticket_id, n.kind, n.state, n.template_id, n.params, n.text, n.phone_mask, n.created_at, n.due_at,"
    " n.expires_at, n.attempts, n.gateway, n.gateway_id, n.error_code, n.error, n.sending_at, n.sent_at,"
    " n.delivered_at, n.updated_at"
)
_NAMES = [name.strip().removeprefix("n.") for name in _COLUMNS.split(",")]
# One about a case or a phone (case_notices.py) has no ticket, and a phone of its own.
_TICKET = "FROM notices n LEFT JOIN tickets t ON t.hall_id = n.hall_id AND t.id = n.ticket_id AND n.subject = 'ticket'"
_JOINED = f"SELECT {_COLUMNS}, t.number {_TICKET}"
_WITH_TICKET = (
    f"SELECT {_COLUMNS}, COALESCE(t.phone_box, n.phone_box) AS phone_box, t.state AS ticket_state,"
    f" CASE WHEN n.subject = 'ticket' THEN t.phone_mask ELSE n.phone_mask END AS ticket_mask {_TICKET}"
)
# In words SQLite needs to see before it uses the partial index on them.
_AT_WORK = "state IN ('pending','sending')"
NEVER: Final = 2**62  # due_at of a sent notice nobody will ask about
# A call helps nobody later, so it goes first when there is a backlog.
_BY_URGENCY = "CASE WHEN n.kind IN ('called','called_again','phone_code') THEN 0 WHEN n.kind = 'soon' THEN 1 ELSE 2 END, n.due_at, n.id"

_SAID = ("template_id", "params", "text", "created_at", "due_at", "expires_at", "state", "phone_mask", "updated_at")
_ADD = (
    f"INSERT INTO notices (hall_id, id, ticket_id, kind, {', '.join(_SAID)}) VALUES (?, ?, ?, ?{', ?' * len(_SAID)})"
    f" ON CONFLICT (hall_id, ticket_id, kind) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _SAID)}, error = NULL"
    " WHERE notices.state = 'dropped' AND notices.attempts = 0 RETURNING id"
)


def _notice(tx: Tx, row: Any, number: str | None = None) -> Notice:
    values = {name: row[name] for name in _NAMES}
    if values["text"].startswith(SEALED):  # about a case or a phone: it holds a code that opens something
        values |= {name: tx.vault.open(values[name]) for name in ("text", "params")}
    return Notice(**{**values, "params": json.loads(values["params"])}, number=number)


class Notices:
    """The notices of one hall, inside a transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    # -- what the journey uses -------------------------------------------------------------------------

    def add(
        self,
        ticket_id: int,
        kind: Kind,
        params: Mapping[str, str],
        *,
        state: State = "pending",
        phone_mask: str | None = None,
        template: str | None = None,
    ) -> int | None:
        """Write the notice, worded as the hall file says; its id, or None when the ticket already has one.

        One that was dropped before anybody gave it to the gateway is written anew: nobody has read it.
        `template` (see Template) differs from `kind` for "taken_soon", the first SMS that already says it is soon, and
        for "called_again", which is worded as "called".
        `state` is "pending", or "merged" for a notice another one has said.
        """
        tx = self._tx
        said = self._worded(kind, cast(Template, template or kind), params)
        said |= {"state": state, "phone_mask": phone_mask, "updated_at": tx.now}
        notice_id = tx.new_id()
        written: int | None = tx.db.value(_ADD, (tx.hall_id, notice_id, ticket_id, kind, *(said[n] for n in _SAID)))
        if written != notice_id:
            tx.locked_hall.last_id -= 1  # ids have no gaps
        return written

    def names_window(self, ticket_id: int, kind: Kind, params: Mapping[str, str]) -> bool:
        """Did the ticket's notice of this kind name the window that these params name? Its other words may differ."""
        said = self._tx.db.value(
            "SELECT params FROM notices WHERE hall_id = ? AND ticket_id = ? AND kind = ?",
            (self._tx.hall_id, ticket_id, kind),
        )
        now = full_params(self._tx.rules.file, params)
        return said is not None and bool(json.loads(said).get("window") == now["window"])

    def _worded(self, kind: Kind, template: Template, params: Mapping[str, str]) -> dict[str, Any]:
        """What a notice says, from now on."""
        hall, now = self._tx.rules.file, self._tx.now
        return {
            "template_id": getattr(hall.sms, template).template_id,
            "params": json.dumps(full_params(hall, params), ensure_ascii=False, sort_keys=True),
            "text": render(hall, template, params),
            "created_at": now,
            "due_at": now,
            "expires_at": now + LIFETIME[kind],
        }

    def drop(self, ticket_id: int, kind: Kind, why: str = "") -> bool:
        """Take back a notice nobody has begun to send; False when there is none or it is on its way."""
        # The state is a value here: as a literal it let PostgreSQL walk all pending notices instead of seeking the ticket's.
        return 1 == self._tx.db.execute(
            "UPDATE notices SET state = 'dropped', error = ?, updated_at = ?"
            " WHERE hall_id = ? AND ticket_id = ? AND kind = ? AND state = ?",
            (why or None, self._tx.now, self._tx.hall_id, ticket_id, kind, "pending"),
        )

    # -- what people look at ---------------------------------------------------------------------------

    def of_ticket(self, ticket_id: int) -> list[Notice]:
        """The ticket's notices in the order they were written."""
        # Sorted here: with ORDER BY SQLite walks all notices by id instead of seeking the ticket's.
        rows = self._tx.db.all(f"{_JOINED} WHERE n.hall_id = ? AND n.ticket_id = ?", (self._tx.hall_id, ticket_id))
        return [_notice(self._tx, row, row["number"]) for row in sorted(rows, key=lambda row: int(row["id"]))]

    def recent(self, limit: int = 100) -> list[Notice]:
        """The newest notices, newest first, with their ticket's number."""
        sql = f"{_JOINED} WHERE n.hall_id = ? ORDER BY n.id DESC LIMIT ?"
        return [_notice(self._tx, row, row["number"]) for row in self._tx.db.all(sql, (self._tx.hall_id, limit))]

    def counts(self, since: int) -> dict[str, int]:
        """How many are pending or on their way, and how many failed or became unknown since `since`."""
        rows = self._tx.db.all(
            "SELECT state, COUNT(*) AS n FROM notices WHERE hall_id = ? AND state IN ('pending','sending') GROUP BY state"
            " UNION ALL SELECT state, COUNT(*) AS n FROM notices WHERE hall_id = ?"
            " AND state IN ('failed','unknown') AND updated_at >= ? GROUP BY state",
            (self._tx.hall_id, self._tx.hall_id, since),
        )
        found = {row["state"]: int(row["n"]) for row in rows}
        return {
            "pending": found.get("pending", 0) + found.get("sending", 0),
            "failed": found.get("failed", 0),
            "unknown": found.get("unknown", 0),
        }

    def get(self, notice_id: int) -> Notice | None:
        row = self._tx.db.one(
            f"SELECT {_COLUMNS} FROM notices n WHERE n.hall_id = ? AND n.id = ?", (self._tx.hall_id, notice_id)
        )
        return None if row is None else _notice(self._tx, row)

    def by_gateway_id(self, gateway_id: str) -> Notice | None:
        """The notice the gateway knows under this id."""
        row = self._tx.db.one(
            f"SELECT {_COLUMNS} FROM notices n WHERE n.hall_id = ? AND n.gateway_id = ?",
            (self._tx.hall_id, gateway_id),
        )
        return None if row is None else _notice(self._tx, row)

    # -- what the sender uses --------------------------------------------------------------------------

    def next_due(self) -> int | None:
        """When the sender has something to do next; None when nothing waits."""
        due: int | None = self._tx.db.value(
            f"SELECT MIN(due_at) FROM notices WHERE hall_id = ? AND {_AT_WORK}",
            (self._tx.hall_id,),
        )
        return due

    def expire(self) -> int:
        """Give up what is too late to help; the number of rows."""
        return self._tx.db.execute(
            "UPDATE notices SET state = 'expired', updated_at = ?"
            f" WHERE hall_id = ? AND state = 'pending' AND {_AT_WORK} AND expires_at <= ?",
            (self._tx.now, self._tx.hall_id, self._tx.now),
        )

    def claim(self, limit: int, lease: int, gateway: str) -> list[Claimed]:
        """Mark up to `limit` due notices as `sending` and hand them out; others can take them no more.

        Until `lease` microseconds have passed without an outcome nobody asks about them. Notices that are no
        longer true (the person has been called, has left, has no phone) are dropped on the way.
        """
        claimed: list[Claimed] = []
        while len(claimed) < limit:
            rows = self._due("pending", limit - len(claimed))
            if not rows:
                break
            for row in rows:
                found = self._claim(row, lease, gateway)
                if found is not None:
                    claimed.append(found)
        return claimed

    def questions(self, limit: int, lease: int) -> list[Claimed]:
        """Notices in `sending` whose outcome is overdue: ask the gateway. Each is put off by `lease`."""
        rows = self._due("sending", limit)
        for row in rows:
            self._set(row["id"], "sending", due_at=self._tx.now + lease)
        return [self._as_it_went(row) for row in rows]

    def next_unreported(self) -> int | None:
        """When to ask next whether a sent notice has arrived; None when there is none to ask about."""
        due: int | None = self._tx.db.value(
            "SELECT MIN(due_at) FROM notices WHERE hall_id = ? AND state = 'sent' AND due_at < ?",
            (self._tx.hall_id, NEVER),
        )
        return due

    def unreported(self, limit: int, gateway: str, ages: tuple[int, ...]) -> list[Claimed]:
        """Sent notices to ask this gateway about now. They are next due at each of `ages` (microseconds) after sending.

        Another gateway's are left out for ever: nobody here can ask it.
        """
        tx = self._tx
        rows = tx.db.all(
            f"{_WITH_TICKET} WHERE n.hall_id = ? AND n.state = 'sent' AND n.due_at <= ? ORDER BY n.due_at, n.id LIMIT ?",
            (tx.hall_id, tx.now, limit),
        )
        for row in rows:
            sent_at = row["sent_at"] or row["created_at"]
            due = next((sent_at + age for age in ages if sent_at + age > tx.now), NEVER)
            self.move(row["id"], ("sent",), "sent", due_at=due if row["gateway"] == gateway else NEVER)
        return [self._as_it_went(row) for row in rows if row["gateway"] == gateway]

    def ask_all_now(self) -> int:
        """After a crash: every notice in `sending` is to be asked about at once. How many."""
        return self._tx.db.execute(
            f"UPDATE notices SET due_at = ? WHERE hall_id = ? AND state = 'sending' AND {_AT_WORK}",
            (self._tx.now, self._tx.hall_id),
        )

    def move(self, notice_id: int, expected: tuple[State, ...], state: State, **columns: Any) -> bool:
        """Move from one of `expected` to `state`, setting columns too; False when it is elsewhere by now."""
        marks = ",".join("?" for _ in expected)
        sets = "".join(f", {name} = ?" for name in columns)
        return 1 == self._tx.db.execute(
            f"UPDATE notices SET state = ?, updated_at = ?{sets} WHERE hall_id = ? AND id = ? AND state IN ({marks})",
            (state, self._tx.now, *columns.values(), self._tx.hall_id, notice_id, *expected),
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _due(self, state: State, limit: int) -> list[Any]:
        return list(
            self._tx.db.all(
                f"{_WITH_TICKET} WHERE n.hall_id = ? AND n.state = ? AND n.{_AT_WORK} AND n.due_at <= ?"
                f" ORDER BY {_BY_URGENCY} LIMIT ?",
                (self._tx.hall_id, state, self._tx.now, limit),
            )
        )

    def _as_it_went(self, row: Any) -> Claimed:
        """A notice on its way; its phone may have been corrected since."""
        phone = self._tx.vault.open(row["phone_box"]) if row["phone_box"] else ""
        return Claimed(_notice(self._tx, row), phone, bool(phone) and row["ticket_mask"] == row["phone_mask"])

    def _claim(self, row: Any, lease: int, gateway: str) -> Claimed | None:
        now = self._tx.now
        gone = row["ticket_state"] in ("cancelled", "expired")
        called = row["kind"] == "soon" and row["ticket_state"] != "waiting"
        if gone or called or not row["phone_box"]:
            why = "已离开" if gone else "已叫号" if called else "没有手机号"
            self.move(row["id"], ("pending",), "dropped", error=why)
            return None
        if row["expires_at"] <= now:
            self.move(row["id"], ("pending",), "expired")
            return None
        same = row["attempts"] == 0 or row["ticket_mask"] == row["phone_mask"]
        self._set(
            row["id"],
            "sending",
            sending_at=now,
            due_at=now + lease,
            attempts=row["attempts"] + 1,
            gateway=gateway,
            phone_mask=row["ticket_mask"],
        )
        claimed = replace(_notice(self._tx, row), state="sending", attempts=row["attempts"] + 1, sending_at=now)
        return Claimed(claimed, self._tx.vault.open(row["phone_box"]), same)

    def _set(self, notice_id: int, state: State, **columns: Any) -> None:
        self.move(notice_id, ("pending", "sending"), state, **columns)
