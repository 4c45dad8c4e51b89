"""The layout of DESIGN.md, kept by tests: who may import, emit and speak to the database."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from server.domain.refusals import Refusal

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "server", "sms", "kiosk", "display", "window_terminal")
OURS = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
MOST_LINES = 330


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        yield package
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            yield module.name


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.fixture(scope="module")
def refusals() -> list[type[Refusal]]:
    """Every refusal of every module."""
    for name in _modules():
        importlib.import_module(name)

    def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
        for sub in kind.__subclasses__():
            yield sub
            yield from below(sub)

    return [kind for kind in dict.fromkeys(below(Refusal)) if not inspect.isabstract(kind)]


def test_imports_point_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_concurrency_module_knows_how_the_process_waits() -> None:
    guilty = [p for p in OURS if _imported(p) & {"eventlet", "gevent", "greenlet", "geventwebsocket"}]
    assert [str(p.relative_to(ROOT)) for p in guilty] == ["server/concurrency.py"]


def test_only_the_hub_sends() -> None:
    calls = re.compile(r"\.(emit|send_to_room|enter_room|send_packet)\(")
    guilty = [str(p.relative_to(ROOT)) for p in OURS if calls.search(p.read_text("utf-8"))]
    assert guilty == ["server/realtime/wire.py"]
    wired = [str(p.relative_to(ROOT)) for p in OURS if "server.realtime.wire" in p.read_text("utf-8")]
    assert wired == ["server/app.py", "server/realtime/hub.py"], "only the hub sends; app.py gives it the wire"


def test_only_the_store_speaks_sql() -> None:
    statement = re.compile(r"""["'](SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b""")
    guilty = [str(p.relative_to(ROOT)) for p in OURS if statement.search(p.read_text("utf-8"))]
    assert [name for name in guilty if not name.startswith("server/store/")] == []


def test_every_socket_message_declares_its_audience() -> None:
    from server.realtime.envelope import RECEIVED, SENT

    source = (ROOT / "server/realtime/hub.py").read_text("utf-8")
    assert set(re.findall(r'_emit\("(\w+)"', source)) <= set(SENT)
    assert all(SENT.values()) and all(RECEIVED.values())
    page = "".join(p.read_text("utf-8") for p in (ROOT / "server/web/static/ui").glob("*.js"))
    heard = set(re.findall(r'socket\.on\("(\w+)"', page)) - {"connect", "disconnect", "connect_error"}
    assert heard <= set(SENT)


def test_every_refusal_has_a_status_a_code_of_its_own_and_both_languages(refusals: list[type[Refusal]]) -> None:
    named = [kind for kind in refusals if kind.code]
    assert len(named) > 40
    twice = [code for code, times in Counter(kind.code for kind in named).items() if times > 1]
    assert twice == []
    passing_on = re.compile(r"(\{\w+\})+")  # the manager's or the provider's own sentence
    for kind in named:
        if passing_on.fullmatch(kind.zh) and passing_on.fullmatch(kind.en):
            continue
        assert 400 <= kind.status < 600, kind
        assert re.fullmatch(r"[a-z][a-z0-9_]*", kind.code), kind
        assert re.search(r"[\u4e00-\u9fff]", kind.zh), f"{kind} has no Chinese sentence"
        assert re.search(r"[A-Za-z]{2}", kind.en) and not re.search(r"[\u4e00-\u9fff]", kind.en), kind
        assert kind.zh.endswith(("。", "！", "？", "}")) and kind.en.endswith((".", "!", "?", "}")), (
            f"{kind}: no sentence"
        )


def test_both_languages_of_a_refusal_use_the_same_details(refusals: list[type[Refusal]]) -> None:
    def fields(text: str) -> set[str]:
        return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name}

    odd = {
        kind.__name__: fields(kind.zh) ^ fields(kind.en)
        for kind in refusals
        if {f.removesuffix("_zh") for f in fields(kind.zh)} != {f.removesuffix("_en") for f in fields(kind.en)}
    }
    assert odd == {}


def test_files_stay_short_enough_to_read() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in OURS}
    assert {name: count for name, count in lengths.items() if count > MOST_LINES} == {}


def test_no_registry_is_named_in_the_lock_files() -> None:
    for name in ("requirements.lock", "requirements-node.lock", "package-lock.json", "package.json", ".npmrc"):
        text = (ROOT / name).read_text("utf-8")
        assert '"resolved"' not in text, name
        assert not re.search(r"--(extra-)?index-url|^registry=", text, re.MULTILINE), name
