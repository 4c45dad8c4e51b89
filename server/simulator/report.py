"""The figures as a table for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from unicodedata import east_asian_width

from server.simulator.figures import Figures

ROWS: tuple[tuple[str, Callable[[Figures], str]], ...] = (
    ("办理 served", lambda f: f"{f.served}"),
    ("未办离开 left", lambda f: f"{f.left}"),
    ("  等不及 gave up", lambda f: f"{f.gave_up}"),
    ("  不再发号 no number issued", lambda f: f"{f.refused}"),
    ("  收工未办 unserved at the end", lambda f: f"{f.unserved}"),
    ("平均等候 mean wait, min", lambda f: f"{f.mean_wait:.2f}"),
    ("中位等候 median wait, min", lambda f: f"{f.median_wait:.2f}"),
    ("95% 等候 95th percentile, min", lambda f: f"{f.p95_wait:.2f}"),
    ("最长等候 longest wait, min", lambda f: f"{f.longest_wait:.2f}"),
    ("被后来者超过 overtaken", lambda f: f"{f.overtaken:.1%}"),
    ("  超过 5 分钟 by more than 5 min", lambda f: f"{f.overtaken_5min:.2%}"),
    ("换窗口叫号 called elsewhere", lambda f: f"{f.moved:.1%}"),
    ("预计误差 error of expected min", lambda f: f"{f.eta_error:.2f}"),
    ("  平均多报 told too long by, min", lambda f: f"{f.eta_bias:+.2f}"),
    ("最闲窗口 least busy window", lambda f: f"{f.least_busy:.2f} ×"),
    ("最忙窗口 busiest window", lambda f: f"{f.most_busy:.2f} ×"),
)


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def table(found: Mapping[str, Figures]) -> str:
    """A column a policy."""
    left = max(width(label) for label, _ in ROWS)
    right = [max(9, width(name)) for name in found]
    heads = (" " * (w - width(name)) + name for name, w in zip(found, right, strict=True))
    lines = [" " * left + "  " + "  ".join(heads)]
    for label, show in ROWS:
        cells = (show(figures).rjust(w) for figures, w in zip(found.values(), right, strict=True))
        lines.append(label + " " * (left - width(label)) + "  " + "  ".join(cells))
    return "\n".join(lines)


def as_json(found: Mapping[str, Figures]) -> str:
    return json.dumps({"policies": {name: figures.json() for name, figures in found.items()}}, indent=2)
