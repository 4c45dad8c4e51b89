"""Sends what the journey wrote. Beside the hall: no step ever waits for it, and it needs nobody to go on.

A notice is marked `sending` and committed before the gateway hears of it. So after a crash there is a short list of
messages that may or may not have gone; those are asked about, never simply sent again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from server import concurrency
from server.store.notices import Claimed
from server.store.store import Store
from server.store.transaction import Tx
from sms import steps
from sms.circuit import Circuit
from sms.delivery import LONGEST, Delivery
from sms.gateways.base import Gateway

log = logging.getLogger(__name__)

SECOND: Final = 1_000_000
PARALLEL: Final = 4  # also the most messages a crash can leave in doubt
LONGEST_PAUSE: Final = 5.0  # seconds; other processes of the hall write notices too
TOGETHER: Final = 0.05  # seconds: a busy hall commits a hundred times a second, and few commits have a message


class Sender:
    """Sends one hall's notices through one gateway.

    `clock` gives microseconds UTC. `alone`: no other process sends for this hall, so whatever is `sending` at the
    start was left by a crash.
    """

    def __init__(
        self,
        store: Store,
        hall_id: str,
        gateway: Gateway,
        clock: Callable[[], int],
        *,
        alone: bool = True,
        parallel: int = PARALLEL,
        longest: float = LONGEST,
    ) -> None:
        self.gateway = gateway
        self.circuit = Circuit()
        self._delivery = Delivery(store, hall_id, gateway, self.circuit, clock, longest)
        self._store = store
        self._hall_id = hall_id
        self._clock = clock
        self._alone = alone
        self._parallel = parallel
        self._signal = concurrency.Signal()
        self._flying: set[int] = set()  # notices; each task takes its own out
        self._answers: list[concurrency.Answer] = []
        self._recovered = False
        self._stopping = False
        self._turned_at: int | None = None

    # -- the loop ----------------------------------------------------------------------------------------

    def run(self) -> None:
        """Send until `stop`. Start it with concurrency.spawn."""
        self._store.on_commit(self._woken)
        while not self._stopping:
            self._turned_at = self._clock()
            pause = LONGEST_PAUSE
            try:
                self._round(self._clock())
                pause = self._pause(self._clock())
            except Exception:  # the store is away: it comes back, and so do we
                log.exception("sms: a round failed")
            if self._signal.wait(pause) and not self._stopping:
                concurrency.sleep(TOGETHER)

    def run_once(self, now: int | None = None) -> int:
        """Everything due now, to its end; the number of messages handled. For tests and tools."""
        handled = 0
        while True:
            started = self._round(self._clock() if now is None else now)
            for answer in started:
                answer.wait()
            handled += len(started)
            if not started:
                return handled

    def alive(self) -> bool:
        """Does the loop turn? It does at least every LONGEST_PAUSE; a little patience for a slow store."""
        if self._stopping or self._turned_at is None:
            return False
        return self._clock() - self._turned_at < (LONGEST_PAUSE + 60) * SECOND

    def wake(self) -> None:
        """There may be something to send."""
        self._signal.set()

    def stop(self, timeout: float = 10.0) -> None:
        """Take on nothing new, wait up to `timeout` seconds for the messages on their way, close the gateway."""
        self._stopping = True
        self._signal.set()
        until = time.monotonic() + timeout
        for answer in list(self._answers):
            try:
                answer.wait(max(0.0, until - time.monotonic()))
            except Exception as error:
                log.warning("sms: stopped with a message on its way: %s", type(error).__name__)
        self.gateway.close()

    def _woken(self, hall_id: str) -> None:
        if hall_id == self._hall_id:
            self._signal.set()

    def _round(self, now: int) -> list[concurrency.Answer]:
        """Start what is due and what the gateway can take; the tasks begun."""
        self._recover()
        due = self._store.read(self._hall_id, _next_due)
        if self.circuit.open and now >= self.circuit.next_try and not self._flying:
            idle = due is None or due > now
            self._delivery.probe(idle)
        free = self._free(now)
        if free <= 0 or due is None or due > now:
            self._expire(now)
            return self._ask_what_arrived(free, now)
        questions = self._store.write(self._hall_id, steps.claim_questions, free)
        request = steps.ClaimRequest(free - len(questions), self.gateway.name)
        claimed = self._store.write(self._hall_id, steps.claim, request)
        return [self._start(self._delivery.ask, one) for one in questions] + [
            self._start(self._delivery.deliver, one) for one in claimed
        ]

    def _ask_what_arrived(self, free: int, now: int) -> list[concurrency.Answer]:
        """With nothing to send: what became of messages no callback came for."""
        if free <= 0 or not self.gateway.reports or self.circuit.open:
            return []
        due = self._store.read(self._hall_id, _next_unreported)
        if due is None or due > now:
            return []
        request = steps.ClaimRequest(free, self.gateway.name)
        return [
            self._start(self._delivery.check, one)
            for one in self._store.write(self._hall_id, steps.claim_unreported, request)
        ]

    def _free(self, now: int) -> int:
        return self.circuit.allows(self._parallel, now) - len(self._flying)

    def _start(self, work: Callable[[Claimed], None], claimed: Claimed) -> concurrency.Answer:
        self._flying.add(claimed.notice.id)
        answer = concurrency.spawn(self._task, work, claimed)
        self._answers = [one for one in self._answers if not one.done] + [answer]
        return answer

    def _task(self, work: Callable[[Claimed], None], claimed: Claimed) -> None:
        try:
            work(claimed)
        finally:
            self._flying.discard(claimed.notice.id)
            self._signal.set()

    def _recover(self) -> None:
        if self._recovered:
            return
        if self._alone:
            left = self._store.write(self._hall_id, steps.ask_all_now)
            if left:
                log.warning("sms: %d messages were on their way when the process ended; asking the gateway", left)
        self.circuit.open = self._store.read(self._hall_id, _alarm_is_open)
        self._recovered = True

    def _expire(self, now: int) -> None:
        """While the gateway is not to be bothered, what is too late must still be given up."""
        if now < self.circuit.next_try or self.circuit.open:
            self._store.write(self._hall_id, steps.claim, steps.ClaimRequest(0, self.gateway.name))

    def _pause(self, now: int) -> float:
        """Seconds until there may be something to do, if nobody wakes us."""
        trying = max(now, self.circuit.next_try)
        if self._flying and self._free(trying) <= 0:
            return LONGEST_PAUSE  # a finished message wakes us
        due = self._store.read(self._hall_id, _next_due)
        wanted = [] if due is None else [max(due, self.circuit.next_try)]
        if self.circuit.open and self.circuit.next_try > now:
            wanted.append(self.circuit.next_try)
        return min(max((min(wanted, default=now) - now) / SECOND, 0.05), LONGEST_PAUSE) if wanted else LONGEST_PAUSE


def _next_due(rx: Tx) -> int | None:
    return rx.notices.next_due()


def _alarm_is_open(rx: Tx) -> bool:
    return rx.alarms.find(*steps.ALARM) is not None


def _next_unreported(rx: Tx) -> int | None:
    return rx.notices.next_unreported()
