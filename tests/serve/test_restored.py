"""`run.py restored`: after a backup was put back, the hall has another epoch; never while it is being served."""

from __future__ import annotations

import fcntl
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

from server.restored_command import run_restored
from server.store.store import open_store
from server.store.vault import load_vault
from tests.support.server import ROOT

HALL = "quzhou-demo"


def serials(data: Path) -> list[int]:
    """The next two of this year, by a process of its own."""
    around = {"database_url": "", "clock": lambda: 1_795_395_600_000_000, "vault": load_vault(data)}
    store = open_store(data_dir=data, tokens=lambda: "", **around)  # type: ignore[arg-type]
    try:
        year = date(2026, 1, 1)
        return store.write(HALL, lambda tx, _, now: [tx.serials.next("2026", year, 6) for _ in range(2)], None)
    finally:
        store.close()


def restored(data: Path) -> tuple[int, str]:
    err = io.StringIO()
    return run_restored(data=data, out=io.StringIO(), err=err), err.getvalue()


def test_the_command_makes_codes_go_on_past_a_gap_and_says_so(tmp_path: Path) -> None:
    typed = [sys.executable, "run.py", "restored", "--data", str(tmp_path)]
    done = subprocess.run(typed, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "") and "不会重复" in done.stdout
    first = serials(tmp_path)
    assert restored(tmp_path) == (0, "")
    second = serials(tmp_path)
    assert second[0] - first[1] > 50_000 and second[1] == second[0] + 1


def test_nothing_is_changed_under_a_hall_that_is_being_served(tmp_path: Path) -> None:
    with (tmp_path / "serve.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        code, said = restored(tmp_path)
    assert code == 1 and "正被另一个进程" in said
