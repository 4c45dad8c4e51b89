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


def add_headers(response: Response) -> Response:
    host = "".join(c for c in request.host if c.isalnum() or c in ".:-[]")
    response.headers.setdefault("Content-Security-Policy", content_security_policy(host))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")  # a citizen's link is in the address
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def install_headers(flask: Flask) -> None:
    flask.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    flask.after_request(add_headers)
