"""A case in a real serving process: from the number through two departments to the shelf and the courier, over HTTP alone.

What the process does by itself (lists that fill, parcels that are ordered) is waited for on an approver's live screen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.settings import Settings
from server.app import create_app
from server.journey.catalogue import publishing, tree
from tests.journey.cases.behind_scene import BY_POST, TAX
from tests.journey.catalogue_scene import ADMIN, POLICE, body, material
from tests.support.hashes import quick_hashes
from tests.support.screen import Screen
from tests.support.server import PASSWORD, HallServer


def publish(data: Path, env: dict[str, str]) -> tuple[int, int]:
    """An item of two departments is in the hall's database before it opens; a window of its section, one for issue."""
    plain = {"start": "all", "questions": [], "situations": [{"id": "all", "name": "全部情形"}], "promised_days": 5}
    settings = Settings(
        data_dir=data, hall_dir=Path("config/demo"), async_mode="threading", demo_password=PASSWORD,
        database_url=env.get("DATABASE_URL", ""),
    )  # type: ignore[call-arg]  # fmt: skip
    with quick_hashes():
        app = create_app(settings)
    window = next(one for one in app.hall.windows if one.kind == "intake" and one.sections)
    item = body(
        name="居住登记", section=window.sections[0], joint_departments=[TAX], result="居住证", always=["household"],
        materials=[material("household", "户口簿")], **plain,
    )  # fmt: skip
    write, hall = app.store.write, app.hall_id
    write(hall, tree.add_node, tree.AddNode(ADMIN, "residence", "居住登记", department=POLICE, is_item=True))
    ready = publishing.PublishReady(ADMIN, [publishing.ReadyItem("residence", item, "jzdj")], "t")
    write(hall, publishing.publish_ready, ready)
    app.store.close()
    return window.number, next(one.number for one in app.hall.windows if one.kind == "issue")


def came(kind: str, times: int = 1) -> Callable[[Screen], bool]:
    return lambda screen: sum(one["type"] == kind for one in screen.bodies("event")) >= times


def test_a_case_goes_from_the_number_to_the_courier_in_a_real_process(
    tmp_path: Path, store_env: dict[str, str], start_server: Callable[..., HallServer]
) -> None:
    data = tmp_path / "data"
    window, issue = publish(data, store_env)
    server = start_server(data=data, env=store_env)
    clerk, issuer = server.signed_in(f"clerk{window}"), server.signed_in(f"clerk{issue}")
    police, tax = server.signed_in("police.approver"), server.signed_in("tax.approver")
    clerk.do(f"/windows/{window}/open")
    issuer.do(f"/windows/{issue}/open")
    server.signed_in("kiosk").do("/tickets", {"item": "residence"})
    clerk.do(f"/windows/{window}/next")
    clerk.do(f"/windows/{window}/start")
    with Screen(server.url, token=police.token) as screen:
        case = clerk.do("/cases", {"window": window, "item": "residence"})
        draft: dict[str, Any] = {
            "revision": case["revision"],
            "ticks": [{"material": "household", "checkpoint": "p1"}],
            "form": BY_POST.model_dump(mode="json", exclude={"applicant", "quantity"}),
        }
        case = clerk.do(f"/cases/{case['id']}/draft", draft)
        case = clerk.do(f"/cases/{case['id']}/accept", {"revision": case["revision"]})
        screen.until(came("handover.listed", 2), 20)
        there = {"lines": [{"case": case["id"], "received": True}]}
        for approver in (police, tax):
            (made,) = approver.read("/handovers?direction=department")["handovers"]
            assert made["lines"][0]["code"] == case["code"]
            clerk.do(f"/handovers/{made['id']}/send")
            approver.do(f"/handovers/{made['id']}/receive", there)
            (task,) = approver.read("/tasks")["tasks"]
            approver.do(f"/tasks/{task['id']}/approve", {"opinion": "同意"})
        assert clerk.read(f"/cases/{case['id']}")["state"] == "approved"
        made = police.do("/handovers", {"direction": "issue", "cases": [case["id"]]})
        issuer.do(f"/handovers/{made['id']}/receive", there)
        screen.until(came("case.courier_ordered"), 30)
        (result,) = issuer.read("/results")["results"]
        assert result["shelf"] == 1 and result["courier"]["waybill"].startswith("EE")
        issuer.do(f"/results/{case['id']}/dispatch")
        screen.until(came("case.sent"), 10)
        personal = ("张三", "13812341234", BY_POST.id_number, "荷花路")
        assert not any(word in str(one) for one in screen.bodies("event") for word in personal)
    own = server.api.do("/progress/lookup", {"code": case["code"], "last4": "1234"})
    assert own["state"] == "sent" and own["courier"]["waybill"] == result["courier"]["waybill"]
    assert server.stop() == 0
