"""What to bring for one's situation, on the kiosk's or the guide desk's own printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.domain.actor import Role
from server.domain.catalogue.situations import AnswerUnknown
from server.domain.guide_sheet import GuideSheet
from server.domain.slip import PRINTER_REFUSALS, NoPrinter, printer_for
from server.journey.catalogue.bundles import bundle_sheet
from server.journey.catalogue.sheet import sheet_of
from server.store.bundles import BundleUnknown
from server.store.catalogue_rows import ItemNotPublished
from server.web.api.bundle_schemas import PrintBundleWalk
from server.web.api.catalogue_schemas import PrintedGuide, PrintWalk
from server.web.api.routing import Reply, Routes
from server.web.api.slips import HANDERS, on_paper, once
from server.web.context import actor, services

routes = Routes("guide_sheets")


@routes.post(
    "/catalogue/items/{item}/guide/print",
    HANDERS,
    summary="打印办事清单 Print what to bring",
    body=PrintWalk,
    answers={200: PrintedGuide},
    refusals=(ItemNotPublished, AnswerUnknown, *PRINTER_REFUSALS),
)
def print_guide(item: str, body: PrintWalk) -> Reply:
    """On the printer that prints slips there. With `browser` the page prints the list itself."""
    return once(body.model_dump_json(), lambda: (200, _print(sheet_of, item, body)))


@routes.post(
    "/catalogue/bundles/{bundle}/print",
    HANDERS,
    summary="打印一件事清单 Print what a bundle asks for",
    body=PrintBundleWalk,
    answers={200: PrintedGuide},
    refusals=(BundleUnknown, ItemNotPublished, AnswerUnknown, *PRINTER_REFUSALS),
)
def print_bundle(bundle: str, body: PrintBundleWalk) -> Reply:
    """The one list without doubles, as an item's is printed."""
    return once(body.model_dump_json(), lambda: (200, _print(bundle_sheet, bundle, body)))


def _print(made: Callable[..., GuideSheet], of: str, body: PrintWalk | PrintBundleWalk) -> dict[str, Any]:
    given, who = services(), actor()
    sheet = given.store.read(given.hall_id, made, of, body.answers, body.language == "en")
    file = given.hall_file().slip
    printer = printer_for(file.printers, None if who.is_staff else who.name)
    if printer is not None and given.slips is not None:
        done = on_paper(printer, sheet)
        return {key: done[key] for key in ("printed", "printer", "browser")}
    if file.browser or not who.has(Role.KIOSK):
        return {"printed": False, "printer": None, "browser": True}
    raise NoPrinter
