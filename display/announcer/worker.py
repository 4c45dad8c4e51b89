"""The process that renders, from inside: `python -m display.announcer.worker SOCKET`. One JSON line asks, one answers.

It ends when the server does, for then its socket ends; an alarm clock of the kernel's ends it should a job hang then.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]
LONGEST_JOB: Final = 30  # seconds; the server gives up earlier, unless it is gone


class Worker:
    """Answers jobs. Each engine is imported with its first job: a hall with recordings needs no espeak."""

    def __init__(self) -> None:
        self._synthesis: Any = None

    def do(self, job: Json) -> Json:
        """The answer to `job`; errors go up."""
        match job["do"]:
            case "recordings":
                from display.announcer import recordings

                recordings.write(recordings.call(job["phrases"], Path(job["folder"])), Path(job["file"]))
                return {}
            case "import recordings":
                import display.announcer.recordings  # noqa: F401

                return {}
            case "speak":
                self._speaker(job).write(job["lang"], job["text"], job["rate"], Path(job["file"]))
                return {}
            case "voices":
                found = self._speaker(job)
                return {"voices": found.voices, "library": found.library}
            case other:
                raise ValueError(f"no such job: {other}")

    def _speaker(self, job: Json) -> Any:
        from display.announcer.synthesis import Synthesis

        if self._synthesis is None:
            self._synthesis = Synthesis(bundled_only=job.get("bundled_only", False))
        return self._synthesis


def main(descriptor: int) -> None:
    """Work until the server closes its end."""
    os.nice(15)  # a call that sounds a moment later is better than a number taken a moment later
    line = socket.socket(fileno=descriptor)
    line.setblocking(True)
    worker = Worker()
    with line, line.makefile("rwb") as wire:
        for asked in wire:
            signal.alarm(LONGEST_JOB)
            try:
                answer = worker.do(json.loads(asked))
            except Exception as problem:
                answer = {"error": f"{type(problem).__name__}: {problem}"}
            signal.alarm(0)
            wire.write(json.dumps(answer).encode() + b"\n")
            wire.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
