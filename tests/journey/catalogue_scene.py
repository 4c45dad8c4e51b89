"""A small hall whose departments write items: short names for the steps of the catalogue."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Actor, Role
from server.domain.catalogue.model import ItemVersion
from server.journey.catalogue import drafting, publishing, tree
from server.store.catalogue_rows import Node, VersionRow
from tests.scene import Scene

POLICE = "市公安局"
EDITOR = Actor("staff:police.editor", "尹娜", frozenset({Role.EDITOR}), department=POLICE)
HEAD = Actor("staff:police.head", "关勇", frozenset({Role.HEAD}), department=POLICE)
APPROVER = Actor("staff:police.approver", "雷鸣", frozenset({Role.APPROVER}), department=POLICE)
OTHER = Actor("staff:tax.editor", "乔雨", frozenset({Role.EDITOR}), department="市税务局")
ADMIN = Actor("staff:admin", "管理员", frozenset({Role.ADMIN}))


def material(key: str, name: str, **more: Any) -> dict[str, Any]:
    point = {"id": "p1", "text": f"核对{name}上的姓名与申请表一致"}
    return {"id": key, "name": name, "source": "申请人自备", "checkpoints": [point], **more}


def body(**changes: Any) -> ItemVersion:
    """居民身份证补领: one question, two situations."""
    return ItemVersion.model_validate(
        {
            "name": "居民身份证补领",
            "department": POLICE,
            "section": "general",
            "kind": "commitment",
            "legal_days": 60,
            "promised_days": 20,
            "minutes": 8,
            "applicants": ["person"],
            "materials": [material("household", "户口簿"), material("photo", "相片回执")],
            "always": ["household"],
            "start": "photo-taken",
            "questions": [
                {
                    "id": "photo-taken",
                    "text": "已在照相馆拍过身份证照片吗？",
                    "kind": "condition",
                    "options": [
                        {"id": "yes", "text": "是", "adds": ["photo"], "next": "with"},
                        {"id": "no", "text": "否", "next": "without"},
                    ],
                }
            ],
            "situations": [{"id": "with", "name": "自带相片"}, {"id": "without", "name": "现场拍照"}],
            **changes,
        }
    )


def add_item(hall: Scene, item: str = "id-lost", name: str = "居民身份证补领", by: Actor = EDITOR, **more: Any) -> Node:
    department = more.pop("department", POLICE)
    return hall.write(tree.add_node, tree.AddNode(by, item, name, department=department, is_item=True, **more))


def ready(hall: Scene, item: str = "id-lost", effective_from: Any = None, **changes: Any) -> list[VersionRow]:
    """Publish without review, as an import does; the node is added where it is missing."""
    if hall.read(lambda rx: rx.catalogue.find_node(item)) is None:
        add_item(hall, item, by=ADMIN)
    one = publishing.ReadyItem(item, body(**changes), "jmsfzbl")
    return hall.write(publishing.publish_ready, publishing.PublishReady(ADMIN, [one], "导入", effective_from))


def draft(hall: Scene, item: str = "id-lost", by: Actor = EDITOR, **changes: Any) -> VersionRow:
    return hall.write(drafting.start_draft, drafting.StartDraft(by, item, body(**changes)))
