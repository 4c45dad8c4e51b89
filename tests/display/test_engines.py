"""Which engine speaks, and what happens when one hangs, dies or is not there."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from display.announcer.announcer import Announcer, VoiceUnavailable
from display.announcer.cache import Cache
from display.announcer.checks import voice_checks
from display.announcer.engines import Engine, Pyttsx3, Recordings
from display.announcer.worker_process import COMMAND, WorkerFailed, WorkerProcess
from server import concurrency
from tests.display.conftest import Clock, called, seconds

Make = Callable[..., Announcer]


@pytest.fixture(scope="module")
def bundled() -> Iterator[Pyttsx3]:
    """pyttsx3 as on a machine that has no espeak of its own: with the library of espeakng-loader."""
    engine = Pyttsx3(WorkerProcess(), bundled_only=True)
    yield engine
    engine.close()


def stuck(job_seconds: float = 0.2) -> WorkerProcess:
    """A worker that takes jobs and never answers."""
    script = "import socket, sys, time; s = socket.socket(fileno=int(sys.argv[1])); s.recv(1); time.sleep(60)"
    return WorkerProcess((sys.executable, "-c", script), start_seconds=job_seconds, job_seconds=job_seconds)


def test_without_any_espeak_in_the_system_both_languages_are_spoken(bundled: Pyttsx3, announcer: Make) -> None:
    here = announcer([Recordings(WorkerProcess(), Path("/nowhere")), bundled])
    bundled.warm_up()
    assert bundled._ask({"do": "voices", "bundled_only": True})["library"] == "bundled"
    assert here.offer()["languages"] == ["zh", "en"] and here.in_use() == "pyttsx3"
    assert 3 < seconds(here.call("zh", "A012", 3).data) < 6
    assert 3 < seconds(here.call("en", "A012", 3).data) < 6


def test_mandarin_is_a_persons_voice_where_installed_and_english_synthetic(
    recordings: Recordings, bundled: Pyttsx3, announcer: Make
) -> None:
    here = announcer([recordings, bundled])
    assert here.in_use() == "recordings"
    order = recordings.order("zh", "A012", 3, 150)
    assert here.call("zh", "A012", 3).key == order.key
    assert here.call("en", "A012", 3).key == bundled.order("en", "A012", 3, 150).key


def test_with_no_engine_at_all_the_chime_is_left_and_the_health_page_says_what_to_install(announcer: Make) -> None:
    here = announcer([])
    assert here.in_use() == "chime" and here.offer()["languages"] == []
    with pytest.raises(VoiceUnavailable):
        here.call("zh", "A012", 3)
    assert seconds(here.chime().data) > 1
    mandarin, english = voice_checks(here)
    assert (
        not mandarin.ok
        and "apt install gcin-voice" in mandarin.says_zh
        and "apt install gcin-voice" in mandarin.says_en
    )
    assert not english.ok and "apt install espeak-ng" in english.says_zh


def test_a_worker_killed_in_the_middle_of_its_work_is_replaced_and_the_call_still_spoken(
    recordings: Recordings, announcer: Make
) -> None:
    here = announcer([recordings])
    here.call("zh", "A001", 1)
    worker = recordings._worker
    assert worker.pid
    os.kill(worker.pid, signal.SIGSTOP)  # it takes the job and does nothing
    waiting = concurrency.spawn(here.call, "zh", "A002", 1)
    os.kill(worker.pid, signal.SIGKILL)
    assert seconds(waiting.wait(20).data) > 2
    assert worker.starts == 2 and recordings.trouble == ""


def test_an_engine_that_hangs_is_given_up_and_the_next_one_speaks(bundled: Pyttsx3, announcer: Make) -> None:
    hung = Pyttsx3(stuck())
    here = announcer([hung, bundled])
    assert seconds(here.call("zh", "A012", 3).data) > 2
    assert "no answer" in hung.trouble and not hung.speaks("zh")
    starts = hung._worker.starts
    here.call("zh", "A013", 3)
    assert hung._worker.starts == starts, "it rests, and no call waits for it meanwhile"


def test_when_the_only_engine_hangs_the_caller_is_told_to_ring_the_chime(announcer: Make) -> None:
    here = announcer([Pyttsx3(stuck())])
    with pytest.raises(VoiceUnavailable):
        here.call("zh", "A012", 3)
    assert here.in_use() == "chime"


def test_a_worker_that_cannot_start_is_no_reason_to_fail(announcer: Make) -> None:
    here = announcer([Pyttsx3(WorkerProcess(("/nowhere/python",)))])
    with pytest.raises(VoiceUnavailable):
        here.call("en", "A012", 3)


def test_a_job_that_fails_leaves_the_worker_alive(bundled: Pyttsx3) -> None:
    bundled.warm_up()
    pid = bundled._worker.pid
    with pytest.raises(WorkerFailed, match="no such job"):
        bundled._worker.ask({"do": "sing"})
    assert bundled._worker.pid == pid


def test_the_worker_ends_when_the_server_is_gone() -> None:
    worker = WorkerProcess(COMMAND)
    with pytest.raises(WorkerFailed):
        worker.ask({"do": "nothing"})
    process, line = worker._process, worker._line
    assert process and line
    line.close()
    assert process.wait(10) == 0


def test_many_who_ask_for_one_call_have_it_rendered_once(
    recordings: Recordings, announcer: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, rendered = announcer([recordings]), []
    real = Recordings.render
    monkeypatch.setattr(
        Recordings, "render", lambda self, order, part: (rendered.append(order.key), real(self, order, part))
    )
    answers = [concurrency.spawn(here.call, "zh", f"B00{n % 3}", 2) for n in range(30)]
    sounds = [answer.wait(20) for answer in answers]
    assert len(rendered) == 3 == len(set(rendered))
    assert all(sounds[n].data == sounds[n % 3].data for n in range(30))


def test_a_call_is_rendered_before_the_wall_asks_unless_nobody_would_hear_it(
    recordings: Recordings, announcer: Make, clock: Clock
) -> None:
    here = announcer([recordings], {"english": False})
    here.on_events(
        [called("A301", 1, clock.now), called("A302", 5, clock.now), called("A303", 3, clock.now - 21_000_000)]
    )
    while here._ahead:
        here._render_ahead(here._ahead.popleft())
    done = {
        name: here._cache.read(recordings.order("zh", name, w, 150).key)
        for name, w in (("A301", 1), ("A302", 5), ("A303", 3))
    }
    assert done["A301"] is not None
    assert done["A302"] is None, "a silent area"
    assert done["A303"] is None, "no longer news"
    deaf = announcer([recordings], listened=lambda: False)
    deaf.on_events([called("A304", 1, clock.now)])
    assert not deaf._ahead


def test_a_call_rendered_once_is_there_after_a_restart(recordings: Recordings, announcer: Make) -> None:
    first = announcer([recordings]).call("zh", "A777", 2)
    dead: Engine = Recordings(WorkerProcess(("/nowhere/python",)), recordings.folder)
    assert announcer([dead]).call("zh", "A777", 2) == first


def test_the_least_recently_used_calls_go_when_the_folder_is_full(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "voice", most_bytes=350)
    for age, key in enumerate(("old", "used", "third")):
        cache.part(key).write_bytes(b"x" * 100)
        cache.keep(key, cache.part(key))
        os.utime(cache.folder / f"{key}.wav", (1000 + age, 1000 + age))
    os.utime(cache.folder / "old.wav", (1, 1))
    assert cache.read("old")  # so it is the most recently used
    cache.part("new").write_bytes(b"x" * 100)
    cache.keep("new", cache.part("new"))
    assert sorted(file.stem for file in cache.folder.iterdir()) == ["new", "old", "third"]


def test_a_disk_that_takes_nothing_leaves_the_chime(tmp_path: Path, recordings: Recordings, clock: Clock) -> None:
    from tests.display.conftest import hall_file

    (tmp_path / "voice").write_text("a file where the folder should be")
    here = Announcer(tmp_path, hall_file, clock, engines=[recordings])
    with pytest.raises(VoiceUnavailable):
        here.call("zh", "A012", 3)
    assert seconds(here.chime().data) > 1
