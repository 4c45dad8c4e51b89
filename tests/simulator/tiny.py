"""Short traces, run in a hall of equal windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from server.domain.units import MINUTE, SECOND, moment
from server.simulator.figures import Figures
from server.simulator.layout import Layout, equal_windows
from server.simulator.runs import simulate
from server.simulator.trace import Visit

DAY = date(2026, 11, 20)
MORNING = moment(datetime(2026, 11, 20, 9, tzinfo=UTC))


def visit(arrives: float, service: float | None, section: str = "a", **more: object) -> Visit:
    """Somebody who comes so many minutes after nine and needs so many."""
    if isinstance(more.get("patience"), int | float):
        more["patience"] = round(float(str(more["patience"])) * MINUTE)
    if isinstance(more.get("credit"), int | float):
        more["credit"] = round(float(str(more["credit"])) * MINUTE)
    at = MORNING + round(arrives * MINUTE)
    needs = None if service is None else round(service * MINUTE)
    return Visit(0, DAY, at, section, service=needs, **more)  # type: ignore[arg-type]


def run(visits: Sequence[Visit], windows: int, policy: str = "yichuang", mean: float = 5) -> Figures:
    """The figures in a hall of equal windows, where a service is expected to take `mean` minutes."""
    seconds = round(mean * 60)
    return Figures.of(simulate(visits, equal_windows(windows, {}, seconds), [policy])[policy])


def skilled(able: dict[str, tuple[int, ...]], mean: float = 5, fairness: float = 2) -> Callable[[date], Layout]:
    """Windows that serve some sections each."""
    numbers = tuple(sorted({n for windows in able.values() for n in windows}))
    layout = Layout(
        windows=numbers,
        able=lambda section, item: able[section],
        file_seconds=lambda section, item: round(mean * 60),
        mean=lambda section: round(mean * 60),
        fairness=round(fairness * 60) * SECOND,
    )
    return lambda day: layout
