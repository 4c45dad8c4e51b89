"""Items in and out over HTTP: the same files, checks and report as `run.py import` and `run.py export`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from flask import Response
from pydantic import Field

from config.initials import InitialsError, initials_elsewhere
from config.problems import Problem
from server import concurrency
from server.domain.actor import Role
from server.domain.refusals import Refusal
from server.imports.assembling import Catalogue, assemble
from server.imports.collecting import collect
from server.imports.loading import Load, Outcome, called, load, look
from server.imports.reading import read
from server.imports.rows import Unreadable
from server.imports.writing import Export, packed
from server.web.access import EVERYBODY_AT_WORK, LEADERS
from server.web.api.parsing import Query
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Out
from server.web.api.uploads import FileEmpty, FileTooLarge, given_bytes
from server.web.context import actor, services

routes = Routes("catalogue_exchange")
AUTHORS = (Role.EDITOR, *LEADERS)
MOST_TOLD = 500
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/octet-stream",
}


class FileNotUnderstood(Refusal):
    status, code = 422, "import_not_understood"
    zh = "文件读不懂：{wrong_zh}。应当：{right_zh}。"
    en = "The file cannot be understood: {wrong_en}. Right: {right_en}."


class PublishNeedsAdmin(Refusal):
    status, code = 403, "import_publish_needs_admin"
    zh = "不经评审直接发布，只有管理员可以。请去掉“直接发布”，导入为草稿后送审。"
    en = "Only an administrator may publish without review. Import as drafts and submit them for review."


class ExportQuery(Query):
    format: Literal["xlsx", "csv", "json"] = "xlsx"
    department: Annotated[str, Field(max_length=120)] = ""


class ImportQuery(Query):
    name: Annotated[str, Field(pattern=r"(?i)^[^/\\]{1,190}\.(xlsx|csv|zip|json)$")] = Field(examples=["事项.xlsx"])
    dry_run: bool = False
    publish: bool = False


class Told(Out):
    file: str
    where: str
    wrong_zh: str
    right_zh: str
    wrong_en: str
    right_en: str


class ImportOut(Out):
    dry_run: bool
    published: list[str]
    drafted: list[str]
    unchanged: list[str]
    refused: int
    bundles: int
    problems: list[Told]
    hints: list[Told]
    more: int = Field(description="problems and hints beyond those told")


@routes.get(
    "/catalogue/export",
    EVERYBODY_AT_WORK,
    summary="导出事项 Export items",
    query=ExportQuery,
    answers={200: " ".join(_MEDIA.values())},
)
def export(query: ExportQuery) -> Reply:
    """A workbook, CSV files in a ZIP, or JSON; one department's or everybody's. `run.py export` adds samples and forms."""
    found = services().store.read(services().hall_id, collect)
    if query.department:
        items = [one for one in found.items if one.version.department == query.department]
        found = Export(found.groups, items)
    data = concurrency.run_blocking(packed, found, query.format)
    ending = "zip" if query.format == "csv" else query.format
    response = Response(data, content_type=_MEDIA[query.format])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'事项.{ending}')}"
    return response


@routes.post(
    "/catalogue/import",
    AUTHORS,
    summary="导入事项 Import items",
    query=ImportQuery,
    answers={200: ImportOut},
    refusals=(FileNotUnderstood, PublishNeedsAdmin, FileTooLarge, FileEmpty),
    replayed=False,
    upload=True,
)
def import_(query: ImportQuery) -> Reply:
    """The request's body is the file. Items become drafts; an editor's own department's only. Every row refused is told
    with its place; the others go in. The same file again changes nothing."""
    by, given = actor(), services()
    if query.publish and not by.has(Role.ADMIN):
        raise PublishNeedsAdmin()
    data = given_bytes(given.hall_file().files.max_mb)
    try:
        catalogue = concurrency.run_blocking(_read, query.name, data, given.store.read(given.hall_id, called))
    except Unreadable as reason:
        one = reason.problem
        raise FileNotUnderstood(
            wrong_zh=one.wrong,
            right_zh=one.right,
            wrong_en=one.wrong_en or one.wrong,
            right_en=one.right_en or one.right,
        ) from None
    initials = {} if query.dry_run else _initials(catalogue)
    wanted = Load(by, catalogue, query.publish, f"导入 {query.name}", initials)
    done = (look if query.dry_run else load)(given.store, given.hall_id, wanted)
    return 200, _said(query, catalogue, done)


def _read(name: str, data: bytes, sections: dict[str, str]) -> Catalogue:
    """Blocks."""
    with tempfile.TemporaryDirectory(prefix="yichuang-import-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return assemble(read(path), sections)


def _initials(catalogue: Catalogue) -> dict[str, str]:
    names = {item.id: item.version.name for item in catalogue.items if not item.initials}
    try:
        found = concurrency.run_blocking(initials_elsewhere, list(names.values())) if names else []
    except InitialsError:  # without pypinyin they are found by words alone
        found = []
    given = {item.id: item.initials for item in catalogue.items if item.initials}
    return {**dict(zip(names, found, strict=False)), **given}


def _said(query: ImportQuery, catalogue: Catalogue, done: Outcome) -> dict[str, object]:
    problems = [*catalogue.problems, *done.problems]
    return {
        "dry_run": query.dry_run,
        "published": done.published,
        "drafted": done.drafted,
        "unchanged": done.unchanged,
        "refused": catalogue.refused + len(done.refused),
        "bundles": done.bundles,
        "problems": [_told(one) for one in problems[:MOST_TOLD]],
        "hints": [_told(one) for one in done.hints[:MOST_TOLD]],
        "more": max(0, len(problems) - MOST_TOLD) + max(0, len(done.hints) - MOST_TOLD),
    }


def _told(one: Problem) -> dict[str, str]:
    return {
        "file": one.file,
        "where": one.where,
        "wrong_zh": one.wrong,
        "right_zh": one.right,
        "wrong_en": one.wrong_en or one.wrong,
        "right_en": one.right_en or one.right,
    }
