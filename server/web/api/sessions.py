"""Signing in and out, and who am I."""

from __future__ import annotations

from flask import jsonify

from server.access import staff
from server.access.identity import Proof
from server.access.refusals import AccountLocked, TooManyRequests, WrongPassword
from server.domain.actor import Actor
from server.web.access import ANYONE, EVERY_ROLE
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Me, SessionOpen, SignIn
from server.web.context import identity, services
from server.web.guard import SESSION_COOKIE, client_address
from server.web.headers import clear_cookie, set_cookie

routes = Routes("sessions")


def person(actor: Actor) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "roles": sorted(str(role) for role in actor.roles),
        "windows": sorted(actor.windows),
    }


@routes.post(
    "/sessions",
    ANYONE,
    summary="登录 Sign in",
    body=SignIn,
    answers={200: SessionOpen},
    refusals=(WrongPassword, AccountLocked, TooManyRequests),
    replayed=False,
)
def sign_in(body: SignIn) -> Reply:
    """Five wrong passwords in a row lock the account for some minutes. An Idempotency-Key is accepted and changes
    nothing here: each sign-in is a session of its own, because an answer that holds a token is never kept."""
    opened = staff.sign_in(services().access, body.username, body.password, client_address())
    response = jsonify({"token": opened.token, "csrf": opened.csrf, "actor": person(opened.actor)})
    set_cookie(response, SESSION_COOKIE, opened.token)
    return response


@routes.delete("/sessions", EVERY_ROLE, summary="退出登录 Sign out", answers={204: None})
def sign_out() -> Reply:
    """Ends this session; its token opens nothing any more. A device stays paired."""
    who = identity()
    response = jsonify(None)
    response.status_code = 204
    response.data = b""
    if who.kind == "staff":
        staff.sign_out(services().access, who)
        clear_cookie(response, SESSION_COOKIE)
    return response


@routes.get("/me", EVERY_ROLE, summary="当前身份 Who am I", answers={200: Me})
def me() -> Reply:
    """`csrf` goes back as X-CSRF-Token with every unsafe request that a cookie signs; null with a Bearer token."""
    who = identity()
    return 200, {"actor": person(who.actor), "csrf": who.csrf if who.proof is Proof.COOKIE else None}
