"""The part of `Tx` that is used behind the counter: tasks, handovers, results, couriers, reminders, authorizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.store.late import late

if TYPE_CHECKING:
    from server.store.authorizations import Authorizations
    from server.store.case_evaluations import CaseEvaluations
    from server.store.case_lists import CaseLists
    from server.store.couriers import Couriers
    from server.store.handovers import Handovers
    from server.store.lookups import Lookups
    from server.store.reminders import Reminders
    from server.store.results import Results
    from server.store.serials import Serials
    from server.store.tasks import Tasks

BEHIND = (
    "tasks",
    "handovers",
    "results",
    "couriers",
    "reminders",
    "authorizations",
    "lookups",
    "case_evaluations",
    "case_lists",
    "serials",
)


class BehindTheCounter:
    @late
    def tasks(self: Any) -> Tasks:
        from server.store.tasks import Tasks

        return Tasks(self)

    @late
    def handovers(self: Any) -> Handovers:
        from server.store.handovers import Handovers

        return Handovers(self)

    @late
    def results(self: Any) -> Results:
        from server.store.results import Results

        return Results(self)

    @late
    def couriers(self: Any) -> Couriers:
        from server.store.couriers import Couriers

        return Couriers(self)

    @late
    def reminders(self: Any) -> Reminders:
        from server.store.reminders import Reminders

        return Reminders(self)

    @late
    def authorizations(self: Any) -> Authorizations:
        from server.store.authorizations import Authorizations

        return Authorizations(self)

    @late
    def lookups(self: Any) -> Lookups:
        from server.store.lookups import Lookups

        return Lookups(self)

    @late
    def case_evaluations(self: Any) -> CaseEvaluations:
        from server.store.case_evaluations import CaseEvaluations

        return CaseEvaluations(self)

    @late
    def case_lists(self: Any) -> CaseLists:
        from server.store.case_lists import CaseLists

        return CaseLists(self)

    @late
    def serials(self: Any) -> Serials:
        from server.store.serials import Serials

        return Serials(self)
