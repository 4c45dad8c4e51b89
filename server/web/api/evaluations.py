"""The citizen's evaluation (好差评) from the phone. Only the citizen's link may say it, never a signed-in clerk."""

from __future__ import annotations

from server.access.refusals import LinkUnknown, TooManyRequests
from server.domain import evaluation as rule
from server.journey.evaluating import EvaluateRequest, evaluate, given_json
from server.web.access import ANYONE
from server.web.api.commands import command
from server.web.api.evaluation_schemas import Evaluate, Given
from server.web.api.links import holder
from server.web.api.routing import Reply, Routes
from server.web.guard import identities

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
