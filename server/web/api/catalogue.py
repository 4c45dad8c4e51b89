"""The catalogue for everybody: find an item, answer its questions, see the exact list, print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response

from server.domain.actor import Role
from server.domain.catalogue.adjustment import ABOUT_WORDS, FLAW_WORDS
from server.domain.catalogue.frequency import FREQUENCY_WORDS
from server.domain.catalogue.model import APPLICANT_WORDS, FORM_WORDS, KIND_WORDS, MEDIUM_WORDS
from server.domain.catalogue.review import ASPECTS, GRADE_WORDS, STAGE_WORDS
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.working_days import HolidayFileInvalid
from server.journey.catalogue import bundles, guide
from server.journey.catalogue.drafting import vague_words
from server.journey.catalogue.holidays import ImportHolidays, holidays_view, import_holidays
from server.journey.filing import item_file
from server.store.bundles import BundleUnknown
from server.store.catalogue_rows import ItemNotPublished
from server.store.files import FileUnknown
from server.web.access import ANYONE
from server.web.api.bundle_schemas import BundleQuery, BundlesOut, BundleWalkBody, BundleWalkOut
from server.web.api.catalogue_schemas import (
    FoundItems,
    GuideOut,
    HolidayFile,
    HolidaysOut,
    ItemWhole,
    SearchQuery,
    Tree,
    WalkBody,
    WalkOut,
    Words,
)
from server.web.api.commands import command
from server.web.api.routing import Reply, Routes
from server.web.api.uploads import ANY_FILE, sent
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("catalogue")


def read(view: Any, *args: Any) -> Any:
    return services().store.read(services().hall_id, view, *args)


@routes.get("/catalogue/tree", ANYONE, summary="事项目录 The tree of items", answers={200: Tree})
def tree() -> Reply:
    """The items in force and the folders above them, four levels at most. `frequency`: 高频、中频、低频 by a year's cases."""
    return 200, read(guide.tree_view)


@routes.get(
    "/catalogue/search", ANYONE, summary="查找事项 Search the catalogue", query=SearchQuery, answers={200: FoundItems}
)
def search(query: SearchQuery) -> Reply:
    """Items in force by words of their names or pinyin initials, the best first, 60 at most."""
    return 200, read(guide.search_view, query.q, query.section, query.department, query.applicant)


@routes.get(
    "/catalogue/items/{item}",
    ANYONE,
    summary="事项 An item",
    answers={200: ItemWhole},
    refusals=(ItemNotPublished,),
)
def item(item: str) -> Reply:
    """Everything published of an item in force today: texts, questions, situations, materials with their checkpoints."""
    return 200, read(guide.item_view, item)


@routes.post(
    "/catalogue/items/{item}/walk",
    ANYONE,
    summary="问答找情形 From answers to the exact list",
    body=WalkBody,
    answers={200: WalkOut},
    refusals=(ItemNotPublished, AnswerUnknown),
    replayed=False,
)
def walk(item: str, body: WalkBody) -> Reply:
    """The next question; or, when nothing is left to ask, the one situation with its exact list of materials."""
    return 200, read(guide.walk_view, item, body.answers)


@routes.post(
    "/catalogue/items/{item}/guide",
    ANYONE,
    summary="办事指南 A guide to print",
    body=WalkBody,
    answers={200: GuideOut},
    refusals=(ItemNotPublished, AnswerUnknown),
    replayed=False,
)
def printed(item: str, body: WalkBody) -> Reply:
    """The walk with all that a sheet of paper needs: limits, fee, windows, hours, the promised day."""
    return 200, read(guide.guide_view, item, body.answers)


@routes.get(
    "/catalogue/items/{item}/files/{name}",
    ANYONE,
    summary="空表和样例 A blank form or sample",
    answers={200: ANY_FILE},
    refusals=(FileUnknown,),
)
def file(item: str, name: str) -> Response:
    """By its name, as a material says it. Those of drafts are for staff alone."""
    staff = actor().is_staff
    found = read(_file, item, name, staff)
    return sent(found, public=not staff)  # of a draft, nothing is kept by a proxy


def _file(rx: Tx, item: str, name: str, staff: bool) -> Any:
    return item_file(rx, item, name, staff=staff)


@routes.get("/catalogue/bundles", ANYONE, summary="一件事 Bundles", query=BundleQuery, answers={200: BundlesOut})
def all_bundles(query: BundleQuery) -> Reply:
    """Several items applied for with one form, by words or pinyin initials. Staff also see those that are not on offer."""
    return 200, read(_bundles, actor().is_staff, query.q)


def _bundles(rx: Tx, every: bool, text: str) -> Any:
    return bundles.bundles_view(rx, every=every, text=text)


@routes.post(
    "/catalogue/bundles/{bundle}/walk",
    ANYONE,
    summary="一件事问答 From answers to one list",
    body=BundleWalkBody,
    answers={200: BundleWalkOut},
    refusals=(BundleUnknown, ItemNotPublished, AnswerUnknown),
    replayed=False,
)
def walk_bundle(bundle: str, body: BundleWalkBody) -> Reply:
    """The open question of each item, and the list so far without doubles."""
    return 200, read(bundles.bundle_walk, bundle, body.answers)


@routes.get("/catalogue/words", ANYONE, summary="目录用语 The words of the catalogue", answers={200: Words})
def words() -> Reply:
    """Kinds, forms, grades, stages in both languages; the vague words that are refused; departments and sections."""
    return 200, read(_words)


def _words(rx: Tx) -> Any:
    def listed(table: Any) -> list[dict[str, str]]:
        return [{"id": str(key), "zh": zh, "en": en} for key, (zh, en) in table.items()]

    departments = {item.department for item in rx.rules.file.items}
    departments |= {node.department for node in rx.catalogue.nodes() if node.department}
    return {
        "kinds": listed(KIND_WORDS),
        "forms": listed(FORM_WORDS),
        "media": listed(MEDIUM_WORDS),
        "applicants": listed(APPLICANT_WORDS),
        "aspects": listed(ASPECTS),
        "grades": listed(GRADE_WORDS),
        "stages": listed(STAGE_WORDS),
        "frequencies": listed(FREQUENCY_WORDS),
        "flaws": listed(FLAW_WORDS),
        "abouts": listed(ABOUT_WORDS),
        "vague_words": dict(vague_words(rx)),
        "departments": sorted(departments),
        "sections": [{"id": one.id, "name": one.name, "name_en": one.name_en} for one in rx.rules.file.sections],
    }


@routes.get("/holidays", ANYONE, summary="节假日 Holidays known", answers={200: HolidaysOut})
def holidays() -> Reply:
    """The published days off and make-up days on which limits are counted, and the years still to be imported."""
    return 200, read(holidays_view)


@routes.post(
    "/holidays",
    (Role.ADMIN,),
    summary="导入节假日 Import a year's holidays",
    body=HolidayFile,
    answers={200: HolidaysOut},
    refusals=(HolidayFileInvalid,),
)
def bring_holidays(body: HolidayFile) -> Reply:
    """The file as published; it replaces what was known of its year."""
    return command(import_holidays, ImportHolidays(actor(), body.file), body, lambda tx, _: holidays_view(tx))
