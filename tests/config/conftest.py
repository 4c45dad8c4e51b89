"""A copy of the demo hall to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.hall_file import HallFile, HallFileError, Problem, load_hall

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"


class HallFolder:
    """A hall's folder in a temporary place, with ways to change it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, file: str, old: str, new: str) -> HallFolder:
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        return self.write(file, text.replace(old, new, 1))

    def write(self, file: str, text: str) -> HallFolder:
        (self.path / file).write_text(text, encoding="utf-8")
        return self

    def add(self, file: str, lines: str) -> HallFolder:
        text = (self.path / file).read_text(encoding="utf-8")
        return self.write(file, text + lines + "\n")

    def load(self) -> HallFile:
        return load_hall(self.path)

    def problems(self) -> list[Problem]:
        with pytest.raises(HallFileError) as caught:
            load_hall(self.path)
        return caught.value.problems

    def problem(self) -> Problem:
        """The only problem."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]


@pytest.fixture
def demo(tmp_path: Path) -> HallFolder:
    return HallFolder(Path(shutil.copytree(DEMO, tmp_path / "hall")))
