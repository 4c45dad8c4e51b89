"""The departments' pages of the catalogue: the tree, an item's versions, a mock intake, bundles, frequencies.

Everything on them is asked of /api/v1/catalogue by the browser; a page only knows who sits before it and which item.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from server.domain.actor import Role
from server.journey.catalogue.rights import may_publish, may_write
from server.store.transaction import Tx
from server.web.access import EVERYBODY_AT_WORK, page
from server.web.context import actor, services
from server.web.pages import render_page
from window_terminal.terminal import describe, own_window

blueprint = Blueprint("catalogue_pages", __name__, template_folder="templates")


def _page(module: str, zh: str, en: str, **more: Any) -> ResponseReturnValue:
    who, file = actor(), services().hall_file()
    me = {
        **describe(who),
        "department": who.department,
        "clerk": who.has(Role.CLERK),
        "tries": who.leads or who.has(Role.CLERK, Role.APPROVER, Role.HEAD),
    }
    data = {"time_zone": file.hall.time_zone, "me": me, **more}
    return render_page("catalogue.html", module=module, title_zh=zh, title_en=en, data=data)


def _item(item: str) -> dict[str, Any]:
    """What the pages of an item know of it before they ask. Raises NotFound for a folder and for nothing."""
    by = actor()

    def found(rx: Tx) -> dict[str, Any] | None:
        node = rx.catalogue.find_node(item)
        if node is None or not node.is_item:
            return None
        return {
            "id": node.id,
            "name": node.name,
            "code": node.code,
            "department": node.department,
            "in_force": rx.rules.versions.get(node.id),
            "may_write": may_write(by, node.department),
            "may_publish": may_publish(by, node.department),
        }

    known: dict[str, Any] | None = services().store.read(services().hall_id, found)
    if known is None:
        raise NotFound
    return known


@blueprint.get("/catalogue")
@page(*EVERYBODY_AT_WORK)
def catalogue() -> ResponseReturnValue:
    """The tree, and what waits for whoever looks."""
    who = actor()
    return _page("tree", "事项目录", "Items", may_add=may_write(who, who.department))


@blueprint.get("/catalogue/items/<item>")
@page(*EVERYBODY_AT_WORK)
def item_page(item: str) -> ResponseReturnValue:
    """`?version=2` shows that one; else the one under way, else the newest."""
    known = _item(item)
    return _page("item", known["name"], known["name"], item=known)


@blueprint.get("/catalogue/items/<item>/trial")
@page(*EVERYBODY_AT_WORK)
def trial_page(item: str) -> ResponseReturnValue:
    """A clerk takes the version in for trial at the own window (模拟受理)."""
    known = _item(item)
    return _page("trial", "模拟受理", "Mock intake", item=known, window=own_window(actor()))


@blueprint.get("/catalogue/bundles")
@page(*EVERYBODY_AT_WORK)
def bundles_page() -> ResponseReturnValue:
    return _page("bundles", "一件事", "Bundles")


@blueprint.get("/catalogue/frequencies")
@page(*EVERYBODY_AT_WORK)
def frequencies_page() -> ResponseReturnValue:
    return _page("frequencies", "高频事项", "How often")
