"""The demo hall's items at its first start: those worked out in `catalogue/` beside the hall file, the rest as plain ones."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from config.hall_file import HallFile
from server.domain.actor import SYSTEM
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import Stage
from server.imports.assembling import Catalogue, Group, Incoming, assemble
from server.imports.demo_authorizations import authorize_demo_clerks
from server.imports.loading import Load, load
from server.imports.papers import Attach, attach, find
from server.imports.reading import json_of, read
from server.imports.rows import Row, Unreadable
from server.journey.catalogue.holidays import ImportHolidays, import_holidays
from server.store.blobs import Blobs
from server.store.store import Store
from server.store.transaction import Tx

log = logging.getLogger(__name__)
FOLDER = "catalogue"
NOTE = "演示事项 sha256 {digest}"


def load_demo(store: Store, hall_id: str, hall: HallFile, hall_dir: Path, blobs: Blobs) -> int:
    """Publish what is new or changed since the last start; how many items. What people changed stays as they left it."""
    folder = hall_dir / FOLDER
    if not hall.demo or not folder.is_dir():
        return 0
    _load_holidays(store, hall_id, hall_dir / "holidays")
    digest = _digest(folder, hall)
    catalogue = _catalogue(folder, hall)
    if not catalogue.items:
        return 0
    last, note = catalogue.items[-1].id, NOTE.format(digest=digest)
    if store.read(hall_id, _loaded, last, note):
        return 0
    kept = store.read(hall_id, _changed_by_people)
    catalogue.items = [item for item in catalogue.items if item.id not in kept]
    folders = (folder / "samples", folder / "blanks")
    papers = find(catalogue.items, folders, blobs, hall.files.max_mb << 20, catalogue.problems)
    request = Load(SYSTEM, catalogue, True, note, {item.id: item.initials for item in catalogue.items})
    done = load(store, hall_id, request)
    store.write(hall_id, attach, Attach(SYSTEM, papers, replace=True))
    store.write(hall_id, _mark, (last, note))
    store.write(hall_id, authorize_demo_clerks)
    for problem in (*catalogue.problems, *done.problems):
        log.error("%s", problem)
    return len(done.published)


def _load_holidays(store: Store, hall_id: str, folder: Path) -> None:
    """The years the hall does not know yet; one that an administrator imported stays."""
    known = store.read(hall_id, lambda rx: {one.year for one in rx.holidays.years()})
    for path in sorted(folder.glob("*.json")):
        if path.stem not in {str(year) for year in known}:
            store.write(hall_id, import_holidays, ImportHolidays(SYSTEM, json_of(path)))


def plain_items(hall: HallFile) -> Catalogue:
    """The hall file's items that are taken in at a window, a folder a section: one situation, no list yet."""
    intake = {section.id: section for section in hall.sections if section.kind == "intake"}
    groups = {f"{one.id}-affairs": Group(f"{one.id}-affairs", "", one.name, one.name_en) for one in intake.values()}
    made = Catalogue(groups)
    for number, item in enumerate(hall.items, 2):
        if item.section not in intake:
            continue
        body = {
            "name": item.name,
            "name_en": item.name_en,
            "department": item.department,
            "section": item.section,
            "kind": "commitment",
            "legal_days": 20,  # 行政许可法第四十二条: the general limit
            "promised_days": 10,
            "applicants": ["person", "company", "organisation"],
            "minutes": item.minutes,
            "guide": f"请带：{item.bring}。" if item.bring else "",
            "start": "all",
            "situations": [{"id": "all", "name": "一般情形"}],
        }
        row = Row("items.csv", number, {})
        version = ItemVersion.model_validate(body)
        made.items.append(Incoming(item.id, f"{item.section}-affairs", "", version, row, item.initials))
    return made


def _catalogue(folder: Path, hall: HallFile) -> Catalogue:
    """The worked-out items, then the plain ones that are not among them."""
    made = Catalogue()
    for path in sorted(folder.glob("*.json")):
        try:
            one = assemble(read(path))
        except Unreadable as reason:
            made.problems.append(reason.problem)
            continue
        made.groups.update(one.groups)
        made.items += one.items
        made.bundles += one.bundles
        made.problems += one.problems
    own, plain = {item.id for item in made.items}, plain_items(hall)
    made.groups = {**plain.groups, **made.groups}
    made.items += [item for item in plain.items if item.id not in own]
    return made


def _digest(folder: Path, hall: HallFile) -> str:
    """Of everything that is loaded: the same digest, and nothing needs to be looked at again."""
    found = hashlib.sha256(hall.model_dump_json(include={"items", "sections"}).encode())
    for path in sorted((*folder.glob("*.json"), *folder.glob("samples/*.png"), *folder.glob("blanks/*.pdf"))):
        found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def _loaded(rx: Tx, last: str, note: str) -> bool:
    return any(row.note == note for row in rx.catalogue.versions(last))


def _mark(tx: Tx, request: tuple[str, str], now: int) -> None:
    """The digest is kept at the last item, also when its own text did not change."""
    last, note = request
    ours = [row for row in tx.catalogue.versions(last) if row.created_by == SYSTEM.id]
    if ours and ours[0].note != note:
        tx.catalogue.move(ours[0], ours[0].stage, ours[0].changed_by, note=note)


def _changed_by_people(rx: Tx) -> set[str]:
    """Items somebody wrote on, published or retired."""
    found = set()
    for node in rx.catalogue.nodes():
        rows = rx.catalogue.versions(node.id) if node.is_item else []
        ended = any(row.stage == Stage.RETIRED and row.published_at for row in rows)  # maybe in force for some days yet
        if ended or node.retired_at is not None or any(row.created_by != SYSTEM.id for row in rows):
            found.add(node.id)
    return found
