// Our own keys: a kiosk has no keyboard, and the system's would cover the page.

import { html } from "lit";
import { t } from "/static/ui/lang.js";

const BACKSPACE = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7z" /><path d="m12 9.5 5 5m0-5-5 5" />
</svg>`;

const key = (face, press, { kind = "", label = "", disabled = false } = {}) => html`<button
  type="button" class="key ${kind}" aria-label=${label || face} ?disabled=${disabled} @click=${press}
>${face}</button>`;

/** Digits 1–9 and 0. `onKey("7")`, `onKey("back")`, `onKey("clear")`; `extra` is the key left of 0 (for ID numbers: X). */
export function digitPad({ onKey, extra = null, disabled = false }) {
  const digit = (d) => key(d, () => onKey(d), { disabled });
  const clear = key(t("清空", "Clear"), () => onKey("clear"), { kind: "word" });
  return html`<div class="pad" role="group" aria-label=${t("数字键盘", "Number pad")}>
    ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(digit)}
    ${extra ? key(extra, () => onKey(extra), { disabled }) : clear}
    ${digit("0")}
    ${key(BACKSPACE, () => onKey("back"), { kind: "word", label: t("删除一位", "Delete one") })}
    ${extra ? html`<div class="pad-wide">${clear}</div>` : ""}
  </div>`;
}

const ROWS = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/** Letters for pinyin initials. `onKey("b")`, `onKey("back")`, `onKey("clear")`. */
export function letterPad({ onKey }) {
  const letter = (l) => key(l, () => onKey(l.toLowerCase()));
  return html`<div class="letters" role="group" aria-label=${t("字母键盘", "Letter keyboard")}>
    <div class="letters-row">${[...ROWS[0]].map(letter)}</div>
    <div class="letters-row">${[...ROWS[1]].map(letter)}</div>
    <div class="letters-row">
      ${key(t("清空", "Clear"), () => onKey("clear"), { kind: "word wide" })}
      ${[...ROWS[2]].map(letter)}
      ${key(BACKSPACE, () => onKey("back"), { kind: "word wide", label: t("删除一个字母", "Delete one letter") })}
    </div>
  </div>`;
}

const NAMED = { Backspace: "back", Delete: "clear" };

/** A key of a real keyboard types like a key of the pad; Enter goes on. */
export function physicalKey(app, event) {
  if (!app.onKey || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input")) return;
  if (event.key === "Enter" && !event.target.closest("button")) document.querySelector("[data-next]")?.click();
  const key = NAMED[event.key] ?? (/^[0-9a-z]$/i.test(event.key) ? event.key.toUpperCase() : null);
  if (!key) return;
  event.preventDefault();
  // A key of the pad touched before would otherwise answer the Enter that follows.
  if (event.target.closest(".key")) document.querySelector(".screen h1")?.focus({ preventScroll: true });
  app.onKey(key);
}

/** Apply a pad's key to what is typed. */
export function typed(text, pressed, limit) {
  if (pressed === "clear") return "";
  if (pressed === "back") return text.slice(0, -1);
  return text.length < limit ? text + pressed : text;
}
