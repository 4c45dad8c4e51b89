"""Rules inside the hall file's tables: hours that overlap, SMS that grow too long, paper numbers, the green channel."""

from __future__ import annotations

from itertools import pairwise

from config.hall_model import DAYS, HallInfo, Hours, Paper, Priority, SmsKind, SmsTexts, span_minutes
from config.hall_parts import Parts
from config.problems import did_you_mean
from config.wording import FIELDS, KINDS, LONGEST, NEEDED, fields_in, length, longest


def check_tables(parts: Parts) -> None:
    """Append what is wrong inside hours, sms, paper and priority to `parts.problems`."""
    hours, sms = parts.tables.get("hours"), parts.tables.get("sms")
    paper, priority = parts.tables.get("paper"), parts.tables.get("priority")
    if isinstance(hours, Hours):
        _check_hours(parts, hours)
    if isinstance(priority, Priority):
        _check_priority(parts, priority)
    if isinstance(paper, Paper) and paper.first > paper.last:
        parts.tell(
            "hall.toml",
            "paper.last",
            f"结束号 {paper.last} 小于起始号 {paper.first}",
            "first 不大于 last，如 901 到 950",
            f"the last number {paper.last} is before the first {paper.first}",
            "first up to last, such as 901 to 950",
        )
    if isinstance(sms, SmsTexts):
        _check_sms(parts, sms)


def _overlap(parts: Parts, key: str, spans: list[str], others: list[str], what: str, what_en: str) -> None:
    ordered = sorted((span_minutes(span), span) for span in spans)
    pairs = [(a, b) for (first, a), (second, b) in pairwise(ordered) if second[0] < first[1]]
    for span in spans:
        start, end = span_minutes(span)
        pairs += [(span, other) for other in others if span_minutes(other)[0] < end and start < span_minutes(other)[1]]
    for one, two in pairs:
        parts.tell(
            "hall.toml",
            key,
            f"{what} {one} 与 {two} 重叠",
            "时间段首尾相接可以，不能重叠",
            f"{what_en} {one} and {two} overlap",
            "spans may touch but not overlap",
        )


def _check_hours(parts: Parts, hours: Hours) -> None:
    for day, spans in sorted(hours.weekly.items()):
        _overlap(parts, f"hours.weekly.{DAYS[day]}", spans, [], "时间段", "spans")
    for date, spans in hours.extra_dates.items():
        place = f"hours.extra_dates.{date}"
        _overlap(parts, place, spans, [], "时间段", "spans")
        if date in hours.closed_dates:
            wrong_en = "this day is in closed_dates too"
            parts.tell("hall.toml", place, "这一天也在 closed_dates 里", "只留一处", wrong_en, "keep one of the two")
    for date in sorted({d for d in hours.closed_dates if hours.closed_dates.count(d) > 1}):
        twice = (f"{date} 写了两次", "写一次就够", f"{date} is given twice", "once is enough")
        parts.tell("hall.toml", "hours.closed_dates", *twice)
    weekly = sorted({span for spans in hours.weekly.values() for span in spans})
    if not weekly:
        example = 'mon = ["08:30-12:00", "14:00-17:30"]'
        never = ("一周没有一天开门", f"如 {example}", "no day of the week is open", f"such as {example}")
        parts.tell("hall.toml", "hours.weekly", *never)
    _overlap(parts, "hours.lunch_shift", hours.lunch_shift, weekly, "午间值班", "the lunch shift")
    _check_lunch(parts, hours)


def _check_lunch(parts: Parts, hours: Hours) -> None:
    on_duty = [entry for entry in parts.windows if entry.part.lunch]
    if hours.lunch_shift and parts.windows and not on_duty:
        parts.tell(
            "windows.csv",
            "lunch",
            "有午间值班时间，却没有一个窗口值班",
            "至少一个窗口的 lunch 列写 yes，或去掉 lunch_shift",
            "there is a lunch shift but no window is on it",
            "yes in the lunch column of a window, or no lunch_shift",
        )
    if on_duty and not hours.lunch_shift:
        parts.tell(
            on_duty[0].file,
            on_duty[0].at("lunch"),
            "窗口午间值班，hall.toml 却没有 lunch_shift",
            '[hours] 里加上 lunch_shift = ["12:00-14:00"]，或 lunch 写 no',
            "the window is on lunch duty, but hall.toml has no lunch_shift",
            'add lunch_shift = ["12:00-14:00"] to [hours], or say no',
        )


def _check_priority(parts: Parts, priority: Priority) -> None:
    seen: set[str] = set()
    for index, kind in enumerate(priority.classes, 1):
        if kind.id in seen:
            parts.tell(
                "hall.toml",
                f"priority.classes[{index}].id",
                f"绿色通道类别“{kind.id}”重复",
                "每个类别编号只出现一次",
                f'the class "{kind.id}" appears twice',
                "each class id once",
            )
        seen.add(kind.id)


def _check_sms(parts: Parts, sms: SmsTexts) -> None:
    file = "sms.toml" if (parts.folder / "sms.toml").exists() else "hall.toml"
    prefix = "" if file == "sms.toml" else "sms."
    if any(bracket in sms.signature for bracket in "【】{}[]"):
        parts.tell(
            file,
            f"{prefix}signature",
            f"签名“{sms.signature}”里有括号",
            "只写名称，如 衢州政务，系统会加上【】",
            "the signature holds brackets",
            "the bare name; the system adds 【】",
        )
        sms = sms.model_copy(update={"signature": sms.signature.strip("【】[]{}")})
    for kind in KINDS:
        text, place = getattr(sms, kind).text, f"{prefix}{kind}.text"
        before = len(parts.problems)
        _check_fields(parts, kind, text, file, place)
        if len(parts.problems) == before:
            _check_length(parts, sms, kind, file, place)


def _check_fields(parts: Parts, kind: SmsKind, text: str, file: str, place: str) -> None:
    bare = text
    for name in fields_in(text):
        bare = bare.replace("{" + name + "}", "")
        if name not in FIELDS:
            zh, en = did_you_mean(name, FIELDS)
            parts.tell(file, place, f"没有 {{{name}}} 这个字段", zh, f"there is no field {{{name}}}", en)
    if "{" in bare or "}" in bare:
        parts.tell(
            file,
            place,
            "花括号不成对",
            "字段写成 {number}，其他地方不用花括号",
            "a brace without its partner",
            "fields as {number}, no braces elsewhere",
        )
    for name in NEEDED[kind]:
        if "{" + name not in text and name not in fields_in(text):
            missing = (
                f"缺少 {{{name}}}",
                f"文本里写上 {{{name}}}",
                f"{{{name}}} is missing",
                f"put {{{name}}} into it",
            )
            parts.tell(file, place, *missing)
    if "{window}号" in text or "{window}窗口" in text:
        parts.tell(
            file,
            place,
            "{window} 已经是“3号窗口”，后面又写了“号”或“窗口”",
            "只写 {window}",
            '{window} already reads "3号窗口"',
            "{window} alone",
        )
    if "【" in text or "】" in text:
        parts.tell(
            file,
            place,
            "文本里有【】",
            "去掉【】，签名由系统加在最前面",
            "the text holds 【】",
            "leave 【】 out; the system puts the signature first",
        )


def _check_length(parts: Parts, sms: SmsTexts, kind: SmsKind, file: str, place: str) -> None:
    hall = parts.tables.get("hall")
    worst = longest(
        sms,
        kind,
        hall_name=hall.name if isinstance(hall, HallInfo) else "",
        section_names=[p.part.name for p in parts.sections],
        windows=[p.part.number for p in parts.windows],
    )
    over = length(worst) - LONGEST
    if over > 0:
        parts.tell(
            file,
            place,
            f"最长时有 {length(worst)} 个字（含签名），超过 {LONGEST}：{worst}",
            f"至少减 {over} 个字，或减小 link_length、缩短签名",
            f"can grow to {length(worst)} characters with the signature, more than {LONGEST}: {worst}",
            f"at least {over} fewer, or a smaller link_length, or a shorter signature",
        )
