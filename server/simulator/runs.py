"""Every day under every policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from server.simulator.day import Day
from server.simulator.figures import Tally
from server.simulator.layout import Layouts
from server.simulator.policies import POLICIES
from server.simulator.trace import Visit

Progress = Callable[[str, int], None]


def simulate(
    visits: Sequence[Visit],
    layouts: Layouts,
    policies: Sequence[str],
    progress: Progress = lambda policy, people: None,
) -> dict[str, Tally]:
    """What each policy makes of the trace. `progress(policy, people)`, often: how many came so far."""
    tallies = {}
    for name in policies:
        tally = tallies[name] = Tally()
        done = 0
        for rows in days_of(visits):
            layout = layouts(rows[0].day)
            tally.windows = tuple(sorted({*tally.windows, *layout.staffed}))
            Day(layout, POLICIES[name], tally).run(rows, partial(_report, progress, name, done))
            done += len(rows)
            progress(name, done)
    return tallies


def _report(progress: Progress, policy: str, before: int, today: int) -> None:
    progress(policy, before + today)


def days_of(visits: Sequence[Visit]) -> Iterator[list[Visit]]:
    """The visits of each day; they are in order of arrival."""
    for _, rows in groupby(visits, key=lambda v: v.day):
        yield list(rows)
