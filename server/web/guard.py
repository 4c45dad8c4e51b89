"""Before every request: who is asking, may they, did the request come from our own page, not too often."""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from server.access.identity import NOBODY, Identity, Proof
from server.access.refusals import CsrfMissing, ForeignOrigin, NotAllowed, NotSignedIn, SessionEnded
from server.web.access import Audience, audience_of
from server.web.context import identity, services
from server.web.headers import set_cookie
from server.web.refusals import BadRequest, Undeclared

SESSION_COOKIE = "yichuang_session"
DEVICE_COOKIE = "yichuang_device"
CSRF_HEADER = "X-CSRF-Token"
BACKGROUND_HEADER = "HTTP_X_BACKGROUND"  # X-Background, as WSGI names it
UNSAFE = frozenset(("POST", "PUT", "PATCH", "DELETE"))


# Browsers keep a cookie for 400 days at most; a screen that is used gets it anew with every page.
DEVICE_COOKIE_SECONDS = 400 * 24 * 3600


def install_guard(flask: Flask) -> None:
    flask.before_request(guard)
    flask.after_request(renew_device_cookie)


def renew_device_cookie(response: Response) -> Response:
    if not response.headers.get("Content-Type", "").startswith("text/html") or identity().kind != "device":
        return response
    token = request.cookies.get(DEVICE_COOKIE)
    if token:
        set_cookie(response, DEVICE_COOKIE, token, DEVICE_COOKIE_SECONDS)
    return response


def guard() -> ResponseReturnValue | None:
    """None lets the request through; a redirect sends a person to sign in; a Refusal ends it."""
    rule, environ = request.url_rule, request.environ
    if rule is None:
        services().access.limits.anonymous(client_address())
        return None  # Flask answers 404 or 405
    declared = audience_of(current_app.view_functions.get(rule.endpoint))
    if declared is None:
        raise Undeclared
    if "\x00" in environ["PATH_INFO"] or (
        environ.get("QUERY_STRING") and any("\x00" in value for value in request.args.values())
    ):
        raise BadRequest  # no name holds one, and PostgreSQL cannot even be asked about it
    unsafe = environ["REQUEST_METHOD"] in UNSAFE
    if unsafe:
        check_origin()
    candidates = identities() if declared.limited else []
    g.identity = who = choose(declared, candidates)
    if who.kind == "anyone" and declared.limited:
        services().access.limits.anonymous(client_address())
    if not declared.admits(who.actor):
        return turn_away(declared, who)
    if unsafe and who.proof is Proof.COOKIE and not declared.public:
        check_csrf(who)
    return None


def client_address() -> str:
    """The asker's address: the socket's, or what a proxy we trust wrote last in X-Forwarded-For."""
    address = request.remote_addr or "?"
    if address in services().settings.trusted_proxies.split(","):
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip() or address
    return address


def bearer() -> str:
    scheme, _, token = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def identities() -> list[Identity]:
    """Everything the request proves, in the order it counts: its header, its person, its device."""
    access = services().access
    quiet = request.environ.get(BACKGROUND_HEADER) == "1"
    token = bearer()
    if token:
        found = access.by_token(token, Proof.BEARER, touch=not quiet)
        return [found] if found else []
    cookies = (request.cookies.get(SESSION_COOKIE), request.cookies.get(DEVICE_COOKIE))
    tried = (access.by_token(cookie, Proof.COOKIE, touch=not quiet) for cookie in cookies if cookie)
    # Where a browser is both a paired screen and somebody's desk, the CSRF token says which page is asking.
    return sorted((found for found in tried if found), key=lambda found: not csrf_fits(found))


def choose(declared: Audience, candidates: list[Identity]) -> Identity:
    """The first identity that may do this, so that a paired screen also works for a signed-in manager."""
    fitting = (one for one in candidates if declared.admits(one.actor))
    return next(fitting, candidates[0] if candidates else NOBODY)


def turn_away(declared: Audience, who: Identity) -> ResponseReturnValue:
    signed_in = who.kind != "anyone"
    if declared.page:
        here = quote(request.full_path.rstrip("?"), safe="/")
        if declared.device_role:  # also for a manager, who opens it to set the screen up
            return redirect(f"/pair?role={declared.device_role}&next={here}")
        if who.kind != "staff":
            return redirect(f"/sign-in?next={here}")
    if signed_in:
        raise NotAllowed
    if bearer() or request.cookies.get(SESSION_COOKIE):
        raise SessionEnded
    raise NotSignedIn


def csrf_fits(who: Identity) -> bool:
    sent = request.headers.get(CSRF_HEADER, "")
    return bool(who.csrf) and secrets.compare_digest(sent.encode(), who.csrf.encode())


def check_csrf(who: Identity) -> None:
    if not csrf_fits(who):
        raise CsrfMissing


def check_origin() -> None:
    """An unsafe request that names its origin must name ours. Browsers always do; other programs need not."""
    if request.environ.get("HTTP_SEC_FETCH_SITE") == "cross-site":
        raise ForeignOrigin
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None:
        return
    ours = {request.host, urlsplit(services().settings.public_url).netloc}
    host = urlsplit(origin).netloc
    if not host or host not in ours:
        raise ForeignOrigin
