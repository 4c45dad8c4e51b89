"""The citizen's evaluation (好差评): said with the citizen's link alone, read by managers alone."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from flask import Response

from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain import evaluation as rule
from server.journey.evaluating import EvaluateRequest, evaluate, given_json
from server.journey.evaluation_views import HEADINGS, report, rows_of_days
from server.web.access import ANYONE, LEADERS
from server.web.api.commands import command
from server.web.api.evaluation_schemas import Days, Evaluate, Given, Report, ReportQuery
from server.web.api.links import holder
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services
from server.web.guard import identities

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("evaluations")
SAID = (rule.EvaluatedAlready, rule.EvaluationTooLate, rule.EvaluationTagUnknown, rule.EvaluationTagsNotLow)


@routes.post(
    "/evaluations",
    ANYONE,
    summary="群众评价 Rate the service",
    body=Evaluate,
    answers={201: Given},
    refusals=(
        LinkUnknown,
        TooManyRequests,
        rule.StaffCannotEvaluate,
        rule.EvaluationNotYet,
        rule.NothingToEvaluate,
        *SAID,
    ),
)
def rate(body: Evaluate) -> Reply:
    """Once a service, for some days after it (hall file), with the link on the slip or in the SMS. Reasons go with the
    two low scores, a comment with any. Phones and ID numbers in the comment are masked before they are kept."""
    for one in identities():
        rule.check_who(one.actor)
    _, citizen, ticket = holder(body.token)
    wanted = EvaluateRequest(citizen, ticket, body.score, tuple(body.tags), body.comment)
    return command(evaluate, wanted, body, lambda tx, given: given_json(given), 201, by=citizen)


@routes.get(
    "/evaluations",
    LEADERS,
    summary="评价情况 How citizens rated",
    query=ReportQuery,
    answers={200: Report},
    refusals=(rule.EvaluationDaysWrong,),
)
def see(query: ReportQuery) -> Reply:
    """The five levels, the share rated, averages of windows with five ratings or more; and with `words` the low scores
    to follow up and what citizens wrote. Whoever reads words is in the audit."""
    first, last = _days(query)
    shown = services().store.read(services().hall_id, report, first, last, query.words)
    if shown["low"] or shown["remarks"]:
        _note("evaluations.read", first, last, len(shown["low"]) + len(shown["remarks"]))
    return 200, shown


@routes.get(
    "/evaluations.csv",
    LEADERS,
    summary="导出评价 Evaluations as CSV",
    query=Days,
    answers={200: "text/csv"},
    refusals=(rule.EvaluationDaysWrong,),
)
def export(query: Days) -> Reply:
    """One row an evaluation: time, day, number, section, item, window, clerk, channel, level, reasons, words. UTF-8 with
    a mark, so that spreadsheets read the Chinese. The export is in the audit."""
    first, last = _days(query)
    rows = services().store.read(services().hall_id, rows_of_days, first, last)
    _note("evaluations.export", first, last, len(rows))
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *([_harmless(cell) for cell in row] for row in rows)])
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="evaluations_{first}_{last}.csv"'
    return response


def _days(query: Days) -> tuple[str, str]:
    today = services().store.read(services().hall_id, _today)
    return rule.checked_days(query.first, query.last, today)


def _today(rx: Tx) -> date:
    return rx.rules.day


def _note(action: str, first: str, last: str, rows: int) -> None:
    services().store.audit(services().hall_id, actor().id, action, f"days:{first}/{last}", {"rows": rows})


def _harmless(cell: str) -> str:
    """A citizen's words must not become a formula in the manager's spreadsheet."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
