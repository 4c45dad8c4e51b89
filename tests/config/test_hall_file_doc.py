"""docs/hall-file.md tells the truth: its example loads, and every key and column is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import hall_cases, hall_catalogue, hall_devices, hall_model, hall_sms
from config.hall_base import Part
from config.hall_file import HallFile, load_hall
from config.wording import FIELDS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "hall-file.md").read_text(encoding="utf-8")
PLACES = {**vars(hall_model), **vars(hall_devices), **vars(hall_cases), **vars(hall_catalogue), **vars(hall_sms)}
MODELS = [model for model in PLACES.values() if isinstance(model, type) and issubclass(model, Part)]
KEYS = sorted({name for model in MODELS if model not in (Part, HallFile) for name in model.model_fields})


def test_the_smallest_hall_of_the_document_loads(tmp_path: Path) -> None:
    blocks = re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)```", TEXT, flags=re.MULTILINE | re.DOTALL)
    assert [name for name, _ in blocks] == ["hall.toml", "windows.csv", "items.csv"]
    for name, content in blocks:
        (tmp_path / name).write_text(content, encoding="utf-8")
    hall = load_hall(tmp_path)
    assert (hall.items[0].initials, hall.windows[1].name) == ("jmsfzhl", "综合受理窗口")
    assert hall.hours.enforce and not hall.demo


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_explained(key: str) -> None:
    assert f"`{key}`" in TEXT


@pytest.mark.parametrize("part", HallFile.model_fields)
def test_every_part_is_explained(part: str) -> None:
    assert any(shown in TEXT for shown in (f"### [{part}]", f"### [[{part}]]", f"### {part}.csv", f"`{part}`"))


@pytest.mark.parametrize("field", FIELDS)
def test_every_sms_field_is_explained(field: str) -> None:
    assert f"`{{{field}}}`" in TEXT


def test_the_defaults_in_the_document_are_the_real_ones() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", TEXT, flags=re.MULTILINE)
    real = {name: info.default for model in MODELS for name, info in model.model_fields.items()}
    assert len(rows) >= 14
    assert [(name, shown, real[name]) for name, shown in rows if float(shown) != float(real[name])] == []
