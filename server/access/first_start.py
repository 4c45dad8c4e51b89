"""Accounts at start: the demo's, which all share one password, or a real hall's first administrator."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from config.hall_file import HallFile
from config.settings import Settings
from server.access.passwords import hash_password, password_matches, readable_password
from server.domain.actor import Role
from server.domain.units import HOUR
from server.store.staff import Account
from server.store.store import Store

if TYPE_CHECKING:
    from server.store.transaction import Tx

DEMO_FILE = "demo-password.txt"
FIRST_FILE = "first-password.txt"
# The people at the demo's windows 1, 2, 3 …; a hall with more windows begins again.
_NAMES = (
    "王芳 李伟 张敏 刘洋 陈静 杨帆 赵磊 黄丽 周杰 吴婷 徐强 孙悦 马超 朱琳 胡军 郭燕 何涛 高洁 林峰 罗兰 "
    "郑浩 梁雪 谢勇 宋佳 唐亮 许晴 韩冰 冯娟 邓辉 曹颖 彭飞 曾莉 肖鹏 田甜 董明 袁媛 潘辰 于慧 蒋文 蔡宁"
)
CLERK_NAMES = tuple(_NAMES.split())
# Departments with people in the demo: who writes the items, who decides, who answers for both.
_DEPARTMENTS = {
    "市住房公积金管理中心": ("fund", "公积金", ("方晴", "石磊", "金涛")),
    "市交通运输局": ("transport", "交通", ("汪洋", "孔亮", "武斌")),
    "市市场监督管理局": ("market", "市监", ("白雪", "江帆", "龙飞")),
    "市公安局": ("police", "公安", ("尹娜", "雷鸣", "关勇")),
    "市自然资源和规划局": ("land", "资规", ("苗青", "季明", "柳叶")),
    "市税务局": ("tax", "税务", ("乔雨", "安宁", "尚文")),
    "市卫生健康委员会": ("health", "卫健", ("简洁", "钟声", "齐心")),
    "市住房和城乡建设局": ("housing", "住建", ("项宁", "夏川", "盛放")),
    "市生态环境局": ("ecology", "环境", ("蓝溪", "林青", "丘山")),
    "市水利局": ("water", "水利", ("江潮", "沈澜", "闻涛")),
    "市人力资源和社会保障局": ("social", "人社", ("卫民", "安然", "路遥")),
}
SESSIONS_KEPT = 30 * 24 * HOUR  # µs; the audit log keeps who signed in for ever


@dataclass(frozen=True, slots=True)
class Welcome:
    """What to print at start. `password` is None when somebody already has one of their own."""

    source: Literal["environment", "made", "as_before", "none"]
    usernames: tuple[str, ...]
    password: str | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    username: str
    name: str
    roles: tuple[str, ...]
    windows: tuple[int, ...] = ()
    department: str = ""


@dataclass(frozen=True, slots=True)
class _Change:
    wanted: tuple[_Wanted, ...]
    password_hash: str


def ensure_accounts(store: Store, hall_id: str, hall: HallFile, settings: Settings) -> Welcome:
    """Make or bring up to date the accounts this start needs; computes at most two hashes. Forgets old sessions."""
    store.write(hall_id, _prune_sessions)
    if hall.demo:
        return _ensure_demo(store, hall_id, hall, settings)
    _close_demo(store, hall_id)
    return _ensure_first_admin(store, hall_id, settings)


def demo_accounts(hall: HallFile) -> tuple[_Wanted, ...]:
    fixed = (
        _Wanted("admin", "系统管理员", (Role.ADMIN,)),
        _Wanted("manager", "值班经理", (Role.MANAGER,)),
        _Wanted("guide", "导服员", (Role.GUIDE,)),
        _Wanted("kiosk", "取号机", (Role.KIOSK,)),
        _Wanted("display", "大厅屏", (Role.DISPLAY,)),
        _Wanted("pad", "评价器", (Role.PAD,)),  # of whichever window its page names
    )
    clerks = (
        # Any clerk may sit at any window: halls move people about during the day.
        _Wanted(f"clerk{window.number}", CLERK_NAMES[at % len(CLERK_NAMES)], (Role.CLERK,))
        for at, window in enumerate(hall.windows)
    )
    present = {item.department for item in hall.items}
    departments = (
        _Wanted(f"{key}.{role}", f"{people[at]}（{short}）", (role,), (), department)
        for department, (key, short, people) in _DEPARTMENTS.items()
        if department in present
        for at, role in enumerate((Role.EDITOR, Role.APPROVER, Role.HEAD))
    )
    return (*fixed, *clerks, *departments)


def _ensure_demo(store: Store, hall_id: str, hall: HallFile, settings: Settings) -> Welcome:
    file = settings.data_dir / DEMO_FILE
    given = settings.demo_password.get_secret_value() if settings.demo_password else ""
    kept = file.read_text("utf-8").strip() if file.exists() else ""
    password = given or kept or readable_password()
    accounts = {account.username: account for account in store.read(hall_id, _all)}
    wanted = demo_accounts(hall)
    shared = accounts["admin"].password_hash if "admin" in accounts else ""
    if not (shared and password_matches(shared, password)):
        shared = hash_password(password)
    if any(_differs(one, accounts.get(one.username), shared) for one in wanted):
        store.write(hall_id, _bring_up_to_date, _Change(wanted, shared))
    if password != kept:
        _keep(file, password)
    source: Literal["environment", "made", "as_before"] = "environment" if given else "as_before" if kept else "made"
    return Welcome(source, tuple(one.username for one in wanted), password, file)


def _ensure_first_admin(store: Store, hall_id: str, settings: Settings) -> Welcome:
    admins = [one for one in store.read(hall_id, _all) if one.active and Role.ADMIN in one.roles]
    if admins:
        return Welcome("none", tuple(one.username for one in admins))
    password = readable_password()
    file = settings.data_dir / FIRST_FILE
    wanted = (_Wanted("admin", "系统管理员", (Role.ADMIN,)),)
    _keep(file, password)
    store.write(hall_id, _bring_up_to_date, _Change(wanted, hash_password(password)))
    return Welcome("made", ("admin",), password, file)


def _close_demo(store: Store, hall_id: str) -> None:
    """A hall that is no demo any more must not keep accounts with a shared password.

    Demo accounts are known by their hash: two people's hashes are never equal, they have their own salt.
    """
    accounts = store.read(hall_id, _all)
    times = Counter(account.password_hash for account in accounts)
    demo = [account.username for account in accounts if account.active and times[account.password_hash] > 1]

    def step(tx: Tx, usernames: list[str], now: int) -> None:
        for username in usernames:
            tx.staff.set_active(username, False)
            tx.sessions.end_all_of(username, now)

    if demo:
        store.write(hall_id, step, demo)


def _differs(wanted: _Wanted, account: Account | None, password_hash: str) -> bool:
    return account is None or (
        (account.name, account.roles, account.windows, account.department, account.password_hash, account.active)
        != (wanted.name, wanted.roles, wanted.windows, wanted.department, password_hash, True)
    )


def _bring_up_to_date(tx: Tx, change: _Change, now: int) -> None:
    for one in change.wanted:
        account = tx.staff.find(one.username)
        if account is None:
            tx.staff.add(one.username, one.name, one.roles, one.windows, change.password_hash, one.department)
            continue
        tx.staff.set_duties(one.username, one.name, one.roles, one.windows, one.department)
        tx.staff.set_active(one.username, True)
        if account.password_hash != change.password_hash:
            tx.staff.set_password(one.username, change.password_hash)
            tx.sessions.end_all_of(one.username, now)


def _prune_sessions(tx: Tx, _: None, now: int) -> None:
    tx.sessions.prune(now - SESSIONS_KEPT)


def _all(rx: Tx) -> list[Account]:
    return rx.staff.all()


def _keep(file: Path, password: str) -> None:
    """Readable by the owner alone, from the first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(password + "\n")
