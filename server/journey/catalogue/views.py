"""What editors, reviewers and clerks see of the catalogue in the making."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Actor, Role
from server.domain.catalogue.review import STAGE_WORDS, Stage, mock_verdict
from server.domain.initials import common_initials
from server.domain.units import iso
from server.journey.catalogue.drafting import UNDER_WAY, faults_of, item_node, of_hall, username
from server.journey.catalogue.guide import material_json, node_json
from server.journey.catalogue.mock_intake import may_object, trials_view
from server.journey.catalogue.rights import may_publish, may_write
from server.store.catalogue_rows import Node, VersionHead, VersionRow
from server.store.transaction import Tx

Json = dict[str, Any]


def nodes_view(rx: Tx, by: Actor) -> Json:
    """The whole tree, with what is in force, what is under way, and what this person may do."""
    busy = {head.item_id: head for head in rx.catalogue.heads_under_way()}
    return {
        "nodes": [
            {
                **node_json(node),
                "position": node.position,
                "retired": node.retired_at is not None,
                "in_force": rx.rules.versions.get(node.id),
                "under_way": _under_way(busy.get(node.id), node),
                "may_write": may_write(by, node.department),
                "may_publish": may_publish(by, node.department),
            }
            for node in rx.catalogue.nodes()
        ]
    }


def _under_way(head: VersionHead | None, node: Node) -> Json | None:
    if head is None:
        return None
    return {
        "version": head.version,
        **stage_json(head.stage),
        "initials": head.initials or common_initials(node.name),
    }


def stage_json(stage: Stage) -> Json:
    zh, en = STAGE_WORDS[stage]
    return {"stage": str(stage), "stage_zh": zh, "stage_en": en}


def row_json(row: VersionRow) -> Json:
    """A version as a line of its item's history."""
    return {
        "version": row.version,
        **stage_json(row.stage),
        "revision": row.revision,
        "round": row.round,
        "effective_from": row.effective_from.isoformat() if row.effective_from else None,
        "effective_to": row.effective_to.isoformat() if row.effective_to else None,
        "note": row.note,
        "changed_at": iso(row.changed_at),
        "changed_by": row.changed_by.removeprefix("staff:"),
        "published_at": iso(row.published_at),
    }


def versions_view(rx: Tx, item_id: str) -> Json:
    """Raises NodeUnknown, NotAnItem."""
    node = item_node(rx, item_id)
    return {"item": node.id, "name": node.name, "versions": [row_json(row) for row in rx.catalogue.versions(node.id)]}


def version_view(rx: Tx, item_id: str, version: int, by: Actor) -> Json:
    """A version whole: what it says, what stands against it, who said what of it. Raises NodeUnknown, VersionUnknown."""
    node = item_node(rx, item_id)
    row = rx.catalogue.row(node.id, version)
    item = row.item
    found = faults_of(rx, node.id, item) if row.stage in UNDER_WAY else []
    trials = rx.acceptance.trials(row)
    passed = mock_verdict([one for round_, _, one in trials if round_ == row.round]) == Stage.PUBLISHED
    return {
        "item": node.id,
        "code": node.code,
        **row_json(row),
        "body": item.model_dump(mode="json"),
        "materials": [material_json(rx, node.id, one) for one in item.materials],
        "faults": [{"place": one.place, "zh": one.zh, "en": one.en} for one in found],
        "authors": [{"username": name, "name": _name(rx, name)} for name in sorted(row.written_by)],
        "reviewers": [{"username": name, "name": _name(rx, name)} for name in row.reviewers],
        "reviews": [_review(rx, *one) for one in rx.acceptance.reviews(row)],
        "trials": [
            {
                "round": round_,
                "window": one.window or None,
                "clerk": one.clerk,
                "name": _name(rx, one.clerk),
                "objection": one.objection,
                "at": iso(at),
            }
            for round_, at, one in trials
        ],
        "mock": trials_view(rx, row, by) if row.stage == Stage.MOCK else None,
        "may": _may(rx, row, by, node.department, passed=passed),
        "publishable": row.stage == Stage.MOCK and passed,
    }


def _review(rx: Tx, round_: int, at: int, one: Any) -> Json:
    return {
        "round": round_,
        "reviewer": one.reviewer,
        "name": _name(rx, one.reviewer),
        "grades": {aspect: str(grade) for aspect, grade in one.grades.items()},
        "reasons": one.reasons,
        "at": iso(at),
    }


def _may(rx: Tx, row: VersionRow, by: Actor, department: str, *, passed: bool) -> Json:
    writes, who = may_write(by, department), username(by)
    answered = {one.reviewer for round_, _, one in rx.acceptance.reviews(row) if round_ == row.round}
    return {
        "save": writes and row.stage == Stage.DRAFT,
        "drop": writes and row.stage in UNDER_WAY,
        "submit": writes and row.stage == Stage.DRAFT,
        "organize": row.stage == Stage.REVIEW and by.leads,
        "review": row.stage == Stage.REVIEW and who in row.reviewers and who not in answered,
        "try": row.stage == Stage.MOCK and by.has(Role.CLERK) and who not in row.written_by and not _tried(rx, row, by),
        "object": row.stage == Stage.MOCK and may_object(row, by),
        "publish": row.stage == Stage.MOCK and passed and may_publish(by, department),
    }


def _name(rx: Tx, who: str) -> str:
    account = rx.staff.find(who)
    return account.name if account else who


def _tried(rx: Tx, row: VersionRow, by: Actor) -> bool:
    said = rx.acceptance.trials(row)
    return any(round_ == row.round and one.clerk == username(by) for round_, _, one in said)


def reviewers_view(rx: Tx, text: str) -> Json:
    """Who may be asked to review: everybody at work. Whoever wrote a version is refused when asked."""
    words = text.strip().lower()
    found = [
        {
            "username": one.username,
            "name": one.name,
            "department": one.department,
            "of_hall": of_hall(one.roles),
        }
        for one in rx.staff.all()
        if one.active and set(one.roles) & REVIEWING and words in f"{one.username} {one.name} {one.department}".lower()
    ]
    return {"reviewers": found}


REVIEWING = {Role.ADMIN, Role.MANAGER, Role.GUIDE, Role.CLERK, Role.EDITOR, Role.APPROVER, Role.HEAD}
