"""一窗: `run.py serve` serves a hall, `run.py check-hall DIR` reads a hall file and says what is wrong with it."""

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
    return top


def main(argv: list[str]) -> int:
    """0 when all went well, 1 when it cannot run here, 2 when what was given is wrong."""
    given = parser().parse_args(argv)
    if given.command == "check-hall":
        from config.check import check

        return check(given.hall)
    from server.serve import serve

    chosen = {"hall_dir": given.hall, "data_dir": given.data, "host": given.host, "port": given.port}
    return serve({name: value for name, value in chosen.items() if value is not None})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
