"""一件事: papers are handed in once, with the whole; each part shows those that it wants."""

from __future__ import annotations

from dataclasses import replace

from server.domain.cases.received import RECEIVED
from server.domain.cases.record import Case
from server.journey.cases.items import joint_list, matter, matters
from server.store.files import StoredFile
from server.store.transaction import Tx


def files_of_bundle(rx: Tx, case: Case) -> list[StoredFile]:
    """Of the whole's papers those that this part wants, under its own materials' ids; nothing of a case of its own."""
    if case.parent_id is None:
        return []
    parent = rx.cases.get(case.parent_id)
    mine = {(one.name, one.form, one.medium): one.id for one in matter(rx, case).materials}
    shared = [one.material for one in joint_list(matters(rx, parent)) if case.item_id in one.of]
    wanted = {f"material:{one.id}": f"material:{mine[one.name, one.form, one.medium]}" for one in shared}
    wanted |= {f"material:{key}": f"material:{key}" for key in mine.values() if key.startswith(RECEIVED)}
    found = rx.files.of(f"case:{parent.id}")
    return [replace(one, purpose=wanted[one.purpose]) for one in found if one.purpose in wanted]
