"""Static files: /static/ui, one folder a page package, and chosen packages of node_modules. No other file.

An address that names the version (`?v=…`, `lit@3.3.3/`) may be kept for ever; any other is asked for again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from server.web.access import ANYONE, audience
from server.web.packing import send_packed, tag, versioned

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = ROOT / "node_modules"
FOLDERS = {
    "ui": ROOT / "server/web/static/ui",
    "kiosk": ROOT / "kiosk/static",
    "display": ROOT / "display/static",
    "window_terminal": ROOT / "window_terminal/static",
}
VENDORS = (
    "@awesome.me/webawesome",
    "@lit/reactive-element",
    "@vant/area-data",
    "lit",
    "lit-element",
    "lit-html",
    "qrcode-generator",
    "socket.io-client",
    "swagger-ui-dist",
)
ENDINGS = frozenset((".js", ".mjs", ".css", ".map", ".svg", ".png", ".webp", ".ico", ".woff2", ".json", ".wav", ".mp3"))
DAY = 86_400  # seconds

blueprint = Blueprint("static_files", __name__)


@cache
def version_of(package: str) -> str:
    """The installed version of a front-end package; "" where it is not installed."""
    try:
        return str(json.loads((NODE_MODULES / package / "package.json").read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def vendor_url(path: str) -> str:
    """Where a page loads `package/file` from: the version is in the address."""
    package = next(name for name in VENDORS if path.startswith(name + "/"))
    version = version_of(package)
    return f"/static/vendor/{package}{'@' + version if version else ''}{path[len(package) :]}"


def static_url(path: str) -> str:
    """Where a page loads one of our own files from, `kiosk/ticket.css`, with the version in the address.

    Not for a module that other modules import: under two addresses it would run twice.
    """
    folder, _, name = path.partition("/")
    return versioned(f"/static/{path}", FOLDERS[folder] / name)


@blueprint.get("/static/vendor/<path:path>")
@audience(*ANYONE, limited=False)
def vendor(path: str) -> Response:
    """A file of a front-end package, from this machine's node_modules."""
    package = next((name for name in VENDORS if path.startswith((name + "/", name + "@"))), None)
    if package is None:
        raise NotFound
    version, _, name = path[len(package) :].partition("/")
    if version and version != "@" + version_of(package):
        raise NotFound  # a page from before an upgrade: it must be loaded again, not mixed
    return _send(NODE_MODULES / package, name, max_age=DAY, unchanging=bool(version))


@blueprint.get("/static/<folder>/<path:path>")
@audience(*ANYONE, limited=False)
def own(folder: str, path: str) -> Response:
    """A file of our own pages; asked for again each time, so that an upgrade is seen at once."""
    if folder not in FOLDERS:
        raise NotFound
    return _send(FOLDERS[folder], path, max_age=0)


def _send(folder: Path, path: str, max_age: int, *, unchanging: bool = False) -> Response:
    if Path(path).suffix not in ENDINGS:
        raise NotFound
    found = safe_join(str(folder), path)
    file = Path(found) if found else None
    if file is None or not file.is_file():
        raise NotFound
    return send_packed(file, max_age, unchanging=unchanging or request.args.get("v") == tag(file))
