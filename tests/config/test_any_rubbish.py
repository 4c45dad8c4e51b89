"""Whatever stands in the files, loading gives a whole hall or a list of sentences, never another error."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import hall_reader
from config.hall_file import HallFile, HallFileError, load_hall
from tests.config.conftest import DEMO

FILES = ("hall.toml", "windows.csv", "items.csv", "services.csv")
SOURCES = {name: (DEMO / name).read_text(encoding="utf-8") for name in FILES}
SCRAPS = [
    "",
    ",",
    '"',
    "\n",
    "[",
    "]",
    "=",
    "{",
    "}",
    "-1",
    "99999999999999999999",
    "nan",
    "true",
    "是",
    "😀",
    "\x00",
    "[[x]]\n",
    "1e400",
    "２",
    "²",
]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the demo's files with a stretch replaced by a scrap, as text or as bytes."""
    name = draw(st.sampled_from(FILES))
    text = SOURCES[name]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 40)))
    scrap = draw(st.sampled_from(SCRAPS) | st.text(max_size=5) | st.integers().map(str))
    changed = (text[:start] + scrap + text[end:]).encode("utf-8", errors="surrogatepass")
    return name, changed + draw(st.binary(max_size=2))


def load_with(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall_folder = Path(shutil.copytree(DEMO, Path(folder) / "hall"))
        (hall_folder / name).write_bytes(content)
        try:
            hall = load_hall(hall_folder)
        except HallFileError as error:
            assert error.problems and all(
                p.file and p.where and p.wrong and p.right and p.wrong_en and p.right_en for p in error.problems
            )
            assert str(error) and error.message_zh and error.message_en
        else:
            assert HallFile.model_validate_json(hall.model_dump_json()) == hall


@settings(max_examples=80, deadline=None)
@given(damaged())
def test_a_damaged_file_loads_whole_or_is_refused_in_sentences(damage: tuple[str, bytes]) -> None:
    load_with(*damage)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(FILES),
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 2000) | st.text("ab,\n\"'=[]{}", max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["hall", "sms", "hours"]), inner),
    ),
)
def test_a_file_of_anything_at_all_is_refused_in_sentences(name: str, anything: object) -> None:
    load_with(name, repr(anything).encode())


def keys_of(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in the parsed hall.toml; of a list, the first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in keys_of(part, (*path, key)))]


PARSED = tomllib.loads(SOURCES["hall.toml"])
ODD: list[object] = [True, -1, 10**30, float("nan"), "", "{", [], [[]], [{}], {}, {"a": 1}, dt.datetime(2026, 1, 1, 12)]
ODD += [{"x": {"y": [1]}}, "x" * 500]
SMALL = {
    "windows.csv": "number,kind,sections\n1,intake,general",
    "items.csv": "id,name,section,department,minutes,initials\na,甲,general,乙,5,j",
}


@pytest.mark.parametrize(
    "place", [place for place in keys_of(PARSED) if place], ids=lambda place: ".".join(map(str, place))
)
def test_any_key_may_hold_anything_and_is_refused_in_sentences(
    place: tuple[str | int, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, content in SMALL.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    for odd in ODD:
        data = copy.deepcopy(PARSED)
        inner = data
        for key in place[:-1]:
            inner = inner[key]  # type: ignore[index]
        inner[place[-1]] = odd  # type: ignore[index]
        monkeypatch.setattr(hall_reader, "read_toml", lambda *_, data=data: data)
        try:
            hall = load_hall(tmp_path)
        except HallFileError as error:
            assert all(
                p.file and p.where and p.wrong and p.right and p.wrong_en and p.right_en for p in error.problems
            ), odd
        else:
            assert HallFile.model_validate_json(hall.model_dump_json()) == hall
