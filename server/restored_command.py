"""`run.py restored`: says that the hall's database is that of a backup, before it is served again.

The hall gets another epoch: every screen begins anew, and serials of case codes go on past a gap, so that no code that the
lost time gave is given again (server/store/serials.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from server.access.links import new_link
from server.import_command import OK, at_hall, told
from server.serve import say
from server.store.transaction import Tx


def run_restored(
    hall: Path | None = None, data: Path | None = None, out: TextIO = sys.stdout, err: TextIO = sys.stderr
) -> int:
    """0 when it is noted, 1 when it cannot be done here, as while the hall is being served."""
    return told(lambda: _restored(hall, data, out), err)


def _restored(hall: Path | None, data: Path | None, out: TextIO) -> int:
    with at_hall(hall, data, alone=True) as (store, hall_id, _):
        store.write(hall_id, _another_epoch, new_link())
    say(
        "已记下：数据库是从备份恢复的。各屏重新读取，统一申报编码跳过一段再继续，不会重复。\n"
        "    Noted: the database was restored. Screens begin anew, and case codes go on past a gap.",
        out,
    )
    return OK


def _another_epoch(tx: Tx, epoch: str, now: int) -> None:
    tx.hall.epoch = epoch
