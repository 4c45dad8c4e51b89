"""Steps in one transaction: what one does never hurts another, and what fails is said by name."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import Any

import pytest

from server.store import Conflict, HallUnknown, NotSaved, Tx
from server.store.batch import BatchRunner, Job
from server.store.chain import verify_chain
from server.store.memory import Memory
from tests.store.conftest import Bench, add_hall, refuse, say
from tests.store_fixtures import HALL, FakeClock


def words(rx: Tx) -> list[Any]:
    return [event.data["word"] for event in rx.events.after(0)]


def saying(word: str) -> Any:
    return lambda tx, _, now: say(tx, word, now)


def test_a_step_that_fails_leaves_the_others_of_its_batch_alone(bench: Bench) -> None:
    first, failed, last = bench.run(saying("a"), refuse, saying("b"))
    assert (first.result, last.result) == (1, 2)
    assert isinstance(failed.error, ValueError)
    assert bench.read(words) == ["a", "b"]
    assert bench.read(verify_chain).intact


def test_only_a_step_that_fails_after_it_wrote_lets_its_batch_run_again(bench: Bench) -> None:
    runs: list[str] = []

    def noted(name: str, step: Any) -> Any:
        def run(tx: Tx, request: Any, now: int) -> Any:
            runs.append(name)
            return step(tx, request, now)

        return run

    def refuse_at_once(tx: Tx, _: Any, now: int) -> None:
        tx.new_id()
        raise LookupError

    _, early, last = bench.run(noted("a", saying("a")), noted("early", refuse_at_once), noted("b", saying("b")))
    assert runs == ["a", "early", "b"] and isinstance(early.error, LookupError) and last.result == 2
    runs.clear()
    bench.run(noted("c", saying("c")), noted("late", refuse), noted("d", saying("d")))
    assert runs == ["c", "late", "c", "late", "d"]
    assert bench.read(words) == ["a", "b", "c", "d"]


def test_a_refusal_before_anything_was_written_costs_no_memory(bench: Bench) -> None:
    def refuse_at_once(tx: Tx, _: Any, now: int) -> None:
        raise LookupError

    memories: list[Memory] = []

    def look(tx: Tx, _: Any, now: int) -> None:
        memories.append(tx.memory)

    bench.run(saying("a"), look)
    bench.run(refuse_at_once, look)
    bench.run(look)
    assert len({id(one) for one in memories}) == 1
    bench.run(refuse, look)
    assert len({id(one) for one in memories}) == 2


def test_a_failed_step_gives_back_every_counter_it_moved(bench: Bench) -> None:
    bench.run(saying("a"))
    before = bench.read(lambda rx: asdict(rx.hall))
    bench.run(refuse)  # alone: undone by the transaction's own rollback
    assert bench.read(lambda rx: asdict(rx.hall)) == before
    _, _, third = bench.run(refuse, refuse, lambda tx, _, now: tx.new_id())
    assert third.result == before["last_id"] + 1


def test_a_step_sees_what_the_one_before_it_did(bench: Bench) -> None:
    _, seen = bench.run(saying("a"), lambda tx, _, now: words(tx))
    assert seen.result == ["a"]


def test_only_halls_with_new_events_are_told_of(bench: Bench) -> None:
    bench.run(lambda tx, _, now: tx.new_id())
    assert bench.last == (1, [])
    bench.run(refuse, lambda tx, _, now: None)
    assert bench.last == (2, [])
    bench.run(refuse, saying("a"))
    assert bench.last == (2, [HALL])


def test_a_step_that_changes_nothing_writes_nothing(bench: Bench, clock: FakeClock) -> None:
    bench.run(saying("a"))
    before = bench.read(lambda rx: asdict(rx.hall))
    clock.advance(60)
    bench.run(lambda tx, _, now: tx.db.all("SELECT * FROM windows WHERE hall_id = ?", (tx.hall_id,)))
    assert bench.read(lambda rx: asdict(rx.hall)) == before


def test_time_never_goes_back_when_the_clock_does(bench: Bench, clock: FakeClock) -> None:
    start = clock.now
    bench.run(saying("a"))
    clock.advance(-3600)
    (job,) = bench.run(lambda tx, _, now: (say(tx, "b", now), now)[1])
    assert job.result == start
    assert bench.read(lambda rx: [e.at for e in rx.events.after(0)]) == [start, start]
    fresh = BatchRunner(bench.engine, bench.around)  # another process, with the clock still wrong
    later = Job(HALL, lambda tx, _, now: now, None, None)
    fresh.run([later])
    fresh.close()
    assert later.result == start
    assert bench.read(lambda rx: rx.now) == start


def test_a_batch_starts_no_step_after_its_time_is_up(bench: Bench) -> None:
    seconds = itertools.count()
    slow = BatchRunner(bench.engine, bench.around, ticker=lambda: float(next(seconds)))
    jobs = [Job(HALL, say, word, None) for word in "abc"]
    assert slow.run(jobs) == (1, [HALL])
    assert slow.run(jobs[1:]) == (1, [HALL])
    slow.close()
    assert bench.read(words) == ["a", "b"]


def test_steps_of_two_halls_keep_their_own_counters(bench: Bench) -> None:
    bench.run(add_hall("other"), locks=False)
    if bench.kind == "sqlite":  # one writer for the database
        bench.run_jobs([Job(HALL, say, "a", None), Job("other", say, "b", None), Job(HALL, say, "c", None)])
        assert sorted(bench.last[1]) == [HALL, "other"]
    else:  # one writer a hall
        bench.run(saying("a"), saying("c"))
        bench.run(saying("b"), hall="other")
    assert bench.read(words) == ["a", "c"]
    assert bench.read(words, hall="other") == ["b"]
    assert bench.read(verify_chain, hall="other").intact


def test_an_unknown_hall_is_named(bench: Bench) -> None:
    job, fine = bench.run_jobs([Job("nowhere", say, "a", None), Job(HALL, say, "b", None)])
    assert isinstance(job.error, HallUnknown)
    assert "nowhere" in job.error.message_zh
    assert fine.result == 1
    with pytest.raises(HallUnknown):
        bench.read(lambda rx: rx.hall, hall="nowhere")


def test_a_commit_that_fails_fails_every_step_of_the_batch_by_name(bench: Bench) -> None:
    def tables(tx: Tx, _: Any, now: int) -> None:
        tx.db.execute("CREATE TABLE parent (id BIGINT PRIMARY KEY)")
        tx.db.execute("CREATE TABLE child (id BIGINT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
        tx.db.changes += 1  # tables are no rows

    def orphan(tx: Tx, _: Any, now: int) -> None:
        tx.db.execute("INSERT INTO child VALUES (7)")  # noticed at COMMIT only

    assert bench.run(tables)[0].error is None
    jobs = bench.run(saying("a"), orphan, refuse)
    assert [type(job.error) for job in jobs] == [NotSaved, NotSaved, NotSaved]
    assert [job.result for job in jobs] == [None, None, None]
    assert bench.last == (3, [])
    assert bench.run(saying("b"))[0].result == 1
    assert bench.read(words) == ["b"]


def test_a_step_that_swallows_a_database_error_fails_alone(bench: Bench) -> None:
    def swallow(tx: Tx, _: Any, now: int) -> str:
        tx.events.append("test.said", {"word": "x"})
        with pytest.raises(Conflict):
            add_hall(HALL)(tx, None, now)
        return "went on"

    first, swallowed, last = bench.run(saying("a"), swallow, saying("b"))
    assert (first.error, last.error) == (None, None)
    if bench.kind == "postgres":
        assert isinstance(swallowed.error, RuntimeError)
        assert bench.read(words) == ["a", "b"]
    assert bench.read(verify_chain).intact


def test_a_broken_constraint_is_a_conflict_on_either_engine(bench: Bench) -> None:
    job, fine = bench.run(lambda tx, _, now: add_hall(HALL)(tx, _, now), saying("a"))
    assert isinstance(job.error, Conflict)
    assert fine.result == 1


def test_a_read_cannot_write(bench: Bench) -> None:
    with pytest.raises(RuntimeError, match="only a step"):
        bench.read(lambda rx: rx.events.append("test.said", {}))
    with pytest.raises(Exception, match=r"read-?only"):
        bench.read(lambda rx: rx.db.execute("UPDATE hall SET seq = 9"))
    assert bench.read(lambda rx: rx.hall.seq) == 0


def test_a_read_sees_one_moment_however_long_it_takes(bench: Bench) -> None:
    def twice(rx: Tx) -> tuple[list[Any], list[Any]]:
        first = words(rx)
        bench.run(saying("meanwhile"))
        return first, words(rx)

    assert bench.read(twice) == ([], [])
    assert bench.read(words) == ["meanwhile"]


def test_steps_share_the_commit_of_a_slow_disk_for_longer(bench: Bench) -> None:
    """20 ms of steps on a fast disk; eight times the commit on a slow one, up to 60 ms; and back again."""
    time = SlowDisk(bench.engine)
    runner = BatchRunner(time, bench.around, ticker=lambda: time.now)

    def eight_ms(tx: Tx, _: Any, now: int) -> int:
        time.now += 0.008
        return say(tx, "a", now)

    def batch() -> int:
        return runner.run([Job(HALL, eight_ms, None, None) for _ in range(9)])[0]

    assert [batch() for _ in range(12)] == [3] * 12
    time.commit = 0.0044  # eight times that is 35 ms
    assert [batch() for _ in range(12)][-1] == 5
    time.commit = 1.0
    assert batch() == 5
    assert [batch() for _ in range(3)] == [8] * 3  # 60 ms
    time.commit = 0.0
    assert [batch() for _ in range(24)][-1] == 3
    runner.close()


class SlowDisk:
    """The engine, whose commits take `commit` seconds of its own time `now`."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.now, self.commit = 0.0, 0.0
        self.lost, self.unavailable = engine.lost, engine.unavailable

    def writer(self) -> Any:
        db = self._engine.writer()
        commit = db.commit

        def slow() -> None:
            commit()
            self.now += self.commit

        db.commit = slow
        return db
