"""The hall's virus scanner: a command that reads a file on its standard input (`clamdscan --no-summary -`)."""

from __future__ import annotations

import os
import posix
import shlex
import shutil

from config.hall_catalogue import Files
from server import concurrency
from server.domain.refusals import Refusal

CLEAN, INFECTED = 0, 1
UNSCANNED = "unscanned"


class FileInfected(Refusal):
    status, code = 422, "file_infected"
    zh = "“{name}”里发现病毒，没有保存。请换一个干净的文件。"
    en = "A virus was found in “{name}”; it was not kept. Please send a clean file."


class ScannerDown(Refusal):
    status, code = 503, "scanner_down"
    zh = "查毒程序没有应答，文件没有保存。请稍候再试，或告知管理员。"
    en = "The virus scanner does not answer and the file was not kept. Try again shortly, or tell an administrator."


def scanned(data: bytes, name: str, files: Files) -> str:
    """ "clean", or "unscanned" where the hall has no scanner. Raises FileInfected, ScannerDown."""
    if not files.scan_command:
        return UNSCANNED
    answer = concurrency.run_blocking(_run, data, files.scan_command, files.scan_seconds)
    if answer == INFECTED:
        raise FileInfected(name=name)
    if answer != CLEAN:
        raise ScannerDown()
    return "clean"


def _run(data: bytes, command: str, seconds: int) -> int:
    """The command's exit code; something else than 0 or 1 when it failed or took too long.

    The bytes go through memory that has no name: never readable on a disk. By `posix` itself, as in config.initials:
    gevent's `subprocess` cannot start a process here. `timeout` ends what hangs.
    """
    memory = os.memfd_create("scan")
    try:
        arguments = [shutil.which("timeout") or "timeout", str(seconds), *shlex.split(command)]
        with os.fdopen(os.dup(memory), "wb") as file:
            file.write(data)
        os.lseek(memory, 0, os.SEEK_SET)
        actions = [
            (os.POSIX_SPAWN_DUP2, memory, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        pid = posix.posix_spawnp(arguments[0], arguments, os.environ, file_actions=actions)
        return os.waitstatus_to_exitcode(posix.waitpid(pid, 0)[1])
    except (OSError, ValueError):
        return -1
    finally:
        os.close(memory)
