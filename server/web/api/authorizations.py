"""授权委托: the register of clerks who may decide at the window."""

from __future__ import annotations

from server.access.refusals import StaffUnknown
from server.domain.actor import Role
from server.domain.cases import authorization as rule
from server.journey.cases import authorizing, rights
from server.web.access import LEADERS
from server.web.api.commands import command
from server.web.api.handover_schemas import AuthorizationList, AuthorizationOut, AuthorizationsQuery, Authorize
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services

routes = Routes("authorizations")
MAKERS = (Role.HEAD, *LEADERS)


@routes.get("/authorizations", (Role.CLERK, Role.APPROVER, *MAKERS), summary="授权登记 The register",
            query=AuthorizationsQuery, answers={200: AuthorizationList})  # fmt: skip
def list_(query: AuthorizationsQuery) -> Reply:
    """Newest first. A clerk sees the own ones, a department's people its own."""
    by = actor()
    department, staff = query.department, query.staff
    if not by.leads:
        department = by.department or None
        if department is None:
            staff = by.id.removeprefix("staff:")
    found = services().store.read(services().hall_id, authorizing.register, department, staff)
    return 200, {"authorizations": found}


@routes.post("/authorizations", MAKERS, summary="登记授权 Authorise a clerk", body=Authorize, answers={201: AuthorizationOut},
             refusals=(rule.OtherDepartment, rule.AuthorizationDaysWrong, rule.AuthorizationForClerk,
                       rule.AuthorizationItemUnknown, StaffUnknown))  # fmt: skip
def add(body: Authorize) -> Reply:
    """By the head of the department, or a manager for any department."""
    by = actor()
    wanted = authorizing.AuthorizeRequest(
        by, body.department or by.department, body.staff, tuple(body.items), body.document, body.from_day, body.to_day
    )
    return command(authorizing.authorize, wanted, body, authorizing.authorization_json, 201)


@routes.post("/authorizations/{authorization}/revoke", MAKERS, may=rights.authorizes,
             summary="撤销授权 Revoke", body=Nothing,
             answers={200: AuthorizationOut},
             refusals=(rule.AuthorizationUnknown, rule.OtherDepartment, rule.AuthorizationEnded))  # fmt: skip
def revoke(authorization: int, body: Nothing) -> Reply:
    """From now on; what was decided under it stands."""
    wanted = authorizing.RevokeRequest(actor(), authorization)
    return command(authorizing.revoke, wanted, body, authorizing.authorization_json)
