"""The counter's pages in one blueprint: sign-in, clerk's terminal, intake, cases, pad, the manager's, guide's, inbox, health and home pages,
the pages behind the counter, and the departments' catalogue."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from server.domain.actor import Actor, Role
from window_terminal import behind, cases, catalogue, guide, health, home, inbox, intake, manager, pad, signin, terminal
from window_terminal.navigation import Tab, tabs_for

blueprint = Blueprint("window_terminal", __name__)


@blueprint.app_context_processor
def _bar() -> dict[str, Any]:
    return {"tabs_for": tabs_for_this_app, "bell_for": bell_for_this_app}


def tabs_for_this_app(actor: Actor, demo: bool) -> list[Tab]:
    """The bar's tabs whose pages are there."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [tab for tab in tabs_for(actor, demo) if tab.href in there]


def bell_for_this_app(actor: Actor) -> bool:
    """Whether the bar has a bell: `actor` may be reminded of cases, and the reminders' route is there."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return "/api/v1/reminders" in there and actor.has(Role.CLERK, Role.APPROVER, Role.HEAD, Role.MANAGER, Role.ADMIN)


for _part in (signin, terminal, intake, cases, pad, manager, guide, inbox, health, home, behind, catalogue):
    blueprint.register_blueprint(_part.blueprint)
