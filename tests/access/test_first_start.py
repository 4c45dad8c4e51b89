"""Accounts at start: the demo's shared password, a real hall's first administrator."""

from __future__ import annotations

import stat
from typing import Any

import pytest

from config.settings import Settings
from server.access import passwords
from server.access.first_start import ensure_accounts
from server.access.refusals import WrongPassword
from tests.access.conftest import PASSWORD, Gate


def start(gate: Gate, password: str | None = None, *, demo: bool = True) -> Any:
    settings = Settings(data_dir=gate.settings.data_dir, demo_password=password)  # type: ignore[call-arg]
    return ensure_accounts(gate.store, gate.hall_id, gate.hall.model_copy(update={"demo": demo}), settings)


def test_the_demo_has_its_accounts_and_one_clerk_a_window(gate: Gate) -> None:
    for username in ("admin", "manager", "guide", "kiosk", "display", "pad"):
        assert gate.sign_in(username).actor.id == f"staff:{username}"
    for window in gate.hall.windows[:3]:
        assert gate.sign_in(f"clerk{window.number}")
    assert len(start(gate, PASSWORD).usernames) == 6 + len(gate.hall.windows) + 11 * 3  # departments


def test_a_password_made_at_first_start_is_readable_kept_and_the_same_next_time(gate: Gate) -> None:
    file = gate.settings.data_dir / "demo-password.txt"
    file.unlink()
    first = start(gate)
    assert first.source == "made"
    assert len(first.password) == 14 and set(first.password) <= set("-23456789abcdefghjkmnpqrstuvwxyz")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = start(gate)
    assert (again.source, again.password) == ("as_before", first.password)
    assert gate.sign_in("clerk1", first.password)


def test_another_password_in_the_environment_replaces_the_old_one_and_ends_sessions(gate: Gate) -> None:
    token = gate.sign_in("clerk1").token
    assert start(gate, "another-demo-pass").source == "environment"
    assert gate.who(token) is None
    assert gate.sign_in("clerk1", "another-demo-pass")
    with pytest.raises(WrongPassword):
        gate.sign_in("clerk2", PASSWORD)


def test_a_start_with_nothing_new_makes_no_hash_and_keeps_the_sessions(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = gate.sign_in("clerk1").token
    computed: list[str] = []
    monkeypatch.setattr(passwords, "_hash", lambda password: computed.append(password))
    start(gate, PASSWORD)
    assert computed == []
    assert gate.who(token)


def test_a_window_added_to_the_hall_file_gets_its_clerk(gate: Gate) -> None:
    last = gate.hall.windows[-1]
    more = (*gate.hall.windows, last.model_copy(update={"number": 990}))
    gate.hall = gate.hall.model_copy(update={"windows": list(more)})
    start(gate, PASSWORD)
    assert gate.sign_in("clerk990")


def test_a_hall_that_is_no_demo_closes_the_demos_accounts_and_makes_one_administrator(gate: Gate) -> None:
    token = gate.sign_in("manager").token
    first = start(gate, demo=False)
    assert (first.source, first.usernames) == ("made", ("admin",))
    assert gate.who(token) is None
    for username in ("admin", "manager", "clerk1"):
        with pytest.raises(WrongPassword):
            gate.sign_in(username)
    assert gate.sign_in("admin", first.password)
    assert start(gate, demo=False).source == "none"
    assert gate.sign_in("admin", first.password)
