// One window as the manager sees it: its face (state colour and word), who is at the counter, its line.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { runningText } from "../desk/desk.js";

const FACES = {
  idle: ["空闲", "Free"],
  called: ["叫号", "Calling"],
  serving: ["办理", "Serving"],
  draining: ["收号", "Draining"],
  paused: ["暂停", "Paused"],
  closed: ["关闭", "Closed"],
};

const MINUTE_MS = 60_000;
const CALLED_TOO_LONG = 5; // minutes a called number may stand there without start or no-show
const SERVED_TOO_LONG = { times: 2, least: 10 }; // more than twice the expected minutes, and at least ten

/** Give each window its marks: overlong service, forgotten, deserted (open, people in line, nobody at it). */
export function markWindows({ windows, alarms }, now) {
  const deserted = new Set(alarms.filter((a) => a.kind === "deserted_window").map((a) => Number(a.subject?.split(":")[1] ?? a.data?.window)));
  for (const window of windows) {
    window.deserted = deserted.has(window.number);
    window.over_long = window.ticket ? isOverLong(window.ticket, now) : false;
  }
}

function isOverLong(ticket, now) {
  if (ticket.forgotten) return true;
  const minutes = (now - Date.parse(ticket.since)) / MINUTE_MS;
  if (ticket.state === "called") return minutes >= CALLED_TOO_LONG;
  const { times, least } = SERVED_TOO_LONG;
  return minutes >= Math.max(least, times * (ticket.expected_minutes ?? 0));
}

/** What the window is doing, in one word of FACES. */
export function faceOf(window) {
  if (window.ticket && window.state !== "closed") return window.ticket.state === "called" ? "called" : "serving";
  return window.state === "open" ? "idle" : window.state;
}

/** The same in the fewest characters, for a card. */
function cardWord(window) {
  if (window.deserted) return t("无人", "Nobody");
  return window.over_long ? t("超时", "Long") : stateWord(faceOf(window));
}

const stateWord = (face) => t(...(FACES[face] ?? [face, face]));

export function faceWord(window) {
  const word = stateWord(faceOf(window));
  if (window.deserted) return `${word} · ${t("无人值守", "deserted")}`;
  return window.over_long ? `${word} · ${t("超时", "overlong")}` : word;
}

export const inTrouble = (window) => Boolean(window.deserted || window.over_long);
export const staffed = (window) => window.state !== "closed";

export function windowShows(window, kind) {
  if (kind === "staffed") return staffed(window);
  return kind === "trouble" ? inTrouble(window) : true;
}

export function windowCard(window, letters, now, open) {
  const face = faceOf(window);
  const marks = `${window.over_long ? " over" : ""}${window.deserted ? " deserted" : ""}`;
  const served = window.sections.map((id) => letters[id] ?? "").join("");
  return html`<button class="window ${face}${marks}" data-window=${window.number} title=${window.name} @click=${() => open(window.number)}>
    <span class="window-number number">${window.number}<small class="cut">${served}</small></span>
    <span class="window-state">${cardWord(window)}</span>
    <span class="window-now">${middle(window, now)}</span>
    <span class="window-clerk cut">${window.clerk_name ?? ""}</span>
    ${lineLength(window)}
  </button>`;
}

function middle(window, now) {
  const { ticket } = window;
  if (ticket) {
    return html`<span class="number">${ticket.number}</span>
      ${ticket.since ? html`<span class="window-clock">${shortClock(ticket.since, now)}</span>` : nothing}`;
  }
  const why = window.state === "paused" ? window.reason : "";
  return why ? html`<span class="why">${why}</span>` : html`<span class="what">${window.name}</span>`;
}

/** Seconds matter in the first hour only, and a card is narrow. */
function shortClock(since, now) {
  const minutes = Math.floor((now - Date.parse(since)) / MINUTE_MS);
  return minutes < 60 ? runningText(since, now) : t(`${minutes}分`, `${minutes}m`);
}

function lineLength(window) {
  // A window that still serves while it drains or is paused says that it takes no more.
  if (window.ticket && window.state !== "open") return html`<span class="window-line">${stateWord(window.state)}</span>`;
  if (!window.waiting) return html`<span class="window-line"></span>`;
  return html`<span class="window-line">${t("等", "line")} <b>${window.waiting}</b></span>`;
}
