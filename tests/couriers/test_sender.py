"""Parcels from the shelf to the door: the real store and steps, a post office over real HTTP, time that moves when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.couriers.file import FileCourier
from server.couriers.gateway import CourierGateway
from server.couriers.sender import CourierSender
from server.domain.cases.courier import NoWaybill
from server.domain.cases.record import Case
from server.journey.cases import collecting, issuing
from server.store.couriers import CourierOrder
from tests.couriers.conftest import ems
from tests.couriers.post_stand_in import Post
from tests.journey.cases.behind_scene import BY_POST, ISSUE_WINDOW, Behind, S
from tests.scene import Scene, clerk
from tests.store_fixtures import HALL, STORE_KINDS, FakeClock, make_store

Start = Callable[..., CourierSender]


@pytest.fixture(params=STORE_KINDS)
def behind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Behind]:
    clock = FakeClock()
    with make_store(request.param, tmp_path / "data", clock) as store:
        scene = Behind(Scene(store, clock))
        scene.publish()
        yield scene


@pytest.fixture
def start(behind: Behind) -> Iterator[Start]:
    """A sender on the test's own store and clock; each is stopped at the end."""
    senders: list[CourierSender] = []

    def make(gateway: CourierGateway) -> CourierSender:
        senders.append(CourierSender(behind.hall.store, HALL, gateway, behind.hall.clock))
        return senders[-1]

    yield make
    for sender in senders:
        sender.stop()


def order(behind: Behind, case: Case) -> CourierOrder:
    found = behind.hall.read(lambda rx: rx.couriers.of_case(case.id))
    assert found is not None
    return found


def test_a_parcel_is_ordered_picked_up_and_followed_to_the_door(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    case = behind.at_issue(BY_POST)
    assert not any("ready" in kind for kind in behind.sms(case)), "nobody is asked to come for what is sent"
    assert order(behind, case).address_mask == "浙江省衢州市柯城区****"
    sender = start(ems(post, tmp_path))
    assert sender.run_once() == 1
    waybill = order(behind, case).waybill
    assert order(behind, case).state == "ordered" and waybill is not None
    (parcel,) = post.parcels.values()
    assert parcel["data"]["receiver"]["address"] == "荷花路1号3单元"
    post.seen(waybill, "203", "2026-11-23 17:00:00", "已揽收")
    assert sender.run_once() == 0, "it is not asked about all the time"
    behind.hall.wait(minutes=11)
    sender.run_once()
    assert behind.case(case).at == S.SENT and behind.result(case).shelf is None
    assert any("sent" in kind for kind in behind.sms(case))
    post.seen(waybill, "704", "2026-11-24 10:00:00", "已签收")
    behind.hall.wait(minutes=31)
    sender.run_once()
    assert behind.case(case).at == S.COLLECTED
    assert (behind.result(case).proof, [one["zh"] for one in order(behind, case).track]) == (
        "courier",
        ["已揽收", "已签收"],
    )
    behind.hall.wait(minutes=600)
    assert sender.run_once() == 0, "what is there is followed no more"


def test_the_stand_in_needs_no_post_office(behind: Behind, tmp_path: Path, start: Start) -> None:
    case = behind.at_issue(BY_POST)
    sender = start(FileCourier(tmp_path / "parcels.jsonl", behind.hall.clock))
    for _ in range(8):
        sender.run_once()
        behind.hall.wait(minutes=31)
    assert behind.case(case).at == S.COLLECTED


def test_what_comes_back_waits_on_a_shelf_again_under_another_code(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    case = behind.at_issue(BY_POST)
    sender = start(ems(post, tmp_path))
    sender.run_once()
    code, waybill = behind.pickup(case), order(behind, case).waybill or ""
    post.seen(waybill, "203", "2026-11-23 17:00:00", "已揽收")
    post.seen(waybill, "711", "2026-11-25 10:00:00", "收件人拒收，退回")
    behind.hall.wait(minutes=11)
    sender.run_once()
    assert behind.case(case).at == S.AT_ISSUE and behind.result(case).shelf == 1
    assert behind.pickup(case) != code
    assert any("ready" in kind for kind in behind.sms(case))
    assert behind.collect(case, pickup_code=behind.pickup(case)).at == S.COLLECTED


def test_an_order_whose_answer_was_lost_is_asked_about_and_never_ordered_twice(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    case = behind.at_issue(BY_POST)
    sender = start(ems(post, tmp_path))
    post.lose_answers = 1
    sender.run_once()
    assert order(behind, case).state == "ordering" and len(post.parcels) == 1
    behind.hall.wait(minutes=1)
    sender.run_once()
    assert (order(behind, case).state, post.orders) == ("ordered", 1)


def test_after_a_crash_a_parcel_on_its_way_is_asked_about_at_once(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    from server.journey.cases import couriering

    case = behind.at_issue(BY_POST)
    (claimed,) = behind.hall.write(couriering.claim, (1, "ems"))
    gateway = ems(post, tmp_path)
    gateway.order(claimed.parcel)  # and the process died before it could write that down
    sender = start(gateway)
    sender.run_once()
    assert (order(behind, case).state, post.orders) == ("ordered", 1)


def test_an_address_nobody_delivers_to_is_told_to_the_manager_and_ordered_again_when_put_right(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    case = behind.at_issue(BY_POST)
    post.refuse["张三"] = "B0101"
    sender = start(ems(post, tmp_path))
    sender.run_once()
    assert order(behind, case).state == "failed"
    (alarm,) = behind.alarms("courier_failed")
    assert alarm["code"] == behind.number(case) and "13812341234" not in str(alarm)
    post.refuse.clear()
    behind.hall.write(collecting.retry_courier, issuing.CaseRequest(clerk(ISSUE_WINDOW), case.id))
    sender.run_once()
    assert order(behind, case).state == "ordered" and behind.alarms("courier_failed") == []


def test_while_the_post_is_down_parcels_wait_and_the_manager_hears_of_it_once(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    case = behind.at_issue(BY_POST)
    sender = start(ems(post, tmp_path))
    post.next_answers = [(503, {}, b"")] * 2
    sender.run_once()
    assert order(behind, case).state == "wanted" and behind.alarms("courier_gateway") == []
    behind.hall.wait(minutes=2)
    sender.run_once()
    assert len(behind.alarms("courier_gateway")) == 1
    behind.hall.wait(minutes=6)
    sender.run_once()
    assert order(behind, case).state == "ordered" and behind.alarms("courier_gateway") == []


def test_a_clerk_gives_it_to_the_courier_with_the_gateways_waybill_or_one_from_a_slip(
    behind: Behind, post: Post, tmp_path: Path, start: Start
) -> None:
    by_gateway, by_hand = behind.at_issue(BY_POST), behind.at_issue(BY_POST)

    def dispatch(case: Case, waybill: str | None = None) -> Case:
        return behind.hall.write(collecting.dispatch, collecting.DispatchRequest(clerk(ISSUE_WINDOW), case.id, waybill))

    with pytest.raises(NoWaybill):
        dispatch(by_gateway)
    assert dispatch(by_hand, "ee473124829cn").at == S.SENT
    assert order(behind, by_hand).waybill == "EE473124829CN"
    sender = start(ems(post, tmp_path))
    sender.run_once()
    assert dispatch(by_gateway).at == S.SENT and post.orders == 1
    done = behind.hall.write(collecting.arrived_there, issuing.CaseRequest(clerk(ISSUE_WINDOW), by_hand.id))
    assert done.at == S.COLLECTED
