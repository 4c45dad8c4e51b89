"""`make bench`: every benchmark in order, with progress, then docs/benchmarks.md.

    python -m benchmarks                     all of them, and write docs/benchmarks.md
    python -m benchmarks take_and_next       one (or several), printed only
    python -m benchmarks year --quick        the same with less of everything, to try it

It ends with 1 when a promise was missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.report import QUICK, ROOT, SHARE, Section, page, table

# A module has NAME and `measure(say) -> list[Row]`.
MODULES = ("take_and_next", "push", "memory", "many_waiting", "slow_disk", "cold_start", "year")


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


def run(names: Sequence[str]) -> list[Section]:
    sections = []
    for number, name in enumerate(names, 1):
        module = import_module(f"benchmarks.{name}")
        say(f"{number}/{len(names)} {module.NAME}")
        began = time.perf_counter()
        rows = module.measure(say)
        sections.append(Section(name, module.NAME, rows, time.perf_counter() - began))
        for line in table(rows)[2:]:
            say(line)
    return sections


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the hall.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODULES)}; all without one")
    parser.add_argument("--quick", action="store_true", help="less of everything: to see that it runs, not to quote")
    parser.add_argument("--share", type=float, help="of the year that `year` plays, 0 to 1")
    parser.add_argument("--write", type=Path, help="write the page here (docs/benchmarks.md when all are run)")
    wanted = parser.parse_args()
    for name in wanted.names:
        if name not in MODULES:
            parser.error(f"there is no benchmark {name!r}: choose from {', '.join(MODULES)}")
    if wanted.quick:
        os.environ[QUICK] = "1"
    if wanted.share:
        os.environ[SHARE] = str(wanted.share)
    sections = run(wanted.names or MODULES)
    everything = not (wanted.names or wanted.quick or wanted.share)
    target = wanted.write or (ROOT / "docs/benchmarks.md" if everything else None)
    if target:
        target.write_text(page(sections), "utf-8")
        say(f"written: {target}")
    missed = [row for section in sections for row in section.rows if row.missed]
    for row in missed:
        say(f"missed: {row.what}: {row.ratio:.3g} {row.unit}, promised {row.limit}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
