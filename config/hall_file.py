"""The hall file: `load_hall(folder)` reads hall.toml and its CSV files, and loads all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from config.hall_model import (
    DAYS,
    Area,
    Calls,
    Dispatch,
    HallFile,
    HallInfo,
    Hours,
    Item,
    Limits,
    Paper,
    Priority,
    PriorityClass,
    Section,
    Service,
    SmsKind,
    SmsTexts,
    WindowDef,
    WindowKind,
    span_minutes,
)
from config.hall_reader import read_parts
from config.hall_sms import SmsTemplate
from config.problems import HallFileError, Problem

__all__ = [
    "DAYS",
    "Area",
    "Calls",
    "Dispatch",
    "HallFile",
    "HallFileError",
    "HallInfo",
    "Hours",
    "Item",
    "Limits",
    "Paper",
    "Priority",
    "PriorityClass",
    "Problem",
    "Section",
    "Service",
    "SmsKind",
    "SmsTemplate",
    "SmsTexts",
    "WindowDef",
    "WindowKind",
    "load_hall",
    "span_minutes",
]


def load_hall(folder: Path | str) -> HallFile:
    """The hall described in `folder`; HallFileError with every problem found, and then nothing is loaded."""
    return read_parts(Path(folder)).whole()
