"""The SMS about cases and to phones that are to be known: rows of the same outbox, sent by the same sender.

Such a row has `subject` "case" or "phone", the case's id in `ticket_id`, and its own phone. Kinds are "case_<kind>",
with ":n" where one may come again; at most one row a case and kind, ever. Words and params are sealed: they hold pick-up
codes, codes that confirm a phone, and the citizen's link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from config.hall_sms import CaseKind, SmsTemplate
from server.domain.cases.notice import UNREACHED

if TYPE_CHECKING:
    from server.store.notices import Notice
    from server.store.transaction import Tx

HOUR: Final = 3_600_000_000
LIFETIME: Final = 72 * HOUR
_FIELD = re.compile(r"\{(\w+)\}")


class CaseNotices:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def add(
        self,
        case_id: int,
        kind: CaseKind,
        params: Mapping[str, str],
        phone_box: str,
        phone_mask: str | None,
        *,
        repeat: int = 0,
        lifetime: int = LIFETIME,
        not_before: int = 0,
    ) -> int | None:
        """Write the SMS, worded as the hall file says; its id, or None when the case has had this one.

        `lifetime` µs: how long it still helps; `not_before` µs UTC: nobody is woken by it.
        """
        subject = "phone" if kind == "phone_code" else "case"
        name = kind if subject == "phone" else f"case_{kind}" + (f":{repeat}" if repeat else "")
        tx = self._tx
        known = tx.db.value(
            "SELECT 1 FROM notices WHERE hall_id = ? AND ticket_id = ? AND kind = ?", (tx.hall_id, case_id, name)
        )
        if known is not None:
            return None
        template: SmsTemplate = getattr(tx.rules.file.sms.cases, kind)
        full = {"hall": tx.rules.file.hall.name, **params}
        words = _FIELD.sub(lambda found: full.get(found[1], ""), template.text)
        notice_id, due_at = tx.new_id(), max(tx.now, not_before)
        tx.db.execute(
            "INSERT INTO notices (hall_id, id, ticket_id, kind, state, template_id, params, text, phone_mask, created_at,"
            " due_at, expires_at, updated_at, subject, phone_box) VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                tx.hall_id,
                notice_id,
                case_id,
                name,
                template.template_id,
                tx.vault.seal(json.dumps(full, ensure_ascii=False, sort_keys=True)),
                tx.vault.seal(f"【{tx.rules.file.sms.signature}】{words}"),
                phone_mask,
                tx.now,
                due_at,
                due_at + lifetime,
                tx.now,
                subject,
                phone_box,
            ),
        )
        return notice_id

    def again(self, notice: Notice, phone_box: str, phone_mask: str | None) -> bool:
        """Put what did not arrive on its way once more, to this phone; False when it is elsewhere by now.

        Written anew from here on: what a gateway says of the old attempt is not about this one.
        """
        now = self._tx.now
        fresh = dict.fromkeys(("gateway", "gateway_id", "error", "error_code", "sending_at", "sent_at", "delivered_at"))
        return self._tx.notices.move(
            notice.id,
            (notice.state,),
            "pending",
            **fresh,
            phone_box=phone_box,
            phone_mask=phone_mask,
            created_at=now,
            due_at=now,
            expires_at=now + LIFETIME,
        )

    def unreached(self, case_ids: Sequence[int]) -> dict[int, str]:
        """case → the state of its last SMS, where that did not arrive."""
        found: dict[int, str] = {}
        for start in range(0, len(case_ids), 500):
            part = case_ids[start : start + 500]
            rows = self._tx.db.all(
                "SELECT ticket_id, id, state FROM notices WHERE hall_id = ? AND subject = 'case'"
                f" AND ticket_id IN ({', '.join('?' * len(part))})",
                (self._tx.hall_id, *part),
            )
            # The last of each is found here: with MAX in the statement SQLite walks all notices by id.
            last = {int(case): state for case, _, state in sorted((row[0], row[1], row[2]) for row in rows)}
            found |= {case: state for case, state in last.items() if state in UNREACHED}
        return found
