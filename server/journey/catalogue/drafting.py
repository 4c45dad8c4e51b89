"""A version is written: begun from the last one, saved by revision, submitted when nothing stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from server.domain.actor import Actor, Role
from server.domain.catalogue.adjustment import AdjustmentState
from server.domain.catalogue.checking import faults, refuse_faults
from server.domain.catalogue.faults import Fault, result_faults, tree_faults
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import STAGE_WORDS, Reviewer, Stage, check_panel
from server.domain.catalogue.wording import VAGUE_WORDS
from server.domain.refusals import Refusal
from server.journey.catalogue.rights import require_author
from server.store.catalogue_rows import DraftChanged, Node, VersionRow
from server.store.transaction import Tx

UNDER_WAY = (Stage.DRAFT, Stage.REVIEW, Stage.MOCK)


class VersionUnderWay(Refusal):
    status, code = 409, "version_under_way"
    zh = "“{item}”的第 {version} 版还在{stage_zh}，请先完成或撤销它。"
    en = "Version {version} of “{item}” is still under way ({stage_en}). Finish or discard it first."


class NotADraft(Refusal):
    status, code = 409, "not_a_draft"
    zh = "“{item}”第 {version} 版不是草稿，不能修改。请新建一版。"
    en = "Version {version} of “{item}” is not a draft and cannot be changed. Begin a new version."


class ReviewerUnknown(Refusal):
    status, code = 422, "reviewer_unknown"
    zh = "没有“{reviewer}”这位在岗人员，请从人员列表中选择评审人。"
    en = "There is nobody called “{reviewer}” at work here. Choose reviewers from the staff list."


class NotAnItem(Refusal):
    status, code = 409, "not_an_item"
    zh = "“{name}”是目录，不是事项，请选择事项。"
    en = "“{name}” is a folder, not an item. Please choose an item."


@dataclass(frozen=True, slots=True)
class StartDraft:
    """`body` None: as the newest version says."""

    by: Actor
    item: str
    body: ItemVersion | None = None
    initials: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """`revision` is the one the editor began from; `initials` the name's, worked out before the step."""

    by: Actor
    item: str
    version: int
    revision: int
    body: ItemVersion
    initials: str = ""


@dataclass(frozen=True, slots=True)
class DropDraft:
    by: Actor
    item: str
    version: int
    revision: int


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """`reviewers` are user names."""

    by: Actor
    item: str
    version: int
    revision: int
    reviewers: tuple[str, ...]


def item_node(tx: Tx, item_id: str) -> Node:
    """Raises NodeUnknown, NotAnItem."""
    node = tx.catalogue.node(item_id)
    if not node.is_item:
        raise NotAnItem(name=node.name)
    return node


def is_item(rx: Tx, item_id: str) -> bool:
    node = rx.catalogue.find_node(item_id)
    return node is not None and node.is_item


def start_draft(tx: Tx, request: StartDraft, now: int) -> VersionRow:
    """Begin a new version. Raises VersionUnderWay, NotAnItem, NodeUnknown, NotYourDepartment."""
    node = item_node(tx, request.item)
    require_author(request.by, node.department)
    busy = tx.catalogue.under_way(node.id)
    if busy is not None:
        refuse_under_way(node, busy)
    return begin(tx, node, request.by, request.body, request.initials, request.note)


def refuse_under_way(node: Node, busy: VersionRow) -> NoReturn:
    """Raises VersionUnderWay."""
    zh, en = STAGE_WORDS[busy.stage]
    raise VersionUnderWay(item=node.name, version=busy.version, stage_zh=zh, stage_en=en)


def begin(
    tx: Tx, node: Node, by: Actor, body: ItemVersion | None = None, initials: str = "", note: str = ""
) -> VersionRow:
    """A new draft of an item of which none is under way: what `body` says, else what the newest version says."""
    before = next(iter(tx.catalogue.versions(node.id)), None)
    body = body or (before.item if before else blank(tx, node))
    initials = initials or (before.initials if before and before.item.name == body.name else "")
    row = tx.catalogue.add_version(node.id, _of(node, body), initials, by.id, note)
    tx.audit.add(by.id, "item.drafted", f"item:{node.id}", {"version": row.version})
    return row


def blank(tx: Tx, node: Node) -> ItemVersion:
    """What a draft of a new item says: as the hall file has it, or with everything still to be written."""
    own = tx.rules.items.get(node.id)
    return ItemVersion.model_validate(
        {
            "name": node.name,
            "name_en": node.name_en,
            "department": node.department,
            "section": own.section if own else next(iter(tx.rules.sections)),
            "minutes": own.minutes if own else 15,
            "kind": "commitment",
            "legal_days": 20,
            "promised_days": 5,
            "applicants": ["person"],
            "situations": [{"id": "all", "name": node.name}],
            "start": "all",
        }
    )


def save_draft(tx: Tx, request: SaveDraft, now: int) -> VersionRow:
    """Keep what the editor wrote, sound or not. Raises DraftChanged when somebody saved meanwhile, NotADraft."""
    node = item_node(tx, request.item)
    require_author(request.by, node.department)
    row = _draft(tx, node, request.version)
    return tx.catalogue.save(row, _of(node, request.body), request.initials, request.revision, request.by.id)


def drop_draft(tx: Tx, request: DropDraft, now: int) -> VersionRow:
    """Discard a version that is not published, also one that waits for a reviewer who never answers; it stays in the
    item's history. Raises DraftChanged, NotADraft."""
    node = item_node(tx, request.item)
    require_author(request.by, node.department)
    row = tx.catalogue.row(node.id, request.version)
    if row.stage not in UNDER_WAY:
        raise NotADraft(item=node.name, version=row.version)
    row = _at(row, request.revision)
    tx.audit.add(request.by.id, "item.dropped", f"item:{node.id}", {"version": row.version})
    for one in tx.adjustments.taken_into(node.id, row.version):  # its department is asked again
        tx.adjustments.move(one, AdjustmentState.OPEN, draft=None)
    return tx.catalogue.move(row, Stage.RETIRED, request.by.id)


def submit(tx: Tx, request: SubmitDraft, now: int) -> VersionRow:
    """To review. Raises ItemHasFaults with every fault, SectionUnknown, DraftChanged, and what `panel_of` does."""
    node = item_node(tx, request.item)
    require_author(request.by, node.department)
    row = _at(_draft(tx, node, request.version), request.revision)
    check(tx, node.id, row.item)
    reviewers = panel_of(tx, {*row.written_by, username(request.by)}, request.reviewers)
    tx.audit.add(request.by.id, "item.submitted", f"item:{node.id}", {"version": row.version, "reviewers": reviewers})
    return tx.catalogue.move(row, Stage.REVIEW, request.by.id, round=row.round + 1, reviewers=reviewers, note="")


def check(tx: Tx, item_id: str, item: ItemVersion) -> None:
    """Raises ItemHasFaults, SectionUnknown."""
    refuse_faults(faults_of(tx, item_id, item))
    tx.rules.section(item.section)


def faults_of(rx: Tx, item_id: str, item: ItemVersion) -> list[Fault]:
    """All that stands against publishing it, also what only the hall's other items can tell."""
    results = result_faults(item_id, item, lambda key: is_item(rx, key))
    return [*faults(item, vague_words(rx)), *(one for _, one in results)]


def check_links(item: ItemVersion) -> None:
    """Raises ItemHasFaults where the questions do not hang together, so that they cannot be walked."""
    refuse_faults(tree_faults(item))


def vague_words(tx: Tx) -> Mapping[str, str]:
    """The hall's own list before the one that comes with the program."""
    return {**VAGUE_WORDS, **tx.rules.file.catalogue.vague_words}


def username(by: Actor) -> str:
    return by.id.removeprefix("staff:")


def panel_of(tx: Tx, authors: Iterable[str], names: Iterable[str]) -> list[str]:
    """The user names of a panel that may review. Raises ReviewerUnknown, and what `check_panel` does."""
    wanted = []
    for name in dict.fromkeys(names):
        account = tx.staff.find(name)
        if account is None or not account.active:
            raise ReviewerUnknown(reviewer=name)
        wanted.append(Reviewer(name, account.name, of_hall(account.roles), account.department))
    check_panel(wanted, authors)
    return [one.username for one in wanted]


def of_hall(roles: Iterable[str]) -> bool:
    """Of the hall's administration (行政服务中心)?"""
    return bool({Role.MANAGER, Role.ADMIN} & set(roles))


def _draft(tx: Tx, node: Node, version: int) -> VersionRow:
    row = tx.catalogue.row(node.id, version)
    if row.stage != Stage.DRAFT:
        raise NotADraft(item=node.name, version=version)
    return row


def _at(row: VersionRow, revision: int) -> VersionRow:
    if row.revision != revision:
        raise DraftChanged(item=row.item.name)
    return row


def _of(node: Node, body: ItemVersion) -> ItemVersion:
    """An item is its node's department's, whatever the body says."""
    return body if body.department == node.department else body.model_copy(update={"department": node.department})
