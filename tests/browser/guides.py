"""What the tests of the guides and of online applications share: items of the demo's catalogue, and a phone's code."""

from __future__ import annotations

import re
from typing import Any

from tests.support.server import HallServer


def published(server: HallServer, *items: str) -> None:
    """The demo's catalogue is in force from the first start on."""
    for item in items:
        assert server.api.read(f"/catalogue/items/{item}")["id"] == item


def code_sent(server: HallServer, phone: str) -> str:
    """The newest confirmation code in the demo's SMS inbox."""
    mask = f"{phone[:3]}****{phone[-4:]}"
    inbox = server.signed_in("guide").read("/inbox")["messages"]
    texts = [one["text"] for one in inbox if mask in str(one) or phone in str(one)]
    found: Any = next(match for text in texts if (match := re.search(r"(?<!\d)(\d{6})(?!\d)", text)))
    return str(found.group(1))


PERSON = {"name": "张丽华", "id_number": "330102195001011236", "contact_name": "张丽华"}


def confirm_phone(page: Any, server: HallServer, phone: str) -> None:
    """Type the phone and the code from its SMS into the page's form."""
    page.fill("#phone", phone)
    page.click("#send-code")
    page.wait_for_selector("#code", state="visible")
    page.fill("#code", code_sent(server, phone))
    page.click("#confirm-code")


def phone_token(server: HallServer, phone: str) -> str:
    """The same through the API."""
    server.api.do("/phone-codes", {"phone": phone})
    token: str = server.api.do("/phone-codes/verify", {"phone": phone, "code": code_sent(server, phone)})["phone_token"]
    return token


def answer_all(page: Any, end: str) -> None:
    """The first answer to each question (none, where several may be chosen) until `end` is there."""
    while True:
        page.locator(f"[data-question], {end}").first.wait_for()
        if page.locator(end).count():
            return
        question = page.get_attribute("[data-question]", "data-question")
        after = "#walk-next, [data-walk-next]"  # a phone's, the kiosk's
        page.click(after if page.locator(after).count() else "[data-option] >> nth=0")
        page.wait_for_function("q => document.querySelector('[data-question]')?.dataset.question !== q", arg=question)


def taken_in(
    server: HallServer, phone: str, window: int = 26, clerk: str = "clerk26", defer: bool = False
) -> dict[str, Any]:
    """A fund loan accepted at a window, with `defer` one paper to follow; the clerk's view with the citizen's `link`."""
    at = server.signed_in(clerk)
    ticket = server.signed_in("guide").do("/tickets", {"section": "fund", "phone": phone, "channel": "guide"})
    assert at.do(f"/windows/{window}/next")["number"] == ticket["number"]
    at.do(f"/windows/{window}/start")
    case = at.do("/cases", {"window": window, "item": "fund-loan"})
    answers = {"marital": ["married"], "more": []}
    draft = {"revision": case["revision"], "answers": answers, "form": {**PERSON, "contact_phone": phone}}
    case = at.do(f"/cases/{case['id']}/draft", draft)
    later = next(m["id"] for m in case["materials"] if m["deferrable"]) if defer else None
    here = [one for one in case["materials"] if one["id"] != later]
    ticks = [{"material": m["id"], "checkpoint": c["id"]} for m in here for c in m["checkpoints"]]
    case = at.do(f"/cases/{case['id']}/draft", {"revision": case["revision"], "ticks": ticks})
    deferral = {"commitment": "本人承诺按期补交。", "until": case["promise"]["day"]} if defer else None
    case = at.do(f"/cases/{case['id']}/accept", {"revision": case["revision"], "deferral": deferral})
    at.do(f"/windows/{window}/finish")
    token = str(ticket["link"]).rsplit("/", 1)[-1]
    case["link"] = server.api.read(f"/links/{token}/cases")["cases"][0]["link"]
    return dict(case)


def path_of(case: dict[str, Any]) -> str:
    return "/c/" + str(case["link"]).rsplit("/", 1)[-1]


def to_issue(server: HallServer, case: dict[str, Any], window: int = 38) -> None:
    """A fund loan's papers go to the fund, which approves; its result comes to the issue window's shelf."""
    desk, fund = server.signed_in("clerk26"), server.signed_in("fund.approver")
    made = desk.do("/handovers", {"department": case["department"], "direction": "department"})
    lines = [{"case": line["case"], "received": True} for line in made["lines"]]
    fund.do(f"/handovers/{made['id']}/receive", {"lines": lines})
    task = next(one for one in fund.read("/tasks")["tasks"] if one["case"] == case["id"])
    fund.do(f"/tasks/{task['id']}/approve", {"opinion": "同意"})
    sent = fund.do("/handovers", {"direction": "issue", "cases": [case["id"]]})
    issue = server.signed_in(f"clerk{window}")
    issue.post(f"/windows/{window}/open")
    issue.do(f"/handovers/{sent['id']}/receive", {"lines": [{"case": case["id"], "received": True}]})


def decided_at_once(server: HallServer, phone: str, window: int = 18) -> dict[str, Any]:
    """An identity card's renewal, taken in and decided at one window by one person."""
    at = server.signed_in(f"clerk{window}")
    at.post(f"/windows/{window}/open")
    ticket = server.signed_in("guide").do("/tickets", {"item": "id-card-renew", "phone": phone, "channel": "guide"})
    assert at.do(f"/windows/{window}/next")["number"] == ticket["number"]
    at.do(f"/windows/{window}/start")
    case = at.do("/cases", {"window": window, "item": "id-card-renew"})
    while question := case["question"]:
        chosen = [] if question["kind"] == "multiple" else [question["options"][0]["id"]]
        answers = {**case["answers"], question["id"]: chosen}
        case = at.do(f"/cases/{case['id']}/draft", {"revision": case["revision"], "answers": answers})
    ticks = [{"material": m["id"], "checkpoint": c["id"]} for m in case["materials"] for c in m["checkpoints"]]
    draft = {"revision": case["revision"], "ticks": ticks, "form": {**PERSON, "contact_phone": phone}}
    case = at.do(f"/cases/{case['id']}/draft", draft)
    case = at.do(f"/cases/{case['id']}/accept", {"revision": case["revision"]})
    case = at.do(f"/cases/{case['id']}/decide-at-once", {"window": window, "decision": "approved"})
    token = str(ticket["link"]).rsplit("/", 1)[-1]
    case["link"] = server.api.read(f"/links/{token}/cases")["cases"][0]["link"]
    return dict(case)
