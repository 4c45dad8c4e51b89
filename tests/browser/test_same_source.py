"""同源发布: screens that stand open show what is published as soon as it is, untouched."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from tests.browser.test_kiosk import tap
from tests.support.server import HallServer

OpenPage = Callable[..., Any]
DEPARTMENT = "市住房公积金管理中心"


def publish(hall: HallServer, name: str, *materials: str) -> None:
    """An item of these materials, as an administrator imports it."""
    listed = [
        {"id": f"m{n}", "name": one, "source": "申请人自备", "checkpoints": [{"id": "p", "text": "清楚"}]}
        for n, one in enumerate(materials)
    ]
    item = {
        "name": name, "department": DEPARTMENT, "section": "fund", "kind": "commitment", "legal_days": 20,
        "promised_days": 5, "applicants": ["person"], "materials": listed, "always": [one["id"] for one in listed],
        "situations": [{"id": "all", "name": "一般情形"}], "start": "all",
    }  # fmt: skip
    body = json.dumps({"format": "yichuang-catalogue/1", "items": [{"id": "boat-aid", "item": item}]}).encode()
    admin = hall.signed_in("admin")
    path = hall.url + "/api/v1/catalogue/import?name=boat.json&publish=true"
    done = admin.http.post(path, data=body, headers={"Idempotency-Key": uuid.uuid4().hex}, timeout=60)
    assert done.status_code == 200 and done.json()["published"] == ["boat-aid"], done.text


def test_kiosk_guide_desk_and_phone_follow_while_they_are_looked_at(
    hall_server: HallServer, open_page: OpenPage
) -> None:
    hall = hall_server
    publish(hall, "渔船补贴申领", "渔船登记证")
    kiosk = open_page(hall.url + "/kiosk", 1080, 1920, sign_in=(hall, "kiosk"), has_touch=True)
    kiosk.click("[data-find]")
    tap(kiosk, "YCBT")
    kiosk.click("[data-item=boat-aid]")
    kiosk.click("[data-guide]")
    desk, finding = (open_page(hall.url + "/guide", 1366, 768, sign_in=(hall, "guide")) for _ in range(2))
    for page in (desk, finding):
        page.fill("[name=query]", "渔船补贴")
        page.locator("[data-found]", has_text="渔船补贴申领").wait_for()
    desk.keyboard.press("Enter")
    phone = open_page(hall.url + "/g/boat-aid", 390, 844, is_mobile=True)
    lists = ((kiosk, ".walk-list"), (desk, ".check-list"), (phone, ".things"))
    for page, box in lists:
        page.locator(box, has_text="渔船登记证").wait_for()
    publish(hall, "渔船补贴申领（新）", "渔船登记证", "渔业捕捞许可证")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # it is taken out of the pocket
    for page, box in lists:
        page.locator(box, has_text="渔业捕捞许可证").wait_for()
    finding.locator("[data-found]", has_text="渔船补贴申领（新）").wait_for()
