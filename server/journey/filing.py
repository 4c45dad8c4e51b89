"""Files of items and of cases: blank forms and samples, papers, signatures, waybills. The bytes are on the disk already,
checked (server/web/api/uploads.py); a step only notes whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.actor import Actor
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.domain.file_types import numbered
from server.domain.refusals import Refusal
from server.journey.cases.applying import own_case
from server.journey.cases.electronic import RESULT, ask_anew, check_type, finish, require_result, shown_to_citizen
from server.journey.cases.parties import require_may_add, require_may_open
from server.journey.catalogue.drafting import item_node
from server.journey.catalogue.rights import require_author
from server.store.files import FileUnknown, StoredFile
from server.store.transaction import Tx

MOST_FILES = 200
CITIZENS_FILES = 60
CITIZEN_STATES = (CaseState.DRAFT, CaseState.PRE_REVIEW, CaseState.CORRECTION, CaseState.AWAITING_VISIT)


class TooManyFiles(Refusal):
    status, code = 409, "too_many_files"
    zh = "已有 {count} 个文件，不能再加。请先删去不需要的。"
    en = "There are {count} files already. Remove those not needed first."


class UploadClosed(Refusal):
    status, code = 409, "upload_closed"
    zh = "这个办件现在不能再上传材料。需要补充请联系受理窗口。"
    en = "Papers can no longer be added to this case. Please ask the window that took it in."


@dataclass(frozen=True, slots=True)
class Received:
    """What came in, checked: by content, by size and, where the hall has a scanner, for viruses."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan: str


@dataclass(frozen=True, slots=True)
class AddItemFile:
    by: Actor
    item: str
    received: Received


@dataclass(frozen=True, slots=True)
class AddCaseFile:
    """`purpose` "material:<id>", "signature", "waybill", "result" (of a wholly online case) or "other"."""

    by: Actor
    case: int
    purpose: str
    received: Received


@dataclass(frozen=True, slots=True)
class CaseFile:
    by: Actor
    case: int
    file: int


@dataclass(frozen=True, slots=True)
class AddOwnFile:
    """By the citizen who applied; `phone_token` proves the phone."""

    case: int
    phone_token: str
    purpose: str
    received: Received


@dataclass(frozen=True, slots=True)
class OwnFile:
    case: int
    phone_token: str
    file: int


def add_item_file(tx: Tx, request: AddItemFile, now: int) -> StoredFile:
    """A blank form or a sample. A name means the same bytes for ever, as published versions go by it: other bytes of
    the same name get a number. Raises NodeUnknown, NotAnItem, NotYourDepartment, TooManyFiles."""
    node = item_node(tx, request.item)
    require_author(request.by, node.department)
    owner, got = f"item:{node.id}", request.received
    known = {one.name: one for one in tx.files.of(owner)}
    name, number = got.name, 2
    while name in known:
        if known[name].sha256 == got.sha256:
            return known[name]
        name, number = numbered(got.name, number), number + 1
    return _add(tx, request.by, owner, "item", name, got)


def add_case_file(tx: Tx, request: AddCaseFile, now: int) -> StoredFile:
    """A paper of a case. The same bytes for the same purpose are kept once, so that a retry adds nothing. The result that
    an approved case had waited for closes it.

    Raises CaseUnknown, NotYourDepartment, NotAskedToSign, ResultNotElectronic, ResultTypeRefused, TooManyFiles.
    """
    case = tx.cases.get(request.case)
    require_may_add(tx, request.by, case, request.purpose)
    if request.purpose == RESULT:
        check_type(request.received.media_type)
    kept = _add_once(tx, request.by, case, request.purpose, request.received)
    if request.purpose == RESULT:
        finish(tx, case, request.by, now)
    return kept


def _add_once(tx: Tx, by: Actor, case: Case, purpose: str, got: Received) -> StoredFile:
    owner = f"case:{case.id}"
    for one in tx.files.of(owner):
        if (one.purpose, one.sha256, one.name) == (purpose, got.sha256, got.name):
            return one
    return _add(tx, by, owner, purpose, got.name, got)


def own_open_case(rx: Tx, case_id: int, phone_token: str) -> tuple[Case, Actor]:
    """The citizen's own case while papers may be added. Raises UploadClosed, and what `own_case` does."""
    case, by = own_case(rx, case_id, phone_token)
    if case.at not in CITIZEN_STATES:
        raise UploadClosed()
    return case, by


def add_own_file(tx: Tx, request: AddOwnFile, now: int) -> StoredFile:
    """Raises UploadClosed, NotYourApplication, PhoneTokenOld, TooManyFiles."""
    case, by = own_open_case(tx, request.case, request.phone_token)
    if len(tx.files.of(f"case:{case.id}")) >= CITIZENS_FILES:
        raise TooManyFiles(count=CITIZENS_FILES)
    return _add_once(tx, by, case, request.purpose, request.received)


def own_file(rx: Tx, request: OwnFile) -> StoredFile:
    """What the citizen sent in, or was given as a result. Raises FileUnknown, NotYourApplication, PhoneTokenOld."""
    case, _ = own_case(rx, request.case, request.phone_token)
    file = rx.files.get(request.file)
    if file.owner != f"case:{case.id}" or not shown_to_citizen(case, file):
        raise FileUnknown()
    return file


def remove_own_file(tx: Tx, request: OwnFile, now: int) -> StoredFile:
    """What one has sent in oneself. Raises UploadClosed, and what `own_file` does."""
    case, by = own_open_case(tx, request.case, request.phone_token)
    file = own_file(tx, request)
    if file.added_by != by.id:
        raise UploadClosed()
    return _remove(tx, by, case, file)


def remove_case_file(tx: Tx, request: CaseFile, now: int) -> StoredFile:
    """A wrong result is taken back by its department at any time; the department is reminded to put up the right one.

    Raises CaseUnknown, FileUnknown, NotYourDepartment, ResultNotElectronic, UploadClosed.
    """
    file = case_file(tx, request)
    case = tx.cases.get(request.case)
    if file.purpose == RESULT:
        require_result(tx, request.by, case)
        file = _take_away(tx, request.by, case, file)
        ask_anew(tx, case, request.by)
        return file
    return _remove(tx, request.by, case, file)


def _remove(tx: Tx, by: Actor, case: Case, file: StoredFile) -> StoredFile:
    """Until the case is taken in; of what a department had told to correct only what came since. Raises UploadClosed."""
    taken_in = case.start_day is not None and file.added_at < case.state_since
    if case.at not in CITIZEN_STATES or taken_in:
        raise UploadClosed()
    return _take_away(tx, by, case, file)


def _take_away(tx: Tx, by: Actor, case: Case, file: StoredFile) -> StoredFile:
    tx.files.remove(file.id)
    tx.audit.add(by.id, "file.removed", f"case:{case.id}", {"file": file.id, "purpose": file.purpose})
    return file


def case_file(rx: Tx, request: CaseFile) -> StoredFile:
    """A file of the case, to be read. Raises CaseUnknown, FileUnknown, NotYourDepartment, UploadClosed."""
    require_may_open(rx, request.by, rx.cases.get(request.case), request.file)
    file = rx.files.get(request.file)
    if file.owner != f"case:{request.case}":
        raise FileUnknown()
    return file


def item_file(rx: Tx, item_id: str, name: str, *, staff: bool) -> StoredFile:
    """A blank form or sample by its name; citizens only those of what was published. Raises FileUnknown."""
    found = next((one for one in rx.files.of(f"item:{item_id}") if one.name == name), None)
    if found is None or not (staff or _is_published(rx, item_id, name)):
        raise FileUnknown()
    return found


def _is_published(rx: Tx, item_id: str, name: str) -> bool:
    return any(
        name in (material.blank, material.sample)
        for row in rx.catalogue.versions(item_id)
        if row.published_at is not None
        for material in row.item.materials
    )


def _add(tx: Tx, by: Actor, owner: str, purpose: str, name: str, got: Received) -> StoredFile:
    count = len(tx.files.of(owner))
    if count >= MOST_FILES:
        raise TooManyFiles(count=count)
    file = tx.files.add(owner, purpose, name, got.media_type, got.size, got.sha256, got.scan, by.id)
    tx.audit.add(by.id, "file.added", owner, {"file": file.id, "purpose": purpose, "scan": got.scan})
    return file
