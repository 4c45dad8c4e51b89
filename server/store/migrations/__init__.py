"""Numbered migrations m000N_name.py, each a list TABLES of statements for both engines. Never edit one that shipped.

`{int}` is a 64-bit integer and `{strict}` SQLite's table option; a literal brace is doubled.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """One migration in each engine's words."""

    name: str
    sqlite: tuple[str, ...]
    postgres: tuple[str, ...]


def steps() -> list[MigrationStep]:
    """All migrations, in order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name.startswith("m"))
    return [_step(name) for name in names]


def _step(name: str) -> MigrationStep:
    tables: list[str] = importlib.import_module(f"{__name__}.{name}").TABLES
    return MigrationStep(
        name,
        sqlite=tuple(sql.format(int="INTEGER", strict=" STRICT") for sql in tables),
        postgres=tuple(sql.format(int="BIGINT", strict="") for sql in tables),
    )
