// The kiosk: one visit at a time, from the first touch to the number, and home again.

import { html, nothing, render } from "lit";
import { intention, post } from "/static/ui/api.js";
import { connectHall } from "/static/ui/hall-socket.js";
import { t } from "/static/ui/lang.js";
import { attendantButton, attendantHeard, attendantNow } from "./attendant.js";
import { confirmScreen } from "./confirm.js";
import { identityScreen, phoneScreen } from "./contact.js";
import { findScreen, search } from "./find.js";
import { attachAnswers, guideBack, guideScreen, openBundle, openGuide } from "./guide.js";
import { loadHall } from "./hall.js";
import { homeScreen, needsItem } from "./home.js";
import { READING_SECONDS, countdown } from "./idle.js";
import { physicalKey } from "./pads.js";
import { printSlip } from "./paper.js";
import { reprintScreen } from "./reprint.js";
import { refusedScreen, resultScreen } from "./result.js";
import { phrases } from "./words.js";

const SCREENS = {
  home: homeScreen, find: findScreen, guide: guideScreen, phone: phoneScreen, identity: identityScreen, confirm: confirmScreen,
  result: resultScreen, refused: refusedScreen, reprint: reprintScreen,
};
const BACK = { phone: "cameFrom", identity: "confirm", confirm: "phone", find: "home", guide: "find" };
const REFRESH_MS = 2_000; // at most this often while the hall is busy
const CALM_MS = 20_000; // and at least this often
const OFFLINE_RETRY_MS = 3_000;

const blank = () => ({
  screen: "home", section: null, item: null, bundle: null, phone: "", phoneSaid: "", idNumber: "", idSaid: "", query: "", found: null, foundBundles: [],
  findSection: null, findProblem: null, cameFrom: "home", taking: false, uncertain: false, ticket: null, refusal: null, left: 60,
  guideStep: "choice", guidePaper: null, paper: null, lost: "", lostSaid: "", lostBusy: false, lostDone: false,
});

const app = {
  state: { ...blank(), hall: null, offlineSince: null, elder: false, clock: new Date(), attendant: "none" },
  key: null,
  keyFor: "",

  set: (patch) => draw(Object.assign(app.state, patch)),
  section: (id) => app.state.hall?.sections.find((one) => one.id === id) ?? null,

  go(screen, patch = {}) {
    app.set({ ...patch, screen });
    if (screen === "home") idle.stop();
    else idle.start(screen === "guide" ? READING_SECONDS : undefined);
    if (screen === "find") search(app, app.state.query, 0);
    app.startOfScreen();
  },
  startOfScreen() {
    document.querySelector(".screen")?.scrollTo(0, 0);
    focusHeading();
  },

  /** Chosen: on to the phone; to what an item asks for, where the catalogue says; or from a section to its items. */
  choose({ section, item = null, bundle = null }) {
    if (bundle) return openBundle(app, { section, bundle });
    if (!item && needsItem(section)) return app.go("find", { findSection: section, query: "", found: null });
    if (item?.version) return openGuide(app, { section, item });
    return app.go("phone", { section, item, bundle: null, cameFrom: item ? "find" : "home" });
  },

  back() {
    if (app.state.taking || app.state.uncertain) return;
    if (app.state.screen === "guide" && guideBack(app)) return;
    const to = BACK[app.state.screen] ?? "home";
    const screen = to === "cameFrom" ? app.state.cameFrom : to;
    if (app.state.screen === "identity") app.set({ idNumber: "", idSaid: "" }); // half a number is none
    if (screen === "home") app.home(false);
    else app.go(screen);
  },

  /** Start over for the next person; `forget` also takes back their large print and English. */
  home(forget = true) {
    if (app.ended) location.reload();
    app.key = app.walk = null;
    if (forget) {
      document.documentElement.lang = "zh-CN";
      setElder(false);
    }
    app.go("home", blank());
    refresh();
  },

  async take() {
    if (app.state.taking) return;
    const body = draft(app.state);
    const text = JSON.stringify(body);
    // The same wish keeps its key, however often it is tapped or sent: the server gives one number for it.
    if (!app.key || app.keyFor !== text) [app.key, app.keyFor] = [intention(), text];
    app.set({ taking: true });
    try {
      const ticket = await post("/tickets", body, { key: app.key, stay: true });
      app.go("result", { ticket, taking: false, uncertain: false });
      printSlip(app, ticket, attachAnswers(app, ticket));
    } catch (refusal) {
      refused(refusal);
    }
  },
};

/** Whoever hears the screen, or steers it by keys, starts at the new screen's heading. */
function focusHeading() {
  const heading = document.querySelector(".screen h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function draft({ section, item, bundle, phone, idNumber }) {
  const body = bundle ? { bundle: bundle.id } : item ? { item: item.id } : { section: section.id };
  if (phone) body.phone = phone;
  if (idNumber) body.id_number = idNumber;
  return { ...body, channel: "kiosk" };
}

function refused(refusal) {
  if (refusal.offline || refusal.status >= 500) {
    app.set({ taking: false, uncertain: true });
    refresh();
    return;
  }
  app.key = null;
  app.ended = refusal.status === 401; // paired or signed in no more: the page itself leads on
  if (refusal.code === "item_required") {
    app.go("find", { taking: false, uncertain: false, findSection: app.state.section, query: "", found: null });
    return;
  }
  app.go("refused", { refusal, taking: false, uncertain: false });
}

const idle = countdown({
  onTick: (left) => app.set({ left }),
  onEnd() {
    if (app.state.taking) return idle.start();
    return app.home();
  },
});

// What the hall looks like now: after every event, but not more often than the screen needs.
let refreshing = null;
let refreshTimer = 0;
let refreshedAt = 0;

function refresh() {
  clearTimeout(refreshTimer);
  refreshing ??= loadHall().then(seen, unseen).finally(() => {
    refreshing = null;
    refreshedAt = Date.now();
    refreshTimer = setTimeout(refresh, app.state.offlineSince ? OFFLINE_RETRY_MS : CALM_MS);
  });
}

function refreshSoon() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(refresh, Math.max(150, refreshedAt + REFRESH_MS - Date.now()));
}

let seenAt = new Date();
function seen(hall) {
  seenAt = new Date();
  const section = app.state.section && hall.sections.find((one) => one.id === app.state.section.id);
  app.set({ hall, offlineSince: null, section: section ?? app.state.section });
}

function unseen(refusal) {
  // This machine may no longer act as a kiosk: the page itself leads to pairing or signing in.
  if (refusal.status === 401 || refusal.status === 403) setTimeout(() => location.reload(), 5_000);
  app.set({ offlineSince: app.state.offlineSince ?? seenAt });
}

function setElder(on) {
  document.documentElement.toggleAttribute("data-elder", on);
  app.set({ elder: on });
}

function setLanguage(code) {
  document.documentElement.lang = code;
  draw();
  if (app.state.screen === "find") search(app, app.state.query, 0);
}

const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: document.querySelector("#kiosk").dataset.timeZone, hour: "2-digit", minute: "2-digit",
});
const clockText = (at) => clockFormat.format(at);

function frame() {
  app.onKey = null; // the screen drawn now says what keys type
  const { screen, elder, offlineSince, taking, uncertain, left, clock } = app.state;
  const names = document.querySelector("#kiosk").dataset;
  const away = screen !== "home";
  return html`
    <header class="top">
      ${away && screen !== "result" ? html`<button type="button" class="button top-button" data-back ?disabled=${taking || uncertain} @click=${() => app.back()}>
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m15 5-7 7 7 7" /></svg>${t("返回", "Back")}</button>` : nothing}
      <div class="top-name"><strong>${phrases(t(names.hall, names.hallEn || names.hall))}</strong>
        <span>${t(names.hallEn, names.hall)}</span></div>
      <div class="top-tools">
        ${away ? nothing : html`<time class="number top-clock">${clockText(clock)}</time>`}
        <button type="button" class="button top-button" data-elder-mode aria-pressed=${elder} @click=${() => setElder(!elder)}>${elder ? t("标准版", "Standard") : t("大字版", "Large print")}</button>
        <button type="button" class="button top-button" data-language lang=${t("en", "zh-CN")} @click=${() => setLanguage(t("en", "zh-CN"))}>${t("English", "中文")}</button>
      </div>
    </header>
    ${offlineSince ? html`<p class="offline" role="alert" data-offline>
      <strong>${t("网络中断，暂时不能取号", "No connection: numbers cannot be taken just now")}</strong>
      <span>${t(`自 ${clockText(offlineSince)} 起。恢复后自动继续；急需办理请找导服人员。`, `Since ${clockText(offlineSince)}. This screen continues by itself; a guide can help meanwhile.`)}</span></p>` : nothing}
    <main class="stage" ?inert=${Boolean(offlineSince) && screen === "home"}>${SCREENS[screen](app)}</main>
    <footer class="foot">
      ${away ? html`<button type="button" class="button top-button" data-home ?disabled=${taking} @click=${() => app.home(false)}>${t("返回首页", "Start over")}</button>
        <span class="foot-count ${left <= 15 ? "soon" : ""}" data-count><b class="number">${left}</b> ${t("秒后自动返回首页", "s until this screen starts over")}</span>
        ${attendantButton(app)}`
        : html`<span>${t("不会操作？请按右边，或到导服台。", "Need help? Press the button, or go to the guide desk.")}</span>
        ${attendantButton(app)}`}
    </footer>`;
}

function draw() {
  render(frame(), document.querySelector("#kiosk"));
}

function start() {
  draw();
  refresh();
  connectHall({
    onSnapshot() {
      refreshSoon();
      attendantNow(app);
    },
    onEvent(event) {
      refreshSoon();
      attendantHeard(app, event);
      if (event.type === "hall.reloaded" && app.state.screen === "find") search(app, app.state.query, 0);
      if (event.type === "hall.reloaded" && app.state.screen === "guide" && app.walk?.view) app.walk.start(app.walk.answers);
    },
    // The line for news may fail while questions still get through: only those decide whether we are offline.
    onStatus: ({ connected }) => {
      if (!connected) refreshSoon();
    },
  });
  setInterval(() => app.set({ clock: new Date() }), 5_000);
  addEventListener("pointerdown", () => app.state.screen !== "result" && idle.touch(), { capture: true });
  addEventListener("keydown", () => app.state.screen !== "result" && idle.touch(), { capture: true });
  addEventListener("keydown", (event) => physicalKey(app, event));
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("dragstart", (event) => event.preventDefault());
}

start();
