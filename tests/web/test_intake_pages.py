"""Who may open the intake and the cases, and what only the intake's page may do."""

from __future__ import annotations

import pytest

from tests.web.conftest import Hall


def test_only_the_intake_may_use_the_camera(hall: Hall) -> None:
    browser = hall.browser()
    hall.sign_in("clerk3", client=browser)
    allowed = {path: browser.get(path).headers["Permissions-Policy"] for path in ("/intake?window=3", "/cases")}
    assert "camera=(self)" in allowed["/intake?window=3"]
    assert "camera=()" in allowed["/cases"]
    assert "microphone=()" in allowed["/intake?window=3"]


@pytest.mark.parametrize(
    ("account", "intake", "cases"),
    [("clerk3", 200, 200), ("manager", 200, 200), ("guide", 403, 200), ("fund.approver", 403, 200), ("fund.editor", 403, 403)],
)  # fmt: skip
def test_clerks_take_in_and_those_who_work_on_cases_find_them(
    hall: Hall, account: str, intake: int, cases: int
) -> None:
    browser = hall.browser()
    hall.sign_in(account, client=browser)
    assert (browser.get("/intake").status_code, browser.get("/cases").status_code) == (intake, cases)
