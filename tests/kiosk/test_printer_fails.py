"""Every way a printer fails is told apart, and each within its time."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from config.hall_devices import Printer as PrinterOfFile
from kiosk.printer import picture
from kiosk.printer.device import print_job
from kiosk.printer.job import job
from kiosk.printer.printers import Printers
from server.domain import slip
from tests.kiosk.conftest import MakePrinter
from tests.kiosk.test_slip_on_paper import SLIP


@pytest.fixture(scope="module")
def one_job() -> bytes:
    return job(picture.draw(SLIP, 80))


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("no_paper", slip.PrinterOutOfPaper),
        ("paper_ends", slip.PrinterOutOfPaper),
        ("cover", slip.PrinterCoverOpen),
        ("error", slip.PrinterJammed),
        ("jam", slip.PrinterJammed),
        ("slow", slip.PrinterJammed),
        ("drop", slip.PrinterUnreachable),
    ],
)
def test_what_is_wrong_with_the_printer_is_said(
    printer: MakePrinter, hasty: None, one_job: bytes, state: str, why: type[slip.PrinterFailed]
) -> None:
    one = printer(state)
    begun = time.monotonic()
    with pytest.raises(why):
        print_job(one.address, one_job)
    assert time.monotonic() - begun < 2.5
    assert one.papers == []


def test_nothing_was_sent_to_a_printer_without_paper(printer: MakePrinter, hasty: None, one_job: bytes) -> None:
    one = printer("no_paper")
    with pytest.raises(slip.PrinterOutOfPaper):
        print_job(one.address, one_job)
    assert len(one.received) < 20


def test_a_printer_that_is_switched_off_is_out_of_reach(printer: MakePrinter, hasty: None, one_job: bytes) -> None:
    one = printer()
    one.close()
    with pytest.raises(slip.PrinterUnreachable):
        print_job(one.address, one_job)


@pytest.mark.parametrize("state", ["silent", "deaf", "little_paper"])
def test_printers_that_answer_little_print_all_the_same(
    printer: MakePrinter, hasty: None, one_job: bytes, state: str
) -> None:
    one = printer(state)
    assert print_job(one.address, one_job).little_paper == (state == "little_paper")
    for _ in range(100):
        if one.papers:
            break
        time.sleep(0.01)
    assert len(one.papers) == 1


def test_slips_asked_for_at_once_come_out_one_after_another(printer: MakePrinter, tmp_path: Path) -> None:
    one = printer()
    printers = Printers(tmp_path, lambda: 0)
    named = PrinterOfFile(id="p", name="一号", address=one.address)
    threads = [threading.Thread(target=printers.print, args=(named, SLIP)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(one.papers) == 4 and one.most_at_once == 1
    assert len({paper.picture.tobytes() for paper in one.papers}) == 1


def test_who_waits_behind_a_jam_hears_of_it_without_jamming_again(
    printer: MakePrinter, hasty: None, tmp_path: Path
) -> None:
    one = printer("jam")
    printers = Printers(tmp_path, lambda: 0)
    named = PrinterOfFile(id="p", name="一号", address=one.address)
    told: list[str] = []

    def ask() -> None:
        try:
            printers.print(named, SLIP)
        except slip.PrinterFailed as why:
            told.append(why.code)

    begun = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert told == ["printer_jammed"] * 5
    assert time.monotonic() - begun < 4


def test_pictures_are_kept_for_the_newest_fifty(tmp_path: Path) -> None:
    clock = iter(range(10**15, 10**16, 10**6))
    printers = Printers(tmp_path / "slips", lambda: next(clock))
    drawn = picture.draw(SLIP, 58)
    for n in range(60):
        printers.folder.put(drawn, f"20261122T1032{n:02d}_000000", "C012")
    printers.print(PrinterOfFile(id="f", name="图片", address="file", width_mm=58), SLIP)
    names = printers.pictures()
    assert len(names) == 50 and "_C012.png" in names[0]
    assert len(list((tmp_path / "slips").iterdir())) == 50
    assert printers.picture(names[0]) and not printers.picture("../serve.json") and not printers.picture(names[0] + "x")
