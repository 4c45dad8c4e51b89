"""What was found of a bundle before the number comes with it: to the window, onto the slip and the citizen's page."""

from __future__ import annotations

import pytest

from server.domain.hours import FullForToday
from server.domain.ticket import Ticket
from server.journey import ending, line, moving, supervising
from server.journey.cases import prechecking
from server.journey.cases.items import CheckpointUnknown
from server.journey.cases.precheck_views import precheck_json
from server.journey.cases.views import case_view
from server.journey.slips import slip_of
from server.journey.views import line_view, link_view, ticket_view
from server.store.bundles import BundleUnknown
from server.store.transaction import Tx
from tests.case_scene import Cases
from tests.journey.test_taking import monday_at
from tests.scene import GUIDE, MANAGER, small_hall

BUNDLED = {"shop": {}, "food": {}}


def prechecked_bundle(desk: Cases, ticket: int, ticks: frozenset[tuple[str, str]] = frozenset()) -> None:
    asked = prechecking.PrecheckRequest(GUIDE, ticket, None, BUNDLED, ticks, "带了：身份证", bundle="restaurant")
    desk.write(prechecking.precheck, asked)


def test_what_was_found_of_a_bundle_is_there_when_the_window_opens_it_whole_or_one_item_of_it(desk: Cases) -> None:
    ticket = desk.hall.take()
    prechecked_bundle(desk, ticket.id, frozenset({("m1", "c1"), ("m2", "c1")}))
    shown = desk.hall.read(lambda rx: precheck_json(rx, rx.prechecks.of_ticket(ticket.id)))
    assert shown is not None
    assert (shown["bundle"], shown["item"], shown["name"]) == ("restaurant", "restaurant", "开一家小餐馆")
    assert [(one["material"], one["checkpoint"]) for one in shown["ticks"]] == [("m1", "c1"), ("m2", "c1")]
    assert (shown["note"], shown["by_name"], shown["answers"]) == ("带了：身份证", GUIDE.name, BUNDLED)
    desk.hall.next(1)
    desk.hall.start(1)
    case = desk.open(None, bundle="restaurant")
    joint = desk.hall.read(lambda rx: case_view(rx, rx.cases.get(case.id), desk.me)["materials"])
    assert [
        (one["id"], point["id"]) for one in joint for point in one["checkpoints"] if point["ticked"]
    ] == [("m1", "c1"), ("m2", "c1")]  # fmt: skip
    alone = desk.open("food")
    assert alone.ticks == {("id", "p1")}, "an item of it alone has its own part"
    with pytest.raises(CheckpointUnknown):
        prechecked_bundle(desk, ticket.id, frozenset({("m9", "c1")}))
    with pytest.raises(BundleUnknown):
        asked = prechecking.PrecheckRequest(GUIDE, ticket.id, None, {}, bundle="nothing")
        desk.write(prechecking.precheck, asked)


def test_a_later_precheck_of_one_item_takes_the_place_of_the_bundles(desk: Cases) -> None:
    ticket = desk.hall.take()
    prechecked_bundle(desk, ticket.id)
    desk.write(prechecking.precheck, prechecking.PrecheckRequest(GUIDE, ticket.id, "loan", {"house": ["new"]}))
    kept = desk.hall.read(lambda rx: rx.prechecks.of_ticket(ticket.id))
    assert [(one.item_id, one.bundle) for one in kept] == [("loan", None)]


def test_the_slip_and_the_citizens_page_of_a_bundles_number_say_the_bundles_title(desk: Cases) -> None:
    ticket = desk.hall.take(item="shop")
    before = desk.hall.read(lambda rx: slip_of(rx, ticket.id))
    prechecked_bundle(desk, ticket.id)
    slip, page = desk.hall.read(lambda rx: (slip_of(rx, ticket.id), link_view(rx, ticket.link)))
    assert before.item != slip.item == "开一家小餐馆" and slip.bring == ()
    assert (page["item_name"], page["bundle"]) == ("开一家小餐馆", "restaurant")
    other = desk.hall.take(item="permit")
    prechecked_bundle(desk, other.id)
    page = desk.hall.read(lambda rx: link_view(rx, other.link))
    assert page["bundle"] is None, "a number about another item does not say it"


def seconds(desk: Cases, ticket: Ticket) -> int:
    return desk.hall.ticket(ticket).seconds


def test_a_bundles_number_waits_with_the_seconds_of_all_its_items_and_learns_of_itself_alone(desk: Cases) -> None:
    hall = desk.hall
    hall.open(2)
    first = hall.take(item="shop")
    alone = seconds(desk, first)
    prechecked_bundle(desk, first.id)
    both = alone + hall.read(lambda rx: line.expected_seconds(rx, "general", "food"))
    assert seconds(desk, first) == both > alone
    hall.check_counters()
    hall.write(supervising_requeue, None)
    assert seconds(desk, first) == both, "a change of the hall's items counts it anew, as a bundle"
    moved = hall.write(moving.transfer, moving.TransferRequest(MANAGER, ticket=first.id, item="permit"))
    assert moved.seconds == hall.read(lambda rx: line.expected_seconds(rx, "general", "permit")), (
        "about another item now"
    )

    second = hall.take(item="shop")
    prechecked_bundle(desk, second.id)
    hall.write(ending.cancel_ticket, ending.TicketRequest(MANAGER, moved.id))
    for window in (1, 2):
        if hall.next(window):
            break
    hall.start(window)
    hall.wait(seconds=2 * both)
    hall.finish(window)
    assert hall.read(lambda rx: rx.learned.all()) == {"bundle:restaurant": (1, 2 * both)}, "nothing of 营业执照 alone"
    third = hall.take(item="shop")
    assert seconds(desk, third) == alone
    prechecked_bundle(desk, third.id)
    assert seconds(desk, third) == 12 * both // 11
    desk.write(prechecking.precheck, prechecking.PrecheckRequest(GUIDE, third.id, "shop", {}))
    assert seconds(desk, third) == alone, "the bundle was given up"
    hall.check_counters()


def test_a_number_taken_for_a_bundle_is_one_at_once_and_not_issued_where_all_of_it_no_longer_fits(desk: Cases) -> None:
    hall = desk.hall
    with pytest.raises(BundleUnknown):
        hall.take(section=None, bundle="nothing")
    first = hall.take(section=None, bundle="restaurant")
    alone, both = (hall.read(lambda rx, i=i: line.expected_seconds(rx, "general", i)) for i in ("shop", "food"))
    assert (first.item, first.seconds) == ("shop", alone + both)
    assert hall.read(lambda rx: slip_of(rx, first.id)).item == "开一家小餐馆"
    other = hall.take(item="shop")
    listed = hall.read(line_view)["tickets"]
    assert [(one["id"], one["item_name"]) for one in listed] == [
        (first.id, "开一家小餐馆"),
        (other.id, "个体工商户设立"),
    ]
    assert hall.read(ticket_view, first.id)["item_name"] == "开一家小餐馆"
    kept = hall.read(lambda rx: rx.prechecks.of_ticket(first.id))
    assert [(one.item_id, one.bundle, one.answers) for one in kept] == [
        ("food", "restaurant", {}),
        ("shop", "restaurant", {}),
    ]
    hall.check_counters()
    hall.reload(small_hall(hours={"enforce": True}))
    monday_at(hall, 16, 40)
    with pytest.raises(FullForToday):
        hall.take(section=None, bundle="restaurant")
    assert hall.take(item="shop").item == "shop", "one of them still fits into the day"


def supervising_requeue(tx: Tx, request: None, now: int) -> None:
    supervising.requeue_waiting(tx, now)
