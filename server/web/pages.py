"""Pages: one way to render them, with everything a page needs and nothing from another site.

In a template: `{{ csrf }}` (send it as X-CSRF-Token), `{{ import_map }}` (the whole script element, put before any
module), `nonce="{{ nonce }}"` on every script and style element, `{{ actor }}`, `{{ hall_name }}`, `{{ hall_name_en }}`,
`{{ page_data(x) }}` (x as JSON in `<script type="application/json" id="page-data">`), `{{ static("kiosk/ticket.css") }}`
and `{{ vendor("socket.io-client/dist/…") }}` (addresses that name the version, so that browsers keep the file). Every script, style sheet and
picture comes from /static/.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from flask import Response, g, make_response, render_template, url_for
from markupsafe import Markup

from server.web.context import identity, services
from server.web.static_files import static_url, vendor_url

IMPORTS = {
    "lit": vendor_url("lit/index.js"),
    "lit/": vendor_url("lit/"),
    "lit-html": vendor_url("lit-html/lit-html.js"),
    "lit-html/": vendor_url("lit-html/"),
    "lit-element": vendor_url("lit-element/index.js"),
    "lit-element/": vendor_url("lit-element/"),
    "@lit/reactive-element": vendor_url("@lit/reactive-element/reactive-element.js"),
    "@lit/reactive-element/": vendor_url("@lit/reactive-element/"),
    "@vant/area-data": vendor_url("@vant/area-data/dist/index.js"),
    "qrcode-generator": vendor_url("qrcode-generator/dist/qrcode.mjs"),
    "socket.io-client": vendor_url("socket.io-client/dist/socket.io.esm.min.js"),
    # dist-cdn carries its own copy of what it needs, so it works without a build step.
    "@awesome.me/webawesome": vendor_url("@awesome.me/webawesome/dist-cdn/webawesome.js"),
    "@awesome.me/webawesome/": vendor_url("@awesome.me/webawesome/dist-cdn/"),
    "ui/": "/static/ui/",
}


def nonce() -> str:
    """This response's nonce: the same in the page and in its Content-Security-Policy."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def script_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028")):
        text = text.replace(char, escape)
    return Markup(text)


def import_map() -> Markup:
    body = script_json({"imports": IMPORTS})
    return Markup('<script type="importmap" nonce="{}">{}</script>').format(nonce(), body)


def page_data(value: Any) -> Markup:
    body = script_json(value)
    return Markup('<script type="application/json" id="page-data" nonce="{}">{}</script>').format(nonce(), body)


def page_context() -> dict[str, Any]:
    """What every template sees; the hall's name costs one cached read."""
    who = identity()
    hall = services().hall_file().hall
    return {
        "nonce": nonce(),
        "csrf": who.csrf,
        "import_map": import_map(),
        "page_data": page_data,
        "actor": who.actor,
        "hall_name": hall.name,
        "hall_name_en": hall.name_en,
        "demo": services().hall_file().demo,
        "static": static_url,
        "vendor": vendor_url,
        "url_for": url_for,
    }


def render_page(template: str, /, status: int = 200, **ctx: Any) -> Response:
    """The page as a response, never kept by a cache: it holds a nonce and a CSRF token."""
    response = make_response(render_template(template, **{**page_context(), **ctx}), status)
    response.headers["Cache-Control"] = "no-store"
    return response
