"""The SMS about cases and to phones that are to be known: rows of the same outbox, sent by the same sender.

Such a row has `subject` "case" or "phone", the case's id in `ticket_id`, and its own phone. Kinds are "case_<kind>",
with ":n" where one may come again; at most one row a case and kind, ever. Words and params are sealed: they hold pick-up
codes, codes that confirm a phone, and the citizen's link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from config.hall_sms import CaseKind, SmsTemplate

if TYPE_CHECKING:
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
