"""Citizens' pages on a phone: what to bring, applying online, one's own case, what is kept of one, progress."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Role
from server.web.access import page
from server.web.pages import render_page

blueprint = Blueprint("phone", __name__, template_folder="templates")

COMMON = ("phone",)


def _page(title: tuple[str, str], *scripts: str, rating: bool = False, **data: str) -> ResponseReturnValue:
    """A phone page: its title in both languages, the scripts after the common one, what the scripts are told."""
    files = [f"kiosk/phone/{name}.js" for name in (*COMMON, *scripts)]
    if rating:
        files[1:1] = ["kiosk/ticket-words.js", "kiosk/ticket-rating.js"]
    return render_page("kiosk/phone.html", title=title[0], title_en=title[1], scripts=files, data=data, rating=rating)


@blueprint.get("/g")
@page(Role.ANYONE)
def find() -> ResponseReturnValue:
    """Find an item by words or pinyin initials."""
    return _page(("办事指南", "What to bring"), "find")


@blueprint.get("/g/<item>")
@page(Role.ANYONE)
def guide(item: str) -> ResponseReturnValue:
    """An item's questions and the exact list. Answers and a ticket's token come in the address's fragment."""
    return _page(("办事指南", "What to bring"), "walk", "points", "sheet", "guide", item=item)


@blueprint.get("/g/b/<bundle>")
@page(Role.ANYONE)
def bundle(bundle: str) -> ResponseReturnValue:
    """A 一件事: the questions of all its items and the one list. Answers come in the address's fragment."""
    return _page(("一件事", "One visit, several errands"), "walk", "points", "sheet", "bundle", bundle=bundle)


@blueprint.get("/apply/<item>")
@page(Role.ANYONE)
def apply(item: str) -> ResponseReturnValue:
    """Begin an online application; it goes on at the case's own page."""
    return _page(("网上申请", "Apply online"), "verify", "walk", "apply", item=item)


@blueprint.get("/c/<token>")
@page(Role.ANYONE)
def case(token: str) -> ResponseReturnValue:
    """One case; the link is the key to where it stands, the confirmed phone to what was written."""
    scripts = ("verify", "walk", "fields", "form", "uploads", "result", "bring", "state", "case")
    return _page(("我的办件", "My case"), *scripts, rating=True, token=token)


@blueprint.get("/t/<token>/form")
@page(Role.ANYONE)
def own_form(token: str) -> ResponseReturnValue:
    """自助填表 while waiting: agreed to first, then filled in for the window that calls the number."""
    return _page(("先填表", "My form"), "verify", "fields", "form", "own-form", token=token)


@blueprint.get("/me")
@page(Role.ANYONE)
def me() -> ResponseReturnValue:
    """What the hall keeps to fill in forms with: seen, corrected, deleted."""
    return _page(("我的办件和信息", "My cases and particulars"), "verify", "fields", "form", "own-profile", "me")


@blueprint.get("/progress")
@page(Role.ANYONE)
def progress() -> ResponseReturnValue:
    """Everybody's cases, masked; and one's own by its code and the phone's last four digits."""
    return _page(("办件进度", "Progress"), "progress")
