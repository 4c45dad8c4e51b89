"""/healthz and /metrics: for whoever watches the machine. No names, no phones."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from server.domain.refusals import Refusal
from server.domain.units import HOUR
from server.web.access import ANYONE, audience
from server.web.context import identity, services
from server.web.version import VERSION

if TYPE_CHECKING:
    from server.store.transaction import Tx

log = logging.getLogger("yichuang.web")
access_log = logging.getLogger("yichuang.access")
blueprint = Blueprint("health", __name__)
disable_created_metrics()
PAGE = 1000  # events read at once
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Meters:
    """One registry an app, so that several apps in one process do not share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.taken = Counter("yichuang_tickets_taken", "numbers taken", ["section"], registry=self.registry)
        self.calls = Counter("yichuang_calls", "numbers called, recalls too", ["section"], registry=self.registry)
        self.waiting = Gauge("yichuang_waiting", "people waiting", ["section"], registry=self.registry)
        self.notices = Gauge("yichuang_notices", "SMS by state, last 24 h", ["state"], registry=self.registry)
        self.screens = Gauge("yichuang_screens", "connected screens", ["kind"], registry=self.registry)
        self.http = Histogram(
            "yichuang_http_seconds",
            "time to answer",
            ["method", "route", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._counted: int | None = None
        self._took: dict[tuple[str, str, int], Any] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; what counts it is looked up by its labels once."""
        took = self._took.get((method, route, status))
        if took is None:
            took = self._took[method, route, status] = self.http.labels(method, route, str(status))
        took.observe(seconds)

    def begin(self, last_seq: int) -> None:
        """Counters start at zero with the process, as Prometheus expects: count what comes after this event."""
        self._counted = last_seq

    def read(self, rx: Tx) -> None:
        """Bring counters and gauges up to this moment of the hall."""
        if self._counted is None or self._counted > rx.events.last_seq():
            self.begin(rx.events.last_seq())
        while events := rx.events.after(self._counted or 0, PAGE):
            for event in events:
                self._count(event)
            self._counted = events[-1].seq
        waiting = rx.tickets.waiting_by_section()
        for section in rx.rules.sections:
            self.waiting.labels(section).set(waiting.get(section, 0))
        for state, number in rx.notices.counts(rx.now - 24 * HOUR).items():
            self.notices.labels(state).set(number)

    def _count(self, event: Any) -> None:
        if event.type == "ticket.taken":
            self.taken.labels(event.data.get("section", "")).inc()
        elif event.type in ("ticket.called", "ticket.recalled"):
            self.calls.labels(event.data.get("section", "")).inc()


def install_health(flask: Flask, meters: Meters) -> None:
    flask.extensions["yichuang_meters"] = meters
    flask.before_request(_begin)
    flask.after_request(_end)
    flask.register_blueprint(blueprint)


def _begin() -> None:
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    """Measure, and write the access log: the route's pattern, never the path, which may hold a citizen's link."""
    took = time.perf_counter() - g.get("begun", time.perf_counter())
    method, rule, status = request.method, request.url_rule, response.status_code
    route = rule.rule if rule else "(no route)"
    meters: Meters = current_app.extensions["yichuang_meters"]
    meters.answered(method, route, status, took)
    if not route.startswith("/static/"):
        who = identity().actor.id
        access_log.info("%s %s %d %.1f ms %s %s", method, route, status, took * 1000, who, request.remote_addr)
    return response


def _epoch(rx: Tx) -> str:
    return rx.hall.epoch


@blueprint.get("/healthz")
@audience(*ANYONE, limited=False)
def healthz() -> tuple[Response, int]:
    """200 when the database answers and the SMS sender runs, else 503."""
    given = services()
    epoch = None
    try:
        epoch = given.store.read(given.hall_id, _epoch)
    except Refusal as refusal:
        log.warning("health: %s", refusal.message_en)
    except Exception:
        log.exception("health: the database does not answer")
    sender = given.sender is None or given.sender.alive()
    ok = epoch is not None and sender
    body = {
        "ok": ok,
        "database": epoch is not None,
        "sender": sender,
        "voice": given.announcer.in_use() if given.announcer else "chime",
        "epoch": epoch,
        "version": VERSION,
    }
    return jsonify(body), 200 if ok else 503


@blueprint.get("/metrics")
@audience(*ANYONE, limited=False)
def metrics() -> Response:
    """Prometheus text."""
    given = services()
    meters: Meters = current_app.extensions["yichuang_meters"]
    given.store.read(given.hall_id, meters.read)
    if given.hub is not None:
        for kind, number in given.hub.connected().items():
            meters.screens.labels(kind).set(number)
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)
