"""Rules between the parts of a hall file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.hall_parts import Parts


def check_between(parts: Parts) -> None:
    """Append what is wrong between the parts to `parts.problems`."""
