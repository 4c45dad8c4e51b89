"""Moves of tasks and parcels are data: each legal one goes through, each other is refused, on both stores."""

from __future__ import annotations

from typing import Any

from server.domain.cases.courier import COURIER_MOVES, CourierState
from server.domain.cases.special import TaskMoved
from server.domain.cases.state import TASK_MOVES, TaskState
from server.store.tasks import Task
from server.store.transaction import Tx
from tests.case_rows import a_case
from tests.scene import Scene


def every_task_move(tx: Tx, _: Any, now: int) -> set[tuple[str, str]]:
    went = set()
    for was in TaskState:
        for to in TaskState:
            task = tx.tasks.add(a_case(tx).id, "市公安局")
            tx.db.execute(
                "UPDATE case_tasks SET state = ? WHERE hall_id = ? AND id = ?", (str(was), tx.hall_id, task.id)
            )
            task = tx.tasks.get(task.id)
            try:
                moved = tx.tasks.move(task, to, opinion="试")
            except TaskMoved:
                assert tx.tasks.get(task.id) == task, "nothing of a refused move is kept"
                continue
            assert tx.tasks.get(task.id) == moved
            went.add((was.value, to.value))
    return went


def every_parcel_move(tx: Tx, _: Any, now: int) -> set[tuple[str, str]]:
    went = set()
    for was in CourierState:
        for to in CourierState:
            order = tx.couriers.add(a_case(tx).id, "{}", "浙江省****", "staff:clerk5")
            tx.db.execute(
                "UPDATE courier_orders SET state = ? WHERE hall_id = ? AND id = ?", (str(was), tx.hall_id, order.id)
            )
            moved = tx.couriers.move(tx.couriers.get(order.id), to, waybill="EE1")
            assert tx.couriers.get(order.id).state == (was if moved is None else to)
            if moved is not None and was != to:
                went.add((was.value, to.value))
    return went


def test_a_task_moves_exactly_as_the_table_of_moves_says(hall: Scene) -> None:
    assert hall.write(every_task_move, None) == {
        (was.value, to.value) for was, all_ in TASK_MOVES.items() for to in all_
    }


def test_a_parcel_moves_exactly_as_the_table_of_moves_says(hall: Scene) -> None:
    legal = {(was.value, to.value) for was, all_ in COURIER_MOVES.items() for to in all_}
    assert hall.write(every_parcel_move, None) == legal


def test_of_two_who_take_a_task_at_once_one_has_it(hall: Scene) -> None:
    def twice(tx: Tx, _: Any, now: int) -> tuple[Task, bool]:
        seen = tx.tasks.add(a_case(tx).id, "市公安局", held=True)
        first = tx.tasks.set(seen, holder="staff:a", holder_name="甲")
        try:
            tx.tasks.set(seen, holder="staff:b", holder_name="乙")
        except TaskMoved:
            return tx.tasks.get(first.id), True
        return tx.tasks.get(first.id), False

    task, refused = hall.write(twice, None)
    assert refused and task.holder == "staff:a"
