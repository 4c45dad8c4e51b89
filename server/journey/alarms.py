"""Alarms with their events, so that the manager's page changes at once."""

from __future__ import annotations

from typing import Any

from server.store.transaction import Tx


def raise_alarm(tx: Tx, kind: str, subject: str, data: dict[str, Any]) -> None:
    if tx.alarms.open(kind, subject, data) is not None:
        tx.events.append("alarm.raised", {"kind": kind, "subject": subject, **data})


def clear_alarm(tx: Tx, kind: str, subject: str) -> None:
    if tx.alarms.clear(kind, subject) is not None:
        tx.events.append("alarm.cleared", {"kind": kind, "subject": subject})


def raised(rx: Tx, kind: str) -> set[str]:
    """The subjects of the alarms of a kind that are open now."""
    return {alarm.subject for alarm in rx.alarms.current() if alarm.kind == kind}
