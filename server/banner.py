"""What `run.py serve` says when the hall is open: where each screen is, and how to sign in."""

from __future__ import annotations

from config.hall_file import HallFile
from config.settings import Settings
from config.wording import link_note
from server.access.first_start import Welcome

SCREENS = (
    ("/", "首页", "all screens on one page"),
    ("/kiosk", "取号机", "kiosk, 1080×1920"),
    ("/display", "大厅大屏", "hall display, 1920×1080"),
    ("/display/progress", "进度公示", "progress board, 1920×1080"),
    ("/g", "手机办事指南、网上申请", "what to bring, applying online; phone"),
    ("/terminal", "窗口终端", "window terminal"),
    ("/pad?window=1", "窗口评价器", "evaluation pad, 1280×800"),
    ("/manage", "值班经理", "manager's live page"),
    ("/guide", "导服台", "guide desk"),
    ("/inbox", "短信收件箱", "the demo's SMS inbox"),
    ("/api/docs", "接口文档", "API"),
)


def banner(hall: HallFile, settings: Settings, welcome: Welcome, url: str) -> str:
    """The text printed once a start."""
    lines = ["", f"一窗已启动 Yichuang is open: {hall.hall.name} {hall.hall.name_en}", ""]
    for path, zh, en in SCREENS:
        if path == "/inbox" and not hall.demo:
            continue
        lines.append(f"  {url + path:<40} {zh} ({en})")
    lines += ["", *_sign_in(hall, welcome)]
    if settings.public_url.startswith("http://127."):
        lines.append(
            "  短信链接只在本机有效；正式使用请设 YICHUANG_PUBLIC_URL。 Links in SMS work on this machine only."
        )
    if note := link_note(hall, settings.public_url):
        lines.append(f"  {note}")
    lines += ["", f"按 Ctrl-C 停止。 Ctrl-C stops. 数据 data: {settings.data_dir.resolve()}", f"READY {url}"]
    return "\n".join(lines)


def _sign_in(hall: HallFile, welcome: Welcome) -> list[str]:
    if not hall.demo:
        if welcome.password is None:
            return ["  登录 Sign in: 用已有账号 with your own account"]
        return [f"  登录 Sign in: admin   密码 password: {welcome.password}   (也在 also in {welcome.file})"]
    clerks = sorted(w.number for w in hall.windows)
    names = f"clerk{clerks[0]} … clerk{clerks[-1]}, guide, manager, admin, kiosk, display, pad"
    if welcome.source == "environment":
        return [f"  登录 Sign in: {names}", "  密码 Password: YICHUANG_DEMO_PASSWORD"]
    return [f"  登录 Sign in: {names}", f"  密码 Password: {welcome.password}   (也在 also in {welcome.file})"]
