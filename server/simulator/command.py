"""`run.py simulate`: a trace or a day of the hall's log, through the rules, to figures."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from config.hall_file import HallFile, HallFileError, load_hall
from config.problems import Problem, did_you_mean
from config.settings import Settings
from server.simulator import layout as layouts
from server.simulator.figures import Figures, Tally
from server.simulator.plot import CannotPlot, check_plot, plot
from server.simulator.policies import POLICIES
from server.simulator.report import as_json, table
from server.simulator.runs import days_of, simulate
from server.simulator.trace import Visit, fill_in, mean_seconds, read_trace

OK, CANNOT, WRONG = 0, 1, 2
SHOWN = 20
MOST_WINDOWS = 999
MOST_CREDIT = 24 * 60
AS_IT_WAS = "log"


class WrongOptions(Exception):
    """What was given does not fit together, as one sentence in both languages."""


class BadTrace(Exception):
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        super().__init__()


@dataclass(frozen=True, slots=True)
class Options:
    """As given on the command line."""

    trace: Path | None = None
    windows: str | None = None
    hall: Path | None = None
    data: Path | None = None
    day: str | None = None
    open: str | None = None
    policy: str = ",".join(POLICIES)
    credit_minutes: float = 15.0
    json: bool = False
    plot: Path | None = None
    export: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be run, whichever way it was given."""

    visits: list[Visit]
    layouts: layouts.Layouts
    title: str
    as_it_was: Tally | None = None


def run(options: Options, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """The exit code: 0; 1 when the picture cannot be written, 2 when what was given is wrong, with the reason on `err`."""
    from server.simulator.hall_log import CannotReplay

    try:
        policies = _policies(options.policy)
        if not 0 <= options.credit_minutes <= MOST_CREDIT:
            raise WrongOptions(
                f"--credit-minutes 应为 0 到 {MOST_CREDIT}。--credit-minutes goes from 0 to {MOST_CREDIT}: {options.credit_minutes}"
            )
        if options.plot is not None:
            check_plot(options.plot)
        prepared = _replay(options) if options.data or options.day else _trace(options)
    except (BadTrace, HallFileError) as bad:
        _say_problems(bad.problems, err)
        return WRONG
    except (WrongOptions, CannotPlot, CannotReplay, OSError) as reason:
        _say(str(reason), err)
        return WRONG
    tallies = simulate(prepared.visits, prepared.layouts, policies, _Progress(len(prepared.visits), err))
    try:
        _report(prepared, tallies, options, out)
    except OSError as reason:
        _say(f"写不了 cannot write: {reason}", err)
        return CANNOT
    return OK


def _report(prepared: Prepared, tallies: dict[str, Tally], options: Options, out: TextIO) -> None:
    figures = {name: Figures.of(tally) for name, tally in tallies.items()}
    if options.json:
        _say(as_json(figures), out)
    else:
        if prepared.as_it_was is not None:
            figures = {AS_IT_WAS: Figures.of(prepared.as_it_was), **figures}
        _say(f"{prepared.title}\n\n{table(figures)}", out)
    if options.plot is not None:
        plot(tallies, options.plot, prepared.title)


# What was given


def _policies(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in POLICIES:
            zh, en = did_you_mean(name, POLICIES)
            raise WrongOptions(f"没有“{name}”这种排法，{zh}。There is no policy {name}: {en}")
    if not names:
        raise WrongOptions("没有给出排法。No policy is given.")
    return list(dict.fromkeys(names))


def _numbers(text: str | None, file: HallFile) -> list[int]:
    known = {w.number for w in file.windows}
    found = []
    for word in (text or "").replace("，", ",").split(","):
        if word.strip():
            if not word.strip().isdecimal() or int(word) not in known:
                zh, en = did_you_mean(word.strip(), sorted(known))
                raise WrongOptions(f"--open：大厅没有 {word} 号窗口，{zh}。--open: the hall has no window {word}; {en}")
            found.append(int(word))
    return found


def _count(text: str) -> int:
    digits = text.removeprefix("+")
    if not digits.isdecimal() or not 1 <= int(digits) <= MOST_WINDOWS:
        raise WrongOptions(
            f"--windows：“{text}”不是窗口数，应为 5 或 +2。--windows: {text} is no count, such as 5 or +2"
        )
    return int(digits)


def _more(options: Options) -> int:
    """Windows added to those of a hall."""
    if options.windows is None:
        return 0
    if not options.windows.startswith("+"):
        raise WrongOptions("已有大厅时写 --windows +N（加开 N 个）。With a hall, say --windows +N: so many more.")
    return _count(options.windows)


def _trace(options: Options) -> Prepared:
    if options.trace is None:
        raise WrongOptions(
            "请给出轨迹文件，或用 --day 日期 重放大厅的记录。Give a trace, or --day DATE to replay the hall's log."
        )
    for name in ("open", "export"):
        if getattr(options, name) is not None:
            raise WrongOptions(f"--{name} 只用于重放大厅记录（--day 日期）。--{name} belongs to --day DATE.")
    if options.hall is None:
        return _trace_in_equal_windows(options, options.trace)
    file = load_hall(options.hall)
    made = layouts.hall_windows(file, more=_more(options))
    visits, problems = read_trace(options.trace, layouts.zone_of(file), options.credit_minutes, layouts.checker(file))
    if problems:
        raise BadTrace(problems)
    visits = fill_in(visits, lambda section, item: made(visits[0].day).file_seconds(section, item))
    return Prepared(visits, made, _title(visits, f"{file.hall.name_en}, {len(made(visits[0].day).staffed)} windows"))


def _trace_in_equal_windows(options: Options, trace: Path) -> Prepared:
    if options.windows is None or options.windows.startswith("+"):
        raise WrongOptions("请给出 --windows N 或 --hall DIR。Give --windows N or --hall DIR.")
    count = _count(options.windows)
    visits, problems = read_trace(trace, UTC, options.credit_minutes)
    if problems:
        raise BadTrace(problems)
    visits = fill_in(visits, lambda section, item: None)
    return Prepared(visits, layouts.equal_windows(count, *mean_seconds(visits)), _title(visits, f"{count} windows"))


def _replay(options: Options) -> Prepared:
    from server.simulator import hall_log

    if options.trace is not None or options.hall is not None:
        raise WrongOptions("--day 自带轨迹和大厅。--day brings its own trace and hall: leave out TRACE and --hall.")
    try:
        day = date.fromisoformat(options.day or "")
    except ValueError:
        raise WrongOptions("--day 写日期，如 2026-11-20。--day needs a date, such as 2026-11-20.") from None
    try:
        settings = Settings()
    except ValidationError as error:
        raise WrongOptions(f"设置有误 Wrong settings (docs/settings.md): {error}") from None
    past = hall_log.read_day(options.data or settings.data_dir, settings.database_url, day)
    zone = layouts.zone_of(past.file)
    if options.export is not None:
        hall_log.export(past.visits, options.export, zone)
    opened = _numbers(options.open, past.file)
    shifts = hall_log.with_open(past.shifts, opened)
    made = layouts.hall_windows(
        past.file,
        more=_more(options),
        duty=(lambda rules: shifts) if shifts else None,
        learned=past.learned,
        enforce=False,
    )
    visits = fill_in(past.visits, lambda section, item: made(day).file_seconds(section, item))
    where = f"{past.file.hall.name_en}, {len(made(day).staffed)} windows"
    return Prepared(visits, made, _title(visits, where), past.as_it_was)


def _title(visits: Sequence[Visit], where: str) -> str:
    days = [rows[0].day for rows in days_of(visits)]
    span = f"{days[0]}" if len(days) == 1 else f"{days[0]} – {days[-1]}, {len(days)} days"
    return f"{span}: {len(visits)} people, {where}"


# What is said


class _Progress:
    """A line on stderr every so often, on long traces only."""

    def __init__(self, people: int, err: TextIO) -> None:
        self.people, self.err = people, err
        self.last = time.monotonic()

    def __call__(self, policy: str, done: int) -> None:
        if time.monotonic() - self.last >= 1:
            self.last = time.monotonic()
            _say(f"… {policy}: {done} / {self.people}", self.err)


def _say_problems(problems: Sequence[Problem], err: TextIO) -> None:
    for problem in problems[:SHOWN]:
        _say(str(problem), err)
    rest = f"（另有 {len(problems) - SHOWN} 处未列出 and more）" if len(problems) > SHOWN else ""
    _say(f"共 {len(problems)} 处问题{rest}，没有模拟。{len(problems)} problem(s); nothing was simulated.", err)


def _say(text: str, stream: TextIO) -> None:
    """Print for people; a terminal that knows no Chinese must not stop the run."""
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "replace").decode() + "\n")
    stream.flush()
