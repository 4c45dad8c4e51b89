"""The three SMS: of one ticket, and the demo's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.domain.units import iso
from server.journey import views
from server.store.tickets import TicketUnknown
from server.web.access import STAFF
from server.web.api.hall_schemas import Inbox, NoticeList, NoticeQuery
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services
from server.web.refusals import NoSuchRoute

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("notices")


@routes.get(
    "/notices",
    STAFF,
    summary="短信通知 A ticket's notices",
    query=NoticeQuery,
    answers={200: NoticeList},
    refusals=(TicketUnknown,),
)
def notices(query: NoticeQuery) -> Reply:
    """Each with its text and how it fared. `merged`: said in an earlier one; `dropped`: no longer true."""
    return 200, services().store.read(services().hall_id, views.notices_view, query.ticket, not actor().only_clerk)


@routes.get("/inbox", STAFF, summary="演示收件箱 The demo's inbox", answers={200: Inbox}, refusals=(NoSuchRoute,))
def inbox() -> Reply:
    """What citizens' phones would show, newest first. Only the demo hall has it."""
    if not services().hall_file().demo:
        raise NoSuchRoute
    return 200, services().store.read(services().hall_id, _inbox)


def _inbox(rx: Tx) -> dict[str, Any]:
    return {
        "messages": [
            {
                "at": iso(notice.sent_at or notice.created_at),
                "to": notice.phone_mask or "",
                "kind": notice.kind,
                "number": notice.number,
                "text": notice.text,
                "state": notice.state,
            }
            for notice in rx.notices.recent(200)
        ]
    }
