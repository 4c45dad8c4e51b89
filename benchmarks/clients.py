"""Keep-alive clients that press as fast as they are answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Job = Callable[[], int]


class Client:
    """One keep-alive connection."""

    def __init__(self, url: str, token: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def post(self, path: str, body: dict[str, object]) -> int:
        """The status of a command under a new idempotency key; its answer is read and dropped."""
        self._connection.request("POST", path, json.dumps(body), self._headers | {"Idempotency-Key": uuid.uuid4().hex})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


@dataclass(frozen=True, slots=True)
class Pace:
    """What all clients got together: requests, how many a second, and how long one took in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float


def press(jobs: Sequence[Job], good: set[int], seconds: float) -> Pace:
    """Each job over and over in a thread of its own for so long. Raises AssertionError at any other status."""
    until = time.perf_counter() + seconds
    return _press(jobs, good, lambda pressed: time.perf_counter() < until)


def press_each(jobs: Sequence[Job], good: set[int], times: int) -> Pace:
    """The same, each job so many times."""
    return _press(jobs, good, lambda pressed: pressed < times)


def _press(jobs: Sequence[Job], good: set[int], more: Callable[[int], bool]) -> Pace:
    times: list[float] = []
    wrong: list[int] = []

    def work(job: Job) -> None:
        pressed = 0
        while not wrong and more(pressed):
            start = time.perf_counter()
            status = job()
            times.append(time.perf_counter() - start)
            pressed += 1
            if status not in good:
                wrong.append(status)

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    assert not wrong, f"answered {wrong}"
    ranked = sorted(times)
    return Pace(len(ranked), len(ranked) / took, 1e3 * ranked[len(ranked) // 2], 1e3 * ranked[int(len(ranked) * 0.99)])
