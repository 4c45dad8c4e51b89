"""One person is one person: by phone, by ID number, and whichever of the two is shown."""

from __future__ import annotations

import pytest

from server.journey import taking
from server.journey.phone import PhoneRequest, change_phone
from tests.journey.test_taking import AGED_80
from tests.scene import GUIDE, KIOSK, Scene

PHONE = "13812341234"
OTHER = "13987654321"


def test_who_took_with_phone_and_id_is_known_by_either_alone(hall: Scene) -> None:
    hall.take(phone=PHONE, id_number=AGED_80)
    with pytest.raises(taking.SameItemTwice):
        hall.take(id_number=AGED_80)
    with pytest.raises(taking.SameItemTwice):
        hall.take(phone=PHONE)


def test_one_id_number_with_many_phones_is_still_one_person(hall: Scene) -> None:
    hall.open(1, 4)
    hall.take(phone=PHONE, id_number=AGED_80)
    house = hall.take("house", phone=OTHER, id_number=AGED_80)
    hall.next(1)
    assert hall.ticket(house).held == 1 and hall.next(4) is None
    hall.finish(1)
    assert hall.next(4).id == house.id


def test_removing_the_phone_does_not_forget_the_id_number(hall: Scene) -> None:
    ticket = hall.take(phone=PHONE, id_number=AGED_80)
    hall.change_phone(ticket, None)
    with pytest.raises(taking.SameItemTwice):
        hall.take(id_number=AGED_80)
    assert hall.take(phone=PHONE).number == "A002"


def correct(hall: Scene, ticket: object, phone: str) -> None:
    hall.write(change_phone, PhoneRequest(KIOSK, ticket.id, phone))  # type: ignore[attr-defined]


def test_a_phone_cannot_be_corrected_to_one_that_already_waits_for_the_same(hall: Scene) -> None:
    hall.take(phone=PHONE)
    second = hall.take(phone=OTHER)
    with pytest.raises(taking.SameItemTwice, match="A001"):
        correct(hall, second, PHONE)
    with pytest.raises(taking.SameItemTwice):
        hall.change_phone(second, PHONE)
    hall.write(change_phone, PhoneRequest(GUIDE, second.id, PHONE, "父子同用一部手机"))


def test_a_phone_cannot_be_corrected_to_one_that_already_holds_three(hall: Scene) -> None:
    for section in ("general", "house", "pickup"):
        hall.take(section, phone=PHONE)
    fourth = hall.take(item="id-card", phone=OTHER)
    with pytest.raises(taking.TooManyTickets):
        correct(hall, fourth, PHONE)
    correct(hall, fourth, OTHER)
