"""sqlite-utils without numpy: it takes numpy along where that is installed, for columns of numpy's types.

We have none, and every start would pay a quarter of a second for it.
"""

from __future__ import annotations

import sys

_hidden = sys.modules.setdefault("numpy", None) is None  # type: ignore[arg-type]
try:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations
finally:
    if _hidden:
        del sys.modules["numpy"]

__all__ = ["Database", "Migrations"]
