"""Waiting areas: where a window's calls are seen and heard."""

from __future__ import annotations

from config.hall_file import HallFile
from config.hall_model import Area

WHOLE_HALL = Area(id="hall", name="等候区")


def area_of(file: HallFile, window: int | None) -> Area:
    """The area that hears a window's calls; the hall's first where the file names none, or no longer knows the window."""
    areas = {area.id: area for area in file.areas}
    named = next((one.area for one in file.windows if one.number == window), "")
    return areas.get(named) or next(iter(file.areas), WHOLE_HALL)
