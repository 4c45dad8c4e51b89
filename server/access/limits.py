"""How often one address may try. Counted in this process: a limit slows a nuisance, it is no ledger."""

from __future__ import annotations

import math
from collections.abc import Callable

from server.access.refusals import TooManyRequests

MICRO = 1_000_000
MOST_KEYS = 20_000


class SlidingWindow:
    """At most `limit` per `seconds` for each key, by the two-bucket estimate: constant memory a key."""

    def __init__(self, limit: int, seconds: int, clock: Callable[[], int]) -> None:
        self.limit = limit
        self._width = seconds * MICRO
        self._clock = clock
        self._counts: dict[str, tuple[int, int, int]] = {}  # key → (bucket, count before, count now)

    def _current(self, key: str) -> tuple[int, int, int, float]:
        now = self._clock()
        bucket, into = divmod(now, self._width)
        then, before, count = self._counts.get(key, (bucket, 0, 0))
        if bucket == then + 1:
            before, count = count, 0
        elif bucket != then:
            before, count = 0, 0
        return bucket, before, count, into / self._width

    def wait(self, key: str) -> int:
        """Seconds until one more is allowed; 0 when it is now. Counts nothing."""
        _, before, count, share = self._current(key)
        if before * (1 - share) + count < self.limit:
            return 0
        return max(1, math.ceil(self._width * (1 - share) / MICRO))

    def count(self, key: str) -> None:
        bucket, before, count, _ = self._current(key)
        if key not in self._counts and len(self._counts) >= MOST_KEYS:
            self._forget(bucket)
        self._counts[key] = (bucket, before, count + 1)

    def check(self, key: str) -> None:
        """Raise TooManyRequests when the key has used up its share. Counts nothing."""
        seconds = self.wait(key)
        if seconds:
            raise TooManyRequests(seconds=seconds)

    def take(self, key: str) -> None:
        """Count one; TooManyRequests when there is none left."""
        self.check(key)
        self.count(key)

    def _forget(self, bucket: int) -> None:
        for key, (then, _, _) in list(self._counts.items()):
            if then < bucket - 1:
                self._counts.pop(key, None)
        if len(self._counts) >= MOST_KEYS:
            self._counts.clear()


class Limits:
    """The hall's limits, all per address."""

    def __init__(self, public_per_minute: int, clock: Callable[[], int]) -> None:
        self._public = SlidingWindow(public_per_minute, 60, clock)
        # Guesses. Correct sign-ins and good links never count, so a hall behind one address is not held up.
        self.wrong_passwords = SlidingWindow(30, 60, clock)
        self.wrong_links = SlidingWindow(30, 60, clock)
        self.phone_codes = SlidingWindow(30, 600, clock)  # each is an SMS to a phone of the asker's choice
        self.pairings = SlidingWindow(20, 60, clock)
        self.wrong_slips = SlidingWindow(5, 300, clock)  # a device, and a number: four digits are soon tried

    def anonymous(self, address: str) -> None:
        """Count a request that proved nothing."""
        self._public.take(address)
