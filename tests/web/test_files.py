"""Papers of a case over HTTP: who may add and see them, the scanner, and what the disk holds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from typing import Any

import pytest

from config.hall_catalogue import Files
from server.domain.actor import SYSTEM
from server.domain.cases.record import Case
from server.journey.cases import phones
from server.journey.supervising import ReloadRequest, reload_hall
from server.store.transaction import Tx
from server.web.checks import hall_checks
from server.web.context import EXTENSION, Services
from server.web.scanner import ScannerDown, scanned
from tests.web.conftest import Hall, code

PNG = b"\x89PNG\r\n\x1a\n" + b"330102195001011234" * 100
EICAR = PNG + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
NO_EICAR = "sh -c '! grep -q EICAR-STANDARD'"  # exits with 1 where it finds it, as a scanner does
on_both_stores = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


def a_case(hall: Hall, state: str = "draft") -> int:
    """A case of the police, as the store keeps one."""

    def step(tx: Tx, _: None, now: int) -> int:
        told: dict[str, Any] = {
            "item_id": "id-card",
            "item_version": 1,
            "name": "居民身份证换领",
            "department": "市公安局",
            "section": "police",
            "kind": "commitment",
            "channel": "window",
            "applicant": "person",
            "state": state,
            "link": tx.tokens(),
            "owner_name": "",
            "applicant_mask": "张*",
            "created_by": "staff:clerk1",
            "delivery": "counter",
        }
        blank: dict[str, Any] = {"answers": {}, "ticks": frozenset(), "revision": 1, "due_provisional": False}
        numbers = dict.fromkeys(("state_since", "created_at"), now) | dict.fromkeys(
            ("legal_days", "promised_days", "corrections", "item_version"), 1
        )
        nothing = {field.name: None for field in fields(Case)}
        case = Case(**{**nothing, **numbers, **blank, **told, "id": tx.new_id()})
        tx.cases.add(case)
        return case.id

    return int(hall.app.store.write(hall.app.hall_id, step))


def upload(hall: Hall, case: int, data: bytes = PNG, by: str = "clerk1", **query: str) -> Any:
    sent = {"name": "身份证.png", "purpose": "material:id-card", **query}
    return hall.call("POST", f"/cases/{case}/files", by=by, data=data, query_string=sent)


def with_scanner(hall: Hall, command: str) -> None:
    file = hall.app.hall.model_copy(update={"files": Files(scan_command=command, scan_seconds=2)})
    hall.app.store.write(hall.app.hall_id, reload_hall, ReloadRequest(SYSTEM, file))


@on_both_stores
def test_a_paper_is_kept_sealed_once_and_opened_by_the_counter_and_its_department(hall: Hall) -> None:
    case = a_case(hall)
    added = upload(hall, case)
    assert added.status_code == 201, added.text
    first = added.json or {}
    assert (first["purpose"], first["name"], first["media_type"]) == ("material:id-card", "身份证.png", "image/png")
    assert (upload(hall, case).json or {})["id"] == first["id"], "a retry adds nothing"
    (kept,) = (hall.app.settings.data_dir / "files").glob("??/*")
    assert b"330102195001011234" not in kept.read_bytes()
    address = first["url"].removeprefix("/api/v1")
    for by in ("clerk2", "police.approver"):
        answer = hall.get(address, by=by)
        assert answer.data == PNG and answer.headers["Cache-Control"] == "no-store"
    assert len((hall.get(f"/cases/{case}/files", by="police.head").json or {})["files"]) == 1
    read = [
        one for one in hall.app.store.read(hall.app.hall_id, lambda rx: rx.audit.newest()) if one.action == "file.read"
    ]
    assert {one.actor for one in read} == {"staff:clerk2", "staff:police.approver"}


def test_other_departments_citizens_and_pads_see_nothing(hall: Hall) -> None:
    case = a_case(hall)
    address = (upload(hall, case).json or {})["url"].removeprefix("/api/v1")
    assert code(hall.get(address, by="tax.approver")) == "not_your_department"
    assert code(upload(hall, case, by="tax.approver")) == "not_your_department"
    assert code(hall.get(address, by="pad")) == "not_allowed"
    assert code(hall.get(address)) == "not_signed_in"
    for purpose in ("signature", "material:id-card"):
        refused = upload(hall, case, by="pad", purpose=purpose, name="签名.png")
        assert code(refused) == "not_asked_to_sign", "a pad adds what its window has asked for and nothing else"
    for by in ("guide", "police.editor"):
        assert code(hall.get(address, by=by)) == "not_allowed", by
    other = a_case(hall)
    number = address.rsplit("/", 1)[1]
    assert code(hall.get(f"/cases/{other}/files/{number}", by="clerk1")) == "file_unknown"
    assert code(hall.get("/cases/999/files", by="clerk1")) == "case_unknown"


def test_a_paper_is_removed_before_the_case_is_taken_in_and_never_after(hall: Hall) -> None:
    case, accepted = a_case(hall), a_case(hall, "accepted")
    for wanted, status in ((case, 204), (accepted, 409)):
        number = (upload(hall, wanted).json or {})["id"]
        assert hall.post(f"/cases/{wanted}/files/{number}/remove", by="clerk1").status_code == status
    assert (hall.get(f"/cases/{case}/files", by="clerk1").json or {})["files"] == []


@on_both_stores
def test_a_citizen_sends_papers_in_by_link_and_phone_and_the_link_alone_shows_none(hall: Hall) -> None:
    case = a_case(hall)
    link, proof = applied_by(hall, case, "13812341234")
    other = applied_by(hall, a_case(hall), "13912341234")[1]
    address = f"/case-links/{link}/files"

    def send(token: str, data: bytes = PNG) -> Any:
        query = {"name": "身份证.png", "purpose": "material:id-card"}
        return hall.call("POST", address, data=data, query_string=query, headers={"X-Phone-Token": token})

    sent = send(proof)
    assert sent.status_code == 201, sent.text
    number = (sent.json or {})["id"]
    assert (send(proof).json or {})["id"] == number, "a retry adds nothing"
    assert code(send(other)) == "not_your_application"
    assert send("").status_code == 401
    assert hall.get(f"{address}/{number}", headers={"X-Phone-Token": proof}).data == PNG
    assert code(hall.get(f"{address}/{number}", headers={"X-Phone-Token": other})) == "not_your_application"
    assert hall.get(f"{address}/{number}").status_code == 401
    assert len((hall.get(f"/cases/{case}/files", by="clerk1").json or {})["files"]) == 1
    assert hall.post(f"{address}/{number}/remove", {"phone_token": proof}).status_code == 204
    assert code(hall.post(f"{address}/{number}/remove", {"phone_token": proof})) == "file_unknown"
    theirs = (upload(hall, case).json or {})["id"]
    assert code(hall.post(f"{address}/{theirs}/remove", {"phone_token": proof})) == "upload_closed", "the window's own"


def test_after_the_case_was_taken_in_the_citizen_adds_nothing(hall: Hall) -> None:
    link, proof = applied_by(hall, a_case(hall, "accepted"), "13812341234")
    query = {"name": "身份证.png"}
    late = hall.call(
        "POST", f"/case-links/{link}/files", data=PNG, query_string=query, headers={"X-Phone-Token": proof}
    )
    assert code(late) == "upload_closed"


def test_what_was_handed_in_stays_while_a_department_waits_for_a_correction(hall: Hall) -> None:
    case = a_case(hall, "correction")
    before = (upload(hall, case).json or {})["id"]
    hall.clock.pass_time(minutes=1)
    link, proof = applied_by(hall, case, "13812341234")

    def taken_in(tx: Tx, _: None, now: int) -> None:
        tx.cases.set(tx.cases.get(case), start_day="2026-11-20", state_since=now)

    hall.app.store.write(hall.app.hall_id, taken_in)
    since = (upload(hall, case, name="新身份证.png").json or {})["id"]
    address = f"/case-links/{link}/files"
    for number in (before, since):
        mine = hall.post(f"{address}/{number}/remove", {"phone_token": proof})
        assert code(mine) == "upload_closed", "nobody takes back what others have added"
    assert code(hall.post(f"/cases/{case}/files/{before}/remove", by="clerk1")) == "upload_closed"
    assert hall.post(f"/cases/{case}/files/{since}/remove", by="clerk1").status_code == 204


def test_a_files_name_is_not_in_the_audit(hall: Hall) -> None:
    case = a_case(hall)
    added = upload(hall, case, name="张三330102195001011236.png").json or {}
    assert hall.get(added["url"].removeprefix("/api/v1"), by="clerk1").status_code == 200
    assert hall.post(f"/cases/{case}/files/{added['id']}/remove", by="clerk1").status_code == 204
    told = hall.app.store.read(hall.app.hall_id, lambda rx: [str(one.data) for one in rx.audit.newest()])
    assert not [one for one in told if "张三" in one]


def applied_by(hall: Hall, case: int, phone: str) -> tuple[str, str]:
    """The case's link, and the phone's proof."""

    def step(tx: Tx, _: None, now: int) -> tuple[str, str]:
        kept = tx.cases.set(tx.cases.get(case), phone_hash=tx.vault.fingerprint(phone))
        phones.send_code(tx, phones.SendCode(phone, "483920"), now)
        return kept.link, phones.verify_code(tx, phones.VerifyCode(phone, "483920"), now)

    return hall.app.store.write(hall.app.hall_id, step)


def test_an_unknown_purpose_is_named(hall: Hall) -> None:
    assert code(upload(hall, a_case(hall), purpose="../x")) == "invalid_input"


def test_a_virus_is_not_kept_and_a_clean_file_says_that_it_was_scanned(hall: Hall) -> None:
    with_scanner(hall, NO_EICAR)
    case = a_case(hall)
    infected = upload(hall, case, EICAR)
    assert (infected.status_code, code(infected)) == (422, "file_infected")
    assert list((hall.app.settings.data_dir / "files").glob("??/*")) == []
    assert (upload(hall, case).json or {})["scan"] == "clean"


@pytest.mark.parametrize(("command", "ok"), [(NO_EICAR, True), ("no-such-scanner -", False)])
def test_the_health_page_says_whether_the_scanner_answers(hall: Hall, command: str, ok: bool) -> None:
    services: Services = hall.app.flask.extensions[EXTENSION]
    assert not [one for one in hall_checks(services) if one.name_en == "Virus scanner"]
    with_scanner(hall, command)
    assert [one.ok for one in hall_checks(services) if one.name_en == "Virus scanner"] == [ok]


@pytest.mark.parametrize("command", ["no-such-scanner -", "sh -c 'exit 2'", "sleep 60", "'unclosed"])
def test_where_the_scanner_fails_nothing_is_taken_in(command: str) -> None:
    with pytest.raises(ScannerDown):
        scanned(PNG, "身份证.png", Files(scan_command=command, scan_seconds=1))


def test_a_large_file_reaches_the_scanner_whole() -> None:
    data = PNG + bytes(5 << 20) + EICAR[-34:]
    rules = Files(scan_command=f"sh -c 'test $(wc -c) -eq {len(data)}'")
    assert scanned(data, "大.png", rules) == "clean"


ON_A_LOOP = """
import sys
from server import concurrency
concurrency.patch(sys.argv[1])
from config.hall_catalogue import Files
from server.web.scanner import FileInfected, scanned
rules = Files(scan_command="sh -c '! grep -q EICAR'")
def run():
    assert scanned(b"x" * (3 << 20), "a.pdf", rules) == "clean"
    try:
        scanned(b"EICAR", "a.pdf", rules)
    except FileInfected:
        print("found")
concurrency.spawn(run).wait()
"""


@pytest.mark.parametrize("mode", ["eventlet", "gevent"])
def test_the_scanner_runs_whatever_way_the_server_waits(mode: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ON_A_LOOP, mode], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "found", done.stderr
