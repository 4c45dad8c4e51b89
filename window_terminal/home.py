"""The front door: what each screen is and where. In the demo also which account opens it (never the password)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Actor, Role
from server.web.access import STAFF, page
from server.web.context import services
from server.web.pages import render_page

blueprint = Blueprint("home", __name__, template_folder="templates")


@dataclass(frozen=True)
class Door:
    """A screen as the front door shows it; `account` is the demo's account that opens it, "" = nobody signs in."""

    href: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    account: str
    size: str = ""
    roles: tuple[Role, ...] = (Role.MANAGER,)

    def way(self, actor: Actor, demo: bool) -> str:
        """The page itself, or in the demo the sign-in page with the right account already written in."""
        if not demo or not self.account or actor.has(Role.ADMIN, *self.roles):
            return self.href
        return "/sign-in?" + urlencode({"next": self.href, "username": self.account})


PUBLIC = (
    Door("/kiosk", "取号机", "Kiosk", "群众触摸取号：选板块或查事项，留手机号，拿号。",
         "Citizens take a number: choose a section or an item, leave a phone, go.", "kiosk", "1080×1920", (Role.KIOSK,)),
    Door("/display", "叫号大屏", "Call board", "大厅墙上的屏：最新叫号、过号名单、各板块等候。",
         "The hall's wall: the newest call, no-shows, how many wait.", "display", "1920×1080", (Role.DISPLAY,)),
    Door("/pad?window=1", "窗口评价器", "Pad", "办结后请群众评价：五个同样大的按钮，不点就是未评价。",
         "Asks how it went when a service ends: five equal buttons, and no tap means no rating.", "pad", "1280×800",
         (Role.PAD, Role.MANAGER)),
    Door("/inbox", "短信箱", "SMS inbox", "演示用：群众手机会收到的三次短信。",
         "For the demo: the three SMS a citizen's phone would get.", "guide", "390×844", STAFF),
)  # fmt: skip
COUNTER = (
    Door("/terminal", "窗口终端", "Terminal", "窗口人员叫号、办理、过号、转移、挂起。N 号窗口用 clerkN。",
         "Clerks call, serve, transfer, park. Window N signs in as clerkN.", "clerk1", "1366×768",
         (Role.CLERK, Role.MANAGER)),
    Door("/guide", "导服台", "Guide desk", "替群众取号，开绿色通道，改手机号，找回过号。",
         "Take numbers for citizens, grant the green channel, correct phones, bring back no-shows.", "guide", "1366×768",
         (Role.GUIDE, Role.MANAGER)),
    Door("/manage", "值班总台", "Manager", "全厅实况与告警；停号、移号、清场、重载大厅文件。",
         "The hall live with its alarms; stop issuing, move, clear, reload the hall file.", "manager", "1366×768"),
    Door("/manage/devices", "设备配对", "Devices", "用屏幕上的配对码登记取号机、大屏和评价器，停用丢失的设备。",
         "Pair kiosks, displays and pads by the code they show; revoke lost ones.", "manager"),
    Door("/health", "运行状况", "Health", "数据库、短信、语音、音箱、磁盘是否正常；试听叫号。",
         "Do database, SMS, voice, speaker and disk work; hear a call.", "manager"),
)  # fmt: skip
OTHERS = (
    Door("/api/docs", "接口说明", "API", "全部 /api/v1 接口，可在页面上试用。", "All of /api/v1, to read and try.", ""),
)  # fmt: skip


@blueprint.get("/")
@page(Role.ANYONE)
def home() -> ResponseReturnValue:
    file = services().hall_file()
    groups: list[tuple[str, str, tuple[Door, ...]]] = [("工作人员", "Staff", COUNTER)]
    if file.demo:
        groups = [("群众看到的", "What citizens see", PUBLIC), *groups, ("其他系统", "Other systems", OTHERS)]
    return render_page("home.html", groups=groups, file=file)
