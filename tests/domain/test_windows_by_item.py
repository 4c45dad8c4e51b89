"""Who serves what, worked out for all items at once, is what it is one by one."""

from __future__ import annotations

from datetime import date

import pytest

from config.hall_file import load_hall
from server.domain.hall import HallRules
from tests.scene import small_hall

DAYS = [date(2026, 11, 20), date(2026, 12, 31), date(2027, 6, 1)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_items_windows_in_the_demo_and_in_a_small_hall(day: date) -> None:
    dated = [{"item": "passport", "windows": [6], "to_date": "2026-12-30"}]
    for file in (load_hall("config/demo"), small_hall(), small_hall(services=dated)):
        rules = HallRules.build(file, day)
        assert rules.item_windows == {item.id: frozenset(file.windows_for(item, day)) for item in file.items}
