"""The waits as a picture: how many waited no longer than so many minutes, a curve a policy. PNG, SVG or PDF by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.domain.units import MINUTE
from server.simulator.figures import Figures, Tally

KINDS = (".png", ".svg", ".pdf")
STYLES = {"pooled": "--"}  # it lies upon yichuang's curve
GREYS = ("0.75", "0.15", "0.45")


class CannotPlot(Exception):
    """Why there is no picture, as one sentence in both languages."""


def check_plot(path: Path) -> None:
    """Before a long run: raises CannotPlot when the picture could not be made after it."""
    if path.suffix.lower() not in KINDS:
        raise CannotPlot(
            f"图片名应以 {'、'.join(KINDS)} 结尾。The picture's name must end in {', '.join(KINDS)}: {path}"
        )
    if not path.absolute().parent.is_dir():
        raise CannotPlot(f"没有文件夹 {path.parent}。There is no folder {path.parent}.")
    try:
        import matplotlib
    except ImportError:
        raise CannotPlot(
            "画图需要 matplotlib：make setup，或 pip install matplotlib。A picture needs matplotlib."
        ) from None
    matplotlib.use("agg")


def plot(tallies: Mapping[str, Tally], path: Path, title: str) -> None:
    """Draw the waits and, below, the figures that the hall promises."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 7), layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=[3, 2])
    for name, tally in tallies.items():
        waits = sorted(wait / MINUTE for wait in tally.waits)
        above.plot(
            waits,
            [100 * (i + 1) / len(waits) for i in range(len(waits))],
            label=name,
            linewidth=2,
            linestyle=STYLES.get(name, "-"),
        )
    longest = max((Figures.of(t).p95_wait for t in tallies.values()), default=0)
    above.set(title=title, xlabel="waited at most, minutes", ylabel="share of those served, %")
    above.set_xlim(0, max(1.0, 1.3 * longest))
    above.legend(loc="lower right")
    above.grid(alpha=0.3)
    _bars(below, {name: Figures.of(tally) for name, tally in tallies.items()})
    figure.savefig(path, dpi=144)


def _bars(axes: Any, found: Mapping[str, Figures]) -> None:
    shares = {
        "overtaken": [f.overtaken for f in found.values()],
        "by > 5 min": [f.overtaken_5min for f in found.values()],
        "called elsewhere": [f.moved for f in found.values()],
    }
    wide = 0.8 / len(shares)
    for place, (grey, (label, values)) in enumerate(zip(GREYS, shares.items(), strict=True)):
        at = [x + (place - 1) * wide for x in range(len(found))]
        bars = axes.bar(at, [100 * v for v in values], wide, label=label, color=grey)
        axes.bar_label(bars, fmt="%.1f", fontsize=8)
    axes.set_xticks(range(len(found)), list(found))
    axes.set_ylabel("share, %")
    axes.margins(y=0.2)
    axes.legend(fontsize=8)
