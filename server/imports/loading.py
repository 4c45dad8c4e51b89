"""A file's items into the hall's catalogue: tree, drafts or published versions, bundles. The same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.problems import Problem, did_you_mean
from server.domain.actor import Actor
from server.domain.catalogue.checking import faults
from server.domain.catalogue.faults import result_faults
from server.domain.catalogue.model import ItemVersion
from server.domain.catalogue.review import STAGE_WORDS, Stage
from server.domain.refusals import Refusal
from server.imports.assembling import Catalogue, Group, Incoming, Package
from server.journey.catalogue.bundles import BundleOrderWrong, BundleWordingVague, check_order, check_wording
from server.journey.catalogue.drafting import (
    DropDraft,
    SaveDraft,
    StartDraft,
    drop_draft,
    is_item,
    save_draft,
    start_draft,
    vague_words,
)
from server.journey.catalogue.publishing import PublishReady, ReadyItem, publish_ready
from server.journey.catalogue.rights import may_write
from server.journey.catalogue.tree import AddNode, ChangeNode, add_node, change_node
from server.store.bundles import Bundle
from server.store.store import Store
from server.store.transaction import Tx

AT_ONCE = 100
"""Items a transaction: a running hall never waits long for one."""


@dataclass(slots=True)
class Outcome:
    """What became of the items, by id; `problems` names those that were refused, `hints` what a draft still lacks."""

    published: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    bundles: int = 0
    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        for name in ("published", "drafted", "unchanged", "refused", "problems", "hints"):
            getattr(self, name).extend(getattr(other, name))
        self.bundles += other.bundles


@dataclass(frozen=True, slots=True)
class Load:
    """`by` an admin; `initials` by item id; `publish`: sound items take effect today, without review."""

    by: Actor
    catalogue: Catalogue
    publish: bool
    note: str
    initials: Mapping[str, str] = field(default_factory=dict)


def load(store: Store, hall_id: str, request: Load) -> Outcome:
    """Everything of a file, some items a transaction. A refusal of one item stops no other."""
    done = Outcome()
    try:
        store.write(hall_id, _groups, request)
    except Refusal as refusal:  # the items are refused one by one then, where their folder is missing
        done.problems.append(
            Problem(
                "目录 groups",
                "",
                refusal.message_zh.rstrip("。"),
                "改好目录再导入",
                refusal.message_en,
                "mend the folders",
            )
        )
    for start in range(0, len(request.catalogue.items), AT_ONCE):
        part = request.catalogue.items[start : start + AT_ONCE]
        try:
            done.add(store.write(hall_id, take_in, (request, part)))
        except Refusal:
            for item in part:  # one of them stands against the rest
                try:
                    done.add(store.write(hall_id, take_in, (request, [item])))
                except Refusal as refusal:
                    done.refused.append(item.id)
                    done.problems.append(_refused(item, refusal))
    done.add(store.write(hall_id, _bundles, request))
    return done


def called(rx: Tx) -> dict[str, str]:
    """What people call the hall's sections → their ids."""
    sections = rx.rules.sections.values()
    return {one.name: one.id for one in sections} | {one.name_en: one.id for one in sections if one.name_en}


def look(store: Store, hall_id: str, request: Load) -> Outcome:
    """What `load` would do, as far as can be seen without doing it."""
    return store.read(hall_id, lambda rx: _sorted(rx, request, request.catalogue.items)[0])


def take_in(tx: Tx, request: tuple[Load, Sequence[Incoming]], now: int) -> Outcome:
    """One transaction's items. Raises what the catalogue's steps refuse; then none of them is in."""
    wanted, items = request
    done, ready = _sorted(tx, wanted, items)
    touched = {*done.published, *done.drafted, *done.unchanged}
    for at, item in enumerate(items):
        if item.id in touched:
            _node(tx, wanted, item, at, now)
    by_id = {item.id: item for item in items}
    for key in done.drafted:
        _draft(tx, wanted, by_id[key], now)
    for item in ready:
        busy = tx.catalogue.under_way(item.id)
        if busy is not None:  # it was this import's own draft, or somebody's that says less
            drop_draft(tx, DropDraft(wanted.by, item.id, busy.version, busy.revision), now)
    if ready:
        given = [ReadyItem(item.id, item.version, wanted.initials.get(item.id, "")) for item in ready]
        publish_ready(tx, PublishReady(wanted.by, given, wanted.note), now)
    return done


def _sorted(rx: Tx, request: Load, items: Sequence[Incoming]) -> tuple[Outcome, list[Incoming]]:
    """What happens to each item; those to be published."""
    done, ready = Outcome(), []
    words = vague_words(rx)
    for item in items:
        against = _stands_against(rx, item, request.by)
        wrong = [against] if against else _results(rx, item, request.catalogue)
        if wrong:
            done.refused.append(item.id)
            done.problems += wrong
            continue
        found = faults(item.version, words)
        done.hints += [item.row.problem("", f"{one.place}：{one.zh}", "改好后才能发布", f"{one.place}: {one.en}", "needed before it is published") for one in found]  # fmt: skip
        publish = request.publish and not found
        if _same(rx, item.id, item.version, publish):
            done.unchanged.append(item.id)
        elif publish:
            done.published.append(item.id)
            ready.append(item)
        else:
            done.drafted.append(item.id)
    return done, ready


def _same(rx: Tx, item_id: str, version: ItemVersion, publish: bool) -> bool:
    """Does the catalogue say this already, whatever columns were added since? A draft of it is enough unless it is to be
    published."""
    kept = {Stage.PUBLISHED} if publish else {Stage.PUBLISHED, Stage.DRAFT, Stage.REVIEW, Stage.MOCK}
    versions = [one for one in rx.catalogue.versions(item_id) if one.stage in kept]
    newest = {one.stage: one for one in reversed(versions)}.values()
    return any(one.item == version and one.effective_to is None for one in newest)


def _stands_against(rx: Tx, item: Incoming, by: Actor) -> Problem | None:
    sections = rx.rules.sections
    if item.version.section not in sections:
        zh, en = did_you_mean(item.version.section, [*called(rx), *sections])
        return item.row.problem("section", f"大厅没有板块“{item.version.section}”", zh, f'the hall has no section "{item.version.section}"', en)  # fmt: skip
    node = rx.catalogue.find_node(item.id)
    if node is not None and not node.is_item:
        return item.row.problem("id", f"{item.id} 已经是目录“{node.name}”的编号", "换一个编号", f"{item.id} is the folder {node.name}", "another id")  # fmt: skip
    departments = {item.version.department, node.department if node else item.version.department}
    if not all(may_write(by, department) for department in departments):
        return item.row.problem("department", f"{item.version.department}的事项不归您导入", "只导入本部门的事项，或请值班经理导入", f"items of {item.version.department} are not yours", "import your own department's, or ask a manager")  # fmt: skip
    busy = rx.catalogue.under_way(item.id)
    if busy is not None and busy.item != item.version:
        zh, en = STAGE_WORDS[busy.stage]
        if busy.stage != Stage.DRAFT or busy.changed_by != by.id:
            return item.row.problem("id", f"第 {busy.version} 版（{zh}）有人正在办", "先发布、退回或撤销这一版，再导入", f"somebody is at version {busy.version} ({en})", "publish, send back or discard it, then import again")  # fmt: skip
    return None


def _results(rx: Tx, item: Incoming, catalogue: Catalogue) -> list[Problem]:
    """Materials that are the result of an item neither the file nor the hall has, each at its own row."""
    coming = {one.id for one in catalogue.items}
    wrong = result_faults(item.id, item.version, lambda key: key in coming or is_item(rx, key))
    return [
        item.row_of("materials", at).problem("result_of", f"{one.place}：{one.zh}", "“事项”表或目录里另一个事项的编号", f"{one.place}: {one.en}", "the id of another item, of the file or the hall")
        for at, one in wrong
    ]  # fmt: skip


def _refused(item: Incoming, refusal: Refusal) -> Problem:
    return item.row.problem("", refusal.message_zh.rstrip("。"), "按提示处理后再导入", refusal.message_en.rstrip("."), "do so, then import again")  # fmt: skip


def _groups(tx: Tx, request: Load, now: int) -> None:
    """The folders, parents first. Those of another department stay as they are. Raises what the tree's steps refuse."""
    by, wanted = request.by, request.catalogue.groups
    used = set(_used(wanted, request.catalogue.items))
    for at, group in enumerate(wanted.values()):
        node = tx.catalogue.find_node(group.id)
        if group.id not in used or (node is not None and not may_write(by, node.department)):
            continue
        named = (group.id, group.name, group.parent, group.name_en, group.code)
        if node is None:
            department = "" if by.leads else by.department
            add_node(tx, AddNode(by, *named, department, position=at), now)
        elif (node.id, node.name, node.parent, node.name_en, node.code) != named:
            change_node(tx, ChangeNode(by, *named), now)
        if node is not None and node.retired_at is not None:
            tx.catalogue.put_node(replace(tx.catalogue.node(group.id), retired_at=None))


def _used(groups: Mapping[str, Group], items: Sequence[Incoming]) -> Iterator[str]:
    """Folders that hold something; those of refused rows are not made."""
    for parent in {item.parent for item in items}:
        while parent:
            yield parent
            parent = groups[parent].parent


def _node(tx: Tx, request: Load, item: Incoming, at: int, now: int) -> None:
    version, node = item.version, tx.catalogue.find_node(item.id)
    if node is None:
        add_node(
            tx,
            AddNode(
                request.by,
                item.id,
                version.name,
                item.parent,
                version.name_en,
                item.code,
                version.department,
                is_item=True,
                position=at,
            ),
            now,
        )
        return
    parent = item.parent or node.parent
    if (node.parent, node.code, node.department) != (parent, item.code or node.code, version.department):
        change_node(
            tx,
            ChangeNode(request.by, item.id, parent=parent, code=item.code or None, department=version.department),
            now,
        )


def _draft(tx: Tx, request: Load, item: Incoming, now: int) -> None:
    busy, initials = tx.catalogue.under_way(item.id), request.initials.get(item.id, "")
    if busy is None:
        start_draft(tx, StartDraft(request.by, item.id, item.version, initials, request.note), now)
    else:
        save_draft(tx, SaveDraft(request.by, item.id, busy.version, busy.revision, item.version, initials), now)


def _bundles(tx: Tx, request: Load, now: int) -> Outcome:
    done = Outcome()
    if request.catalogue.bundles and not request.by.leads:
        row = request.catalogue.bundles[0].row
        done.problems.append(row.problem("id", "一件事由值班经理设", "请值班经理导入", "bundles are the manager's", "ask a manager to import them"))  # fmt: skip
        return done
    have = {one.id: one for one in tx.bundles.all()}
    for one in request.catalogue.bundles:
        against = _against_bundle(tx, one)
        if against is not None:
            done.problems.append(against)
            continue
        bundle = Bundle(one.id, one.name, one.name_en, one.items, one.guide, True)
        if have.get(one.id) != bundle:
            tx.bundles.put(bundle, request.by.id)
            done.bundles += 1
    return done


def _against_bundle(rx: Tx, one: Package) -> Problem | None:
    missing = [key for key in one.items if rx.catalogue.find_node(key) is None]
    if missing:
        return one.row.problem("items", f"目录里没有事项 {missing[0]}", "已导入的事项编号", f"no item {missing[0]}", "ids of items already there")  # fmt: skip
    try:
        check_order(rx, one.items)
        check_wording(rx, one.name, one.guide)
    except BundleOrderWrong as wrong:
        return one.row.problem("items", wrong.message_zh.rstrip("。"), "按先后写事项编号", wrong.message_en.rstrip("."), "the ids in their order")  # fmt: skip
    except BundleWordingVague as wrong:
        return one.row.problem("name", wrong.message_zh.rstrip("。"), "写明确切的名称再导入", wrong.message_en.rstrip("."), "exact words, then import again")  # fmt: skip
    return None
