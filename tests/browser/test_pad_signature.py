"""Signing for a result on the window's pad in a real Chromium: the finger's lines become the case's signature."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.browser.case_scene import LOAN, Cases
from tests.browser.desks import HEIGHT, WIDTH
from tests.browser.record_stage import sign
from tests.browser.record_visit import PAD
from tests.browser.test_readable import faults

ISSUE, RATED_AT = 37, 36


def test_who_collects_signs_with_a_finger_and_the_pad_rests_again(cases: Cases, open_page: Callable[..., Any]) -> None:
    case = cases.accepted(LOAN)
    cases.open_window(ISSUE)
    cases.received(case)
    cases.at_issue(case, window=ISSUE)
    clerk = cases.server.signed_in(f"clerk{ISSUE}")
    pad = open_page(f"{cases.server.url}/pad?window={ISSUE}", *PAD, sign_in=(cases.server, "pad"), has_touch=True)
    pad.locator("[data-view=rest]").wait_for()
    clerk.do(f"/results/{case['id']}/ask-signature", {"window": ISSUE, "collector": "王晓明"})
    pad.locator("[data-view=sign]").wait_for()
    assert pad.inner_text("[data-collector]") == "王**"
    assert pad.locator("[data-signed]").is_disabled(), "an empty field is no signature"
    pad.tap("#signature")
    assert pad.locator("[data-signed]").is_disabled(), "nor is a touch"
    sign(pad)
    pad.tap("[data-clear]")
    assert pad.locator("[data-signed]").is_disabled()
    sign(pad)
    assert faults(pad) == []
    pad.tap("[data-signed]")
    pad.locator("[data-view=rest]").wait_for()
    waiting = clerk.read("/results?state=waiting")["results"]
    file = next(one["signature"] for one in waiting if one["case"] == case["id"])
    kept = clerk.http.get(f"{cases.server.url}/api/v1/cases/{case['id']}/files/{file}")
    picture = Image.open(io.BytesIO(kept.content)).convert("L")
    ink = sum(picture.histogram()[:128])
    assert picture.getpixel((0, 0)) == 255 and 2_000 < ink < picture.width * picture.height / 10


def test_who_has_collected_is_asked_how_the_case_went_with_the_same_buttons(
    cases: Cases, open_page: Callable[..., Any]
) -> None:
    case = cases.accepted(LOAN)
    cases.open_window(RATED_AT)
    cases.received(case)
    cases.at_issue(case, window=RATED_AT)
    clerk = cases.server.signed_in(f"clerk{RATED_AT}")
    pad = open_page(f"{cases.server.url}/pad?window={RATED_AT}", *PAD, sign_in=(cases.server, "pad"), has_touch=True)
    pad.locator("[data-view=rest]").wait_for()
    wanted = {"window": RATED_AT, "collector": "王晓明", "pickup_code": cases.pickup_code(case)}
    clerk.do(f"/results/{case['id']}/hand-over", {**wanted, "unsigned_reason": "手部受伤"})
    pad.locator("[data-view=ask]").wait_for()
    assert pad.locator(".score-zh").all_inner_texts() == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert pad.locator(".about .number").inner_text() == case["board_number"]
    assert faults(pad) == []
    pad.tap("[data-score='2']")
    pad.tap("[data-tag='slow']")
    pad.fill("#comment", "等了很久")
    with pad.expect_response("**/api/v1/pad/case-evaluations") as sent:
        pad.tap("[data-send]")
    assert sent.value.status == 201
    pad.locator("[data-view=thanks]").wait_for()
    shown = clerk.read(f"/cases/{case['id']}")
    assert "等了很久" not in json.dumps(shown, ensure_ascii=False), "no clerk learns what was said"
    manager = open_page(f"{cases.server.url}/manage/evaluations", WIDTH, HEIGHT, sign_in=(cases.server, "manager"))
    manager.click("[data-of=cases]")
    manager.locator(f"[data-department='{case['department']}']").wait_for()
    assert "等了很久" in manager.locator(f"[data-said='{case['code']}']").inner_text()
    assert faults(manager) == []


def test_what_the_clerk_calls_off_is_not_asked_for_any_more(cases: Cases, open_page: Callable[..., Any]) -> None:
    first, second = cases.accepted(LOAN), cases.accepted(LOAN)
    cases.open_window(ISSUE)
    cases.received(first, second)
    cases.at_issue(first, second, window=ISSUE)
    clerk = cases.server.signed_in(f"clerk{ISSUE}")
    pad = open_page(f"{cases.server.url}/pad?window={ISSUE}", *PAD, sign_in=(cases.server, "pad"), has_touch=True)
    clerk.do(f"/results/{first['id']}/ask-signature", {"window": ISSUE, "collector": "李四"})
    pad.locator("[data-collector]", has_text="李*").wait_for()
    sign(pad)
    clerk.do(f"/results/{second['id']}/ask-signature", {"window": ISSUE, "collector": "王晓明"})
    pad.locator("[data-collector]", has_text="王**").wait_for()
    assert pad.locator("[data-signed]").is_disabled(), "the next one begins on an empty field"
