"""What the tests of the manager's, guide's and inbox pages share: a hall of their own, emptied after each test."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

from tests.support.server import ROOT, HallServer

WIDTH, HEIGHT = 1366, 768


def copy_hall(folder: Path) -> Path:
    """The demo hall's files in a folder of the test's own, free to be changed."""
    hall = folder / "hall"
    shutil.copytree(ROOT / "config/demo", hall)
    return hall


def tidy(server: HallServer) -> None:
    """Nobody waits, every window is closed, issuing goes on."""
    manager = server.signed_in("manager")
    for stop in manager.read("/manage/overview")["stops"]:
        manager.do("/manage/resume-issuing", {"section": stop["section"]} if stop["section"] else {})
    for state in ("waiting", "no_show", "parked"):
        for row in manager.read(f"/tickets?state={state}")["tickets"]:
            manager.do(f"/tickets/{row['id']}/cancel")
    for window in manager.read("/manage/overview")["windows"]:
        if window["ticket"]:
            manager.do("/manage/clear-forgotten", {"tickets": [window["ticket"]["id"]]})
        if window["state"] != "closed":
            manager.do(f"/windows/{window['number']}/close", {"force": True})


def take(server: HallServer, section: str, **more: Any) -> Any:
    """A ticket taken by the guide; `phone=...` and the rest go along."""
    return server.signed_in("guide").do("/tickets", {"section": section, "channel": "guide", **more})


def open_windows(server: HallServer, *numbers: int) -> None:
    for number in numbers:
        server.signed_in(f"clerk{number}").do(f"/windows/{number}/open")


def new_phone() -> str:
    """A mobile number no other test uses."""
    return "139" + str(uuid.uuid4().int)[:8]
