"""A day that the real steps made is replayed from the hall's own log, on both stores."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from server.domain.hours import Span
from server.domain.units import MINUTE
from server.simulator.command import Options, run
from server.simulator.figures import Figures
from server.simulator.hall_log import CannotReplay, read_day, shifts_of
from server.simulator.trace import read_trace
from tests.journey.catalogue_scene import ready
from tests.scene import GUIDE, Scene
from tests.store_fixtures import HALL, STORE_KINDS, FakeClock, database, open_again

DAY = date(2026, 11, 18)
PHONE = "13812341234"


@dataclass
class Kept:
    """A hall's data after its day."""

    data: Path
    url: str


def a_day(hall: Scene) -> None:
    """Window 1 alone, from 19:06:40: three people of 10 minutes each, one who goes after 5, one in the green channel."""
    hall.open(1)
    hall.take(phone=PHONE)
    hall.take()
    gone = hall.take()
    hall.next(1)
    hall.wait(minutes=5)
    hall.cancel(gone)
    hall.take(by=GUIDE, priority="elderly", reason="80岁")
    hall.wait(minutes=5)
    for _ in range(2):
        hall.next(1, finish=True)
        hall.start(1)
        hall.wait(minutes=10)
    hall.finish(1)
    hall.close(1)


@pytest.fixture(params=STORE_KINDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with database(request.param) as url:
        with open_again(tmp_path, url, FakeClock()) as store:
            store.ensure_hall(HALL)
            a_day(Scene(store, store._around.clock))
        yield Kept(tmp_path, url)


def replayed(kept: Kept, monkeypatch: pytest.MonkeyPatch, **options: object) -> tuple[int, str, str]:
    monkeypatch.setenv("YICHUANG_DATABASE_URL", kept.url)
    out, err = io.StringIO(), io.StringIO()
    given = {"day": str(DAY), "data": kept.data, "policy": "yichuang", **options}
    code = run(Options(**given), out, err)  # type: ignore[arg-type]
    return code, out.getvalue(), err.getvalue()


def test_the_log_tells_who_came_for_how_long_and_who_went(kept: Kept) -> None:
    past = read_day(kept.data, kept.url, DAY)
    minutes = [None if v.service is None else round(v.service / MINUTE) for v in past.visits]
    assert minutes == [10, 10, None, 10]
    assert [None if v.patience is None else round(v.patience / MINUTE) for v in past.visits] == [None, None, 5, None]
    assert [(v.priority, round(v.credit / MINUTE)) for v in past.visits] == [(0, 0), (0, 0), (0, 0), (2, 15)]
    assert [v.person is not None for v in past.visits] == [True, False, False, False]
    (shift,) = past.shifts[1]
    assert round((shift.end - shift.start) / MINUTE) == 30


def test_the_replay_stands_beside_the_day_as_it_was(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    was = Figures.of(read_day(kept.data, kept.url, DAY).as_it_was)
    code, out, err = replayed(kept, monkeypatch)
    assert (code, err) == (0, "")
    assert (was.served, was.left) == (3, 1)
    served = next(text.split() for text in out.splitlines() if "served" in text)
    longest = next(text.split() for text in out.splitlines() if "longest" in text)
    assert served[-2:] == ["3", "3"] and longest[-2] == f"{was.longest_wait:.2f}"
    assert float(longest[-1]) == pytest.approx(was.longest_wait, abs=0.1)  # the clerk pressed a few seconds later


def test_windows_more_are_asked_for_by_count_or_by_number(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    for more in ({"windows": "+2"}, {"open": "2,3"}):
        code, out, _ = replayed(kept, monkeypatch, json=True, **more)
        found = json.loads(out)["policies"]["yichuang"]
        assert code == 0 and found["served"] + found["left"] == 4
        # Three are called at once, the third too, who went; the fourth comes at 5 and is called at 10.
        assert found["left"] == 0 and found["longest_wait"] == pytest.approx(5, abs=0.1)
        assert found["median_wait"] == 0


def test_the_day_is_exported_as_a_trace_without_anything_personal(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trace = tmp_path / "day.csv"
    assert replayed(kept, monkeypatch, export=trace)[0] == 0
    past = read_day(kept.data, kept.url, DAY)
    from zoneinfo import ZoneInfo

    visits, problems = read_trace(trace, ZoneInfo("Asia/Shanghai"), 0)
    assert not problems and len(visits) == 4
    for ours, theirs in zip(visits, past.visits, strict=True):
        assert abs(ours.at - theirs.at) < 1000 and (ours.section, ours.item) == (theirs.section, theirs.item)
        for name in ("service", "patience", "credit"):
            assert abs((getattr(ours, name) or 0) - (getattr(theirs, name) or 0)) < MINUTE // 1000
    assert visits[0].person == "p1" and str(past.visits[0].person) not in trace.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"day": "2026-11-17"}, "days on record: 2026-11-18 (4)"),
        ({"day": "18.11."}, "--day needs a date"),
        ({"windows": "2"}, "With a hall, say --windows +N"),
        ({"open": "2,77"}, "the hall has no window 77"),
        ({"open": "二号"}, "the hall has no window"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_words(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], said: str
) -> None:
    code, out, err = replayed(kept, monkeypatch, **options)
    assert (code, out) == (2, "") and said in err


def test_a_folder_without_a_hall_stays_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(CannotReplay, match="no hall's database"):
        read_day(tmp_path, "", DAY)
    assert not list(tmp_path.iterdir())


def test_open_stretches_are_cut_to_the_day_and_pauses_end_them() -> None:
    events = [(5, "window.opened", 1), (20, "window.paused", 1), (30, "window.opened", 1), (35, "window.opened", 2)]
    events += [(40, "window.closed", 1), (40, "window.closed", 9)]
    assert shifts_of(events, Span(10, 100)) == {1: [Span(10, 20), Span(30, 40)], 2: [Span(35, 100)]}


def test_a_day_with_numbers_for_an_item_of_the_catalogue_is_replayed_whole(tmp_path: Path) -> None:
    with open_again(tmp_path, "", FakeClock()) as store:
        store.ensure_hall(HALL)
        scene = Scene(store, store._around.clock)
        ready(scene, section="house")
        scene.open(4)
        scene.serve(4, item="id-lost")
    past = read_day(tmp_path, "", DAY)
    assert [(visit.section, visit.item) for visit in past.visits] == [("house", "id-lost")]
    assert "id-lost" in {item.id for item in past.file.items}
