"""What managers read of the evaluations (好差评): how contented citizens are, and whom to call back (差评回访).

The provincial platform's push will take its rows from `rows_of_days`, as the CSV does.
"""

from __future__ import annotations

from typing import Any

from server.domain.evaluation import ENOUGH, LOW, SCORES
from server.domain.units import iso, local
from server.store.evaluations import Evaluation
from server.store.transaction import Tx

Json = dict[str, Any]
MOST_SHOWN = 200
CHANNELS = {"pad": "窗口评价器", "phone": "手机"}
HEADINGS = (
    "评价时间", "业务日期", "号码", "板块", "事项编码", "事项名称", "办理窗口", "工作人员",
    "评价渠道", "整体满意度", "评价等级", "差评原因", "文字评价",
)  # fmt: skip


def day_counts(tx: Tx) -> Json:
    """Today in two numbers, for the live page: how many were rated, how many of them low."""
    today = tx.rules.day.isoformat()
    counts = tx.evaluations.counts(today, today)
    return {"rated": sum(counts.values()), "low": sum(n for score, n in counts.items() if score <= LOW)}


def report(tx: Tx, first: str, last: str, words: bool) -> Json:
    """The days `first` to `last`, both included. `words`: with what citizens wrote, which is for managers alone."""
    counts = tx.evaluations.counts(first, last)
    low = tx.evaluations.low(first, last, MOST_SHOWN) if words else []
    remarks = tx.evaluations.remarks(first, last, MOST_SHOWN) if words else []
    return {
        "first": first,
        "last": last,
        "finished": tx.evaluations.finished(first, last),
        "rated": sum(counts.values()),
        "scores": [{"score": s, "zh": zh, "en": en, "count": counts.get(s, 0)} for s, (zh, en) in SCORES.items()],
        "windows": [
            {"window": window, "ratings": ratings, "average": round(mean, 2)}
            for window, ratings, mean in tx.evaluations.of_windows(first, last, ENOUGH)
        ],
        "low": [_said(tx, one) for one in low],
        "remarks": [_said(tx, one) for one in remarks],
    }


def _said(tx: Tx, one: Evaluation) -> Json:
    return {
        "ticket": one.ticket_id,
        "number": one.number,
        "day": one.business_day,
        "at": iso(one.at),
        "score": one.score,
        "tags": [{"id": tag, "name": zh, "name_en": en} for tag, zh, en in _tags(tx, one)],
        "comment": one.comment,
        "channel": one.channel,
        "window": one.window_number,
        "clerk_name": _clerk(tx, one.clerk),
        "item_name": tx.rules.name_of(one.section, one.item),
    }


def _tags(tx: Tx, one: Evaluation) -> list[tuple[str, str, str]]:
    """(id, name, English name); a reason that left the hall file shows its id."""
    known = {tag.id: tag for tag in tx.rules.file.evaluation.tags}
    return [(tag, known[tag].name, known[tag].name_en) if tag in known else (tag, tag, tag) for tag in one.tags]


def _clerk(tx: Tx, clerk: str | None) -> str:
    username = (clerk or "").removeprefix("staff:")
    kept: dict[str, str] = tx.scratch.setdefault("clerk_names", {})
    if username not in kept:
        account = tx.staff.find(username) if username else None
        kept[username] = account.name if account else username
    return kept[username]


def rows_of_days(tx: Tx, first: str, last: str) -> list[tuple[str, ...]]:
    """Every evaluation of those days, oldest first, as texts in the order of HEADINGS.

    评价时间 when it was tapped, the hall's clock · 业务日期 the day of the service · 号码 the ticket · 板块 section ·
    事项编码, 事项名称 item id and name, the code empty for a number of a whole section · 办理窗口 the window that
    finished it · 工作人员 who served · 评价渠道 pad or phone · 整体满意度 5…1 · 评价等级 the level's name ·
    差评原因 the reasons, with the two low levels only · 文字评价 the citizen's words, phones and ID numbers masked.
    """
    return [_row(tx, one) for one in tx.evaluations.all(first, last)]


def _row(tx: Tx, one: Evaluation) -> tuple[str, ...]:
    section = tx.rules.sections.get(one.section)
    return (
        f"{local(one.at, tx.rules.zone):%Y-%m-%d %H:%M:%S}",
        one.business_day,
        one.number,
        section.name if section else one.section,
        one.item or "",
        tx.rules.name_of(one.section, one.item),
        "" if one.window_number is None else str(one.window_number),
        _clerk(tx, one.clerk),
        CHANNELS.get(one.channel, one.channel),
        str(one.score),
        SCORES[one.score][0],
        "；".join(name for _, name, _ in _tags(tx, one)),
        one.comment,
    )
