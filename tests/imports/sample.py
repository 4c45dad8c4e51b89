"""Items as a department would hand them in, worked out as far as the file's every column."""

from __future__ import annotations

from typing import Any

from server.domain.catalogue.model import ItemVersion
from server.imports.assembling import Group
from server.imports.writing import Export, Outgoing, OutgoingBundle


def worked_out(**changes: Any) -> ItemVersion:
    """道路货运许可 with every kind of question, a marked checkpoint, a fee, and texts that Excel could spoil."""
    body: dict[str, Any] = {
        "name": "普通货物运输经营许可",
        "name_en": "Ordinary freight permit",
        "department": "市交通运输局",
        "section": "company",
        "kind": "commitment",
        "legal_days": 20,
        "promised_days": 5,
        "fee": {"yuan": 12.5, "basis": "浙价费〔2018〕1号"},
        "applicants": ["person", "company"],
        "minutes": 7.5,
        "basis": "《中华人民共和国道路运输条例》第二十四条",
        "conditions": "一、有与经营业务相适应的车辆\n二、有安全生产管理制度，含“三检”",
        "guide": "=HYPERLINK(\"x\")",
        "result": "道路运输经营许可证",
        "refusal_reasons": ["车辆不是申请人所有", "-未检测"],
        "materials": [
            {
                "id": "form",
                "name": "道路货物运输经营申请表",
                "name_en": "Application form",
                "source": "申请人自备",
                "blank": "form.pdf",
                "sample": "form.png",
                "deferrable": True,
                "note": "双面打印",
                "checkpoints": [
                    {"id": "p1", "text": "姓名与身份证一致", "mark": {"x": 0.125, "y": 0.25, "width": 0.5, "height": 0.0625}},
                    {"id": "p2", "text": "有签名和日期", "about": "form", "page": 2},
                ],
            },
            {
                "id": "card",
                "name": "居民身份证",
                "source": "公安局",
                "form": "verified_copy",
                "copies": 2,
                "medium": "either",
                "shared": True,
                "checkpoints": [{"id": "p1", "text": "在有效期内"}],
            },
            {"id": "mandate", "name": "授权委托书", "source": "申请人自备", "checkpoints": [{"id": "a", "text": "有双方签名"}]},
            {"id": "law", "name": "安全生产管理制度文本", "result_of": "pesticide", "source": "申请人自备", "checkpoints": [{"id": "a", "text": "有落款日期"}]},
        ],
        "always": ["form", "card"],
        "start": "who",
        "questions": [
            {
                "id": "who",
                "text": "谁来申请？",
                "text_en": "Who applies?",
                "options": [
                    {"id": "person", "text": "个人", "text_en": "A person", "next": "more"},
                    {"id": "company", "text": "企业", "adds": ["law"], "next": "agent"},
                ],
            },
            {"id": "more", "text": "有下列情况吗？", "kind": "multiple", "next": "done", "options": [{"id": "agent", "text": "委托他人办理", "adds": ["mandate"]}]},
            {
                "id": "agent",
                "text": "委托他人办理吗？",
                "kind": "condition",
                "options": [{"id": "yes", "text": "是", "adds": ["mandate"], "next": "firm"}, {"id": "no", "text": "否", "next": "firm"}],
            },
        ],
        "situations": [{"id": "done", "name": "个人新办", "name_en": "New, a person"}, {"id": "firm", "name": "企业新办"}],
        "joint_departments": ["市公安局", "市市场监督管理局"],
    }  # fmt: skip
    return ItemVersion.model_validate(body | changes)


def plain(name: str = "农药经营许可", **changes: Any) -> ItemVersion:
    body = {
        "name": name,
        "department": "市农业农村局",
        "section": "general",
        "kind": "instant_single",
        "legal_days": 20,
        "promised_days": 0,
        "applicants": ["organisation"],
        "start": "all",
        "situations": [{"id": "all", "name": "一般情形"}],
    }
    return ItemVersion.model_validate(body | changes)


def everything() -> Export:
    return Export(
        groups=[Group("traffic", "", "道路运输", "Road transport", "T01"), Group("freight", "traffic", "货物运输")],
        items=[Outgoing("freight-permit", "freight", "2026-001", worked_out()), Outgoing("pesticide", "", "", plain())],
        bundles=[
            OutgoingBundle("haulier", "开货运公司", "Start a haulier", ("pesticide", "freight-permit"), "一次办齐")
        ],
    )
