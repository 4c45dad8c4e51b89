"""Is the gateway working? Decides how many messages may be tried, and when the manager must hear about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sms.gateways.base import GatewayError, Passing

SECOND: Final = 1_000_000
LONG: Final = 15 * SECOND  # failing for so long is enough, however few the tries
TRIES: Final = 2  # so many failures in a row are enough, however quick
PAUSES: Final = (2, 5, 10, 20, 30)  # seconds between tries while it fails


@dataclass
class Circuit:
    """Open means: the gateway does not work. All times are microseconds UTC.

    With a message waiting, a gateway that is down is noticed within two time-outs and a pause: under a minute.
    """

    open: bool = False
    code: str = ""
    message: str = ""
    retry_at: int = 0
    rest_until: int = 0
    _failures: int = 0
    _since: int = 0

    def allows(self, wanted: int, now: int) -> int:
        """How many messages may be tried now: all while it works, one at a time while in doubt."""
        if now < self.next_try:
            return 0
        return min(wanted, 1) if self._failures or self.open else wanted

    def works(self) -> bool:
        """The gateway has answered as it should; True when it had been open."""
        was_open, self.open = self.open, False
        self._failures = 0
        self.retry_at = 0
        return was_open

    def fails(self, error: GatewayError, now: int) -> bool:
        """The gateway did not work; True when this opens the circuit.

        Messages that fail together are one failure.
        """
        self._since = self._since if self._failures else now
        if now >= self.retry_at or not self._failures:
            self._failures += 1
            self.retry_at = now + PAUSES[min(self._failures, len(PAUSES)) - 1] * SECOND
        self.code, self.message = error.code, error.message
        account = isinstance(error, Passing) and error.account
        was_open = self.open
        self.open = was_open or account or self._failures >= TRIES or now - self._since >= LONG
        return self.open and not was_open

    def slow_down(self, seconds: float, now: int) -> None:
        """The gateway works but asks for a rest (429)."""
        self.rest_until = max(self.rest_until, now + int(seconds * SECOND))

    @property
    def next_try(self) -> int:
        """Nothing may be tried before."""
        return max(self.retry_at, self.rest_until)
