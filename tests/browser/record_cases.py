"""Record three whole cases as pictures: `python -m tests.browser.record_cases` writes docs/img/case/*.png and docs/case.md.

A real server on the demo hall, a real Chromium, every screen at its real size, and only what people do there: keys,
mouse, touch. What a citizen alone knows (a code, a link) is read from the SMS on the demo's inbox page.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import record_instant, record_joint, record_online
from tests.browser.quick_hall import quick_hall
from tests.browser.record_stage import Stage
from tests.browser.record_visit import AS_A_WALL, WALL
from tests.conftest import CHROMIUM_ARGS, chromium_path
from tests.support.server import ROOT

PICTURES, STORY = ROOT / "docs/img/case", ROOT / "docs/case.md"
WHOLE = 3_500_000  # bytes of all pictures
PARTS = {"instant": record_instant.record, "joint": record_joint.record, "online": record_online.record}


def write_story(tell: Stage) -> None:
    lines = [
        "# 三个办件 · Three cases", "",
        "即办件、承诺件、网上件，从取号到拿到结果，每一步的屏幕都由 `python -m tests.browser.record_cases` 在真实的演示大厅里拍下，",
        "全程只用页面：鼠标、键盘、手指。",
        "Three whole cases photographed in the running demo hall by that command, done only through the pages.", "",
    ]  # fmt: skip
    for at, (file, zh, en) in enumerate(tell.told):
        if at in tell.chapters:
            heading, heading_en = tell.chapters[at]
            lines += [f"## {heading}", "", heading_en, ""]
        width = 280 if "phone" in file else 340 if "kiosk" in file else 720
        lines += [f"**{at + 1}. {zh}** · {en}", "", f'<img src="img/case/{file}" width="{width}" alt="{zh}">', ""]
    STORY.write_text("\n".join(lines), "utf-8")


def main(only: list[str]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = quick_hall(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*CHROMIUM_ARGS, AS_A_WALL])
        try:
            tell = Stage(browser, hall, PICTURES)
            tell.sit("/display", WALL, "display")  # a hall's calls are seen; else everybody is told that they are not
            for name, record in PARTS.items():
                if not only or name in only:
                    record(tell)
        finally:
            browser.close()
            hall.stop()
    if not only:
        write_story(tell)
    whole = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    print(f"{len(tell.told)} pictures, {whole // 1000} kB")  # noqa: T201
    assert whole < WHOLE, "the pictures weigh too much"


if __name__ == "__main__":
    main(sys.argv[1:])
