"""Samples and blank forms that items name: taken from folders beside the file, written out beside it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from config.problems import Problem
from server.domain.actor import Actor
from server.domain.file_types import FileTypeRefused, media_type
from server.imports.assembling import Incoming
from server.store.blobs import Blobs
from server.store.files import StoredFile
from server.store.store import Store
from server.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of an item, its bytes on the disk already."""

    item: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Attach:
    """`replace`: other bytes of a name that is taken go in its place; else they are left out and told."""

    by: Actor
    papers: Sequence[Paper]
    replace: bool = False


def folders_of(file: Path) -> tuple[Path, ...]:
    """Where the files of `items.xlsx` are looked for: `items.files/<item>/`, then `samples/` and `blanks/` beside it."""
    return (file.with_suffix(".files"), file.parent / "samples", file.parent / "blanks")


def find(
    items: Iterable[Incoming], folders: Sequence[Path], blobs: Blobs, most: int, problems: list[Problem]
) -> list[Paper]:
    """Every file there is, its bytes kept; one that cannot be taken is told in `problems`. `most` in bytes.

    A name that is in no folder is nothing wrong: the hall may have it already.
    """
    found: dict[tuple[str, str], Paper] = {}
    for item in items:
        for material in item.version.materials:
            for name in {material.blank, material.sample} - {""}:
                path = _path(item.id, name, folders)
                if path is None or (item.id, name) in found:
                    continue
                data = path.read_bytes()
                try:
                    kind = media_type(data, name)
                except FileTypeRefused as refusal:
                    problems.append(item.row.problem(name, refusal.message_zh.rstrip("。"), "换成这几种文件", refusal.message_en, "a file of these kinds"))  # fmt: skip
                    continue
                if len(data) > most:
                    problems.append(item.row.problem(name, f"文件 {name} 有 {len(data) >> 20} MB", f"不超过 {most >> 20} MB", f"{name} is too large", f"{most >> 20} MB at most"))  # fmt: skip
                    continue
                found[item.id, name] = Paper(item.id, name, kind, len(data), blobs.put(data))
    return list(found.values())


def _path(item: str, name: str, folders: Sequence[Path]) -> Path | None:
    if PurePath(name).name != name:  # a name, never a way out of the folder
        return None
    tried = [folder / below for folder in folders for below in (f"{item}/{name}", name)]
    return next((path for path in tried if path.is_file()), None)


def attach(tx: Tx, request: Attach, now: int) -> list[Paper]:
    """Note the files at their items; those left out because the name already means another file."""
    left_out = []
    for paper in request.papers:
        owner = f"item:{paper.item}"
        same = [one for one in tx.files.of(owner) if one.name == paper.name]
        if any(one.sha256 == paper.sha256 for one in same) or tx.catalogue.find_node(paper.item) is None:
            continue
        if same and not request.replace:
            left_out.append(paper)
            continue
        for old in same:
            tx.files.remove(old.id)
        by = request.by.id
        tx.files.add(owner, "item", paper.name, paper.media_type, paper.size, paper.sha256, "unscanned", by)
        tx.audit.add(by, "file.added", owner, {"name": paper.name})
    return left_out


def write_out(store: Store, hall_id: str, items: Iterable[str], folder: Path, blobs: Blobs) -> int:
    """The files of the items into `folder/<item>/`; how many. Bytes that are lost are left out."""
    count = 0
    for item in items:
        for file in store.read(hall_id, _files, f"item:{item}"):
            target = folder / item / file.name
            try:
                data = blobs.read(file.sha256)
            except FileNotFoundError:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            count += 1
    return count


def _files(rx: Tx, owner: str) -> list[StoredFile]:
    return rx.files.of(owner)
