"""The catalogue's workshop: departments write and submit, heads publish; what waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from config.initials import InitialsError, initials_elsewhere
from server import concurrency
from server.domain.actor import Role
from server.domain.catalogue import review as panel
from server.domain.catalogue.checking import ItemHasFaults
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.hall import SectionUnknown
from server.journey.catalogue import drafting, publishing, rights, views
from server.journey.catalogue.guide import frequencies_view, walk_json
from server.journey.catalogue.inbox import inbox_view
from server.journey.supervising import ReloadWouldStrand
from server.store.catalogue_rows import DraftChanged, NodeUnknown, VersionRow, VersionUnknown
from server.web.access import EVERYBODY_AT_WORK, LEADERS
from server.web.api.catalogue_desk_schemas import (
    DropBody,
    Frequencies,
    Inbox,
    NewDraft,
    PublishBody,
    RetireBody,
    SaveBody,
    SubmitBody,
    VersionLines,
    VersionOut,
)
from server.web.api.catalogue_schemas import WalkBody, WalkOut
from server.web.api.commands import command
from server.web.api.object_rights import roles_alone
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.domain.actor import Actor
    from server.store.transaction import Tx

routes = Routes("catalogue_desk")
AUTHORS = (Role.EDITOR, *LEADERS)
PUBLISHERS = (Role.HEAD, *LEADERS)
BASE = "/catalogue/items/{item}/versions"
ONE = BASE + "/{version}"
WHERE = (NodeUnknown, VersionUnknown, drafting.NotAnItem)
PANEL = (
    panel.ReviewersTooFew,
    panel.ReviewerWroteIt,
    panel.ReviewWithoutHall,
    panel.ReviewWithoutDepartment,
    drafting.ReviewerUnknown,
)
MINE = (rights.NotYourDepartment, rights.NeedsLeader)


def _read(view: Any, *args: Any) -> Any:
    return services().store.read(services().hall_id, view, *args)


def shown(by: Actor) -> Callable[[Tx, VersionRow], Any]:
    """Renders a version for whoever asked."""
    return lambda tx, row: views.version_view(tx, row.item_id, row.version, by)


@routes.get(
    BASE,
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="版本历史 Versions of an item",
    answers={200: VersionLines},
    refusals=WHERE,
)
def versions(item: str) -> Reply:
    """Every version for ever, the newest first."""
    return 200, _read(views.versions_view, item)


@routes.get(
    ONE, EVERYBODY_AT_WORK, may=roles_alone, summary="一个版本 A version", answers={200: VersionOut}, refusals=WHERE
)
def version(item: str, version: int) -> Reply:
    """What it says, what stands against publishing it, what reviewers and windows said, and what the asker may do."""
    return 200, _read(views.version_view, item, version, actor())


@routes.post(
    ONE + "/walk",
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="预览问答 Preview as the citizen sees it",
    body=WalkBody,
    answers={200: WalkOut},
    refusals=(*WHERE, AnswerUnknown, ItemHasFaults),
    replayed=False,
)
def preview(item: str, version: int, body: WalkBody) -> Reply:
    """A draft whose questions do not hang together cannot be walked: its faults are named."""
    return 200, _read(_preview, item, version, body.answers)


def _preview(rx: Tx, item: str, version: int, answers: Any) -> Any:
    row = rx.catalogue.row(item, version)
    drafting.check_links(row.item)
    return walk_json(rx, row, answers)


@routes.post(
    BASE,
    AUTHORS,
    may=rights.writes,
    summary="新建一版 Begin a new version",
    body=NewDraft,
    answers={201: VersionOut},
    refusals=(*WHERE, *MINE, drafting.VersionUnderWay),
)
def draft(item: str, body: NewDraft) -> Reply:
    """A draft that says what the newest version says; one is under way at a time."""
    by = actor()
    return command(drafting.start_draft, drafting.StartDraft(by, item, note=body.note), body, shown(by), 201)


@routes.post(
    ONE + "/save",
    AUTHORS,
    may=rights.writes,
    summary="保存草稿 Save a draft",
    body=SaveBody,
    answers={200: VersionOut},
    refusals=(*WHERE, *MINE, DraftChanged, drafting.NotADraft),
    largest=512 * 1024,
)
def save(item: str, version: int, body: SaveBody) -> Reply:
    """Sound or not. `revision` is the one the editor began from: where somebody else saved meanwhile, nothing is lost
    silently."""
    by, initials = actor(), _initials(item, version, body.body.name)
    wanted = drafting.SaveDraft(by, item, version, body.revision, body.body, initials)
    return command(drafting.save_draft, wanted, body, shown(by))


def _initials(item: str, version: int, name: str) -> str:
    """As they were, or worked out anew for a new name: in a process of its own, for half a second."""
    row: VersionRow = _read(lambda rx: rx.catalogue.row(item, version))
    if row.initials and row.item.name == name:
        return row.initials
    try:
        return concurrency.run_blocking(initials_elsewhere, [name])[0]
    except InitialsError:
        return ""


@routes.post(
    ONE + "/drop",
    AUTHORS,
    may=rights.writes,
    summary="放弃草稿 Discard a draft",
    body=DropBody,
    answers={200: VersionOut},
    refusals=(*WHERE, *MINE, DraftChanged, drafting.NotADraft),
)
def drop(item: str, version: int, body: DropBody) -> Reply:
    """It stays in the item's history."""
    by = actor()
    return command(drafting.drop_draft, drafting.DropDraft(by, item, version, body.revision), body, shown(by))


@routes.post(
    ONE + "/submit",
    AUTHORS,
    may=rights.writes,
    summary="送审 Submit for review",
    body=SubmitBody,
    answers={200: VersionOut},
    refusals=(
        *WHERE,
        *MINE,
        DraftChanged,
        drafting.NotADraft,
        *PANEL,
        ItemHasFaults,
        SectionUnknown,
    ),
)
def submit(item: str, version: int, body: SubmitBody) -> Reply:
    """Nothing may stand against it: every fault is named in `detail.faults`. Two reviewers at least, who have not written at
    it: one of the hall's administration, which leads the review, and one of a department."""
    by = actor()
    wanted = drafting.SubmitDraft(by, item, version, body.revision, tuple(body.reviewers))
    return command(drafting.submit, wanted, body, shown(by))


@routes.post(
    ONE + "/publish",
    PUBLISHERS,
    may=rights.publishes,
    summary="发布 Publish a version",
    body=PublishBody,
    answers={200: VersionOut},
    refusals=(
        *WHERE,
        *MINE,
        DraftChanged,
        publishing.NotInMockIntake,
        publishing.MockIntakeMissing,
        publishing.EffectiveDayPast,
        ItemHasFaults,
        SectionUnknown,
        ReloadWouldStrand,
    ),
)
def publish(item: str, version: int, body: PublishBody) -> Reply:
    """From today or a later day on; the version before ends the day before. Kiosk, desks, phones and print change at the
    same moment."""
    by = actor()
    return command(publishing.publish, publishing.Publish(by, item, version, body.effective_from), body, shown(by))


@routes.post(
    "/catalogue/items/{item}/retire",
    PUBLISHERS,
    may=rights.publishes,
    summary="停用事项 Retire an item",
    body=RetireBody,
    answers={204: None},
    refusals=(
        NodeUnknown,
        drafting.NotAnItem,
        *MINE,
        DraftChanged,
        publishing.NotPublished,
        publishing.RetiredSooner,
        publishing.EffectiveDayPast,
        ReloadWouldStrand,
    ),
)
def retire(item: str, body: RetireBody) -> Reply:
    """Offered no more, at once or after a day; cases under way go on under their version. A day told already may come
    sooner, not later."""
    wanted = publishing.Retire(actor(), item, body.last_day, body.reason)
    return command(publishing.retire, wanted, body, lambda tx, row: None, 204)


@routes.get("/catalogue/inbox", EVERYBODY_AT_WORK, summary="待我处理 What waits for me", answers={200: Inbox})
def inbox() -> Reply:
    """Versions to review, to try at a window, drafts to finish, requests for changes; and what became of the asker's own.
    The first of each, and how many there are."""
    return 200, _read(inbox_view, actor())


@routes.get("/catalogue/frequencies", EVERYBODY_AT_WORK, summary="高频事项 How often each", answers={200: Frequencies})
def often() -> Reply:
    """高频、中频、低频 by the cases of the last 365 days."""
    return 200, _read(frequencies_view)
