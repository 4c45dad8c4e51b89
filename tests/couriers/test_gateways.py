"""The contract of couriers: the same questions to the stand-in on this machine and to a post office over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.couriers.file import FileCourier, waybill_number
from server.couriers.gateway import CourierGateway
from server.couriers.generic_http import GenericHttpCourier
from server.domain.cases.courier import CourierState
from server.domain.cases.parcel import Address, Ordered, Parcel
from sms.gateways.base import Passing, Permanent, Unknown
from tests.couriers.conftest import ENVIRONMENT, EXAMPLE, ems
from tests.couriers.post_stand_in import Post
from tests.store_fixtures import FakeClock

HOME = Address("张三", "13800001234", "浙江省衢州市柯城区", "荷花路1号3单元", "324000")
HALL = Address("衢州市行政服务中心", "0570-3080000", "", "花园东大道169号")
PARCEL = Parcel("hall-7", HOME, HALL, "居民身份证")


@pytest.fixture(params=["file", "http"])
def courier(request: pytest.FixtureRequest, tmp_path: Path, post: Post) -> Iterator[CourierGateway]:
    gateway: CourierGateway = (
        FileCourier(tmp_path / "p.jsonl", FakeClock()) if request.param == "file" else ems(post, tmp_path)
    )
    yield gateway
    gateway.close()


def test_an_order_gives_a_waybill_and_the_same_order_again_the_same(courier: CourierGateway) -> None:
    first = courier.order(PARCEL)
    assert first.waybill and first.order_no
    assert courier.order(PARCEL) == first
    assert courier.repeats_safely
    other = courier.order(Parcel("hall-8", HOME, HALL, "营业执照"))
    assert other.waybill != first.waybill


def test_an_order_whose_answer_was_lost_is_found_by_our_reference(courier: CourierGateway) -> None:
    assert courier.find(PARCEL) is None
    ordered = courier.order(PARCEL)
    assert courier.find(PARCEL) == ordered


def test_a_parcel_just_ordered_is_not_on_the_road_yet(courier: CourierGateway) -> None:
    assert courier.track(PARCEL.reference, courier.order(PARCEL)).state == CourierState.ORDERED


def test_the_stand_in_brings_a_parcel_within_the_hour_and_tells_each_leg(tmp_path: Path) -> None:
    clock = FakeClock()
    courier = FileCourier(tmp_path / "p.jsonl", clock)
    ordered = courier.order(PARCEL)
    seen = []
    for _ in range(6):
        clock.advance(600)
        seen.append(str(courier.track(PARCEL.reference, ordered).state))
    assert seen == ["picked_up", "picked_up", "in_transit", "in_transit", "in_transit", "delivered"]
    road = courier.track(PARCEL.reference, ordered)
    assert road.places[0].text == "已下单，等待揽收" and road.places[-1].text == "已签收"
    assert (tmp_path / "p.jsonl").stat().st_mode & 0o077 == 0


def test_a_torn_line_of_the_stand_ins_file_is_no_parcel(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    courier = FileCourier(file, FakeClock())
    first = courier.order(PARCEL)
    file.write_bytes(file.read_bytes() + b'{"reference": "hall-9", "way')
    assert courier.find(PARCEL) == first
    assert courier.find(Parcel("hall-9", HOME, HALL, "x")) is None


def test_waybill_numbers_have_the_postal_unions_check_digit() -> None:
    assert waybill_number(47312482) == "EE473124829CN"  # the worked example of standard S10
    assert len({waybill_number(n) for n in range(1, 200)}) == 199


def test_the_post_gets_the_recipient_the_sender_and_the_contents_signed(post: Post, tmp_path: Path) -> None:
    ems(post, tmp_path).order(PARCEL)
    sent = post.parcels["hall-7"]["data"]
    assert sent["receiver"] == {
        "name": "张三", "mobile": "13800001234", "region": "浙江省衢州市柯城区", "address": "荷花路1号3单元", "postCode": "324000",
    }  # fmt: skip
    assert sent["sender"]["name"] == "衢州市行政服务中心"
    assert sent["cargos"] == [{"cargoName": "居民身份证"}]


def test_each_leg_of_the_post_becomes_a_state_the_furthest_counts(post: Post, tmp_path: Path) -> None:
    courier = ems(post, tmp_path)
    ordered = courier.order(PARCEL)
    post.seen(ordered.waybill, "305", "2026-11-24 08:00:00", "到达杭州")
    post.seen(ordered.waybill, "203", "2026-11-23 17:00:00", "已揽收")
    post.seen(ordered.waybill, "999", "2026-11-24 09:00:00", "安排投递")
    road = courier.track("hall-7", ordered)
    assert road.state == CourierState.IN_TRANSIT
    assert [place.text for place in road.places] == ["已揽收", "到达杭州", "安排投递"]
    post.seen(ordered.waybill, "704", "2026-11-24 10:00:00", "已签收")
    assert courier.track("hall-7", ordered).state == CourierState.DELIVERED


def test_what_the_post_will_never_take_is_permanent_and_shows_no_phone(post: Post, tmp_path: Path) -> None:
    post.refuse["张三"] = "B0101"
    with pytest.raises(Permanent) as refused:
        ems(post, tmp_path).order(PARCEL)
    assert refused.value.code == "B0101" and "13800001234" not in str(refused.value)


def test_a_wrong_signature_is_our_account_and_a_busy_post_passes(post: Post, tmp_path: Path) -> None:
    courier = ems(post, tmp_path)
    post.key = "another"
    with pytest.raises(Passing) as wrong:
        courier.order(PARCEL)
    assert wrong.value.account
    post.next_answers = [(503, {"Retry-After": "7"}, b"")]
    with pytest.raises(Passing) as busy:
        courier.order(PARCEL)
    assert (busy.value.retry_after, busy.value.down) == (7.0, True)


def test_a_lost_answer_to_an_order_is_unknown_and_to_a_question_passes(post: Post, tmp_path: Path) -> None:
    courier = ems(post, tmp_path)
    post.lose_answers = 1
    with pytest.raises(Unknown):
        courier.order(PARCEL)
    assert "hall-7" in post.parcels
    post.lose_answers = 1
    with pytest.raises(Passing):
        courier.track("hall-7", Ordered("O1", "11"))
    found = courier.find(PARCEL)
    assert found is not None and found.waybill


def test_a_post_that_is_not_there_passes(tmp_path: Path) -> None:
    with Post() as gone:
        courier = ems(gone, tmp_path)
    with pytest.raises(Passing) as away:
        courier.order(PARCEL)
    assert away.value.code == "connect"


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('logisticsOrderNo = "{reference}"', 'logisticsOrderNo = "{refrence}"', "refrence"),
        ('secret = "key"', 'secret = "kye"', "kye"),
        ('id = "body.waybillNo"', 'idd = "body.waybillNo"', "idd"),
    ],
)
def test_a_slip_in_the_description_is_found_when_it_is_loaded(
    post: Post, tmp_path: Path, old: str, new: str, names: str
) -> None:
    with pytest.raises(ValueError, match=names):
        ems(post, tmp_path, **{old: new})


def test_a_secret_that_is_not_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EMS_KEY"):
        GenericHttpCourier.from_file(EXAMPLE, {"EMS_CUSTOMER": "1"})
    assert ENVIRONMENT.keys() == {"EMS_CUSTOMER", "EMS_KEY"}
