"""`run.py import` and `run.py export`: items and holidays in and out of the hall, with a report of every row refused."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from config.hall_file import HallFileError, load_hall
from config.initials import InitialsError, initials_elsewhere
from config.problems import Problem
from server.app import now_us, put_hall
from server.domain.actor import Actor, Role
from server.domain.refusals import Refusal
from server.imports.assembling import Catalogue, assemble
from server.imports.collecting import collect
from server.imports.loading import Load, Outcome, called, load, look
from server.imports.mapping import read_mapped, read_mapping
from server.imports.papers import Attach, attach, find, folders_of, write_out
from server.imports.reading import KINDS, json_of, read
from server.imports.rows import Unreadable
from server.imports.writing import write
from server.journey.catalogue.holidays import ImportHolidays, import_holidays
from server.serve import CannotServe, lock_data, read_settings, say
from server.store.blobs import Blobs
from server.store.errors import DatabaseTooNew
from server.store.history import hall_ids
from server.store.store import Store, open_store
from server.store.vault import load_vault

OK, CANNOT, WRONG = 0, 1, 2
SHOWN = 40
BY = Actor("import", "命令行导入", frozenset({Role.ADMIN}))
"""Whoever may write the data folder may do everything; the history says that it was an import."""


@dataclass(frozen=True, slots=True)
class Options:
    """As given on the command line; `what` is "items" or "holidays"."""

    what: str
    file: Path
    hall: Path | None = None
    data: Path | None = None
    mapping: Path | None = None
    dry_run: bool = False
    publish: bool = False
    report: Path | None = None


def run_import(options: Options, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """0 when everything went in, 1 when it cannot run here, 2 when a row was refused; the others are in then."""
    return told(lambda: _holidays(options, out) if options.what == "holidays" else _items(options, out), err)


def run_export(options: Options, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Write the hall's items to a file. The hall may be serving meanwhile."""
    return told(lambda: _export(options, out), err)


def told(work: Callable[[], int], err: TextIO) -> int:
    """The work's exit code; what keeps it from being done is said in one sentence."""
    try:
        return work()
    except Unreadable as reason:
        say(str(reason.problem), err)
        return WRONG
    except HallFileError as reason:
        say("\n".join(str(problem) for problem in reason.problems), err)
        return WRONG
    except Refusal as reason:
        say(f"{reason.message_zh}\n    {reason.message_en}", err)
        return WRONG if reason.status < 500 else CANNOT
    except CannotServe as reason:
        say(str(reason), err)
        return reason.code
    except (DatabaseTooNew, OSError) as reason:
        say(f"做不了：{reason}。It cannot be done: {reason}.", err)
        return CANNOT


def _items(options: Options, out: TextIO) -> int:
    """Read the file before anything is opened: what is wrong with it is told at once."""
    tables = read_mapped(options.file, read_mapping(options.mapping)) if options.mapping else read(options.file)
    note = f"导入 {options.file.name}（sha256 {_digest(options.file)}）"
    with at_hall(options.hall, options.data, alone=not options.dry_run) as (store, hall_id, blobs):
        catalogue = assemble(tables, store.read(hall_id, called))
        initials = {} if options.dry_run else _initials(catalogue)
        request = Load(BY, catalogue, options.publish, note, initials)
        done = (look if options.dry_run else load)(store, hall_id, request)
        if not options.dry_run:
            _attach(options, catalogue, done, store, hall_id, blobs)
    problems = [*catalogue.problems, *done.problems]
    _report(options, problems, done.hints, out)
    _summary(options, catalogue, done, out)
    return WRONG if problems else OK


def _attach(options: Options, catalogue: Catalogue, done: Outcome, store: Store, hall_id: str, blobs: Blobs) -> None:
    """The samples and blank forms that lie beside the file."""
    items = {item.id: item for item in catalogue.items if item.id not in done.refused}
    most = store.read(hall_id, lambda rx: rx.rules.file.files.max_mb) << 20
    papers = find(items.values(), folders_of(options.file), blobs, most, done.problems)
    for paper in store.write(hall_id, attach, Attach(BY, papers)):
        done.problems.append(
            items[paper.item].row.problem(
                paper.name,
                f"事项已有另一个叫 {paper.name} 的文件，已发布的版本要用它",
                "给新文件换个名字",
                f"the item has another file called {paper.name}",
                "give the new file another name",
            )
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _initials(catalogue: Catalogue) -> dict[str, str]:
    """By item id: as the file says, else worked out in a process of its own; without pypinyin there are none."""
    given = {item.id: item.initials for item in catalogue.items if item.initials}
    names = {item.id: item.version.name for item in catalogue.items if not item.initials}
    try:
        found = initials_elsewhere(list(names.values())) if names else []
    except InitialsError:
        found = []
    return {**dict(zip(names, found, strict=False)), **given}


def _report(options: Options, problems: Sequence[Problem], hints: Sequence[Problem], out: TextIO) -> None:
    for problem in problems[:SHOWN]:
        say(str(problem), out)
    for hint in hints[:SHOWN]:
        say(f"提示 hint: {hint}", out)
    left = max(0, len(problems) - SHOWN) + max(0, len(hints) - SHOWN)
    if left:
        say(f"另有 {left} 处未列出，用 --report 写成表格。{left} more; --report FILE.csv writes them all.", out)
    if options.report:
        with options.report.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(["", "文件 file", "位置 place", "问题 wrong", "应当 right", "wrong", "right"])
            for word, told in (("拒绝 refused", problems), ("提示 hint", hints)):
                table.writerows([word, p.file, p.where, p.wrong, p.right, p.wrong_en, p.right_en] for p in told)


def _summary(options: Options, catalogue: Catalogue, done: Outcome, out: TextIO) -> None:
    refused = catalogue.refused + len(done.refused)
    would, would_en = ("将", "would be ") if options.dry_run else ("", "")
    say(
        f"{options.file.name}：{would}发布 {len(done.published)} 项，{would}存为草稿 {len(done.drafted)} 项，"
        f"未变 {len(done.unchanged)} 项，拒绝 {refused} 项，一件事 {done.bundles} 个。\n"
        f"    {len(done.published)} {would_en}published, {len(done.drafted)} {would_en}kept as drafts,"
        f" {len(done.unchanged)} unchanged, {refused} refused, {done.bundles} bundles.",
        out,
    )


def _holidays(options: Options, out: TextIO) -> int:
    with at_hall(options.hall, options.data, alone=True) as (store, hall_id, _):
        year = store.write(hall_id, import_holidays, ImportHolidays(BY, json_of(options.file)))
    say(f"已导入 {year} 年的节假日安排。The holidays of {year} are in.", out)
    return OK


def _export(options: Options, out: TextIO) -> int:
    if options.file.suffix.lower() not in KINDS:
        raise CannotServe(f"导出为 .xlsx、.csv 或 .json。Export to .xlsx, .csv or .json: {options.file}", WRONG)
    with at_hall(options.hall, options.data, alone=False) as (store, hall_id, blobs):
        export = store.read(hall_id, collect)
        write(export, options.file)
        write_out(store, hall_id, [item.id for item in export.items], options.file.with_suffix(".files"), blobs)
    say(
        f"已导出 {len(export.items)} 个事项、{len(export.bundles)} 个一件事到 {options.file}。"
        f" {len(export.items)} items and {len(export.bundles)} bundles are in {options.file}.",
        out,
    )
    return OK


@contextmanager
def at_hall(hall_dir: Path | None, data_dir: Path | None, *, alone: bool) -> Iterator[tuple[Store, str, Blobs]]:
    """The hall's store. `alone`: no other process may serve from the data folder meanwhile; else it is only read."""
    given = {"hall_dir": hall_dir, "data_dir": data_dir}
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    hall = load_hall(settings.hall_dir)
    lock = lock_data(settings) if alone else None
    vault = load_vault(settings.data_dir)
    try:
        store = open_store(
            data_dir=settings.data_dir,
            database_url=settings.database_url,
            clock=now_us,
            vault=vault,
            tokens=lambda: "",
        )
        try:
            if alone:
                store.ensure_hall(hall.hall.id)
                put_hall(store, hall.hall.id, hall)
            elif hall.hall.id not in store.read("", hall_ids):
                raise CannotServe(
                    f"{settings.data_dir} 里还没有这座大厅，先启动或导入一次。There is no such hall in {settings.data_dir} yet: serve it once."
                )
            yield store, hall.hall.id, Blobs(settings.data_dir, vault)
        finally:
            store.close()
    finally:
        if lock:
            lock.close()
