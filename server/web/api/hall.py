"""What anybody may know: the hall, the board, the items."""

from __future__ import annotations

from server.domain.hall import SectionUnknown
from server.journey import hall_views
from server.web.access import ANYONE
from server.web.api.hall_schemas import Board, Hall, HallQuery, ItemQuery, Items
from server.web.api.routing import Reply, Routes
from server.web.context import services

routes = Routes("hall")


@routes.get("/hall", ANYONE, summary="大厅 The hall", query=HallQuery, answers={200: Hall})
def hall(query: HallQuery) -> Reply:
    """Sections, windows, items, green channel classes, hours, and where issuing is stopped."""
    return 200, services().store.read(services().hall_id, hall_views.hall_view, query.items)


@routes.get("/board", ANYONE, summary="叫号屏 The call board", answers={200: Board})
def board() -> Reply:
    """The last calls newest first, how many wait in each section, every window, who missed their call."""
    return 200, services().store.read(services().hall_id, hall_views.board_view)


@routes.get(
    "/items", ANYONE, summary="查找事项 Find an item", query=ItemQuery, answers={200: Items}, refusals=(SectionUnknown,)
)
def items(query: ItemQuery) -> Reply:
    """By part of the name or by pinyin initials (`bdc` → 不动产…), the best first."""
    return 200, services().store.read(services().hall_id, hall_views.items_view, query.q, query.section)
