"""`run.py simulate` as it is typed: what comes out, and what is said of everything that is wrong."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import subprocess
import sys
from datetime import UTC
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.hall_file import load_hall
from server.domain.units import MINUTE
from server.simulator import command
from server.simulator.command import Options, run
from server.simulator.figures import JSON_KEYS
from server.simulator.trace import fill_in, read_trace

ROOT = Path(__file__).parents[2]
HEADER = "arrived_at,section,service_minutes,patience_minutes,priority,person\n"
TRACE = (
    HEADER
    + "2026-11-20T09:00:00,a,10,,0,\n"
    + "2026-11-20T09:01:00,a,5,,0,p\n"
    + "2026-11-20T09:02:00,b,,,2,\n"
    + "2026-11-20T09:03:00,a,,1.5,1,q\n"
    + "2026-11-21T09:00:00,b,4,,,\n"
)


def simulated(folder: Path, text: str, **options: object) -> tuple[int, str, str]:
    """(exit code, what went out, what was said on stderr)."""
    trace = folder / "trace.csv"
    trace.write_text(text, encoding="utf-8")
    if "hall" not in options:
        options.setdefault("windows", "2")
    out, err = io.StringIO(), io.StringIO()
    code = run(Options(trace=trace, **options), out, err)  # type: ignore[arg-type]
    return code, out.getvalue(), err.getvalue()


def test_json_has_the_promised_shape_and_nobody_is_lost(tmp_path: Path) -> None:
    code, out, err = simulated(tmp_path, TRACE, json=True)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["policies"]
    assert list(found["policies"]) == ["yichuang", "pooled", "fixed", "random"]
    for figures in found["policies"].values():
        assert tuple(figures) == JSON_KEYS
        assert figures["served"] + figures["left"] == 5
        assert all(0 <= figures[share] <= 1 for share in ("overtaken", "overtaken_5min", "moved"))


def test_the_table_has_a_column_for_each_policy_asked_for(tmp_path: Path) -> None:
    code, out, _ = simulated(tmp_path, TRACE, policy="pooled,yichuang")
    assert code == 0 and "2026-11-20 – 2026-11-21, 2 days: 5 people, 2 windows" in out
    head = next(text for text in out.splitlines() if "pooled" in text)
    assert head.split() == ["pooled", "yichuang"]


def test_blank_services_are_the_same_in_every_run_and_drawn_from_the_same_section(tmp_path: Path) -> None:
    known = [("a", 3), ("b", 40), ("a", 5), ("b", 50)]
    text = HEADER + "".join(f"2026-11-20T09:00,{section},{minutes},,,\n" for section, minutes in known)
    text += "2026-11-20T09:01,a,,,,\n2026-11-20T09:01,b,,,,\n" * 20
    first, again = (simulated(tmp_path, text, windows="1", json=True) for _ in range(2))
    assert first == again
    visits, _ = read_trace(tmp_path / "trace.csv", UTC, 0)
    drawn = {(visit.section, visit.service) for visit in fill_in(visits, lambda section, item: None)[4:]}
    assert drawn == {(section, minutes * MINUTE) for section, minutes in known}


def test_priority_two_is_worth_the_credit_given_on_the_command_line(tmp_path: Path) -> None:
    text = HEADER + "2026-11-20T09:00,a,10,,,\n2026-11-20T09:01,a,10,,,\n2026-11-20T09:03,a,10,,2,\n"
    waits = {
        credit: json.loads(simulated(tmp_path, text, windows="1", json=True, credit_minutes=credit)[1])["policies"]
        for credit in (1.0, 5.0)
    }
    assert waits[1.0]["yichuang"]["longest_wait"] == 17 and waits[5.0]["yichuang"]["longest_wait"] == 19


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-20 9:00,a,5,,,", "“2026-11-20 9:00”不是时间。应当：日期T时间"),
        ("2026-11-20,a,5,,,", "such as 2026-11-20T08:30:00"),
        (",a,5,,,", "arrived_at：没有填"),
        ("2026-11-20T09:00:00,,5,,,", "section：没有填"),
        ("2026-11-20T09:00:00,a,five,,,", '"five" is not a number from 0 to 1440. Right: minutes, such as 7.5'),
        ("2026-11-20T09:00:00,a,-1,,,", '"-1" is not a number'),
        ("2026-11-20T09:00:00,a,nan,,,", '"nan" is not a number'),
        ("2026-11-20T09:00:00,a,1e9,,,", '"1e9" is not a number'),
        ("2026-11-20T09:00:00,a,5,soon,,", 'patience_minutes: "soon" is not a number'),
        ("2026-11-20T09:00:00,a,5,,3,", '"3" is not possible. Right: 0, 1 or 2'),
        ("2026-11-20T09:00:00,a,5,,,p,extra", "7 cells for 6 columns"),
        ('2026-11-20T09:00:00,"a,5,,,', "CSV syntax error"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_what_would_be_right(tmp_path: Path, row: str, said: str) -> None:
    good = "2026-11-20T09:00:00,a,5,,,\n"
    code, out, err = simulated(tmp_path, HEADER + good + row + "\n" + good)
    assert (code, out) == (2, "")
    assert "line 3" in err or "CSV" in err
    assert said in err and "nothing was simulated" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the first line does not name the columns"),
        (HEADER, "there are no rows"),
        ("arrived_at,section\n2026-11-20T09:00,a\n", 'column "service_minutes" is missing'),
        ("arrived_at,section,service_minutes,prority\n2026-11-20T09:00,a,5,1\n", 'did you mean "priority"?'),
        ("\ufeff" + HEADER + "2026-11-20T09:00,a,x,,,\n", "line 2"),
    ],
)
def test_a_file_that_is_no_trace_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    code, _, err = simulated(tmp_path, text)
    assert code == 2 and said in err


def test_of_many_bad_lines_the_first_twenty_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    code, _, err = simulated(tmp_path, HEADER + "x,a,5,,,\n" * 50)
    assert code == 2 and err.count("arrived_at: ") == 20 and "50 problem(s)" in err and "30 处未列出" in err


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    err = io.StringIO()
    assert run(Options(trace=tmp_path / "none.csv", windows="3"), io.StringIO(), err) == 2
    assert "none.csv" in err.getvalue() and "the file is missing" in err.getvalue()
    assert str(tmp_path / "none.csv") in err.getvalue() and "config/demo" not in err.getvalue(), "no trace is there"


def test_a_long_trace_says_how_far_it_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(step=2)
    monkeypatch.setattr(command, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    rows = "".join(f"2026-11-20T{9 + i // 3600:02}:{i // 60 % 60:02}:{i % 60:02},a,0.1,,,\n" for i in range(1200))
    code, out, err = simulated(tmp_path, HEADER + rows, policy="yichuang,pooled", json=True)
    assert code == 0
    assert err.splitlines() == [f"… {name}: {n} / 1200" for name in ("yichuang", "pooled") for n in (500, 1000, 1200)]
    assert json.loads(out), "what programs read stays clean of it"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"windows": None}, "Give --windows N or --hall DIR"),
        ({"windows": "0"}, "0 is no count"),
        ({"windows": "many"}, "many is no count"),
        ({"windows": "5", "hall": ROOT / "config/demo"}, "With a hall, say --windows +N"),
        ({"policy": "yichaung"}, 'did you mean "yichuang"?'),
        ({"policy": " "}, "No policy is given"),
        ({"plot": Path("waits.gif")}, "must end in .png, .svg, .pdf"),
        ({"open": "3"}, "--open belongs to --day"),
        ({"day": "yesterday"}, "leave out TRACE"),
        ({"credit_minutes": float("nan")}, "--credit-minutes"),
        ({"credit_minutes": -1.0}, "--credit-minutes"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_words(tmp_path: Path, options: dict[str, object], said: str) -> None:
    code, _, err = simulated(tmp_path, TRACE, **options)
    assert code == 2 and said in err


# With a hall file


def demo_with(folder: Path, **changes: str) -> Path:
    """The demo hall with words of its hall.toml replaced."""
    hall = folder / "hall"
    shutil.copytree(ROOT / "config/demo", hall)
    text = (hall / "hall.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    (hall / "hall.toml").write_text(text, encoding="utf-8")
    return hall


def test_a_halls_windows_serve_its_sections_and_items(tmp_path: Path) -> None:
    text = "arrived_at,section,service_minutes,item\n" + "".join(
        f"2026-11-20T09:00:{s:02d},{section},10,{item}\n"
        for s, (section, item) in enumerate([("police", "passport-first")] * 4 + [("pickup", "")] * 4)
    )
    code, out, _ = simulated(tmp_path, text, hall=ROOT / "config/demo", json=True)
    assert code == 0
    found = json.loads(out)["policies"]["yichuang"]
    # Three windows serve passports (22, 23 and 24), three hand out results (36 to 38): one of four waits at each.
    assert found["longest_wait"] == pytest.approx(10 - 3 / 60, abs=1e-3) and found["mean_wait"] == pytest.approx(
        2 * (10 - 3 / 60) / 8, abs=1e-3
    )
    more = json.loads(simulated(tmp_path, text, hall=ROOT / "config/demo", json=True, windows="+2")[1])
    assert more["policies"]["yichuang"]["longest_wait"] == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-20T09:00,polices,5,", 'the hall has no section "polices". Right: did you mean "police"?'),
        ("2026-11-20T09:00,police,5,passport-frist", 'did you mean "passport-first"?'),
        ("2026-11-20T09:00,fund,5,passport-first", 'section fund has no item "passport-first"'),
    ],
)
def test_a_section_or_item_the_hall_does_not_have_is_named(tmp_path: Path, row: str, said: str) -> None:
    text = f"arrived_at,section,service_minutes,item\n{row}\n"
    code, _, err = simulated(tmp_path, text, hall=ROOT / "config/demo")
    assert code == 2 and "line 2" in err and said in err


def test_where_the_hall_enforces_its_hours_nobody_is_taken_in_outside_them(tmp_path: Path) -> None:
    hall = demo_with(tmp_path, **{"enforce = false": "enforce = true"})
    assert load_hall(hall).hours.enforce
    rows = ["07:00", "08:20", "12:30", "20:00"]
    text = HEADER + "".join(f"2026-11-20T{clock}:00,pickup,5,,,\n" for clock in rows)
    code, out, _ = simulated(tmp_path, text, hall=hall, policy="yichuang")
    assert code == 0
    # 07:00 and 20:00 get no number; 08:20 waits for the doors; 12:30 is served by a window on lunch duty.
    assert [text.split()[-1] for text in out.splitlines() if "no number" in text or "served" in text][:2] == ["2", "2"]
    assert next(text.split()[-1] for text in out.splitlines() if "longest" in text) == "10.00"


def test_a_picture_is_written_in_the_kind_its_name_says(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name, begins in (("waits.png", b"\x89PNG"), ("waits.svg", b"<?xml")):
        code, _, err = simulated(tmp_path, TRACE, plot=tmp_path / name)
        assert code == 0, err
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_command_line_runs_it(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text(TRACE, encoding="utf-8")
    words = [sys.executable, "run.py", "simulate", str(trace), "--windows", "2", "--policy", "yichuang", "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout)["policies"]) == ["yichuang"]
