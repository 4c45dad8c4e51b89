"""Orders and follows parcels, beside the hall: no step ever waits for a courier.

One order at a time: a hall sends a few parcels an hour. What was being ordered when the process ended is asked about,
never simply ordered again, unless the courier gives the same waybill for the same reference.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from server import concurrency
from server.couriers.gateway import CourierGateway
from server.domain.cases.parcel import Ordered
from server.domain.units import SECOND
from server.journey.cases import couriering as steps
from server.store.store import Store
from server.store.transaction import Tx
from sms.circuit import Circuit
from sms.gateways.base import CannotTell, GatewayError, Passing, Permanent, Unknown, mask

log = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 10.0  # seconds; another process of the hall may want parcels too
ASK_AGAIN: Final = 20 * SECOND
TOGETHER: Final = 0.25  # seconds: a busy hall commits a hundred times a second, and hardly ever for a parcel


class CourierSender:
    """Works for one hall through one gateway. `clock` gives microseconds UTC; `alone` as for SMS."""

    def __init__(
        self, store: Store, hall_id: str, gateway: CourierGateway, clock: Callable[[], int], *, alone: bool = True
    ) -> None:
        self.gateway = gateway
        self.circuit = Circuit()
        self._store = store
        self._hall_id = hall_id
        self._clock = clock
        self._alone = alone
        self._signal = concurrency.Signal()
        self._recovered = False
        self._stopping = False

    def run(self) -> None:
        """Work until `stop`. Start it with concurrency.spawn."""
        self._store.on_commit(self._woken)
        while not self._stopping:
            try:
                self.run_once()
            except Exception:  # the store is away: it comes back, and so do we
                log.exception("couriers: a round failed")
            if self._signal.wait(self._pause()):
                concurrency.sleep(TOGETHER)

    def run_once(self) -> int:
        """Everything due now; the number of talks with the gateway."""
        self._recover()
        handled = 0
        while not self._stopping and self._clock() >= self.circuit.next_try:
            due = self._store.read(self._hall_id, _next_due)
            if due is None or due > self._clock():
                break
            claimed = self._store.write(self._hall_id, steps.claim, (1, self.gateway.name))
            for one in claimed:
                self._work(one)
                handled += 1
        return handled

    def stop(self) -> None:
        """Take on nothing new and close the gateway."""
        self._stopping = True
        self._signal.set()
        self.gateway.close()

    def _woken(self, hall_id: str) -> None:
        if hall_id == self._hall_id:
            self._signal.set()

    def _recover(self) -> None:
        if not self._recovered and self._alone:
            left = self._store.write(self._hall_id, steps.ask_all_now)
            if left:
                log.warning("couriers: %d parcels were being ordered when the process ended; asking the courier", left)
        self._recovered = True

    def _pause(self) -> float:
        try:
            due = self._store.read(self._hall_id, _next_due)
        except Exception:
            return LONGEST_PAUSE
        if due is None:
            return LONGEST_PAUSE
        left = (max(due, self.circuit.next_try) - self._clock()) / SECOND
        return min(max(left, 0.05), LONGEST_PAUSE)

    # -- one parcel ------------------------------------------------------------------------------------

    def _work(self, claimed: steps.Claimed) -> None:
        work = {"order": self._order, "ask": self._ask, "track": self._track}[claimed.work]
        try:
            work(claimed)
        except Exception as error:  # a bug in the gateway; the parcel may be ordered, and is asked about
            log.exception("couriers: gateway %s failed unexpectedly", self.gateway.name)
            if claimed.work != "track":
                self._write(steps.record_lost, steps.Refused(claimed.order, type(error).__name__, ASK_AGAIN))

    def _order(self, claimed: steps.Claimed) -> None:
        try:
            ordered = self._call(self.gateway.order, claimed.parcel)
        except Permanent as error:
            self._works()
            self._write(steps.record_refused, steps.Refused(claimed.order, _words(error), None))
        except Passing as error:
            self._note(error)
            wait = max(steps.delay(claimed.order.attempts), int((error.retry_after or 0) * SECOND))
            self._write(steps.record_refused, steps.Refused(claimed.order, _words(error), wait))
        except Unknown as error:
            self._note(error)
            self._write(steps.record_lost, steps.Refused(claimed.order, _words(error), ASK_AGAIN))
        else:
            self._ordered(claimed, ordered)

    def _ask(self, claimed: steps.Claimed) -> None:
        """What became of an order whose answer we do not have?"""
        try:
            found = self._call(self.gateway.find, claimed.parcel)
        except CannotTell as error:
            if self.gateway.repeats_safely:
                self._order(claimed)
            else:
                self._write(steps.record_refused, steps.Refused(claimed.order, _words(error), None))
        except GatewayError as error:
            self._note(error)
            self._write(steps.record_lost, steps.Refused(claimed.order, _words(error), ASK_AGAIN))
        else:
            if found is not None:
                self._ordered(claimed, found)
            else:
                self._works()
                self._write(steps.record_refused, steps.Refused(claimed.order, "not_found", 0))

    def _track(self, claimed: steps.Claimed) -> None:
        order = claimed.order
        ordered = Ordered(order.order_no or "", order.waybill or "")
        try:
            road = self._call(self.gateway.track, claimed.parcel.reference, ordered)
        except CannotTell:
            return
        except GatewayError as error:
            self._note(error)
            return
        self._works()
        self._write(steps.record_seen, steps.Seen(order, road.state, road.places))

    def _ordered(self, claimed: steps.Claimed, ordered: Ordered) -> None:
        self._works()
        self._write(steps.record_ordered, steps.Handed(claimed.order, ordered.order_no, ordered.waybill))

    def _call(self, fn: Callable[..., Any], *args: Any) -> Any:
        return concurrency.run_blocking(fn, *args) if self.gateway.blocking else fn(*args)

    def _write(self, step: Callable[[Tx, Any, int], Any], request: Any) -> None:
        self._store.write(self._hall_id, step, request)

    # -- the gateway's health ---------------------------------------------------------------------------

    def _note(self, error: GatewayError) -> None:
        if not error.down:
            self._works()
            return
        if self.circuit.fails(error, self._clock()):
            log.error("couriers: gateway %s does not work: %s", self.gateway.name, error.code)
            self._write(steps.raise_gateway_alarm, {"gateway": self.gateway.name, "code": error.code})

    def _works(self) -> None:
        if self.circuit.works():
            self._write(steps.clear_gateway_alarm, None)


def _next_due(rx: Tx) -> int | None:
    return rx.couriers.next_due()


def _words(error: GatewayError) -> str:
    return mask(str(error))[:200]
