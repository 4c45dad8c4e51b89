// Every command of the terminal: its key, its words, and why it cannot be given right now (null when it can).
//
// The keys were tried in a headed Chromium: a page may take F1–F12, with and without Shift. F5 (reload) and F11 (full
// screen, which Chromium keeps for itself once it is on) are left alone because people press them for those. F12 is the
// intake's, here and on its own page; technicians still have Ctrl+Shift+I.

import { serverNow } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";
import { plain } from "./desk.js";
import { windowName } from "./words.js";

const AT_WINDOW = ["called", "serving"];

const state = (desk) => desk.window?.state;
const works = (desk) => ["open", "draining"].includes(state(desk));
const has = (desk, ...states) => states.includes(desk.ticket?.state);
const seconds = (ms) => Math.ceil(ms / 1000);

const notOpen = (desk) =>
  works(desk) ? null : t("窗口没有开放，请先按 F1 开窗。", "The window is not open. Press F1 first.");
const nobodyHere = (desk) =>
  desk.ticket ? null : t("当前没有办事人，请先叫号。", "There is nobody at the window. Call someone first.");
const somebodyHere = (desk) =>
  has(desk, ...AT_WINDOW)
    ? t(
        `${desk.ticket.number} 还在窗口，请先办结、挂起、转移或过号。`,
        `${desk.ticket.number} is still at the window. Finish, park, transfer or mark a no-show first.`,
      )
    : null;
const onlyServing = (desk) =>
  nobodyHere(desk) ?? (has(desk, "serving") ? null : t("请先按 F4 开始办理。", "Press F4 to start serving first."));
const onlyCalled = (desk) =>
  nobodyHere(desk) ?? (has(desk, "called") ? null : t("此人已经在办理。", "This person is already being served."));
const beforeClose = (desk) =>
  state(desk) === "closed" ? t("窗口没有开。", "The window is not open.") : null;

/** ms until another call counts, or a no-show is allowed, after the last counted call; 0 when it is. */
function sinceCall(desk) {
  const gap = (desk.view?.rules?.seconds_between ?? 0) * 1000;
  const called = Date.parse(desk.ticket?.called_at ?? "");
  return Number.isNaN(called) ? 0 : Math.max(0, called + gap - serverNow());
}

/** What still stands between a called person and a no-show: calls to make, and ms to wait after the last one. */
export function noShowGate(desk) {
  const needed = desk.view?.rules?.no_show_after_calls ?? 0;
  return { calls: Math.max(0, needed - (desk.ticket?.calls ?? 0)), wait: sinceCall(desk) };
}

function whyNoNoShow(desk) {
  const { calls, wait } = noShowGate(desk);
  if (calls > 0) return t(`还要再叫 ${calls} 次才能过号。`, `Call ${calls} more time(s) before a no-show.`);
  if (wait > 0) return t(`再等 ${seconds(wait)} 秒才能过号。`, `Wait ${seconds(wait)} s before a no-show.`);
  return null;
}

function whyNoOpen(desk) {
  if (state(desk) === "open") return t("窗口已经开放。", "The window is open.");
  return null;
}

function whyNoPause(desk) {
  if (state(desk) === "paused") return t("窗口已经暂停。", "The window is paused.");
  return has(desk, "called")
    ? t(`${desk.ticket.number} 正在叫号，请先开始办理、过号或转移。`, `${desk.ticket.number} is being called: start, no-show or transfer first.`)
    : null;
}

function whyNoClose(desk) {
  const parked = desk.view?.parked ?? [];
  if (!parked.length) return somebodyHere(desk);
  const numbers = parked.map((ticket) => ticket.number).join(t("、", ", "));
  return t(`还有挂起的号（${numbers}），请先办完、转移或交接。`, `${numbers} still parked: finish, transfer or hand over first.`);
}

function whyNoUnpark(desk) {
  if (!desk.view?.parked?.length) return t("没有挂起的号。", "Nobody is parked.");
  return somebodyHere(desk);
}

/** In the order the buttons stand. `row`: 1 the person at the window, 2 the window itself. */
export const COMMANDS = [
  { id: "next", key: "F2", row: 1, zh: "下一位", en: "Next", why: (d) => notOpen(d) ?? somebodyHere(d) },
  { id: "start", key: "F4", row: 1, zh: "开始办理", en: "Start", why: onlyCalled },
  { id: "intake", key: "F12", row: 1, zh: "收件受理", en: "Intake", why: onlyServing },
  { id: "finish", key: "F8", row: 1, zh: "办结", en: "Finish", why: nobodyHere },
  {
    id: "finish-next",
    key: "F9",
    row: 1,
    zh: "办结并叫下一位",
    en: "Finish, call next",
    why: (d) => nobodyHere(d) ?? notOpen(d),
  },
  { id: "recall", key: "F3", row: 1, zh: "重呼", en: "Recall", why: onlyCalled },
  { id: "no-show", key: "F6", row: 1, zh: "过号", en: "No-show", why: (d) => onlyCalled(d) ?? whyNoNoShow(d) },
  { id: "transfer", key: "F7", row: 1, zh: "转移", en: "Transfer", why: nobodyHere },
  { id: "park", key: "F10", row: 1, zh: "挂起", en: "Park", why: onlyServing },
  { id: "unpark", key: "F10", row: 1, zh: "取回挂起", en: "Bring back", why: (d) => notOpen(d) ?? whyNoUnpark(d) },
  { id: "open", key: "F1", row: 2, zh: "开窗", en: "Open", why: whyNoOpen },
  {
    id: "pause",
    key: "Shift+F2",
    row: 2,
    zh: "暂停",
    en: "Pause",
    why: (d) => beforeClose(d) ?? whyNoPause(d),
  },
  {
    id: "drain",
    key: "Shift+F4",
    row: 2,
    zh: "收号",
    en: "Drain",
    why: (d) => notOpen(d) ?? (state(d) === "draining" ? t("已经在收号。", "Already draining.") : null),
  },
  { id: "hand-over", key: "Shift+F7", row: 2, zh: "交接", en: "Hand over", why: beforeClose },
  { id: "close", key: "Shift+F8", row: 2, zh: "关窗", en: "Close", why: (d) => beforeClose(d) ?? whyNoClose(d) },
];

/** The one command a tired clerk most likely wants now; its button stands out. */
export function likely(desk) {
  if (!desk.window || !desk.mine) return null;
  if (has(desk, "called")) return "start";
  if (has(desk, "serving")) return works(desk) ? "finish-next" : "finish";
  return works(desk) ? "next" : "open";
}

/** Why a command cannot be given now, as a sentence; null when it can. */
export function whyNot(command, desk) {
  if (!desk.window) return t("正在读取窗口…", "Reading the window…");
  if (desk.pending) return t("上一个操作正在进行，请稍候。", "The last command is still under way.");
  return whyNotMine(desk) ?? command.why(desk);
}

export function whyNotMine(desk) {
  if (desk.mine) return null;
  const { clerk, clerk_name: name } = desk.window;
  const here = windowName(desk.number);
  return clerk && plain(clerk) !== desk.me.username
    ? t(`${here}由${name || plain(clerk)}在用。`, `${here} is held by ${name || plain(clerk)}.`)
    : t(`${here}不在您可用的窗口里。`, `${here} is not one of yours.`);
}

/** The command behind a key event, or null. F10 is "park" with a person at the window, else "bring back". */
export function commandOf(event, desk) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = (event.shiftKey ? "Shift+" : "") + event.key;
  const found = COMMANDS.filter((command) => command.key === key);
  return found.find((command) => whyNot(command, desk) === null) ?? found[desk.ticket ? 0 : found.length - 1] ?? null;
}
