"""Security headers on every response, and cookies that scripts cannot read."""

from __future__ import annotations

from flask import Flask, Response, request

from server.web.pages import nonce

MAX_BODY = 64 * 1024


def content_security_policy(host: str) -> str:
    """No inline script or style without this response's nonce, no eval, nothing from another site.

    `connect-src` names the host for sockets because older WebViews do not read 'self' as including ws:.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src 'self' 'nonce-{nonce()}'",
            "img-src 'self' data:",
            f"connect-src 'self' ws://{host} wss://{host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def is_https() -> bool:
    """Whether the browser came by https, also behind a proxy that ends TLS. Only ever makes cookies stricter."""
    return request.is_secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"


def set_cookie(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """A cookie for this site alone, out of reach of scripts."""
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Strict", secure=is_https(), path="/")


def clear_cookie(response: Response, name: str) -> None:
    response.delete_cookie(name, httponly=True, samesite="Strict", secure=is_https(), path="/")


ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),  # a citizen's link is in the address
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"),
)
# JSON is no page: it may load nothing at all, so it needs no nonce.
OF_JSON = (*ALWAYS, ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"))
NOT_KEPT = ("Cache-Control", "no-store")


def add_headers(response: Response) -> Response:
    """Those that the view did not set itself."""
    if response.mimetype == "application/json":
        wanted: tuple[tuple[str, str], ...] = OF_JSON
    else:
        host = "".join(c for c in request.host if c.isalnum() or c in ".:-[]")
        wanted = (*ALWAYS, ("Content-Security-Policy", content_security_policy(host)))
    if request.path.startswith("/api/"):
        wanted = (*wanted, NOT_KEPT)
    # One pass over the names instead of one a header: this is done for every answer.
    given = {name.lower() for name, _ in response.headers}
    response.headers.extend([header for header in wanted if header[0].lower() not in given])
    return response


def install_headers(flask: Flask) -> None:
    flask.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    flask.after_request(add_headers)
