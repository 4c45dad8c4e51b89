"""No route forgets to ask whether this person may touch this very object: each declares its right, or why none is needed."""

from __future__ import annotations

import pytest

from server.domain.actor import Role
from server.web.api.object_rights import names_of, roles_alone
from server.web.api.routing import Operation, Routes
from server.web.api.subjects import operations

OF_ITSELF = {
    "token": "unguessable, and all that names its case or ticket",
    "profile": "only with the confirmed phone's token, which its step compares",
    "ticket": "any window and any guide serve any ticket; kiosks are held to their own in the step",
    "window": "the step compares who opened it",
    "alarm": "whoever the roles admit answers for the whole hall",
    "device": "an admin's or a manager's; a pairing is known by its code",
    "username": "an admin's",
    "item": "what is published is for everybody",
    "bundle": "what is published is for everybody",
}
"""Parameters that need no right of their own, and why; `item` and `bundle` where anybody or a kiosk may ask."""
PARTS = {"file", "name", "paper"}
"""What lies in an object: the right is the object's."""


def named(operation: Operation) -> set[str]:
    return {part.split("}")[0] for part in operation.path.split("{")[1:]}


def needs_right(operation: Operation) -> bool:
    unexplained = named(operation) - OF_ITSELF.keys() - PARTS
    of_the_workshop = "item" in named(operation) and not {Role.ANYONE, Role.KIOSK} & set(operation.roles)
    return bool(unexplained) or of_the_workshop


def test_every_route_that_names_a_case_a_task_a_list_or_a_draft_declares_who_may_touch_it() -> None:
    forgotten = [f"{one.method} {one.path}" for one in operations() if needs_right(one) and one.may is None]
    assert forgotten == []
    assert sum(one.may is not None for one in operations()) > 50


def test_a_new_kind_of_object_is_not_open_to_all_by_silence() -> None:
    routes = Routes("complaints")

    @routes.get("/complaints/{complaint}", (Role.CLERK,), summary="", answers={200: None})
    def see(complaint: int) -> tuple[int, None]:
        return 200, None

    assert needs_right(routes.operations[0])


def test_the_roles_alone_are_enough_only_for_items_as_everybody_at_work_sees_them() -> None:
    """Drafts are for everybody at work to read and to try, what is in force for everybody at work to ask changes of;
    the hall's administration chooses who reviews, whichever department's it is."""
    alone = {f"{one.method} {one.path}" for one in operations() if one.may is roles_alone}
    versions = "/catalogue/items/{item}/versions"
    assert alone == {
        f"GET {versions}",
        f"GET {versions}/{{version}}",
        f"POST {versions}/{{version}}/walk",
        f"POST {versions}/{{version}}/trials",
        f"POST {versions}/{{version}}/reviewers",
        "GET /catalogue/items/{item}/files",
        "GET /catalogue/items/{item}/adjustments",
        "POST /catalogue/items/{item}/adjustments",
    }


def test_a_right_judges_by_what_its_path_names() -> None:
    def of_case(rx: object, by: object, case: int) -> None: ...

    assert names_of(of_case, "/cases/{case}/draft") == ("case",)
    with pytest.raises(ValueError, match="judges by case"):
        names_of(of_case, "/tasks/{task}")
