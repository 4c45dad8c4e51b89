// What the desks' pages share: the bar's buttons and clock, the strip that says the line is down, and times in words.

import { serverNow, signOut } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { lang, t, wireLangButtons } from "ui/lang.js";
import { connectHall } from "ui/hall-socket.js";
import { startBell } from "./bell.js";

const zone = document.querySelector("[data-time-zone]")?.dataset.timeZone || undefined;
const clockFormat = new Intl.DateTimeFormat("zh-CN", {
  timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});
const timeFormat = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
const dayTimeFormat = new Intl.DateTimeFormat("zh-CN", {
  timeZone: zone, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false,
});

/** "14:05" in the hall's time zone; "—" for nothing. */
export const timeText = (iso) => (iso ? timeFormat.format(new Date(iso)) : "—");
/** "11/21 14:05". */
export const dayTimeText = (iso) => (iso ? dayTimeFormat.format(new Date(iso)) : "—");

/** "3:07", "1:02:09" since `iso`, at `now` (ms). */
export function runningText(iso, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest.replace(/^0(\d)/, "$1");
}

/** "09:30" today on the hall's clock → ISO-8601 UTC. */
export function todayAt(hoursMinutes, now = Date.now()) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
  }).formatToParts(new Date(now));
  const { year, month, day, hour, minute, second } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const ahead = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(now / 1000) * 1000;
  const [hours, minutes] = hoursMinutes.split(":").map(Number);
  return new Date(Date.UTC(year, month - 1, day, hours, minutes) - ahead).toISOString();
}

/** The data the server put into the page. */
export function pageData() {
  const element = document.getElementById("page-data");
  return element ? JSON.parse(element.textContent) : {};
}

/** Pick an object's words: {zh, en}, {name, name_en}, {message_zh, message_en}. */
export function words(thing) {
  if (!thing) return "";
  if (typeof thing === "string") return thing;
  const zh = thing.zh ?? thing.name ?? thing.message_zh ?? "";
  const en = thing.en ?? thing.name_en ?? thing.message_en ?? "";
  return lang() === "en" ? en || zh : zh || en;
}

/** Run `work` now, then at most once in `ms`, never two at a time; the last wish is never lost. */
export function coalesce(work, ms = 1000) {
  let running = false;
  let wanted = false;
  let last = 0;
  const run = async () => {
    if (running) {
      wanted = true;
      return;
    }
    running = true;
    wanted = false;
    last = Date.now();
    try {
      await work();
    } finally {
      running = false;
      if (wanted) setTimeout(run, Math.max(0, ms - (Date.now() - last)));
    }
  };
  let timer = 0;
  return () => {
    const wait = Math.max(0, ms - (Date.now() - last));
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

function wireBar() {
  wireLangButtons();
  document.querySelector("[data-sign-out]")?.addEventListener("click", () => signOut());
  const more = document.querySelector(".bar-more");
  document.addEventListener("pointerdown", (event) => {
    if (!more?.contains(event.target)) more?.removeAttribute("open");
  });
  more?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    more.removeAttribute("open");
    more.querySelector("summary").focus();
  });
}

/** Wire the bar of a page that asks by itself: no live line, the clock from the API's answers. */
export function startBar() {
  wireBar();
  startBell(dayTimeText);
  const clock = document.querySelector("[data-clock]");
  const tick = () => clock && (clock.textContent = clockFormat.format(new Date(serverNow())));
  tick();
  setInterval(tick, 1000);
}

/**
 * Wire the bar and the live line.
 * @param {(event?: object) => void} changed called (often) when something in the hall changed; no event: anything may have
 * @param {() => boolean} quiet may the page load itself again (after the hall file changed) without losing work
 * @returns the hall line: `.now()` is the server's clock in ms
 */
export function startDesk({ changed, onTick, quiet = () => true } = {}) {
  wireBar();
  const bell = startBell(dayTimeText);
  const lost = document.querySelector("[data-lost]");
  let stale = false; // the names this page was rendered with are an older hall file's
  const hall = connectHall({
    onSnapshot: () => changed?.(),
    onEvent: (event) => {
      stale ||= event.type === "hall.reloaded";
      if (/^case\.(urged|reminded)$/.test(event.type)) bell.refresh();
      changed?.(event);
    },
    onStatus: (status) => showStatus(lost, status),
  });
  const clock = document.querySelector("[data-clock]");
  const tick = () => {
    if (clock) clock.textContent = clockFormat.format(new Date(hall.now()));
    onTick?.(hall.now());
    if (stale && quiet() && !dialogOpen()) location.reload();
  };
  tick();
  setInterval(tick, 1000);
  return hall;
}

function showStatus(lost, { connected, since }) {
  if (!lost) return;
  lost.hidden = connected;
  lost.dataset.connection = connected ? "up" : "down";
  if (connected) return;
  const when = since ? clockFormat.format(since) : "";
  lost.textContent = when
    ? t(`连接中断，以下是 ${when} 时的情况，正在重新连接…`, `Connection lost; this is how things stood at ${when}. Reconnecting…`)
    : t("还没有连上大厅，正在连接…", "Not connected to the hall yet, connecting…");
}
