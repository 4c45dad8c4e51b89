"""Prints the demo's blank forms: `python config/demo/catalogue/drawing/blanks.py`, with Chromium and Noto CJK installed."""

from __future__ import annotations

import html
import shutil
from pathlib import Path

from forms import FORMS, LETTERS, Form
from playwright.sync_api import sync_playwright

BLANKS = Path(__file__).parents[1] / "blanks"
STYLE = """
@page { size: A4; margin: 22mm 20mm } body { font: 12pt "Noto Sans CJK SC", sans-serif; color: #222 }
h1 { font-size: 20pt; text-align: center; margin: 0 0 9mm } table { width: 100%; border-collapse: collapse }
td { border: 1px solid #888; padding: 3.4mm 3mm; height: 7mm; white-space: pre-wrap } td.label { width: 34mm; color: #555; font-size: 10.5pt }
table.two td.label { width: 25mm } p { margin: 8mm 0 } .sign { margin: 7mm 0 0 auto; width: 82mm; display: flex; gap: 3mm }
.sign i { flex: 1; border-bottom: 1px solid #888 } footer { margin-top: 14mm; color: #777; font-size: 9pt }
"""


def page(form: Form) -> str:
    """The form with nothing filled in; boxes to tick stay."""
    rows = "".join(
        "<table class={}><tr>{}</tr></table>".format(
            "two" if len(cells) > 1 else "one",
            "".join(
                f"<td class=label>{html.escape(label)}<td>{html.escape(empty(value))}" for _, label, value in cells
            ),
        )
        for cells in form.rows
    )
    signs = "".join(f"<div class=sign>{html.escape(who)}：<i></i></div>" for who in (*form.signs, "日期"))
    return (
        f"<!doctype html><meta charset=utf-8><title>{html.escape(form.title)}</title><style>{STYLE}</style>"
        f"<h1>{html.escape(form.title)}</h1>{rows}<p>{html.escape(form.promise)}</p>{signs}"
        "<footer>用黑色水笔或签字笔填写，字迹清楚。演示样表，以主管部门公布的为准。</footer>"
    )


def empty(value: str) -> str:
    if "□" in value or "■" in value:
        return value.replace("■", "□")
    return value if value.strip("　\n") and "　" in value and "*" not in value else "\n" * value.count("\n")


def main() -> None:
    BLANKS.mkdir(parents=True, exist_ok=True)
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as chromium:
        shown = chromium.chromium.launch(executable_path=browser)
        sheet = shown.new_page()
        for name, form in (FORMS | LETTERS).items():
            sheet.set_content(page(form))
            sheet.pdf(path=BLANKS / f"{name}.pdf", prefer_css_page_size=True, print_background=True)
        shown.close()


if __name__ == "__main__":
    main()
