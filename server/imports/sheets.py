"""The tables of a catalogue file and their columns: the same for a sheet of XLSX, a CSV file and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.catalogue.model import APPLICANT_WORDS, FORM_WORDS, KIND_WORDS, MEDIUM_WORDS


def _words(table: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    return {zh: str(key) for key, (zh, _) in table.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its `key`; `title` as Excel shows it. `words`: what people write → the value it stands for.

    `shape`: "text", "list" (one a line, or between 、 or ;), "ids" (keys between spaces or commas), "yes" or "mark".
    """

    key: str
    title: str
    shape: str = "text"
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    title: str
    columns: tuple[Column, ...]

    def column(self, title: str) -> Column | None:
        """By its Chinese title or its key, whichever a person wrote."""
        wanted = title.strip().lower().lstrip("*")
        return next((one for one in self.columns if wanted in (one.key, one.title.lower())), None)


_KIND = _words(KIND_WORDS)
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "groups",
        "目录",
        (
            Column("id", "编号"),
            Column("parent", "上级"),
            Column("name", "名称"),
            Column("name_en", "英文名称"),
            Column("code", "编码"),
        ),
    ),
    Sheet(
        "items",
        "事项",
        (
            Column("id", "编号"),
            Column("parent", "上级"),
            Column("path", "目录路径", "list"),
            Column("code", "编码"),
            Column("name", "事项名称"),
            Column("name_en", "英文名称"),
            Column("initials", "拼音首字母"),
            Column("department", "部门"),
            Column("section", "板块"),
            Column("kind", "件类型", words={**_KIND, "即办件": "instant_handover"}),
            Column("legal_days", "法定时限（工作日）"),
            Column("promised_days", "承诺时限（工作日）"),
            Column("fee", "收费（元）"),
            Column("fee_basis", "收费依据"),
            Column("applicants", "申请主体", "list", _words(APPLICANT_WORDS)),
            Column("minutes", "窗口办理分钟"),
            Column("basis", "设定依据"),
            Column("conditions", "受理条件"),
            Column("guide", "办事指南"),
            Column("result", "办理结果"),
            Column("refusal_reasons", "不予受理的理由", "lines"),
            Column("joint_departments", "联办部门", "list"),
            Column("always", "基本材料", "ids"),
            Column("start", "开始"),
        ),
    ),
    Sheet(
        "materials",
        "材料",
        (
            Column("item", "事项编号"),
            Column("id", "编号"),
            Column("name", "材料名称"),
            Column("name_en", "英文名称"),
            Column("source", "来源渠道"),
            Column("form", "原件或复印件", words=_words(FORM_WORDS)),
            Column("copies", "份数"),
            Column("medium", "介质", words=_words(MEDIUM_WORDS)),
            Column("shared", "是否数据共享", "yes"),
            Column("deferrable", "是否可容缺", "yes"),
            Column("blank", "空表"),
            Column("sample", "示例"),
            Column("note", "说明"),
            Column("result_of", "由哪个事项产生"),
        ),
    ),
    Sheet(
        "checkpoints",
        "审查要点",
        (
            Column("item", "事项编号"),
            Column("material", "材料编号"),
            Column("id", "编号"),
            Column("text", "审查要点"),
            Column("about", "形式或内容", words={"形式": "form", "内容": "content"}),
            Column("page", "示例页"),
            Column("mark", "标注框（左 上 宽 高）", "mark"),
        ),
    ),
    Sheet(
        "questions",
        "问题",
        (
            Column("item", "事项编号"),
            Column("id", "编号"),
            Column("text", "问题"),
            Column("text_en", "英文问题"),
            Column("kind", "题型", words={"单选题": "single", "多选题": "multiple", "条件": "condition"}),
            Column("next", "下一步"),
        ),
    ),
    Sheet(
        "options",
        "选项",
        (
            Column("item", "事项编号"),
            Column("question", "问题编号"),
            Column("id", "编号"),
            Column("text", "选项"),
            Column("text_en", "英文选项"),
            Column("adds", "增加的材料", "ids"),
            Column("next", "下一步"),
        ),
    ),
    Sheet(
        "situations",
        "情形",
        (
            Column("item", "事项编号"),
            Column("id", "编号"),
            Column("name", "情形名称"),
            Column("name_en", "英文名称"),
            Column("adds", "增加的材料", "ids"),
        ),
    ),
    Sheet(
        "bundles",
        "一件事",
        (
            Column("id", "编号"),
            Column("name", "名称"),
            Column("name_en", "英文名称"),
            Column("items", "事项编号", "ids"),
            Column("guide", "办事指南"),
        ),
    ),
)
BY_KEY = {one.key: one for one in SHEETS}


def sheet_named(title: str) -> Sheet | None:
    """By its Chinese title or its key."""
    wanted = title.strip().lower()
    return next((one for one in SHEETS if wanted in (one.key, one.title)), None)
