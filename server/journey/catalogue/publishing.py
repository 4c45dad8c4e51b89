"""A version takes effect on a day, for kiosk, desks, phone and print at the same moment (同源发布); an item is retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config.hall_file import HallFile
from server.domain.actor import Actor, Role
from server.domain.catalogue.adjustment import AdjustmentState
from server.domain.catalogue.checking import require_sound
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import MOCK_WINDOWS, Stage, counted, mock_verdict
from server.domain.changes import Change, changes_between
from server.domain.refusals import Refusal
from server.journey.catalogue.drafting import check, item_node, vague_words
from server.journey.catalogue.rights import NeedsLeader, require_publisher
from server.journey.step import changes_lines
from server.journey.supervising import requeue_waiting
from server.store.catalogue_rows import Node, VersionRow
from server.store.transaction import Tx

TOLD = 30
"""Changes an event names; a screen asks for the rest."""


class MockIntakeMissing(Refusal):
    status, code = 409, "mock_intake_missing"
    zh = "“{item}”还没有通过模拟受理：要由 {least} 位不同的受理人员在 {least} 个不同的综合窗口试过无异议，现在是 {windows} 个。"
    en = "“{item}” has not passed its mock intake: {least} different clerks at {least} different windows without objection, so far {windows}."


class NotInMockIntake(Refusal):
    status, code = 409, "not_in_mock_intake"
    zh = "“{item}”第 {version} 版还没有到模拟受理，不能发布。请先送审。"
    en = "Version {version} of “{item}” is not in mock intake and cannot be published. Submit it for review first."


class EffectiveDayPast(Refusal):
    status, code = 422, "effective_day_past"
    zh = "生效日期 {day} 已经过去，请选择今天或以后的日期。"
    en = "The day {day} is past. Choose today or later."


class NotPublished(Refusal):
    status, code = 409, "item_not_in_use"
    zh = "“{item}”没有发布过的版本，无需停用。"
    en = "“{item}” has no published version to retire."


class RetiredSooner(Refusal):
    status, code = 409, "item_retired_sooner"
    zh = "“{item}”已定于受理到 {day}，停用只能提前。要办得更久，请写新的一版并发布。"
    en = "“{item}” is to be retired after {day}; that day can only come sooner. To go on longer, publish a new version."


@dataclass(frozen=True, slots=True)
class Publish:
    """`effective_from` None: today."""

    by: Actor
    item: str
    version: int
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Retire:
    """`last_day` is the last on which it is taken in; None: it is gone at once."""

    by: Actor
    item: str
    last_day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadyItem:
    """An item accepted elsewhere (import, demo): published as it is."""

    item: str
    body: ItemVersion
    initials: str = ""


@dataclass(frozen=True, slots=True)
class PublishReady:
    """Items of which a node is there. `by` an admin; the note goes into the history."""

    by: Actor
    items: Sequence[ReadyItem]
    note: str
    effective_from: date | None = None


@changes_lines
def publish(tx: Tx, request: Publish, now: int) -> VersionRow:
    """Publish a version that passed its mock intake; the version before it ends the day before.

    Raises NotInMockIntake, MockIntakeMissing, EffectiveDayPast, ItemHasFaults, SectionUnknown, ReloadWouldStrand, and
    what `require_publisher` does.
    """
    node = item_node(tx, request.item)
    require_publisher(request.by, node.department)
    row = tx.catalogue.row(node.id, request.version)
    if row.stage != Stage.MOCK:
        raise NotInMockIntake(item=node.name, version=row.version)
    trials = [trial for round_, _, trial in tx.acceptance.trials(row) if round_ == row.round]
    if mock_verdict(trials) != Stage.PUBLISHED:
        raise MockIntakeMissing(item=node.name, least=MOCK_WINDOWS, windows=len(counted(trials)))
    check(tx, row.item_id, row.item)
    before = tx.rules.file
    row = put_in_force(tx, request.by, row, request.effective_from, now)
    take_effect(tx, before, now)
    return row


@changes_lines
def publish_ready(tx: Tx, request: PublishReady, now: int) -> list[VersionRow]:
    """Publish items without review, all or none: an import's, or the demo's. Those that say what is in force already
    are left as they are, so that the same import again changes nothing. Admins only.

    A draft under way stays. Raises NeedsLeader, ItemHasFaults, SectionUnknown, EffectiveDayPast, ReloadWouldStrand.
    """
    if not request.by.has(Role.ADMIN):
        raise NeedsLeader()
    before, made = tx.rules.file, []
    for one in request.items:
        node = item_node(tx, one.item)
        body = one.body.model_copy(update={"department": node.department})
        require_sound(body, vague_words(tx))  # an import has looked at what one item says of another
        tx.rules.section(body.section)
        last = next(iter(reversed(tx.catalogue.published(node.id))), None)
        if last is not None and last.item == body and last.effective_to is None:
            continue
        row = tx.catalogue.add_version(node.id, body, one.initials, request.by.id, request.note)
        made.append(put_in_force(tx, request.by, row, request.effective_from, now))
    if made:
        take_effect(tx, before, now)
    return made


def put_in_force(tx: Tx, by: Actor, row: VersionRow, effective_from: date | None, now: int) -> VersionRow:
    """Make the version the published one from a day on; whatever else would hold from then on ends the day before."""
    today = tx.rules.day
    day = effective_from or today
    if day < today:
        raise EffectiveDayPast(day=day.isoformat())
    for other in tx.catalogue.holding(row.item_id, day):
        tx.catalogue.move(other, other.stage, other.changed_by, effective_to=day - timedelta(days=1))
    row = tx.catalogue.move(row, Stage.PUBLISHED, by.id, effective_from=day, effective_to=None, published_at=now)
    for one in tx.adjustments.taken_into(row.item_id, row.version):
        tx.adjustments.move(one, AdjustmentState.DONE)
    show_in_tree(tx, row.item_id, now)
    data = {"version": row.version, "from": day.isoformat()}
    tx.audit.add(by.id, "item.published", f"item:{row.item_id}", data)
    return row


@changes_lines
def retire(tx: Tx, request: Retire, now: int) -> VersionRow:
    """The item is offered no more after a day; cases under way keep their version. A day that was told already may come
    sooner.

    Raises NotPublished, RetiredSooner, EffectiveDayPast, ReloadWouldStrand, and what `require_publisher` does.
    """
    node = item_node(tx, request.item)
    require_publisher(request.by, node.department)
    today = tx.rules.day
    if request.last_day is not None and request.last_day < today:
        raise EffectiveDayPast(day=request.last_day.isoformat())
    last_day = request.last_day or today - timedelta(days=1)
    rows = _to_retire(tx, node, last_day)
    before = tx.rules.file
    for row in rows:
        ends = min(last_day, row.effective_to) if row.effective_to else last_day
        row = tx.catalogue.move(row, Stage.RETIRED, request.by.id, effective_to=ends)
    show_in_tree(tx, node.id, now)
    data = {"last_day": last_day.isoformat(), "reason": request.reason}
    tx.audit.add(request.by.id, "item.retired", f"item:{node.id}", data)
    take_effect(tx, before, now)
    return row


def _to_retire(tx: Tx, node: Node, last_day: date) -> list[VersionRow]:
    """The published versions, and those whose last day is told already. Raises NotPublished, RetiredSooner."""
    holding = tx.catalogue.holding(node.id, tx.rules.day)
    published = tx.catalogue.published(node.id)
    if not published and not holding:
        raise NotPublished(item=node.name)
    told = [row.effective_to for row in holding if row.effective_to]
    if not published and last_day > max(told):
        raise RetiredSooner(item=node.name, day=max(told).isoformat())
    return [*published, *(row for row in holding if row.stage == Stage.RETIRED)]


def show_in_tree(tx: Tx, item_id: str, now: int) -> None:
    """The tree says what holds today: the name of the version in force, and retired where none holds or is to come."""
    node, row = tx.catalogue.node(item_id), tx.catalogue.find_in_force(item_id, tx.rules.day)
    if row is not None:
        shown = replace(node, name=row.item.name, name_en=row.item.name_en, retired_at=None)
    else:
        shown = replace(node, retired_at=None if tx.catalogue.published(item_id) else node.retired_at or now)
    if shown != node:
        tx.catalogue.put_node(shown)


def take_effect(tx: Tx, before: HallFile, now: int) -> list[Change]:
    """The hall learns what the catalogue now says: rules, lines and screens, as after a reload of the hall file.

    `before` is `tx.rules.file` as it was. Raises ReloadWouldStrand; then nothing has changed.
    """
    tx.locked_hall.catalogue_version += 1
    changes = list(changes_between(before, tx.rules.file))
    if changes:
        requeue_waiting(tx, now)
        tell(tx, changes)
    return changes


def tell(tx: Tx, changes: Sequence[Change]) -> None:
    """Every screen asks again for what it shows of the hall."""
    told = [{"zh": one.zh, "en": one.en} for one in changes[:TOLD]]
    data = {"version": tx.hall.file_version, "catalogue": tx.hall.catalogue_version, "changes": told}
    tx.events.append("hall.reloaded", data)


def turn_day(tx: Tx, last_day: str, now: int) -> None:
    """Versions that begin or end with a new day; `last_day` is the business day before. The rules are the day's already,
    and nobody waits yet."""
    if not (tx.hall.catalogue_version and last_day):
        return
    turning = tx.catalogue.turning(last_day, tx.rules.day.isoformat())
    for item in turning:
        show_in_tree(tx, item, now)
    if turning:
        tell(tx, [Change("事项按日期生效或停用", "items begin or end today")])
