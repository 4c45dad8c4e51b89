"""The front door: what each screen is and where. In the demo also which account opens it (never the password)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint
from flask.typing import ResponseReturnValue

from server.domain.actor import Actor, Role
from server.web.access import EVERYBODY_AT_WORK, STAFF, page
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
    Door("/kiosk", "取号机", "Kiosk", "选板块或查事项，留手机号，拿号。",
         "Choose a section or an item, leave a phone, take a number.", "kiosk", "1080×1920", (Role.KIOSK,)),
    Door("/display", "叫号大屏", "Call board", "大厅墙上：最新叫号、过号、各板块等候。",
         "On the wall: the newest call, no-shows, who waits.", "display", "1920×1080", (Role.DISPLAY,)),
    Door("/display/window", "窗口屏", "Window screen", "每个窗口上方：叫到几号，是否空闲。",
         "Above each window: the number called, or its state.", "display", "", (Role.DISPLAY,)),
    Door("/display/progress", "进度公示", "Progress", "大厅墙上：办到哪一步，自动翻页，姓名遮挡。",
         "On the wall: where each case stands, names masked.", "display", "1920×1080", (Role.DISPLAY,)),
    Door("/g", "手机办事", "On a phone", "看要带什么、网上申请、查进度、我的信息。",
         "What to bring, apply online, progress, my data.", "", "390×844"),
    Door("/pad?window=1", "评价器", "Pad", "办结后评价：五个同样大的按钮，不点不算。",
         "How was it? Five equal buttons; no tap, no rating.", "pad", "1280×800", (Role.PAD, Role.MANAGER)),
    Door("/inbox", "短信箱", "SMS inbox", "演示用：群众手机收到的短信，点开手机页。",
         "For the demo: the SMS, with links to the phone page.", "guide", "390×844", STAFF),
)  # fmt: skip
COUNTER = (
    Door("/terminal", "窗口终端", "Terminal", "叫号、办理、过号、转移。N 号窗口用 clerkN。",
         "Call, serve, transfer. Window N signs in as clerkN.", "clerk1", "1366×768", (Role.CLERK, Role.MANAGER)),
    Door("/guide", "导服台", "Guide desk", "代取号，开绿色通道，改手机号，找回过号。",
         "Take numbers, green channel, phones, no-shows.", "guide", "1366×768", (Role.GUIDE, Role.MANAGER)),
    Door("/manage", "值班总台", "Manager", "全厅实况与告警；停号、移号、清场、重载。",
         "The hall live with its alarms; stop, move, clear, reload.", "manager", "1366×768"),
    Door("/manage/evaluations", "好差评", "Ratings", "各级评价、未评价的比例、待回访的差评。",
         "How citizens rated, and the low scores to follow up.", "manager"),
    Door("/catalogue", "编写事项", "Items", "部门写情形、材料和审查要点，评审后发布。",
         "Departments write items; reviewed, tried, published.", "fund.editor", "1366×768", EVERYBODY_AT_WORK),
)  # fmt: skip
BEHIND = (
    Door("/approvals", "审批工作台", "Approvals", "先到期的在前，看收件原样，一屏决定。",
         "What is due first; the case as taken in; decide it.", "fund.approver", "1366×768", (Role.APPROVER, Role.HEAD, Role.MANAGER)),
    Door("/handovers", "材料交接", "Handovers", "按部门和时段的清单，双方逐件签字，可打印。",
         "Lists by department and slot, signed by both sides.", "clerk1", "", (Role.CLERK, Role.APPROVER, Role.HEAD, Role.MANAGER)),
    Door("/issue", "出件窗口", "Issue", "结果上架，凭取件码或身份证领取，或快递。",
         "Results on shelves; collected by code or ID, or by courier.", "clerk38", "", (Role.CLERK, Role.MANAGER)),
    Door("/supervision", "统一督办", "Supervision", "将到期、超期、停钟、移交的办件，催办留痕。",
         "Cases due, overdue, stopped, handed on; reminders.", "manager", "", (Role.HEAD, Role.MANAGER)),
    Door("/authorizations", "授权委托", "Authorizations", "部门授权哪些窗口人员当场决定哪些事项。",
         "Whom a department lets decide at the window.", "fund.head", "", (Role.HEAD, Role.MANAGER)),
)  # fmt: skip
TECHNICAL = (
    Door("/health", "运行状况", "Health", "数据库、短信、语音、小票机是否正常；试听。",
         "Do database, SMS, voice and printers work; hear a call.", "manager"),
    Door("/calendar", "工作日历", "Calendar", "节假日和调休上班日，每年导入公布的文件。",
         "Holidays and make-up days, imported each year.", "admin"),
    Door("/manage/devices", "设备配对", "Devices", "登记取号机、大屏和评价器，停用丢失的。",
         "Pair kiosks, displays and pads; revoke lost ones.", "manager"),
)  # fmt: skip
OTHERS = (
    Door("/api/docs", "接口说明", "API", "全部 /api/v1 接口，可在页面上试用。", "All of /api/v1, to read and try.", ""),
)  # fmt: skip


@blueprint.get("/")
@page(Role.ANYONE)
def home() -> ResponseReturnValue:
    file = services().hall_file()
    groups: list[tuple[str, str, tuple[Door, ...]]] = [
        ("工作人员", "Staff", COUNTER),
        ("后台与出件", "Behind the counter", BEHIND),
        ("技术人员", "Technicians", (*TECHNICAL, *OTHERS) if file.demo else TECHNICAL),
    ]
    if file.demo:
        groups = [("群众看到的", "What citizens see", PUBLIC), *groups]
    return render_page("home.html", groups=groups, file=file)
