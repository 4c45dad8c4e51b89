"""When is the gateway down, and who may try?"""

from __future__ import annotations

from sms.circuit import Circuit
from sms.gateways.base import Passing, Unknown

SECOND = 1_000_000
DOWN = Passing("connect")


def test_messages_that_fail_together_are_one_failure() -> None:
    circuit = Circuit()
    assert not any(circuit.fails(DOWN, 0) for _ in range(4))
    assert not circuit.open
    assert circuit.fails(DOWN, 3 * SECOND)
    assert circuit.open


def test_it_opens_once_and_closes_once() -> None:
    circuit = Circuit()
    opened = [circuit.fails(DOWN, second * SECOND) for second in range(0, 60, 10)]
    assert opened.count(True) == 1
    assert circuit.works()
    assert not circuit.works()


def test_trouble_with_the_account_opens_it_at_once() -> None:
    assert Circuit().fails(Passing("20003", account=True), 0)


def test_two_time_outs_are_noticed_well_within_a_minute() -> None:
    circuit = Circuit()
    circuit.fails(Unknown("timeout"), 10 * SECOND)
    assert circuit.fails(Unknown("timeout"), 20 * SECOND)


def test_while_in_doubt_one_message_tries_for_all() -> None:
    circuit = Circuit()
    assert circuit.allows(4, 0) == 4
    circuit.fails(DOWN, 0)
    assert circuit.allows(4, SECOND) == 0
    assert circuit.allows(4, 2 * SECOND) == 1
    circuit.works()
    assert circuit.allows(4, 2 * SECOND) == 4


def test_a_wish_for_rest_outlives_another_messages_success() -> None:
    circuit = Circuit()
    circuit.slow_down(30, 0)
    circuit.works()
    assert circuit.allows(4, 29 * SECOND) == 0
    assert circuit.allows(4, 30 * SECOND) == 4
