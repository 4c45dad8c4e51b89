"""One message and the gateway: handing it over, asking about it, and what that says of the gateway's health."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from server import concurrency
from server.store.notices import Claimed
from server.store.store import Store
from server.store.transaction import Tx
from sms import steps
from sms.circuit import Circuit
from sms.gateways.base import (
    CannotTell,
    Gateway,
    GatewayError,
    OutgoingSms,
    Passing,
    Permanent,
    Report,
    Unknown,
    mask,
)

log = logging.getLogger(__name__)

SECOND: Final = 1_000_000
ASK_AGAIN: Final = 10 * SECOND
SETTLED: Final = 60 * SECOND  # a provider's list shows what it has by then
LONGEST: Final = 40.0  # seconds for one talk with the gateway, however slowly it answers; two are shorter than a lease
GIVE_UP: Final = 15 * 60 * SECOND  # a provider that does not answer: nobody will know


class Delivery:
    """Talks to the gateway about claimed notices, and notes every outcome in the store and in the circuit."""

    def __init__(
        self,
        store: Store,
        hall_id: str,
        gateway: Gateway,
        circuit: Circuit,
        clock: Callable[[], int],
        longest: float = LONGEST,
    ) -> None:
        self._store = store
        self._hall_id = hall_id
        self._gateway = gateway
        self._circuit = circuit
        self._clock = clock
        self._longest = longest

    def deliver(self, claimed: Claimed) -> None:
        notice, sms = claimed.notice, self._outgoing(claimed)
        try:
            # A server error may hide that the first try was taken.
            found = self._found_before(claimed, sms) if (notice.error_code or "").startswith("http_5") else None
            report = found or Report(self._call(self._gateway.send, sms, late=Unknown).gateway_id, "sent")
        except Permanent as error:
            self._works()
            self._write(steps.record_refused, steps.Refused(notice, error.code, mask(error.message), None))
        except Passing as error:
            self._note(error)
            wait = max(steps.delay(notice.attempts), int((error.retry_after or 0) * SECOND))
            self._write(steps.record_refused, steps.Refused(notice, error.code, mask(error.message), wait))
        except Unknown as error:
            self._note(error)
            self.ask(claimed, error)
        except Exception as error:  # a bug in the gateway; the message may be out
            log.exception("sms: gateway %s failed unexpectedly", self._gateway.name)
            self.ask(claimed, Unknown("bug", type(error).__name__))
        else:
            self._works()
            self._write(steps.record_handed, steps.Handed(notice, report, self._gateway.reports))

    def _found_before(self, claimed: Claimed, sms: OutgoingSms) -> Report | None:
        try:
            return self._find(claimed, sms)
        except CannotTell:
            return None

    def ask(self, claimed: Claimed, lost: Unknown | None = None) -> None:
        """What became of a message whose answer we do not have?"""
        notice = claimed.notice
        code = lost.code if lost else notice.error_code or "crash"
        words = mask(lost.message) if lost else notice.error or "程序中断时正在发送"
        age = self._clock() - (notice.sending_at or notice.created_at)
        try:
            report = self._find(claimed, self._outgoing(claimed))
        except CannotTell:
            self._write(steps.record_lost, steps.Lost(notice, code, words, None))
        except GatewayError as error:
            self._note(error)
            self._write(steps.record_lost, steps.Lost(notice, code, words, None if age >= GIVE_UP else ASK_AGAIN))
        except Exception:
            log.exception("sms: gateway %s failed unexpectedly", self._gateway.name)
            self._write(steps.record_lost, steps.Lost(notice, code, words, None))
        else:
            if report is not None:
                self._works()
                self._write(steps.record_handed, steps.Handed(notice, report, self._gateway.reports))
            elif self._gateway.lookup_is_final:
                self._write(steps.record_refused, steps.Refused(notice, code, words, SECOND if lost else 0))
            else:
                self._write(steps.record_lost, steps.Lost(notice, code, words, None if age >= SETTLED else ASK_AGAIN))

    def check(self, claimed: Claimed) -> None:
        """Has a sent message arrived? No answer now: the next look is already planned."""
        notice = claimed.notice

        def status() -> Report:
            return self._gateway.status(notice.gateway_id or "", self._outgoing(claimed), same_phone=claimed.same_phone)

        try:
            report: Report = self._call(status)
        except CannotTell:
            return
        except GatewayError as error:
            self._note(error)
            return
        if report.outcome != "sent":
            self._write(steps.record_handed, steps.Handed(notice, report, True))

    def _find(self, claimed: Claimed, sms: OutgoingSms) -> Report | None:
        notice = claimed.notice

        def find() -> Report | None:
            return self._gateway.find(sms, since=notice.created_at, same_phone=claimed.same_phone)

        found: Report | None = self._call(find)
        return found

    def _outgoing(self, claimed: Claimed) -> OutgoingSms:
        notice = claimed.notice
        return OutgoingSms(
            to=claimed.phone,
            text=notice.text,
            template_id=notice.template_id,
            params=notice.params,
            reference=f"{self._hall_id}-{notice.id}",
            attempt=notice.attempts,
        )

    def _call(self, fn: Callable[..., Any], *args: Any, late: type[GatewayError] = Passing) -> Any:
        """Raises `late` when the gateway is not done in time: its own time-outs start anew with every byte."""
        if self._gateway.blocking:
            return concurrency.run_blocking(fn, *args)
        talk = concurrency.spawn(_kept, fn, args)
        try:
            value, error = talk.wait(self._longest)
        except TimeoutError:
            raise late("timeout", "回答没有在限时内完成") from None
        if error is not None:
            raise error
        return value

    def _write(self, step: Callable[[Tx, Any, int], Any], request: Any) -> None:
        """Note an outcome. If the store is away the notice stays `sending` and is asked about later."""
        self._store.write(self._hall_id, step, request)

    # -- the gateway's health ----------------------------------------------------------------------------

    def probe(self, idle: bool) -> None:
        """Is the gateway back? With messages waiting the next one must show it: questions may pass where they do not."""
        try:
            self._call(self._gateway.probe)
        except CannotTell:
            return  # only a message will show
        except GatewayError as error:
            self._note(error)
            return
        if idle:
            self._works()

    def _note(self, error: GatewayError) -> None:
        now = self._clock()
        if not error.down:
            self._works()
            if isinstance(error, Passing) and error.code == "http_429":
                self._circuit.slow_down(error.retry_after or 1.0, now)
            return
        if self._circuit.fails(error, now):
            log.error("sms: gateway %s does not work: %s", self._gateway.name, error.code)
            alarm = {"gateway": self._gateway.name, "code": error.code, "message": mask(error.message)}
            self._write(steps.raise_sms_alarm, alarm)

    def _works(self) -> None:
        if self._circuit.works():
            log.info("sms: gateway %s works again", self._gateway.name)
            self._write(steps.clear_sms_alarm, None)


def _kept(fn: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    """Its error as a value: what a gateway refuses is no fault of a background task."""
    try:
        return fn(*args), None
    except Exception as error:
        return None, error
