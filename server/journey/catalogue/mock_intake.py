"""模拟受理: clerks take a version in at their windows for trial, three different ones, before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.catalogue.review import MOCK_WINDOWS, MockIntake, Stage, counted, mock_verdict, trial_windows
from server.domain.refusals import Refusal
from server.domain.window import Window, WindowState
from server.journey.cases.items import departments
from server.journey.catalogue.drafting import item_node, username
from server.journey.catalogue.publishing import NotInMockIntake
from server.journey.catalogue.rights import NotYourDepartment
from server.store.catalogue_rows import VersionRow
from server.store.transaction import Tx


class TrialNotYourWindow(Refusal):
    status, code = 403, "trial_not_your_window"
    zh = "请在您自己开着的窗口模拟受理，{window}号窗口现在不是。"
    en = "Try the item at the window you have open yourself; window {window} is not."


class TrialWindowNotComprehensive(Refusal):
    status, code = 409, "trial_window_not_comprehensive"
    zh = "{window}号窗口不是“{section}”的综合受理窗口，请在这些窗口模拟受理：{windows}。"
    en = "Window {window} is no comprehensive window of “{section}”. Try the item at one of these: {windows}."


class TriedAlready(Refusal):
    status, code = 409, "tried_already"
    zh = "这一轮{name}已在{window}号窗口试过，还要不同的受理人员在不同的窗口试。"
    en = "{name} has tried it at window {window} in this round. Another clerk at another window is needed."


class TrialByAuthor(Refusal):
    status, code = 403, "trial_by_author"
    zh = "这一版是您参与写的，请由没有写过它的受理人员模拟受理。"
    en = "You wrote at this version. A clerk who did not is to try it."


class ObjectionMissing(Refusal):
    status, code = 422, "objection_missing"
    zh = "请写明对“{item}”的异议；没有异议由窗口模拟受理确认。"
    en = "Say what stands against “{item}”; that nothing does is for the windows to find."


@dataclass(frozen=True, slots=True)
class TryItem:
    """`window` None: an approver's objection. `objection` "" when the mock intake went well."""

    by: Actor
    item: str
    version: int
    window: int | None
    objection: str = ""


def try_item(tx: Tx, request: TryItem, now: int) -> VersionRow:
    """A mock intake at an open comprehensive window; any objection, also an approver's, sends the version back.

    Raises NotInMockIntake, TrialNotYourWindow, TrialWindowNotComprehensive, TriedAlready, TrialByAuthor,
    NotYourDepartment, ObjectionMissing, WindowUnknown.
    """
    node = item_node(tx, request.item)
    row = tx.catalogue.row(node.id, request.version)
    if row.stage != Stage.MOCK:
        raise NotInMockIntake(item=node.name, version=row.version)
    objection = request.objection.strip()
    if request.window is None:
        _approver(row, request.by)
    else:
        check_clerk(tx, row, request.by, request.window)
    if request.window is None and not objection:
        raise ObjectionMissing(item=node.name)
    if not objection:
        check_fresh(tx, row, request.by, request.window)
    window = request.window or 0
    tx.acceptance.add_trial(row, MockIntake(window, username(request.by), objection))
    data = {"version": row.version, "window": window, "objection": objection}
    tx.audit.add(request.by.id, "item.tried", f"item:{node.id}", data)
    if mock_verdict(trials_of(tx, row)) != Stage.DRAFT:
        return row
    where = f"{window}号窗口" if window else request.by.name
    note = f"模拟受理退回（{where}）：{objection}"
    return tx.catalogue.move(row, Stage.DRAFT, request.by.id, note=note, revision=row.revision + 1)


def trials_of(rx: Tx, row: VersionRow) -> list[MockIntake]:
    """Of the round it is in."""
    return [one for round_, _, one in rx.acceptance.trials(row) if round_ == row.round]


def windows_for(rx: Tx, row: VersionRow) -> frozenset[int]:
    """The windows that may try this version."""
    known = rx.rules.windows.values()
    comprehensive = frozenset(one.number for one in known if one.kind == "intake" and one.sections)
    return trial_windows(rx.rules.whole_section.get(row.item.section, frozenset()), comprehensive)


def check_clerk(rx: Tx, row: VersionRow, by: Actor, number: int) -> None:
    """At the own open window, one that may try it, by nobody who wrote it.

    Raises TrialNotYourWindow, TrialWindowNotComprehensive, TrialByAuthor, WindowUnknown.
    """
    window = rx.windows.get(number)
    if window.state == WindowState.CLOSED or window.clerk != by.id:
        raise TrialNotYourWindow(window=number)
    able = windows_for(rx, row)
    if number not in able:
        section = rx.rules.name_of(row.item.section, None)
        raise TrialWindowNotComprehensive(window=number, section=section, windows=", ".join(map(str, sorted(able))))
    if username(by) in row.written_by:
        raise TrialByAuthor()


def check_fresh(rx: Tx, row: VersionRow, by: Actor, number: int | None) -> None:
    """Raises TriedAlready where this clerk, or this window, has counted in this round."""
    who = username(by)
    for one in counted(trials_of(rx, row)):
        if one.clerk == who or one.window == number:
            account = rx.staff.find(one.clerk)
            raise TriedAlready(name=account.name if account else one.clerk, window=one.window)


def may_object(row: VersionRow, by: Actor) -> bool:
    """Those who decide its cases (后台审批人员), and leaders."""
    return by.leads or (by.has(Role.APPROVER, Role.HEAD) and by.department in departments(row.item))


def _approver(row: VersionRow, by: Actor) -> None:
    """Raises TrialNotYourWindow, NotYourDepartment."""
    if not may_object(row, by):
        decides = by.has(Role.APPROVER, Role.HEAD)
        raise NotYourDepartment(department=row.item.department) if decides else TrialNotYourWindow(window="—")


def trials_view(rx: Tx, row: VersionRow, by: Actor) -> dict[str, Any]:
    """What counts so far, what is missing, at which windows it can be had, and why the asker cannot give it."""
    done = counted(trials_of(rx, row))
    spent = {one.clerk for one in done} | row.written_by
    tried = {one.window for one in done}
    free = rx.windows.some(sorted(windows_for(rx, row) - tried))
    return {
        "needed": MOCK_WINDOWS,
        "missing": max(0, MOCK_WINDOWS - len(done)),
        "windows": [
            {
                "number": one.number,
                "name": rx.rules.window(one.number).name,
                "clerk_name": one.clerk_name if _sits_there(one) else None,
                "ready": _sits_there(one) and (one.clerk or "").removeprefix("staff:") not in spent,
            }
            for one in free
        ],
        "refusal": _refusal(rx, row, by),
    }


def _sits_there(window: Window) -> bool:
    return window.state != WindowState.CLOSED and window.clerk is not None


def _refusal(rx: Tx, row: VersionRow, by: Actor) -> dict[str, str] | None:
    """Why the asker's own open window cannot try it; None where it can, or where the asker has none open."""
    own = next((one.number for one in rx.windows.all() if one.clerk == by.id and _sits_there(one)), None)
    if own is None:
        return None
    try:
        check_clerk(rx, row, by, own)
        check_fresh(rx, row, by, own)
    except Refusal as why:
        return {"zh": why.message_zh, "en": why.message_en}
    return None
