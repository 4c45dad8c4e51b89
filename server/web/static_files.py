"""Static files: /static/ui, one folder a page package, and chosen packages of node_modules. No other file."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, send_from_directory
from werkzeug.exceptions import NotFound

from server.web.access import ANYONE, audience

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
    "lit",
    "lit-element",
    "lit-html",
    "qrcode-generator",
    "socket.io-client",
    "swagger-ui-dist",
)
ENDINGS = frozenset((".js", ".mjs", ".css", ".map", ".svg", ".png", ".webp", ".ico", ".woff2", ".json", ".wav", ".mp3"))

blueprint = Blueprint("static_files", __name__)


@blueprint.get("/static/vendor/<path:path>")
@audience(*ANYONE, limited=False)
def vendor(path: str) -> Response:
    """A file of a front-end package, from this machine's node_modules."""
    package = next((name for name in VENDORS if path.startswith(name + "/")), None)
    if package is None:
        raise NotFound
    return _send(NODE_MODULES / package, path[len(package) + 1 :], max_age=86_400)


@blueprint.get("/static/<folder>/<path:path>")
@audience(*ANYONE, limited=False)
def own(folder: str, path: str) -> Response:
    """A file of our own pages; asked for again each time, so that an upgrade is seen at once."""
    if folder not in FOLDERS:
        raise NotFound
    return _send(FOLDERS[folder], path, max_age=0)


def _send(folder: Path, path: str, max_age: int) -> Response:
    if Path(path).suffix not in ENDINGS:
        raise NotFound
    return send_from_directory(folder, path, max_age=max_age, conditional=True)
