"""Pairing a screen by code, its token, and turning it out."""

from __future__ import annotations

import pytest

from server.access import devices
from server.access.devices import Pairing, PairRequest
from server.access.identity import Proof
from server.access.refusals import DeviceUnknown, PadNeedsWindow, PairingUnknown, TooManyRequests
from server.domain.actor import Actor, Role
from server.domain.hall import WindowUnknown
from server.store.devices import Device
from tests.access.conftest import Gate

MANAGER = Actor("staff:manager", "值班经理", frozenset({Role.MANAGER}))


def asked(gate: Gate, role: Role = Role.KIOSK) -> Pairing:
    return devices.ask_to_pair(gate.access, role, "", "10.0.0.2")


def typed(gate: Gate, code: str) -> Device:
    return gate.store.write(gate.hall_id, devices.pair, PairRequest(MANAGER, code, "一楼取号机"))


def test_a_paired_screen_gets_its_token_once_and_is_what_it_asked_to_be(gate: Gate) -> None:
    pairing = asked(gate)
    assert devices.fetch_token(gate.access, pairing.device, pairing.secret) is None
    typed(gate, pairing.code)
    given = devices.fetch_token(gate.access, pairing.device, pairing.secret)
    assert given is not None
    found = gate.who(given.token)
    assert found is not None
    assert (found.actor.id, found.actor.roles, found.kind) == (f"device:{pairing.device}", {Role.KIOSK}, "device")
    with pytest.raises(PairingUnknown):
        devices.fetch_token(gate.access, pairing.device, pairing.secret)


def test_a_code_may_be_typed_in_small_letters_and_with_spaces(gate: Gate) -> None:
    code = asked(gate).code
    assert typed(gate, f" {code[:3].lower()} {code[3:].lower()} ").paired_by == "staff:manager"


def test_a_code_works_once_and_for_ten_minutes(gate: Gate) -> None:
    used, late = asked(gate), asked(gate)
    typed(gate, used.code)
    with pytest.raises(PairingUnknown):
        typed(gate, used.code)
    gate.clock.pass_minutes(devices.CODE_MINUTES + 0.1)
    with pytest.raises(PairingUnknown):
        typed(gate, late.code)
    with pytest.raises(PairingUnknown):
        typed(gate, "AAAAAA")


def test_only_the_screen_itself_can_fetch_its_token(gate: Gate) -> None:
    pairing = asked(gate)
    typed(gate, pairing.code)
    for secret in ("", "guess", pairing.code):
        with pytest.raises(PairingUnknown):
            devices.fetch_token(gate.access, pairing.device, secret)
    with pytest.raises(PairingUnknown):
        devices.fetch_token(gate.access, "feed", pairing.secret)


def test_a_revoked_screen_is_nobody_at_once_and_for_good(gate: Gate) -> None:
    pairing = asked(gate)
    typed(gate, pairing.code)
    given = devices.fetch_token(gate.access, pairing.device, pairing.secret)
    assert given is not None and gate.who(given.token)
    assert devices.revoke(gate.access, MANAGER, pairing.device).revoked_at
    assert gate.access.by_token(given.token, Proof.BEARER) is None
    assert devices.revoke(gate.access, MANAGER, pairing.device).revoked_at
    with pytest.raises(PairingUnknown):
        devices.fetch_token(gate.access, pairing.device, pairing.secret)


def test_an_unknown_device_cannot_be_revoked(gate: Gate) -> None:
    with pytest.raises(DeviceUnknown):
        devices.revoke(gate.access, MANAGER, "feed")


def test_screens_that_only_asked_are_not_listed_and_are_forgotten(gate: Gate) -> None:
    old = asked(gate)
    assert gate.store.read(gate.hall_id, devices.list_devices) == []
    gate.clock.pass_minutes(devices.CODE_MINUTES + 1)
    asked(gate)
    assert gate.store.read(gate.hall_id, lambda rx: rx.devices.find(old.device)) is None


def test_one_address_cannot_fill_the_table_with_codes(gate: Gate) -> None:
    with pytest.raises(TooManyRequests):
        for _ in range(21):
            asked(gate)


def test_a_pad_is_paired_with_its_window_and_speaks_for_that_window_alone(gate: Gate) -> None:
    pairing, number = asked(gate, Role.PAD), gate.hall.windows[2].number
    for window, refusal in ((None, PadNeedsWindow), (998, WindowUnknown)):
        with pytest.raises(refusal):
            gate.store.write(gate.hall_id, devices.pair, PairRequest(MANAGER, pairing.code, "评价器", window=window))
    paired = gate.store.write(gate.hall_id, devices.pair, PairRequest(MANAGER, pairing.code, "评价器", window=number))
    assert (paired.role, paired.window_number) == ("pad", number)
    given = devices.fetch_token(gate.access, pairing.device, pairing.secret)
    found = gate.who(given.token) if given else None
    assert found is not None and (found.actor.roles, found.actor.windows) == ({Role.PAD}, {number})


def test_a_window_said_for_a_kiosk_is_not_kept(gate: Gate) -> None:
    pairing = asked(gate)
    paired = gate.store.write(gate.hall_id, devices.pair, PairRequest(MANAGER, pairing.code, "取号机", window=1))
    assert paired.window_number is None
