"""What browsers load: small on a bad link, kept where its address names its version, and nothing else of the disk."""

from __future__ import annotations

import gzip

import pytest

from server.web.static_files import NODE_MODULES, ROOT, static_url, vendor_url
from tests.web.conftest import Hall

TICKET = "/static/kiosk/ticket.js"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_browser_that_takes_gzip_gets_the_same_file_smaller(hall: Hall) -> None:
    browser = hall.browser()
    plain, packed = browser.get(TICKET), browser.get(TICKET, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip" and packed.mimetype == plain.mimetype
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data == (ROOT / "kiosk/static/ticket.js").read_bytes()
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_gzip_refused_by_the_browser_is_not_sent(hall: Hall) -> None:
    assert "Content-Encoding" not in hall.browser().get(TICKET, headers={"Accept-Encoding": "gzip;q=0, br"}).headers


def test_a_browser_that_has_the_file_is_told_so_and_no_more(hall: Hall) -> None:
    browser = hall.browser()
    for headers in ({}, GZIP):
        etag = browser.get(TICKET, headers=headers).headers["ETag"]
        again = browser.get(TICKET, headers={**headers, "If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag and again.headers["Vary"] == "Accept-Encoding"
    plain_etag = browser.get(TICKET).headers["ETag"]
    assert browser.get(TICKET, headers={**GZIP, "If-None-Match": plain_etag}).status_code == 200


def test_a_part_of_a_file_is_a_part_of_the_plain_file(hall: Hall) -> None:
    answer = hall.browser().get(TICKET, headers={**GZIP, "Range": "bytes=0-9"})
    assert answer.status_code == 206 and "Content-Encoding" not in answer.headers
    assert answer.data == (ROOT / "kiosk/static/ticket.js").read_bytes()[:10]


@pytest.mark.parametrize("path", ["/t/abcdefghjkmn", "/sign-in", "/api/v1/board", "/api/openapi.json", "/healthz"])
def test_pages_and_answers_are_never_compressed(hall: Hall, path: str) -> None:
    assert "Content-Encoding" not in hall.browser().get(path, headers=GZIP).headers


def test_an_address_with_the_version_is_kept_and_any_other_asked_for_again(hall: Hall) -> None:
    browser = hall.browser()
    for url in (static_url("kiosk/ticket.js"), vendor_url("socket.io-client/dist/socket.io.min.js")):
        answer = browser.get(url, headers=GZIP)
        assert answer.status_code == 200, url
        assert "immutable" in answer.headers["Cache-Control"] and "max-age=31536000" in answer.headers["Cache-Control"]
    assert "immutable" not in browser.get(TICKET).headers["Cache-Control"]
    assert "immutable" not in browser.get(TICKET + "?v=older").headers["Cache-Control"]
    assert "no-cache" in browser.get(TICKET).headers["Cache-Control"]


def test_a_page_from_before_an_upgrade_does_not_get_the_new_package_under_the_old_name(hall: Hall) -> None:
    browser = hall.browser()
    assert browser.get("/static/vendor/lit@0.0.1/index.js").status_code == 404
    assert browser.get("/static/vendor/lit/index.js").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/kiosk/../pages.py",
        "/static/kiosk/%2e%2e/pages.py",
        "/static/vendor/lit/../axe-core/axe.min.js",
        "/static/vendor/lit/../../requirements.lock",
        "/static/vendor/axe-core/axe.min.js",
        "/static/kiosk/",
        "/static/kiosk/nothing.js",
    ],
)
def test_nothing_else_on_the_disk_is_served(hall: Hall, path: str) -> None:
    assert (NODE_MODULES / "axe-core").is_dir()
    assert hall.browser().get(path, headers=GZIP).status_code == 404


def test_a_wrong_address_gets_the_error_page_in_the_halls_own_look(hall: Hall) -> None:
    answer = hall.browser().get("/no-such-page")
    assert answer.status_code == 404
    assert 'class="card says"' in answer.text and "/static/ui/tokens.css?v=" in answer.text
