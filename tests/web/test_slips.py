"""Slips over the API: printed, failed, printed again; and a ticket that never minds."""

from __future__ import annotations

import io
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from config.hall_devices import Printer as PrinterOfFile
from config.hall_model import Slip as SlipOfFile
from kiosk.printer.checks import printer_checks
from server.domain.actor import SYSTEM
from server.journey.supervising import ReloadRequest, reload_hall
from server.web.context import services
from tests.support.printer import Printer, hurry, printers
from tests.web.conftest import Hall, code

PHONE = "13812345678"


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Printer]]:
    """A network printer; deadlines are short."""
    hurry(monkeypatch)
    with printers() as make:
        yield make


def equip(hall: Hall, *printers: PrinterOfFile, browser: bool = False) -> None:
    """The hall file names these printers from now on."""
    file = hall.app.hall.model_copy(update={"slip": SlipOfFile(browser=browser, printers=list(printers), note="备注")})
    hall.app.store.write(hall.app.hall_id, reload_hall, ReloadRequest(SYSTEM, file))


def named(one: Printer, id: str = "one", **more: Any) -> PrinterOfFile:
    return PrinterOfFile(id=id, name=f"{id}号小票机", address=one.address, **more)


def alarms(hall: Hall) -> list[dict[str, Any]]:
    return list((hall.get("/alarms", by="guide").json or {})["alarms"])


def test_the_kiosk_prints_the_slip_of_the_number_it_has_just_given(hall: Hall, printer: Any) -> None:
    paper = printer()
    equip(hall, named(paper))
    hall.open_window()
    ticket = hall.take(phone=PHONE)
    answer = hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    assert answer.json == {"printed": True, "printer": "one号小票机", "browser": False, "slip": None}
    (found,) = zxingcpp.read_barcodes(paper.papers[0].picture.convert("L"))
    assert found.text == ticket["link"]


@pytest.mark.parametrize("state", ["jam", "no_paper", "cover", "off"])
def test_a_printer_that_fails_costs_no_ticket_and_tells_the_attendant_until_it_works(
    hall: Hall, printer: Any, state: str
) -> None:
    paper = printer("ready" if state == "off" else state)
    if state == "off":
        paper.close()
    equip(hall, named(paper))
    ticket = hall.take(phone=PHONE)
    refused = hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    expected = {"jam": "jammed", "no_paper": "out_of_paper", "cover": "cover_open", "off": "unreachable"}[state]
    assert (refused.status_code, code(refused)) == (503, f"printer_{expected}")
    hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    (alarm,) = alarms(hall)
    assert (alarm["kind"], alarm["subject"]) == ("printer", "printer:one")
    assert "小票机“one号小票机”" in alarm["zh"] and "one号小票机" in alarm["en"]
    assert (hall.get(f"/tickets/{ticket['id']}", by="kiosk").json or {})["state"] == "waiting"
    if state != "off":
        paper.state = "ready"
        assert hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk").status_code == 200
        assert alarms(hall) == []


def test_the_alarm_says_what_is_wrong_now(hall: Hall, printer: Any) -> None:
    paper = printer("cover")
    equip(hall, named(paper))
    ticket = hall.take()
    hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    paper.state = "no_paper"
    hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    assert [alarm["data"]["cause"] for alarm in alarms(hall)] == ["printer_out_of_paper"]


def test_taking_a_number_does_not_wait_for_a_printer(hall: Hall, printer: Any) -> None:
    equip(hall, named(printer("jam")))
    hall.take()
    begun = time.monotonic()
    assert hall.take()["number"]
    assert time.monotonic() - begun < 0.3


def test_a_repeated_press_with_the_same_key_prints_once(hall: Hall, printer: Any) -> None:
    paper = printer()
    equip(hall, named(paper))
    ticket = hall.take()
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first, second = (hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk", headers=key) for _ in range(2))
    assert first.json == second.json and len(paper.papers) == 1
    assert code(hall.post("/slips", {"number": ticket["number"]}, by="kiosk", headers=key)) == "idempotency_key_reused"


def test_each_kiosk_has_its_printer_and_the_guide_desk_its_own(hall: Hall, printer: Any) -> None:
    mine, other, desk = printer(), printer(), printer()
    equip(hall, named(other, "a", kiosks=["二号取号机"]), named(mine, "b"), named(desk, "c", kiosks=["无"], guide=True))
    ticket = hall.take()
    hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")
    hall.post(f"/tickets/{ticket['id']}/slip", by="guide")
    assert [len(one.papers) for one in (mine, other, desk)] == [1, 0, 1]


def test_without_a_printer_the_browser_prints_or_the_kiosk_says_so(hall: Hall) -> None:
    equip(hall)
    hall.open_window()
    ticket = hall.take(phone=PHONE)
    assert code(hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")) == "no_printer"
    equip(hall, browser=True)
    answer = hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk").json or {}
    assert (answer["printed"], answer["browser"]) == (False, True)
    slip = answer["slip"]
    assert slip["number"] == ticket["number"] and slip["link"] == ticket["link"] and slip["phone"] == "138****5678"
    assert slip["window"] == f"预计{hall.window}号窗口，以叫号为准" and slip["note"] == "备注"
    assert code(hall.post(f"/tickets/{ticket['id']}/slip", by="guide")) == "no_printer"


def test_a_lost_slip_is_printed_again_for_who_knows_the_phone(hall: Hall, printer: Any) -> None:
    paper = printer()
    equip(hall, named(paper))
    ticket = hall.take(by="guide", phone=PHONE)
    assert code(hall.post("/slips", {"number": ticket["number"]}, by="kiosk")) == "phone_tail_missing"
    again = hall.post("/slips", {"number": ticket["number"], "phone_tail": "5678"}, by="kiosk")
    assert again.status_code == 200 and len(paper.papers) == 1
    assert hall.post("/slips", {"number": ticket["number"]}, by="guide").status_code == 200


def test_a_number_without_a_phone_is_printed_again_at_the_guide_desk_only(hall: Hall, printer: Any) -> None:
    equip(hall, named(printer()))
    ticket = hall.take()
    asked = {"number": ticket["number"], "phone_tail": "5678"}
    assert code(hall.post("/slips", asked, by="kiosk")) == "slip_needs_guide"


def test_guessing_phone_tails_is_slowed_down_at_the_device_and_for_the_number(hall: Hall, printer: Any) -> None:
    equip(hall, named(printer()))
    ticket = hall.take(phone=PHONE)
    asked = {"number": ticket["number"], "phone_tail": "0000"}
    assert [code(hall.post("/slips", asked, by="kiosk")) for _ in range(6)] == [
        *(["slip_not_found"] * 5),
        "too_many_slip_tries",
    ]
    right = {"number": ticket["number"], "phone_tail": "5678"}
    assert code(hall.post("/slips", right, by="kiosk")) == "too_many_slip_tries"
    hall.clock.pass_time(minutes=11)
    assert hall.post("/slips", right, by="kiosk").status_code == 200


def test_an_ended_ticket_has_no_slip_and_strangers_tickets_are_not_the_kiosks(hall: Hall, printer: Any) -> None:
    equip(hall, named(printer()))
    ticket = hall.take()
    hall.post(f"/tickets/{ticket['id']}/cancel", by="kiosk")
    assert code(hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk")) == "ticket_ended"
    foreign = hall.take(by="guide")
    assert code(hall.post(f"/tickets/{foreign['id']}/slip", by="kiosk")) == "not_allowed"


def test_the_demos_slips_are_pictures_that_staff_may_look_at(hall: Hall) -> None:
    ticket = hall.take(item=_item_with_a_list(hall))
    assert hall.post(f"/tickets/{ticket['id']}/slip", by="kiosk").status_code == 200
    (address,) = (hall.get("/slips", by="guide").json or {})["slips"]
    browser = hall.browser()
    assert browser.get(address).status_code == 302
    hall.sign_in("guide", client=browser)
    shown = browser.get(address)
    assert shown.mimetype == "image/png" and "no-store" in shown.headers["Cache-Control"]
    with Image.open(io.BytesIO(shown.data)) as picture:
        assert picture.width == 576
    assert browser.get("/inbox/slips/..%2fserve.json").status_code == 404


def _item_with_a_list(hall: Hall) -> str:
    return next(item.id for item in hall.app.hall.items if item.bring)


def test_an_attendant_is_called_once_and_staff_end_the_call(hall: Hall) -> None:
    first = hall.post("/assistance", by="kiosk").json or {}
    second = hall.post("/assistance", {"place": "东门"}, by="kiosk").json or {}
    assert first["called"] and first == second
    (alarm,) = alarms(hall)
    assert (alarm["kind"], alarm["subject"], alarm["id"]) == ("assistance", first["subject"], first["alarm"])
    assert alarm["zh"] == "取号机有人呼叫工作人员，请到场帮助"
    done = hall.post(f"/assistance/{alarm['id']}/done", by="guide")
    assert done.status_code == 200 and alarms(hall) == []
    assert (hall.get("/assistance", by="kiosk").json or {})["called"] is False
    assert code(hall.post(f"/assistance/{alarm['id']}/done", by="guide")) == "alarm_unknown"
    again = hall.post("/assistance", {"place": "二楼 13812345678"}, by="kiosk").json or {}
    assert again["alarm"] != alarm["id"]
    assert alarms(hall)[0]["data"] == {"place": "二楼 138****5678"}


def test_the_health_page_tells_how_each_printer_stands_without_printing(hall: Hall, printer: Any) -> None:
    good, empty, off = printer(), printer("no_paper"), printer()
    off.close()
    equip(hall, named(good, "a"), named(empty, "b"), named(off, "c"))
    with hall.app.flask.app_context():
        given = services()
        lines = printer_checks(given, given.slips)  # type: ignore[arg-type]
    assert [line.ok for line in lines] == [True, False, False]
    assert "正常" in lines[0].says_zh and "请换纸卷" in lines[1].says_zh and "连不上" in lines[2].says_zh
    assert good.papers == []
