"""What a step costs in statements: few, and no more of them when many wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from config.hall_file import HallFile
from server.journey import calling, taking
from server.store.transaction import Tx
from tests.scene import KIOSK, SMALL_HALL, Scene, clerk
from tests.store_fixtures import HALL

SECTIONS = ["company", "house", "police", "fund", "social", "general"]


def big_hall() -> HallFile:
    """62 windows and 1,000 items; some windows serve two sections, some items have windows of their own."""
    windows = [
        {"number": n, "kind": "intake", "sections": [SECTIONS[n % 6]] + ([SECTIONS[(n + 1) % 6]] if n % 5 == 0 else [])}
        for n in range(1, 63)
    ]
    items = [
        {"id": f"i{k}", "name": f"事项{k}", "section": SECTIONS[k % 6], "department": "局", "minutes": 5 + k % 20}
        for k in range(1000)
    ]
    services = [{"item": f"i{k}", "windows": [k % 62 + 1, (k + 7) % 62 + 1]} for k in range(0, 1000, 50)]
    sections = [
        {"id": s, "letter": chr(65 + i), "name": s, "name_en": s, "kind": "intake"} for i, s in enumerate(SECTIONS)
    ]
    parts = {"windows": windows, "items": items, "services": services, "sections": sections}
    return HallFile.model_validate({**SMALL_HALL, **parts})


def counted(hall: Scene, step: Callable[[Tx, Any, int], Any], request: Any) -> int:
    """How many statements the step sends to the database."""
    sent = 0

    def listening(tx: Tx, wanted: Any, now: int) -> None:
        nonlocal sent
        db: Any = tx.db

        def counting(really: Callable[..., Any]) -> Callable[..., Any]:
            def ask(sql: str, params: Any = ()) -> Any:
                nonlocal sent
                sent += 1
                return really(sql, params)

            return ask

        for name in ("execute", "one", "all"):
            setattr(db, name, counting(getattr(db, name)))
        try:
            step(tx, wanted, now)
        finally:
            for name in ("execute", "one", "all"):
                delattr(db, name)

    hall.store.write(HALL, listening, request)
    return sent


def test_with_62_windows_and_1000_items_a_take_and_a_call_cost_few_statements_however_many_wait(hall: Scene) -> None:
    hall.reload(big_hall())
    hall.open(*range(1, 63))
    costs = []
    for people in (20, 120):
        for k in range(people):
            hall.take(item=f"i{k * 7}", phone=f"138{len(costs)}{k:07d}")
        take = taking.TakeRequest(KIOSK, item="i5", phone=f"1390000000{len(costs)}")
        costs.append((counted(hall, taking.take_number, take), _next(hall, 5), _next(hall, 10)))
    few, many = costs
    assert max(few[0], many[0]) <= 16, costs
    assert max(*few[1:], *many[1:]) <= 22, costs


def _next(hall: Scene, number: int) -> int:
    return counted(hall, calling.call_next, calling.NextRequest(clerk(number), number, True))
