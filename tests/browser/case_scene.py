"""Cases for the pages behind the counter, made as people make them: a number, a window, answers, ticks, the form, acceptance.

Everything goes through the public API; only what a citizen alone knows (a pick-up code) is read from the demo's inbox.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from tests.support.server import HallServer

LOAN, TRANSFER, FOOD = "fund-loan", "property-joint-transfer", "food-licence-new"
FUND = "市住房公积金管理中心"
APPROVERS = {
    FUND: "fund.approver",
    "市自然资源和规划局": "land.approver",
    "市税务局": "tax.approver",
    "市市场监督管理局": "market.approver",
    "市公安局": "police.approver",
    "市住房和城乡建设局": "housing.approver",
}


def approver_of(department: str) -> str:
    """Who decides for it in the demo; a manager where it has no account of its own."""
    return APPROVERS.get(department, "manager")


PATIENCE = 15.0  # seconds the housekeeper may take to fill the handover lists
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"


def person(serial: int, phone: str, courier: bool = False) -> dict[str, Any]:
    """A form with a right ID number, different for every serial."""
    name = _SURNAMES[serial % len(_SURNAMES)] + "晓" + "明红强"[serial % 3]
    form = {
        "name": name,
        "id_number": id_number(serial),
        "contact_name": name,
        "contact_phone": phone,
        "courier": courier,
    }
    if courier:
        form |= {
            "recipient_name": name, "recipient_phone": phone, "province": "浙江省", "city": "衢州市", "district": "柯城区",
            "recipient_address": f"荷花路{serial + 1}号",
        }  # fmt: skip
    return form


def id_number(serial: int) -> str:
    """GB 11643: 17 digits and their check character."""
    digits = f"33080219900101{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


class Cases:
    """Opens cases at one window of a serving hall."""

    def __init__(self, server: HallServer, window: int = 33, section: str = "general") -> None:
        self.server, self.window, self.section, self._serial = server, window, section, 0
        self.clerk = server.signed_in(f"clerk{window}")

    def open_window(self, number: int) -> None:
        board = self.server.signed_in("manager").read("/manage/overview")["windows"]
        if next(one["state"] for one in board if one["number"] == number) == "closed":
            self.server.signed_in(f"clerk{number}").do(f"/windows/{number}/open")

    def accepted(self, item: str, *, courier: bool = False, phone: str | None = None) -> Any:
        """A visit that opened one case, taken in with every checkpoint ticked; the case as the API shows it."""
        self._serial += 1
        phone = phone or f"139{str(uuid.uuid4().int)[:4]}{self._serial:04d}"
        self.open_window(self.window)
        guide = self.server.signed_in("guide")
        guide.do("/tickets", {"section": self.section, "channel": "guide", "phone": phone})
        self.clerk.do(f"/windows/{self.window}/next")
        self.clerk.do(f"/windows/{self.window}/start")
        case = self.clerk.do("/cases", {"window": self.window, "item": item})
        case = self._answer(case)
        ticks = [
            {"material": one["id"], "checkpoint": point["id"]}
            for one in case["materials"]
            for point in one["checkpoints"]
        ]
        form = {**case["form"], **person(self._serial, phone, courier), "applicant": case["applicants"][0]}
        case = self._draft(case, ticks=ticks, form=form)
        case = self.clerk.do(f"/cases/{case['id']}/accept", {"revision": case["revision"], "deferral": None})
        self.clerk.do(f"/windows/{self.window}/finish")
        return case

    def _draft(self, case: Any, **said: Any) -> Any:
        return self.clerk.do(f"/cases/{case['id']}/draft", {"revision": case["revision"], **said})

    def _answer(self, case: Any) -> Any:
        """Always the first option, until the situation is found."""
        while case["question"]:
            question = case["question"]
            answers = {**case["answers"], question["id"]: [question["options"][0]["id"]]}
            case = self._draft(case, answers=answers)
        return case

    def listed(self, *cases: Any) -> None:
        """The housekeeper has put them on their departments' lists."""
        wanted = {case["id"] for case in cases}
        self._until(lambda: wanted <= {line["case"] for one in self.lists("department") for line in one["lines"]})

    def received(self, *cases: Any) -> None:
        """Both sides have signed for the papers of every department."""
        self.listed(*cases)
        wanted = {case["id"] for case in cases}
        for made in self.lists("department"):
            there = [line["case"] for line in made["lines"] if line["case"] in wanted and line["state"] != "received"]
            if made["state"] == "open" and there:
                self.clerk.do(f"/handovers/{made['id']}/send")
            if there:
                lines = [{"case": case, "received": True} for case in there]
                self.server.signed_in(approver_of(made["department"])).do(
                    f"/handovers/{made['id']}/receive", {"lines": lines}
                )

    def task(self, case: Any, department: str | None = None) -> Any:
        """The department's part of a case, as its approver sees it."""
        department = department or case["department"]
        who = self.server.signed_in(approver_of(department))
        return next(one for one in who.read(f"/tasks?department={department}")["tasks"] if one["case"] == case["id"])

    def approved(self, *cases: Any) -> None:
        """Every department has agreed."""
        for department in {part for case in cases for part in self.departments(case)}:
            for case in cases:
                if department in self.departments(case):
                    task = self.task(case, department)
                    who = self.server.signed_in(approver_of(department))
                    who.do(f"/tasks/{task['id']}/approve", {"opinion": "材料齐全，同意。"})

    def departments(self, case: Any) -> list[str]:
        """Those that decide it together."""
        item = self.server.api.read(f"/catalogue/items/{case['item']}")
        return [item["department"], *item["joint_departments"]]

    def sent_in(self, *cases: Any) -> list[Any]:
        """The departments have sent the results to the issue window; their lists."""
        made = []
        for department in {case["department"] for case in cases}:
            mine = [case["id"] for case in cases if case["department"] == department]
            body = {"department": department, "direction": "issue", "cases": mine}
            made.append(self.server.signed_in(approver_of(department)).do("/handovers", body))
        return made

    def at_issue(self, *cases: Any, window: int = 38) -> None:
        """Approved, sent in by list, on the shelf."""
        self.approved(*cases)
        for made in self.sent_in(*cases):
            lines = [{"case": line["case"], "received": True} for line in made["lines"]]
            self.server.signed_in(f"clerk{window}").do(f"/handovers/{made['id']}/receive", {"lines": lines})

    def pickup_code(self, case: Any) -> str:
        """From the SMS that the citizen got; every case of the scene has a phone with other last digits."""
        found: list[str] = []

        def there() -> bool:
            told = self.server.signed_in("guide").read("/inbox")["messages"]
            mine = [one["text"] for one in told if one["to"] == case["phone_mask"] and one["kind"] == "case_ready"]
            found[:] = re.findall(r"取件码(\d{6})", "".join(mine))
            return bool(found)

        self._until(there)
        return found[0]

    def list_of(self, case: Any) -> Any:
        """The list that its papers go to its first department by."""
        mine = [one for one in self.lists("department") if one["department"] == case["department"]]
        return next(one for one in mine if case["id"] in [line["case"] for line in one["lines"]])

    def lists(self, direction: str) -> Any:
        return self.server.signed_in("manager").read(f"/handovers?direction={direction}")["handovers"]

    @staticmethod
    def _until(there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not there():
            assert time.monotonic() < deadline, "it did not come"
            time.sleep(0.2)
