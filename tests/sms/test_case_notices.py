"""The SMS of a case goes the same way as a ticket's: worded by the hall file, sent once, to the case's own phone."""

from __future__ import annotations

from typing import Any

import pytest

from config.hall_sms import CaseTexts
from server.journey.cases import notices
from server.store import Tx
from sms.gateways.twilio import TwilioGateway
from tests.case_rows import a_case
from tests.sms.conftest import Hall, demo_hall
from tests.sms.twilio_stand_in import TwilioStandIn
from tests.store_fixtures import HALL

SECOND = 1_000_000
DAY = "2026-12-01"


def told(hall: Hall, kind: Any = "accepted", phone: str | None = "13912345678", **more: Any) -> int:
    """A case that was just told something; its id."""

    def step(tx: Tx, _: None, now: int) -> int:
        box = {"phone_box": tx.vault.seal(phone), "phone_mask": "139****5678"} if phone else {}
        case = a_case(tx, code="202601000001AB", name="建设项目环境影响报告表审批（新建）", due_day=DAY, **box)
        for repeat in more.pop("repeats", (0,)):
            notices.tell(tx, case, kind, now, repeat=repeat, **more)
        return case.id

    return hall.store.write(HALL, step)


def of(hall: Hall, case: int) -> list[Any]:
    return hall.store.read(HALL, lambda rx: rx.notices.of_ticket(case))


def test_a_cases_sms_is_sent_once_to_its_own_phone_with_its_code_and_day(
    hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway
) -> None:
    case = told(hall)
    sender = hall.sender(gateway)
    assert (sender.run_once(), sender.run_once()) == (1, 0)
    (message,) = twilio.messages
    assert message.to == "+8613912345678"
    assert (
        "202601000001AB" in message.body
        and "12月1日" in message.body
        and "建设项目环境影响报告表审批已受理" in message.body
    )
    (sent,) = of(hall, case)
    assert (sent.kind, sent.state, sent.template_id) == ("case_accepted", "sent", "CASE_ACCEPTED")


def test_the_same_is_not_said_twice_and_what_may_come_again_is_numbered(hall: Hall) -> None:
    case = told(hall, "reminder", repeats=(0, 0, 1, 2), pickup="483920")
    assert [one.kind for one in of(hall, case)] == ["case_reminder", "case_reminder:1", "case_reminder:2"]


def test_without_a_phone_nothing_is_written(hall: Hall) -> None:
    assert of(hall, told(hall, phone=None)) == []


def test_what_should_wait_for_the_morning_waits(hall: Hall, twilio: TwilioStandIn, gateway: TwilioGateway) -> None:
    case = told(hall, "deferral_due", not_before=hall.clock() + 3600 * SECOND, day="2026-11-25")
    sender = hall.sender(gateway)
    assert sender.run_once() == 0
    hall.clock.advance(3601)
    assert sender.run_once() == 1
    assert "11月25日" in twilio.messages[0].body and of(hall, case)[0].state == "sent"


@pytest.mark.parametrize("kind", CaseTexts.model_fields)
def test_every_kind_fits_into_two_short_messages_with_a_national_code(hall: Hall, kind: str) -> None:
    text = getattr(demo_hall().sms.cases, kind).text
    longest = {
        "code": "1" * 43, "item": "项" * 14, "day": "12月31日", "link": "x" * demo_hall().sms.link_length,
        "hall": demo_hall().hall.name, "pickup": "483920", "waybill": "1" * 13, "minutes": "60",
    }  # fmt: skip
    for name, value in longest.items():
        text = text.replace(f"{{{name}}}", value)
    assert len(f"【{demo_hall().sms.signature}】{text}") <= 134 and "{" not in text
