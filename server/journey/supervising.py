"""Step 8: the manager stops issuing, ends forgotten servings (清场), and reloads the hall file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.hall_file import HallFile
from server.domain.actor import Actor
from server.domain.changes import Change, changes_between
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.domain.units import MINUTE
from server.domain.window import WindowState
from server.journey import line
from server.journey.serving import finish_at
from server.journey.step import changes_lines
from server.store.stops import WHOLE_HALL
from server.store.tickets import moved
from server.store.transaction import Tx


class StopMessageMissing(Refusal):
    status, code = 422, "stop_message_missing"
    zh = "请写一句话告诉群众为什么暂停取号，例如“系统故障暂停取号”。"
    en = "Please write the sentence that tells citizens why issuing stops."


class NotStopped(Refusal):
    status, code = 409, "not_stopped"
    zh = "这里没有暂停取号，无需恢复。"
    en = "Issuing is not stopped here."


class ReloadWouldStrand(Refusal):
    status, code = 409, "reload_would_strand"
    zh = "新的大厅文件会让 {waiting} 位等候者无窗口可办（{what}），请保留能办的窗口后再重载。"
    en = "The new hall file would leave {waiting} waiting people without a window ({what}). Keep one for them."


class ReloadWindowInUse(Refusal):
    status, code = 409, "reload_window_in_use"
    zh = "新的大厅文件去掉了正在使用的{windows}号窗口，请先关窗再重载。"
    en = "The new hall file removes window(s) {windows} in use. Close them first, then reload."


class HallIdChanged(Refusal):
    status, code = 409, "hall_id_changed"
    zh = "大厅编号从 {before} 变成了 {after}，正在等候的号会丢失。请改回 {before}，或为新大厅另用一个数据目录。"
    en = "The hall's id changed from {before} to {after}: those who wait would be lost. Change it back, or use another data folder."


@dataclass(frozen=True, slots=True)
class StopRequest:
    """`section` None: the whole hall."""

    by: Actor
    section: str | None
    message_zh: str = ""
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class ClearRequest:
    """`tickets` None: every serving longer than the hall file's forgotten_minutes."""

    by: Actor
    tickets: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReloadRequest:
    by: Actor
    file: HallFile


@dataclass(frozen=True, slots=True)
class Reloaded:
    version: int
    changes: tuple[Change, ...]
    rehomed: int


def stop_issuing(tx: Tx, request: StopRequest, now: int) -> None:
    """Stop issuing numbers, with the sentence kiosk and wall show. Raises StopMessageMissing."""
    zh = request.message_zh.strip()
    if not zh:
        raise StopMessageMissing()
    en = request.message_en.strip() or "Numbers are not being issued at the moment. Please ask the guide desk."
    section = _stop_key(tx, request.section)
    tx.stops.put(section, zh, en, request.by.id, now)
    data: dict[str, Any] = {"section": request.section, "message_zh": zh, "message_en": en}
    tx.events.append("issuing.stopped", data)
    tx.audit.add(request.by.id, "issuing.stopped", f"section:{section}", {"message": zh})


def resume_issuing(tx: Tx, request: StopRequest, now: int) -> None:
    """Issue numbers again. Raises NotStopped."""
    section = _stop_key(tx, request.section)
    if not tx.stops.remove(section):
        raise NotStopped()
    tx.events.append("issuing.resumed", {"section": request.section, "message_zh": "", "message_en": ""})
    tx.audit.add(request.by.id, "issuing.resumed", f"section:{section}")


def _stop_key(tx: Tx, section: str | None) -> str:
    return WHOLE_HALL if section is None else tx.rules.section(section).id


def forgotten(tx: Tx, now: int) -> list[Ticket]:
    """Servings and calls that have lasted longer than the hall file allows, time parked left out."""
    longest = tx.rules.file.calls.forgotten_minutes * MINUTE
    busy = tx.tickets.in_states([State.CALLED, State.SERVING])
    return [t for t in busy if now - (t.started_at or t.called_at or now) - t.parked_total >= longest]


@changes_lines
def clear_forgotten(tx: Tx, request: ClearRequest, now: int) -> list[Ticket]:
    """清场: end servings nobody ended. They teach nothing. Raises TicketMoved for one not at a counter."""
    tickets = forgotten(tx, now) if request.tickets is None else [tx.tickets.get(i) for i in request.tickets]
    ended = []
    for ticket in tickets:
        if ticket.state not in (State.CALLED, State.SERVING) or ticket.window_number is None:
            raise moved(ticket)
        window = tx.windows.get(ticket.window_number)
        ended.append(finish_at(tx, window, ticket, 1, now, end_reason="清场"))
        tx.audit.add(request.by.id, "ticket.cleared", f"ticket:{ticket.id}", {"number": ticket.number})
    return ended


@changes_lines
def reload_hall(tx: Tx, request: ReloadRequest, now: int) -> Reloaded:
    """Make a checked hall file the hall's, for those already waiting too (function 3); nobody is stranded.

    Raises ReloadWouldStrand, ReloadWindowInUse, HallIdChanged; then nothing has changed.
    """
    before = tx.halls.load() if tx.hall.file_version else None  # without the catalogue's items
    if before is not None and before.hall.id != request.file.hall.id:
        raise HallIdChanged(before=before.hall.id, after=request.file.hall.id)
    version = tx.halls.save(request.file, request.by.id)
    tx.windows.ensure((w.number for w in request.file.windows), now)
    if before is None:
        return Reloaded(version, (), 0)
    changes = tuple(changes_between(before, request.file))
    if not changes:
        return Reloaded(version, (), 0)
    _check_windows(tx)
    for section in {stop["section"] for stop in tx.stops.all()} - {WHOLE_HALL, *tx.rules.sections}:
        tx.stops.remove(section)
    moved_people = requeue_waiting(tx, now)
    data = {"version": version, "changes": [{"zh": c.zh, "en": c.en} for c in changes]}
    tx.events.append("hall.reloaded", data)
    tx.audit.add(request.by.id, "hall.reloaded", f"version:{version}", {"changes": [c.zh for c in changes]})
    return Reloaded(version, changes, moved_people)


def _check_windows(tx: Tx) -> None:
    gone = [w for w in tx.windows.all() if w.number not in tx.rules.windows and w.state != WindowState.CLOSED]
    if gone:
        raise ReloadWindowInUse(windows="、".join(str(w.number) for w in gone))


def requeue_waiting(tx: Tx, now: int) -> int:
    """Put everyone who waits into the queue the rules now say; returns how many changed window."""
    stranded: list[Ticket] = []
    displaced: list[Ticket] = []
    for ticket in tx.tickets.in_states([State.WAITING, State.PARKED, State.NO_SHOW]):
        ticket = line.recount(tx, ticket)  # the file's new minutes count for those who wait, too
        wish = ticket.wish_window if ticket.wish_window in tx.rules.windows else None
        able = (wish,) if wish is not None else tuple(sorted(tx.rules.able_or_none(ticket.section, ticket.item)))
        if not able:
            if ticket.state != State.NO_SHOW:  # who missed a call is told when coming back
                stranded.append(ticket)
            continue
        if able == line.able(tx, ticket):
            continue
        queue = tx.queues.id_for(able)
        ticket = tx.tickets.set(ticket, queue_id=queue, wish_window=wish)
        if ticket.state == State.WAITING and ticket.window_number not in able:
            displaced.append(ticket)
    if stranded:
        names = {tx.rules.name_of(t.section, t.item) for t in stranded}
        raise ReloadWouldStrand(waiting=len(stranded), what="、".join(sorted(names)[:5]))
    waiting = {t.id: t for t in [*tx.tickets.homeless(), *displaced]}
    line.touch(tx, *tx.rules.windows)
    line.rehome(tx, list(waiting.values()), now)
    return sum(tx.tickets.get(t.id).window_number != t.window_number for t in waiting.values())
