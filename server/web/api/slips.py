"""Slips of paper: print a ticket's, or print it again. No slip, whatever happens to it, changes its ticket."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import request

from config.hall_devices import Printer
from server.concurrency import Answer
from server.domain.actor import Actor, Role
from server.domain.guide_sheet import GuideSheet
from server.domain.slip import (
    PRINTER_REFUSALS,
    NoPrinter,
    PhoneTailMissing,
    PrinterFailed,
    Slip,
    SlipNeedsGuide,
    SlipNotFound,
    TicketEnded,
    TooManySlipTries,
    printer_for,
)
from server.journey import slips
from server.journey.once import KeyReused
from server.store.tickets import TicketUnknown
from server.web.access import LEADERS, STAFF
from server.web.api.commands import idempotency_key
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.slip_schemas import Pictures, Printed, Reprint
from server.web.api.tickets import check_own
from server.web.context import actor, services
from server.web.refusals import NoSuchRoute

log = logging.getLogger(__name__)
routes = Routes("slips")
MOST_REMEMBERED = 500
# Whoever hands the slip over. Its code is the citizen's own link, with which a clerk could rate in their name.
HANDERS = (Role.KIOSK, Role.GUIDE, *LEADERS)


@routes.post(
    "/tickets/{ticket}/slip",
    HANDERS,
    summary="打印小票 Print a ticket's slip",
    body=Nothing,
    answers={200: Printed},
    refusals=(TicketUnknown, TicketEnded, *PRINTER_REFUSALS),
)
def slip(ticket: int, body: Nothing) -> Reply:
    """On the kiosk's own printer, or for staff on the guide desk's. With `browser` the page prints `slip` itself."""
    given, who = services(), actor()
    given.store.read(given.hall_id, check_own, ticket, who)
    return once(body.model_dump_json(), lambda: (200, _print(ticket, who)))


@routes.post(
    "/slips",
    HANDERS,
    summary="补打小票 Print a slip again",
    body=Reprint,
    answers={200: Printed},
    refusals=(
        SlipNotFound,
        SlipNeedsGuide,
        PhoneTailMissing,
        TooManySlipTries,
        TicketEnded,
        TicketUnknown,
        *PRINTER_REFUSALS,
    ),
)
def reprint(body: Reprint) -> Reply:
    """By number; at a kiosk also the last four digits of its phone. Wrong tries are slowed down."""
    given, who = services(), actor()

    def run() -> tuple[int, Any]:
        ticket = _find(body, who)
        given.store.audit(given.hall_id, who.id, "slip.reprint", f"ticket:{ticket}", {"number": body.number})
        return 200, _print(ticket, who)

    return once(body.model_dump_json(), run)


@routes.get("/slips", STAFF, summary="演示小票 The demo's slips", answers={200: Pictures}, refusals=(NoSuchRoute,))
def pictures() -> Reply:
    """Pictures of the slips a printer with `address = "file"` made, newest first. Only the demo hall shows them."""
    if not services().hall_file().demo:
        raise NoSuchRoute
    printers = services().slips
    return 200, {"slips": [f"/inbox/slips/{name}" for name in (printers.pictures() if printers else [])]}


def _find(body: Reprint, who: Actor) -> int:
    given = services()
    tries, keys = given.access.limits.wrong_slips, (who.id, f"slip of {body.number}")
    wait = 0 if who.is_staff else max(tries.wait(key) for key in keys)
    if wait:
        raise TooManySlipTries(seconds=wait)
    try:
        return given.store.read(given.hall_id, slips.ticket_to_reprint, who, body.number, body.phone_tail)
    except SlipNotFound:
        for key in keys:
            tries.count(key)
        raise


def _print(ticket: int, who: Actor) -> dict[str, Any]:
    given = services()
    content = given.store.read(given.hall_id, slips.slip_of, ticket)
    file = given.hall_file().slip
    printer = printer_for(file.printers, None if who.is_staff else who.name)
    if printer is not None and given.slips is not None:
        return on_paper(printer, content)
    if file.browser and who.has(Role.KIOSK):
        return {"printed": False, "printer": None, "browser": True, "slip": content.as_json()}
    raise NoPrinter


def on_paper(printer: Printer, content: Slip | GuideSheet) -> dict[str, Any]:
    given = services()
    assert given.slips is not None
    try:
        given.slips.print(printer, content)
    except PrinterFailed as why:
        log.warning("printer %s: %s", printer.id, why.do_en)
        given.store.write(given.hall_id, slips.printer_failed, slips.Failure(printer.id, printer.name, why))
        raise
    if given.store.read(given.hall_id, slips.is_alarmed, printer.id):
        given.store.write(given.hall_id, slips.printer_works, printer.id)
    return {"printed": True, "printer": printer.name, "browser": False, "slip": None}


def once(sent: str, run: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    """A repeated press waits for the paper of the first instead of printing another; a refusal may be tried again."""
    key = idempotency_key()
    if key is None:
        return run()
    asked: OrderedDict[tuple[str, str], tuple[str, Answer]] = services().extra.setdefault("slips", OrderedDict())
    mine, what = (actor().id, key), f"{request.path}\n{sent}"
    if mine in asked:
        before, answer = asked[mine]
        if before != what:
            raise KeyReused
        answered: tuple[int, Any] = answer.wait()
        return answered
    asked[mine] = what, (answer := Answer())
    while len(asked) > MOST_REMEMBERED:
        asked.popitem(last=False)
    try:
        done = run()
    except BaseException as error:
        asked.pop(mine, None)
        answer.fail(error)
        raise
    answer.set(done)
    return done
