"""一窗: `run.py serve` serves a hall, `run.py check-hall DIR` reads a hall file and says what is wrong with it,
`run.py simulate TRACE.csv` tries the rules and the windows on a trace or on a day of the hall's log, `run.py import` and `export` carry items in
and out, `run.py restored` says that the database came from a backup.
"""

from __future__ import annotations

import os
import sys
import warnings

# Before every other import: sockets and locks imported earlier would stop the whole process when they wait.
if __name__ == "__main__" and sys.argv[1:2] == ["serve"]:
    warnings.filterwarnings("ignore", message="\nEventlet is deprecated")  # known, and kept in one module
    from server import concurrency

    _mode = os.environ.get("YICHUANG_ASYNC_MODE", "eventlet")
    if _mode in ("eventlet", "gevent", "threading"):  # anything else: the settings say what is wrong
        concurrency.patch(_mode)  # type: ignore[arg-type]

import argparse
from pathlib import Path
from typing import Any


def parser() -> argparse.ArgumentParser:
    """The sub-commands and their help."""
    top = argparse.ArgumentParser(
        prog="run.py",
        description="一窗: the system that runs a government service hall.",
        epilog="Other settings come from the environment: docs/settings.md.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="serve a hall", description="Serve a hall until Ctrl-C or SIGTERM.")
    serve.add_argument("--hall", type=Path, metavar="DIR", help="folder of the hall file (default: config/demo)")
    serve.add_argument("--data", type=Path, metavar="DIR", help="folder of database, keys and SMS file (default: data)")
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1; 0.0.0.0 = every address)")
    serve.add_argument("--port", type=int, help="port to listen on (default: 8000; 0 = any free one)")

    check = commands.add_parser(
        "check-hall",
        help="check a hall file",
        description="Read a hall file and print every problem: file, line or key, what is wrong, what would be right.",
    )
    check.add_argument("hall", type=Path, metavar="DIR", help="folder of the hall file")
    add_simulate(commands)
    add_import(commands)
    restored = commands.add_parser(
        "restored",
        help="the database was restored from a backup",
        description="Say, before serving again, that the database is a backup's: screens begin anew, no case code is given twice.",
    )
    restored.add_argument("--hall", type=Path, metavar="DIR", help="folder of the hall file (default: config/demo)")
    restored.add_argument("--data", type=Path, metavar="DIR", help="the hall's data folder (default: data)")
    return top


def add_import(commands: Any) -> None:
    """`import` and `export`, described in docs/catalogue.md."""
    into = commands.add_parser(
        "import",
        help="items or holidays into the hall",
        description="Take items (XLSX, CSV, JSON) or a year's holidays (JSON) into the hall; every row refused is named.",
        epilog="import items list.xlsx; import items list.json --mapping config/mappings/guangan.toml --publish; import holidays 2026.json",
    )
    into.add_argument("what", choices=("items", "holidays"))
    into.add_argument("--mapping", type=Path, metavar="FILE.toml", help="how to read another system's file")
    into.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    into.add_argument("--publish", action="store_true", help="sound items take effect today, without review")
    into.add_argument("--report", type=Path, metavar="FILE.csv", help="write everything told as a table")
    out = commands.add_parser(
        "export", help="the hall's items to a file", description="Write the hall's items to a file."
    )
    out.add_argument("what", choices=("items",))
    for one in (into, out):
        one.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .csv or .json")
        one.add_argument("--hall", type=Path, metavar="DIR", help="folder of the hall file (default: config/demo)")
        one.add_argument("--data", type=Path, metavar="DIR", help="the hall's data folder (default: data)")


def add_simulate(commands: Any) -> None:
    """`simulate`, described in docs/simulator.md."""
    simulate = commands.add_parser(
        "simulate",
        help="what the waits would be",
        description="Drive the hall's own rules on a virtual clock over a trace, or over a day of the hall's log.",
        epilog="simulate TRACE.csv --windows 6; simulate TRACE.csv --hall DIR; simulate --day 2026-11-20 --windows +2",
    )
    add = simulate.add_argument
    add("trace", type=Path, nargs="?", metavar="TRACE.csv", help="who comes when: docs/simulator.md")
    add("--windows", metavar="N", help="N windows that serve every section; +N: so many more than the hall has")
    add("--hall", type=Path, metavar="DIR", help="the windows, hours and minutes of this hall file")
    add("--day", metavar="DATE", help="replay this day of the hall's own log instead of a trace")
    add("--data", type=Path, metavar="DIR", help="with --day: the hall's data folder (default: data)")
    add("--open", metavar="N,N", help="with --day: the hall's windows that are open too")
    add("--export", type=Path, metavar="FILE", help="with --day: write the day as a trace")
    add("--policy", default="yichuang,pooled,fixed,random", help="which to compare (default: %(default)s)")
    add("--credit-minutes", type=float, default=15, metavar="MIN", help="priority 2 ranks earlier (default: 15)")
    add("--json", action="store_true", help="figures for programs")
    add("--plot", type=Path, metavar="FILE", help="draw the waits: .png, .svg or .pdf")


def main(argv: list[str]) -> int:
    """0 when all went well, 1 when it cannot run here, 2 when what was given is wrong."""
    given = parser().parse_args(argv)
    if given.command == "check-hall":
        from config.check import check

        return check(given.hall)
    if given.command == "simulate":
        from server.simulator.command import Options, run

        return run(Options(**{name: value for name, value in vars(given).items() if name != "command"}))
    if given.command in ("import", "export"):
        from server import import_command

        options = import_command.Options(**{name: value for name, value in vars(given).items() if name != "command"})
        return import_command.run_import(options) if given.command == "import" else import_command.run_export(options)
    if given.command == "restored":
        from server.restored_command import run_restored

        return run_restored(given.hall, given.data)
    from server.serve import serve

    chosen = {"hall_dir": given.hall, "data_dir": given.data, "host": given.host, "port": given.port}
    return serve({name: value for name, value in chosen.items() if value is not None})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
