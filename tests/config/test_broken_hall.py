"""Every way to break a hall file gets its sentence: file, line or key, what is wrong, what would be right."""

from __future__ import annotations

import re

import pytest

from tests.config.conftest import HallFolder

TOML, WINDOWS, ITEMS, SERVICES = "hall.toml", "windows.csv", "items.csv", "services.csv"

# file, what stands there, what stands there instead, place, part of what is wrong, part of what would be right
ONE_FAULT = [
    (TOML, "[hall]", "[hall", "第6行 (line 6)", "TOML 语法错误", "键 = 值"),
    (TOML, 'time_zone = "Asia/Shanghai"', 'time_zone = "Beijing"', "第11行 (line 11) hall.time_zone", "“Beijing”不是时区", "Asia/Shanghai"),
    (TOML, 'city = "衢州市"', 'citty = "衢州市"', "第10行 (line 10) hall.citty", "没有“citty”这个键", "是不是“city”？"),
    (TOML, 'id = "quzhou-demo"', "", "第6行 (line 6) hall.id", "没有填", "填上它"),
    (TOML, 'id = "quzhou-demo"', 'id = "衢州"', "hall.id", "“衢州”写法不对", "英文字母"),
    (TOML, "[limits]", "[limit]", "limit", "没有“limit”这一项", "是不是“limits”？"),
    (TOML, "demo = true", 'demo = "yes"', "demo", "不是真假值", "true 或 false"),
    (TOML, 'mon = ["08:30-12:00"', 'mon = ["8:30-12:00"', "第20行 (line 20) hours.weekly.mon[1]", "“8:30-12:00”不是时间段", '"08:30-12:00"'),
    (TOML, 'tue = ["08:30-12:00", "14:00-17:30"]', 'tue = ["14:00-17:30", "17:00-18:00"]', "hours.weekly.tue", "14:00-17:30 与 17:00-18:00 重叠", "不能重叠"),
    (TOML, 'wed = ["08:30-12:00", "14:00-17:30"]', 'wed = ["12:00-08:30"]', "hours.weekly.wed[1]", "不是时间段", "结束晚于开始"),
    (TOML, 'thu = ["08:30', 'thurs = ["08:30', "hours.weekly.thurs", "没有“thurs”这一天", "是不是“thu”？"),
    (TOML, 'thu = ["08:30-12:00", "14:00-17:30"]', 'thu = "08:30-12:00"', "hours.weekly.thu", "不是列表", "列表"),
    (TOML, "closed_dates = [2027-01-01]", 'closed_dates = ["元旦"]', "hours.closed_dates[1]", "“元旦”不是日期", "2026-10-01"),
    (TOML, "closed_dates = [2027-01-01]", "closed_dates = [2027-01-01, 2027-01-01]", "hours.closed_dates", "2027-01-01 写了两次", "写一次"),
    (TOML, "closed_dates = [2027-01-01]", "closed_dates = [2026-10-10]", "hours.extra_dates.2026-10-10", "也在 closed_dates 里", "只留一处"),
    (TOML, 'lunch_shift = ["12:00-14:00"]', 'lunch_shift = ["12:00-14:30"]', "hours.lunch_shift", "12:00-14:30 与 14:00-17:30 重叠", "不能重叠"),
    (TOML, 'lunch_shift = ["12:00-14:00"]', "lunch_shift = []", "第3行 (line 3) lunch", "没有 lunch_shift", "lunch_shift ="),
    (TOML, 'letter = "B"', 'letter = "A"', "sections[2].letter", "“company”和“investment”都用字母 A", "还空着的有 B、I"),
    (TOML, 'letter = "B"', 'letter = "b"', "第39行 (line 39) sections[2].letter", "“b”写法不对", "一个大写英文字母"),
    (TOML, 'kind = "issue"', 'kind = "issues"', "sections[7].kind", "“issues”不能用", "intake、issue、agency"),
    (TOML, 'voice = "silent"', 'voice = "quiet"', "areas[2].voice", "“quiet”不能用", "silent"),
    (TOML, "per_phone = 3", "per_phone = 0", "limits.per_phone", "0 超出范围", "不小于 1"),
    (TOML, "cap_share = 0.3", "cap_share = 30", "priority.cap_share", "30 超出范围", "不大于 1"),
    (TOML, "cap_share = 0.3", "cap_share = nan", "priority.cap_share", "nan", "数字"),
    (TOML, 'id = "infant"', 'id = "pregnant"', "priority.classes[4].id", "“pregnant”重复", "只出现一次"),
    (TOML, "min_age = 70", "min_ages = 70", "priority.classes[1].min_ages", "没有“min_ages”这个键", "是不是“min_age”？"),
    (TOML, "before_no_show = 2", 'before_no_show = "two"', "calls.before_no_show", "“two”不是整数", "整数"),
    (TOML, "last = 950", "last = 900", "paper.last", "结束号 900 小于起始号 901", "first 不大于 last"),
    (TOML, 'signature = "衢州政务"', 'signature = "【衢州政务】"', "sms.signature", "有括号", "只写名称"),
    (TOML, "text = \"取号{number}，预计", "text = \"取票号{number}，预计", "sms.taken.text", "最长时有 71 个字（含签名），超过 70", "至少减 1 个字"),
    (TOML, "过号请到导服台", "过号{windw}请到导服台", "sms.called.text", "没有 {windw} 这个字段", "是不是“window”？"),
    (TOML, "请{number}号到", "请到", "sms.called.text", "缺少 {number}", "写上 {number}"),
    (TOML, "请{number}号到", "请{number号到", "sms.called.text", "花括号", "{number}"),
    (TOML, "号到{window}办理", "号到{window}号窗口办理", "sms.called.text", "已经是“3号窗口”", "只写 {window}"),
    (TOML, "您的号码{number}即将", "【衢州】您的号码{number}即将", "sms.soon.text", "文本里有【】", "签名由系统加"),
    (TOML, 'template_id = "YC003"', "", "sms.soon.template_id", "没有填", "填上它"),
    (ITEMS, "name,name_en,", "name,name_eng,", "第1行 (line 1) name_eng", "没有“name_eng”这一列", "是不是“name_en”？"),
    (WINDOWS, "\n2,intake", "\n1,intake", "第3行 (line 3) number", "窗口号“1”重复", "只出现一次"),
    (WINDOWS, "\n2,intake", "\n二,intake", "第3行 (line 3) number", "“二”不是整数", "整数"),
    (WINDOWS, "\n39,agency", "\n39,issue", "第40行 (line 40) kind", "39 号窗口的类型是 issue，它办理的板块却是 agency", "kind 写 agency"),
    (WINDOWS, "\n2,intake", "\n2,综合窗口", "第3行 (line 3) kind", "“综合窗口”不能用", "intake、issue、agency"),
    (WINDOWS, "3,intake,投资项目综合受理窗口,investment company", "3,intake,投资项目综合受理窗口,investment compny", "第4行 (line 4) sections", "没有板块“compny”", "是不是“company”？"),
    (WINDOWS, ",,property-query ", ",,property-qery ", "第18行 (line 18) items", "没有事项“property-qery”", "是不是“property-query”？"),
    (WINDOWS, "investment,,east,no", "investment,,eas,no", "第2行 (line 2) area", "没有区域“eas”", "是不是“east”？"),
    (WINDOWS, "investment,,east,yes", "investment,,east,maybe", "第3行 (line 3) lunch", "“maybe”不是真假值", "是 / 否"),
    (WINDOWS, "2,intake,投资项目综合受理窗口,investment,", "2,intake,投资项目综合受理窗口,,", "第3行 (line 3) sections", "2 号窗口什么也不办理", "sections 或 items"),
    (WINDOWS, "investment company,,", "investment investment,,", "第4行 (line 4) sections", "“investment”写了两次", "写一次"),
    (WINDOWS, "investment,,east,no", "investment,,east,no,额外", "第2行 (line 2)", "有 8 格，列名只有 7 个", "英文双引号"),
    (WINDOWS, "1,intake,投资项目综合受理窗口", '1,intake,"投资"项目综合受理窗口', "第2行 (line 2)", "CSV 格式错误", "引号成对"),
    (ITEMS, "project-approval,", "project-record,", "第3行 (line 3) id", "事项编号“project-record”重复", "只出现一次"),
    (ITEMS, "企业投资项目核准", "企业投资项目备案", "第3行 (line 3) name", "事项名称“企业投资项目备案（investment）”重复", "只出现一次"),
    (ITEMS, "filing,investment,", "filing,investmnt,", "第2行 (line 2) section", "没有板块“investmnt”", "是不是“investment”？"),
    (ITEMS, "市发展和改革委员会,12,", "市发展和改革委员会,12分钟,", "第2行 (line 2) minutes", "“12分钟”不是数字", "7.5"),
    (ITEMS, "市发展和改革委员会,12,", "市发展和改革委员会,0,", "第2行 (line 2) minutes", "0 超出范围", "大于 0"),
    (ITEMS, "市发展和改革委员会,12,", ",12,", "第2行 (line 2) department", "没有填", "填上它"),
    (ITEMS, ",qytzxmba", ",企业", "第2行 (line 2) initials", "“企业”写法不对", "小写英文字母"),
    (SERVICES, "passport-first,22-24", "passport-frist,22-24", "第2行 (line 2) item", "没有事项“passport-frist”", "是不是“passport-first”？"),
    (SERVICES, "passport-first,22-24", "passport-first,22-24 99", "第2行 (line 2) windows", "没有窗口“99”", "可用的有：1、2"),
    (SERVICES, "passport-first,22-24", "passport-first,", "第2行 (line 2) windows", "没有填", "填上它"),
    (SERVICES, "2026-10-01,2027-02-28", "2027-10-01,2027-02-28", "第12行 (line 12) to_date", "结束日期 2027-02-28 早于开始日期 2027-10-01", "不早于"),
    (SERVICES, "2026-10-01,2027-02-28", "2026/10/01,2027-02-28", "第12行 (line 12) from_date", "“2026/10/01”不是日期", "年-月-日"),
    (SERVICES, "passport-renew,22-24", "passport-first,24", "第3行 (line 3) windows", "事项“passport-first”在 24 号窗口的日期与 第2行 (line 2) windows 重叠", "不重叠"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "wrong", "right"), ONE_FAULT)
def test_a_fault_is_told_once_with_its_place_and_what_would_be_right(
    demo: HallFolder, file: str, old: str, new: str, place: str, wrong: str, right: str
) -> None:
    problem = demo.change(file, old, new).problem()
    told = WINDOWS if "没有 lunch_shift" in wrong else file
    assert problem.file == told
    assert place in problem.where
    assert wrong in problem.wrong
    assert right in problem.right
    assert problem.wrong_en and problem.right_en
    assert f"{told} " in problem.zh and f"{told} " in problem.en


def test_all_faults_of_all_files_are_told_at_once(demo: HallFolder) -> None:
    demo.change(TOML, 'letter = "C"', 'letter = "A"').change(TOML, "per_phone = 3", "per_phone = 0")
    demo.change(WINDOWS, "\n2,intake", "\n2,intak").change(ITEMS, "市发展和改革委员会,25,", "市发展和改革委员会,long,")
    demo.change(SERVICES, "passport-first", "passport")
    problems = demo.problems()
    assert [problem.file for problem in problems] == [TOML, WINDOWS, ITEMS, TOML, SERVICES]


def test_a_fault_in_a_row_is_not_told_again_where_the_row_is_referred_to(demo: HallFolder) -> None:
    demo.change(ITEMS, "First ordinary passport,police,市公安局,10", "First ordinary passport,police,市公安局,zehn")
    assert "zehn" in demo.problem().wrong


def test_a_section_without_any_window_is_refused(demo: HallFolder) -> None:
    for number in (39, 40):
        demo.change(
            WINDOWS, f"{number},agency,“最多跑一次”投诉代办窗口,agency,", f"{number},intake,投诉代办窗口,general,"
        )
    problem = demo.problem()
    assert "sections[8].id" in problem.where and "板块“agency”（投诉代办）没有任何窗口办理" in problem.wrong
    assert "windows.csv" in problem.right


def test_an_item_that_no_window_serves_is_refused(demo: HallFolder) -> None:
    demo.change(WINDOWS, "39,agency,“最多跑一次”投诉代办窗口,agency,,", "39,agency,,,complaint proxy-person,")
    demo.change(WINDOWS, "40,agency,“最多跑一次”投诉代办窗口,agency,,", "40,agency,,,complaint suggestion,")
    assert {problem.wrong for problem in demo.problems()} == {
        "事项“run-once-complaint”（“最多跑一次”未办成投诉）没有任何窗口办理",
        "事项“proxy-apply”（企业投资项目代办委托）没有任何窗口办理",
        "事项“cross-department”（疑难事项协调）没有任何窗口办理",
    }


def test_a_lunch_shift_with_nobody_on_duty_is_refused(demo: HallFolder) -> None:
    text = (demo.path / WINDOWS).read_text(encoding="utf-8").replace(",yes", ",no")
    assert "没有一个窗口值班" in demo.write(WINDOWS, text).problem().wrong


@pytest.mark.parametrize("file", [TOML, WINDOWS, ITEMS])
def test_a_missing_file_is_named_and_nothing_else_is_blamed(demo: HallFolder, file: str) -> None:
    (demo.path / file).unlink()
    problem = demo.problem()
    assert (problem.file, problem.wrong) == (file, "没有这个文件") and "config/demo" in problem.right


def test_services_may_be_left_out(demo: HallFolder) -> None:
    (demo.path / SERVICES).unlink()
    assert demo.load().services == []


def test_a_missing_folder_is_named(demo: HallFolder) -> None:
    demo.path = demo.path / "nowhere"
    assert demo.problem().wrong == "没有这个文件夹"


def test_a_folder_where_a_file_should_be_is_named(demo: HallFolder) -> None:
    (demo.path / ITEMS).unlink()
    (demo.path / ITEMS).mkdir()
    assert demo.problem().wrong.startswith("读不了")


@pytest.mark.parametrize("part", ["hall", "hours", "sms"])
def test_a_missing_part_is_named(demo: HallFolder, part: str) -> None:
    text = (demo.path / TOML).read_text(encoding="utf-8")
    kept, skip = [], False
    for line in text.splitlines():
        if line.startswith("["):
            skip = line.strip("[]").split(".")[0] == part
        if not skip:
            kept.append(line)
    problem = demo.write(TOML, "\n".join(kept)).problem()
    assert (problem.where, problem.wrong) == (f"[{part}]", "缺少这一部分")


def test_a_missing_column_is_told_once_and_not_for_every_row(demo: HallFolder) -> None:
    problems = demo.change(ITEMS, ",minutes,", ",minuten,").problems()
    assert [problem.wrong for problem in problems] == ["没有“minuten”这一列", "缺少“minutes”列"]
    assert problems[0].right == "是不是“minutes”？"


def test_a_header_that_is_no_header_is_told(demo: HallFolder) -> None:
    text = (demo.path / WINDOWS).read_text(encoding="utf-8").replace(",", ";")
    problem = demo.write(WINDOWS, text).problem()
    assert "第一行不是列名" in problem.wrong and "number,kind" in problem.right


def test_an_empty_csv_file_is_told(demo: HallFolder) -> None:
    assert "第一行不是列名" in demo.write(ITEMS, "").problem().wrong


def test_excels_byte_order_mark_and_line_ends_are_welcome(demo: HallFolder) -> None:
    before = demo.load()
    for file in (TOML, WINDOWS, ITEMS, SERVICES):
        text = (demo.path / file).read_text(encoding="utf-8")
        (demo.path / file).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert demo.load() == before


def test_empty_lines_and_empty_cells_are_welcome(demo: HallFolder) -> None:
    before = demo.load()
    text = (demo.path / WINDOWS).read_text(encoding="utf-8")
    demo.write(WINDOWS, text.replace("\n2,intake", "\n,,,,,,\n\n2,intake"))
    assert demo.load() == before
    problem = demo.change(WINDOWS, "\n3,intake", "\n3,intak").problem()
    assert problem.where == "第6行 (line 6) kind"


def test_gbk_from_old_excel_gets_a_sentence_that_says_what_to_do(demo: HallFolder) -> None:
    text = (demo.path / ITEMS).read_text(encoding="utf-8")
    (demo.path / ITEMS).write_bytes(text.encode("gb18030"))
    problem = demo.problem()
    assert "GBK" in problem.wrong and "CSV UTF-8" in problem.right and problem.where == "第2行 (line 2)"


def test_utf_16_gets_its_sentence(demo: HallFolder) -> None:
    text = (demo.path / ITEMS).read_text(encoding="utf-8")
    (demo.path / ITEMS).write_bytes(text.encode("utf-16"))
    assert "UTF-16" in demo.problem().wrong


def test_binary_rubbish_gets_its_sentence(demo: HallFolder) -> None:
    (demo.path / ITEMS).write_bytes(bytes(range(256)) * 3)
    assert "UTF-8" in demo.problem().wrong


def test_chinese_column_titles_are_understood_and_named_in_faults(demo: HallFolder) -> None:
    before = demo.load()
    demo.change(WINDOWS, "number,kind,name,sections,items,area,lunch", "窗口号,类型,名称,板块,事项,区域,午间值班")
    text = (demo.path / WINDOWS).read_text(encoding="utf-8")
    for kind, shown in (("intake", "综合受理"), ("issue", "出件"), ("agency", "投诉代办")):
        text = re.sub(rf"^(\d+),{kind},", rf"\1,{shown},", text, flags=re.MULTILINE)
    demo.write(WINDOWS, text.replace(",yes", ",是").replace(",no", ",否"))
    assert demo.load() == before
    assert demo.change(WINDOWS, "\n2,综合受理", "\n2,万能").problem().where == "第3行 (line 3) 类型"


def test_sms_texts_may_stand_in_a_file_of_their_own(demo: HallFolder) -> None:
    before = demo.load()
    text = (demo.path / TOML).read_text(encoding="utf-8")
    start = text.index("[sms]")
    demo.write(TOML, text[:start]).write("sms.toml", text[start:].replace("[sms]\n", "").replace("[sms.", "["))
    assert demo.load() == before
    problem = demo.change("sms.toml", "{number}号到", "{nummer}号到").problems()[0]
    assert (problem.file, problem.right) == ("sms.toml", "是不是“number”？") and problem.where.endswith("called.text")
    twice = demo.change("sms.toml", "{nummer}", "{number}").write(TOML, text).problem()
    assert "都有" in twice.wrong


def test_areas_may_be_left_out(demo: HallFolder) -> None:
    text = (demo.path / TOML).read_text(encoding="utf-8")
    start, end = text.index("[[areas]]"), text.index("[limits]")
    demo.write(TOML, text[:start] + text[end:])
    for area in ("east", "west", "south"):
        windows = (demo.path / WINDOWS).read_text(encoding="utf-8")
        demo.write(WINDOWS, windows.replace(f",{area},", ",,"))
    hall = demo.load()
    assert [area.id for area in hall.areas] == ["hall"] and {window.area for window in hall.windows} == {"hall"}


def test_an_unnamed_window_is_named_after_its_kind(demo: HallFolder) -> None:
    hall = demo.change(WINDOWS, "1,intake,投资项目综合受理窗口", "1,intake,").load()
    assert hall.windows[0].name == "综合受理窗口"


@pytest.mark.parametrize(
    "rubbish", ["[sections]\nid = 1", "sections = 3", "sections = []", "[[sections]]\n", "hall = 1", "sms = []"]
)
def test_parts_of_the_wrong_shape_are_refused_with_sentences(demo: HallFolder, rubbish: str) -> None:
    problems = demo.write(TOML, rubbish).problems()
    assert problems and all(problem.wrong and problem.right for problem in problems)


@pytest.mark.parametrize(
    ("pattern", "right"),
    [
        ("{year}{hall}{serial:6}{check}", True),
        ("QZ{year}{serial:6}", True),
        ("{hall}{serial:6}", False),
        ("{year}{year}{serial:6}", False),
        ("{year}{serial}", False),
        ("{year}{serial:12}", False),
        ("{year}{check}{serial:6}", False),
        ("{year}{serial:6}{day}", False),
        ("{year}{serial:6", False),
        ("办{year}{serial:6}", False),
    ],
)
def test_a_pattern_of_case_codes_that_could_repeat_or_be_misread_is_refused(
    demo: HallFolder, pattern: str, right: bool
) -> None:
    text = (demo.path / TOML).read_text(encoding="utf-8")
    demo.write(TOML, f'{text}\n[cases]\npattern = "{pattern}"\n')
    if right:
        assert demo.load().cases.pattern == pattern
        return
    problem = demo.problem()
    assert problem.where.endswith("cases.pattern") and "{year}" in problem.right


def test_a_pre_review_is_no_longer_than_the_law_gives_for_telling_what_is_missing(demo: HallFolder) -> None:
    text = (demo.path / TOML).read_text(encoding="utf-8")
    assert demo.write(TOML, f"{text}\n[cases]\npre_review_days = 5\n").load().cases.pre_review_days == 5
    assert demo.write(TOML, f"{text}\n[cases]\npre_review_days = 6\n").problem().where.endswith("cases.pre_review_days")
