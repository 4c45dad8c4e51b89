"""The manager: the live page, stopping and resuming issuing, forgotten servings, the hall file, paper numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from config.hall_file import HallFileError, load_hall
from server import concurrency
from server.domain.hall import ItemRequired, SectionUnknown
from server.domain.numbering import PaperNumberInvalid
from server.domain.units import moment
from server.journey import hall_views, paper, supervising, views
from server.store.tickets import TicketMoved, TicketUnknown
from server.web.access import LEADERS
from server.web.api.commands import command
from server.web.api.office_schemas import (
    AlarmOut,
    ClearForgotten,
    Ended,
    Entered,
    Overview,
    PaperNumbers,
    Reloaded,
    ResumeIssuing,
    StopIssuing,
    Stops,
)
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.context import actor, services
from server.web.refusals import AlarmUnknown, HallFileInvalid

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("manage")


@routes.get("/manage/overview", LEADERS, summary="大厅实况 The live page", answers={200: Overview})
def overview() -> Reply:
    """Windows, lines, longest wait, alarms, notices, stops, the day's totals."""
    return 200, services().store.read(services().hall_id, hall_views.manager_view)


def _stops(tx: Tx, _: Any) -> Any:
    return {"stops": hall_views.stops_json(tx)}


@routes.post(
    "/manage/stop-issuing",
    LEADERS,
    summary="暂停取号 Stop issuing numbers",
    body=StopIssuing,
    answers={200: Stops},
    refusals=(SectionUnknown, supervising.StopMessageMissing),
)
def stop_issuing(body: StopIssuing) -> Reply:
    """For a section or the whole hall; the sentence is shown on kiosks and on the wall."""
    wanted = supervising.StopRequest(actor(), body.section, body.message_zh, body.message_en or "")
    return command(supervising.stop_issuing, wanted, body, _stops)


@routes.post(
    "/manage/resume-issuing",
    LEADERS,
    summary="恢复取号 Issue numbers again",
    body=ResumeIssuing,
    answers={200: Stops},
    refusals=(SectionUnknown, supervising.NotStopped),
)
def resume_issuing(body: ResumeIssuing) -> Reply:
    """For what was stopped: the section, or the whole hall."""
    return command(supervising.resume_issuing, supervising.StopRequest(actor(), body.section), body, _stops)


@routes.post(
    "/manage/clear-forgotten",
    LEADERS,
    summary="清场 End forgotten servings",
    body=ClearForgotten,
    answers={200: Ended},
    refusals=(TicketUnknown, TicketMoved),
)
def clear_forgotten(body: ClearForgotten) -> Reply:
    """Servings nobody ended. They teach the estimates nothing."""
    tickets = None if body.tickets is None else tuple(body.tickets)
    wanted = supervising.ClearRequest(actor(), tickets)
    return command(
        supervising.clear_forgotten, wanted, body, lambda tx, ended: {"ended": [ticket.id for ticket in ended]}
    )


@routes.post(
    "/manage/reload",
    LEADERS,
    summary="重载大厅文件 Reload the hall file",
    body=Nothing,
    answers={200: Reloaded},
    refusals=(HallFileInvalid, supervising.ReloadWouldStrand, supervising.ReloadWindowInUse),
)
def reload(body: Nothing) -> Reply:
    """The file is checked whole first; a bad one changes nothing and every fault is listed in `detail.problems`."""
    try:
        file = concurrency.run_blocking(load_hall, services().settings.hall_dir)
    except HallFileError as error:
        problems = [{"zh": problem.zh, "en": problem.en} for problem in error.problems]
        raise HallFileInvalid(
            count=len(problems), first=problems[0]["zh"], first_en=problems[0]["en"], problems=problems
        ) from None
    return command(supervising.reload_hall, supervising.ReloadRequest(actor(), file), body, _reloaded)


def _reloaded(tx: Tx, done: supervising.Reloaded) -> Any:
    changes = [{"zh": change.zh, "en": change.en} for change in done.changes]
    return {"version": done.version, "changes": changes, "rehomed": done.rehomed}


@routes.post(
    "/manage/paper-numbers",
    LEADERS,
    summary="补录纸质号 Enter numbers handed out by hand",
    body=PaperNumbers,
    answers={201: Entered},
    refusals=(SectionUnknown, ItemRequired, PaperNumberInvalid, paper.PaperNumberUsed),
)
def paper_numbers(body: PaperNumbers) -> Reply:
    """After an outage, in the order they were handed out; they join the line as of `taken_at`. All or none."""
    taken_at = moment(body.taken_at) if body.taken_at else None
    wanted = paper.PaperRequest(actor(), body.section, tuple(body.numbers), taken_at)
    return command(
        paper.enter_paper_numbers,
        wanted,
        body,
        lambda tx, tickets: {"tickets": [views.ticket_view(tx, ticket.id) for ticket in tickets]},
        201,
    )


@routes.post(
    "/manage/alarms/{alarm}/seen",
    LEADERS,
    summary="告警已阅 An alarm was seen",
    body=Nothing,
    answers={200: AlarmOut},
    refusals=(AlarmUnknown,),
)
def alarm_seen(alarm: int, body: Nothing) -> Reply:
    """The first who saw it is kept; the alarm goes when its cause does."""

    def step(tx: Tx, by: str, now: int) -> Any:
        tx.alarms.seen(alarm, by)
        shown = [one for one in hall_views.manager_view(tx)["alarms"] if one["id"] == alarm]
        if not shown:
            raise AlarmUnknown
        return shown[0]

    return command(step, actor().id, body, lambda tx, shown: shown)
