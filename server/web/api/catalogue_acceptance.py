"""事项验收 over HTTP: who reviews, what they say, and the mock intake at the windows."""

from __future__ import annotations

from server.domain.hall import WindowUnknown
from server.journey.catalogue import accepting, mock_intake, publishing, rights, views
from server.store.catalogue_rows import DraftChanged
from server.web.access import EVERYBODY_AT_WORK, LEADERS
from server.web.api.catalogue_desk import AUTHORS, ONE, PANEL, WHERE, shown
from server.web.api.catalogue_desk_schemas import (
    PanelBody,
    ReviewBody,
    Reviewers,
    ReviewersQuery,
    TrialBody,
    VersionOut,
)
from server.web.api.commands import command
from server.web.api.object_rights import roles_alone
from server.web.api.routing import Reply, Routes
from server.web.context import actor, services

routes = Routes("catalogue_acceptance")


@routes.get(
    "/catalogue/reviewers",
    AUTHORS,
    summary="可选评审人 Who may review",
    query=ReviewersQuery,
    answers={200: Reviewers},
)
def reviewers(query: ReviewersQuery) -> Reply:
    """Everybody at work, by name, user name or department. Whoever wrote a version does not review it."""
    return 200, services().store.read(services().hall_id, views.reviewers_view, query.q)


@routes.post(
    ONE + "/reviewers",
    LEADERS,
    may=roles_alone,
    summary="换评审人 Choose who reviews",
    body=PanelBody,
    answers={200: VersionOut},
    refusals=(*WHERE, *PANEL, DraftChanged, accepting.NotInReview, rights.NeedsLeader),
)
def organize(item: str, version: int, body: PanelBody) -> Reply:
    """By the hall's administration, while it is reviewed: for one who never answers. What was said stays."""
    by = actor()
    wanted = accepting.ChangePanel(by, item, version, tuple(body.reviewers))
    return command(accepting.change_panel, wanted, body, shown(by))


@routes.post(
    ONE + "/reviews",
    EVERYBODY_AT_WORK,
    may=rights.reviews,
    summary="业务评审 Review a version",
    body=ReviewBody,
    answers={200: VersionOut},
    refusals=(
        *WHERE,
        DraftChanged,
        accepting.NotInReview,
        rights.NotAReviewer,
        accepting.ReviewIncomplete,
        accepting.ReviewedAlready,
    ),
)
def review(item: str, version: int, body: ReviewBody) -> Reply:
    """高、中 or 低 for every aspect. One that is not 高 sends the version back with its reason; the last reviewer's 高 on
    to mock intake."""
    by = actor()
    return command(
        accepting.review, accepting.GiveReview(by, item, version, body.grades, body.reasons), body, shown(by)
    )


@routes.post(
    ONE + "/trials",
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="模拟受理 Mock intake",
    body=TrialBody,
    answers={200: VersionOut},
    refusals=(
        *WHERE,
        DraftChanged,
        publishing.NotInMockIntake,
        mock_intake.TrialNotYourWindow,
        mock_intake.TrialWindowNotComprehensive,
        mock_intake.TriedAlready,
        mock_intake.TrialByAuthor,
        mock_intake.ObjectionMissing,
        rights.NotYourDepartment,
        WindowUnknown,
    ),
)
def attempt(item: str, version: int, body: TrialBody) -> Reply:
    """By a clerk at the own open comprehensive window of the item's section; three different clerks at three different
    windows without objection are needed. An approver of its departments may object without a window. Any objection sends
    the version back."""
    by = actor()
    wanted = mock_intake.TryItem(by, item, version, body.window, body.objection)
    return command(mock_intake.try_item, wanted, body, shown(by))
