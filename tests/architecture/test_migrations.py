"""Migrations are counted one by one: two who land at the same time do not give the same number."""

from __future__ import annotations

from server.store.migrations import steps


def test_every_migration_has_a_number_of_its_own_with_none_left_out() -> None:
    names = [step.name for step in steps()]
    assert [int(name[1:5]) for name in names] == list(range(1, len(names) + 1)), names
