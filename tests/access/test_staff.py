"""Signing in: lock-out, idle time-out, and what the store keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.access import passwords, staff
from server.access.identity import Proof, token_hash
from server.access.refusals import AccountLocked, StaffExists, WrongPassword
from server.domain.actor import SYSTEM, Actor, Role
from server.journey.calling import NextRequest, call_next
from server.journey.counter import WindowRequest, open_window
from server.journey.serving import AtWindow, FinishRequest, finish_service, start_service
from server.journey.taking import TakeRequest, take_number
from tests.access.conftest import PASSWORD, Gate


def wrong(gate: Gate, username: str = "clerk3") -> None:
    with pytest.raises(WrongPassword):
        gate.sign_in(username, "wrong")


def test_the_right_password_opens_a_session_with_the_accounts_roles(gate: Gate) -> None:
    opened = gate.sign_in("clerk3")
    found = gate.who(opened.token)
    assert found is not None
    assert (found.actor.id, found.actor.roles) == ("staff:clerk3", frozenset({Role.CLERK}))


def test_the_store_keeps_only_the_hash_of_a_token_and_argon2_of_a_password(gate: Gate) -> None:
    opened = gate.sign_in("clerk3")
    dump = gate.store.read(gate.hall_id, _dump)
    assert opened.token not in dump and PASSWORD not in dump
    assert token_hash(opened.token) in dump
    assert "$argon2id$v=19$" in dump


def test_a_password_is_hashed_as_owasp_asks() -> None:
    assert passwords.hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def _dump(rx: Any) -> str:
    return "\n".join(
        str(tuple(row)) for table in ("staff", "sessions", "audit") for row in rx.db.all(f"SELECT * FROM {table}")
    )


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(gate: Gate) -> None:
    for _ in range(5):
        wrong(gate)
    with pytest.raises(AccountLocked) as refused:
        gate.sign_in("clerk3")
    assert refused.value.detail == {"minutes": staff.LOCK_MINUTES}
    assert gate.sign_in("clerk4")


def test_the_lock_ends_after_a_while_and_five_new_tries_begin(gate: Gate) -> None:
    for _ in range(5):
        wrong(gate)
    gate.clock.pass_minutes(staff.LOCK_MINUTES + 0.1)
    for _ in range(4):
        wrong(gate)
    assert gate.sign_in("clerk3")


def test_a_right_password_forgets_the_wrong_ones_before_it(gate: Gate) -> None:
    for _ in range(3):
        for _ in range(4):
            wrong(gate)
        assert gate.sign_in("clerk3")
        gate.clock.pass_minutes(2)


def test_a_hundred_guesses_at_once_are_still_only_five(gate: Gate) -> None:
    def guess(n: int) -> str:
        try:
            gate.sign_in("clerk3", f"guess-{n}", address=f"10.0.{n}.1")
        except WrongPassword:
            return "wrong"
        except AccountLocked:
            return "locked"
        return "in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(40)))
    assert outcomes.count("wrong") == 5
    assert outcomes.count("locked") == 35


def test_an_unknown_name_and_a_closed_account_sound_like_a_wrong_password(gate: Gate) -> None:
    wrong(gate, "nobody")
    staff.set_active(gate.access, SYSTEM, "clerk5", False)
    with pytest.raises(WrongPassword):
        gate.sign_in("clerk5")


def test_an_idle_session_ends(gate: Gate) -> None:
    token = gate.sign_in("clerk3").token
    gate.clock.pass_minutes(gate.settings.session_idle_minutes - 1)
    assert gate.who(token)
    gate.clock.pass_minutes(gate.settings.session_idle_minutes - 1)
    assert gate.who(token)
    gate.clock.pass_minutes(gate.settings.session_idle_minutes + 1)
    assert gate.who(token) is None
    assert gate.who(token) is None


def test_what_a_page_asks_by_itself_does_not_keep_a_session_alive(gate: Gate) -> None:
    token = gate.sign_in("clerk3").token
    for _ in range(3):
        gate.clock.pass_minutes(9)
        assert gate.who(token, touch=False)
    gate.clock.pass_minutes(9)
    assert gate.who(token, touch=False) is None


def test_the_idle_time_out_never_fires_while_the_clerk_serves(gate: Gate) -> None:
    section = next(s.id for s in gate.hall.sections if any(s.id in w.sections for w in gate.hall.windows))
    window = next(w.number for w in gate.hall.windows if section in w.sections)
    opened = gate.sign_in(f"clerk{window}")
    clerk, write = opened.actor, gate.store.write
    write(gate.hall_id, open_window, WindowRequest(clerk, window))
    write(gate.hall_id, take_number, TakeRequest(Actor("device:1", "取号机", frozenset({Role.KIOSK})), section=section))
    write(gate.hall_id, call_next, NextRequest(clerk, window))
    write(gate.hall_id, start_service, AtWindow(clerk, window))
    gate.clock.pass_minutes(gate.settings.session_idle_minutes * 4)
    assert gate.who(opened.token, touch=False), "a long service is no absence"
    write(gate.hall_id, finish_service, FinishRequest(clerk, window))
    gate.clock.pass_minutes(gate.settings.session_idle_minutes - 1)
    assert gate.who(opened.token, touch=False), "the time-out counts from the end of the service"
    gate.clock.pass_minutes(2)
    assert gate.who(opened.token) is None


def test_the_demos_screen_accounts_do_not_idle(gate: Gate) -> None:
    token = gate.sign_in("kiosk").token
    gate.clock.pass_minutes(60 * 24)
    assert gate.who(token)


def test_signing_out_ends_the_session_at_once(gate: Gate) -> None:
    token = gate.sign_in("clerk3").token
    found = gate.who(token)
    assert found
    staff.sign_out(gate.access, found)
    assert gate.who(token) is None


def test_a_new_password_ends_the_sessions_and_opens_a_locked_account(gate: Gate) -> None:
    token = gate.sign_in("clerk3").token
    for _ in range(5):
        wrong(gate)
    staff.set_password(gate.access, SYSTEM, "clerk3", "another-pass")
    assert gate.who(token) is None
    assert gate.sign_in("clerk3", "another-pass")


def test_a_closed_account_is_out_at_once(gate: Gate) -> None:
    token = gate.sign_in("clerk3").token
    assert gate.who(token)
    staff.set_active(gate.access, SYSTEM, "clerk3", False)
    assert gate.access.by_token(token, Proof.BEARER) is None


def test_a_user_name_is_given_once(gate: Gate) -> None:
    new = staff.NewAccount("wang.fang", "王芳", (Role.CLERK,), (3,), "long-enough")
    staff.add_staff(gate.access, SYSTEM, new)
    assert gate.sign_in("wang.fang", "long-enough").actor.windows == frozenset({3})
    with pytest.raises(StaffExists):
        staff.add_staff(gate.access, SYSTEM, new)


def test_sign_ins_and_refused_ones_are_audited_without_the_password(gate: Gate) -> None:
    gate.sign_in("clerk3")
    wrong(gate)
    dump = gate.store.read(gate.hall_id, _dump)
    assert "session.open" in dump and "session.refused" in dump
