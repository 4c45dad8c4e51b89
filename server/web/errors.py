"""Errors → HTTP: one shape for the API, one friendly page for people, nothing internal in either."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from server.domain.refusals import Refusal
from server.web.pages import nonce
from server.web.refusals import BadRequest, BodyTooLarge, Broken, MethodRefused, NoSuchRoute, NotJson
from server.web.static_files import static_url

log = logging.getLogger("yichuang.web")


def error_body(refusal: Refusal) -> dict[str, Any]:
    """`{"error": {code, message_zh, message_en, detail?}}`."""
    error: dict[str, Any] = {
        "code": refusal.code,
        "message_zh": refusal.message_zh,
        "message_en": refusal.message_en,
    }
    if refusal.detail:
        error["detail"] = refusal.detail
    return {"error": error}


def wants_json() -> bool:
    return request.path.startswith(("/api/", "/healthz", "/metrics", "/voice/")) and request.path != "/api/docs"


def render_refusal(refusal: Refusal) -> Response:
    """The refusal as JSON under /api, else as a page."""
    if wants_json():
        response = jsonify(error_body(refusal))
        response.status_code = refusal.status
    else:
        response = make_response(_error_page(refusal), refusal.status)
    response.headers["Cache-Control"] = "no-store"
    seconds = refusal.detail.get("seconds") or 60 * refusal.detail.get("minutes", 0)
    if refusal.status == 429 and seconds:
        response.headers["Retry-After"] = str(seconds)
    if isinstance(refusal, MethodRefused):
        response.headers["Allow"] = refusal.detail["allowed"]
    if refusal.status == 401 and wants_json():
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _error_page(refusal: Refusal) -> str:
    """The page that says it; when even that cannot be rendered, its bare sentences."""
    try:
        return render_template("error.html", refusal=refusal, nonce=nonce(), static=static_url)
    except Exception:
        log.exception("the error page cannot be rendered")
        words = f"<p>{escape(refusal.message_zh)}</p><p lang=en>{escape(refusal.message_en)}</p>"
        return f"<!doctype html><meta charset=utf-8><title>{refusal.status}</title>{words}"


def from_http(error: HTTPException) -> Refusal:
    """Flask's and werkzeug's own errors in our words."""
    if error.code == 404:
        return NoSuchRoute()
    if error.code == 405:
        allowed = getattr(error, "valid_methods", None) or []
        names = sorted(set(allowed) - {"HEAD", "OPTIONS"})
        return MethodRefused(method=request.method, allowed=", ".join(names))
    if error.code == 413:
        return BodyTooLarge(limit=request.max_content_length or 0)
    if error.code == 415:
        return NotJson()
    return BadRequest()


def install_errors(flask: Flask) -> None:
    def refused(error: Refusal) -> ResponseReturnValue:
        return render_refusal(error)

    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and error.code < 400:
            return error  # a redirect, such as the one to a missing trailing slash
        return render_refusal(from_http(error))

    def broken(error: Exception) -> ResponseReturnValue:
        reference = secrets.token_hex(4)
        log.exception("unhandled error %s in %s %s", reference, request.method, request.endpoint, exc_info=error)
        return render_refusal(Broken(reference=reference))

    flask.register_error_handler(Refusal, refused)
    flask.register_error_handler(HTTPException, http)
    flask.register_error_handler(Exception, broken)
