// The manager's live page: one overview, read again (at most once a second) whenever something in the hall changed.

import { html, render } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { alarmList, noticesState, sectionTable, stopStrips, totals } from "./parts.js";
import { markWindows, windowCard, windowShows } from "./windows.js";
import { openWindow } from "./window_dialog.js";
import { clearForgotten } from "./clear.js";
import { enterPaperNumbers } from "./paper.js";
import { moveTickets } from "./move.js";
import { reloadHall } from "./reload.js";
import { alarmDone, resumeIssuing, seeAlarm, stopIssuing } from "./issuing.js";

const REFRESH_MS = 20_000; // waits and desertions grow without any event
const place = (name) => document.querySelector(`[data-${name}]`);

const letters = Object.fromEntries(pageData().sections.map((section) => [section.id, section.letter]));
const page = { data: pageData(), overview: null, show: "all", now: Date.now() };

async function read() {
  try {
    page.overview = await get("/manage/overview", { attempts: 1 });
    draw();
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal); // the strip already says when the line is down
  }
}

/** Run an action's dialog; afterwards everything is read again. */
function act(action) {
  return async (...args) => {
    if (!page.overview) return;
    try {
      await action(page, ...args);
    } catch (refusal) {
      toastRefusal(refusal);
    }
    refresh();
  };
}

const refresh = coalesce(read, 1000);
const acts = {
  stop: act(stopIssuing),
  resume: act(resumeIssuing),
  move: act(moveTickets),
  clear: act(clearForgotten),
  paper: act(enterPaperNumbers),
  reload: act(reloadHall),
  open: act(openWindow),
  seen: act(seeAlarm),
  done: act(alarmDone),
};

function draw() {
  const { overview } = page;
  if (!overview) return;
  markWindows(overview, page.now);
  render(totals(overview, commands()), place("totals"));
  render(filter(), place("window-filter"));
  drawWindows();
  render(sectionTable(page, acts), place("sections"));
  render(alarmList(overview.alarms, acts), place("alarms"));
  render(noticesState(overview.notices), place("notices"));
  render(stopStrips(page, acts), place("strips"));
}

function drawWindows() {
  if (!page.overview) return;
  markWindows(page.overview, page.now);
  const shown = page.overview.windows.filter((window) => windowShows(window, page.show));
  const none = html`<p class="empty">${t("没有这样的窗口", "No such windows")}</p>`;
  render(shown.length ? shown.map((window) => windowCard(window, letters, page.now, acts.open)) : none, place("windows"));
}

function commands() {
  return html`<div class="commands">
    <button class="button danger" @click=${() => acts.stop("")}>${t("暂停取号", "Stop issuing")}</button>
    <button class="button" @click=${() => acts.move()}>${t("移动号票", "Move tickets")}</button>
    <button class="button" @click=${() => acts.clear()}>${t("清场", "Clear servings")}</button>
    <button class="button" @click=${() => acts.paper()}>${t("补录纸号", "Paper numbers")}</button>
    <button class="button" @click=${() => acts.reload()}>${t("重载大厅文件", "Reload hall file")}</button>
  </div>`;
}

function filter() {
  const { windows } = page.overview;
  const kinds = [
    ["all", t("全部", "All")],
    ["staffed", t("开着", "Staffed")],
    ["trouble", t("有异常", "In trouble")],
  ];
  const pick = (kind) => () => {
    page.show = kind;
    draw();
  };
  return html`<div class="pick" role="group" aria-label=${t("显示哪些窗口", "Which windows")}>
    ${kinds.map(([kind, name]) => {
      const count = windows.filter((window) => windowShows(window, kind)).length;
      return html`<button aria-pressed=${String(page.show === kind)} @click=${pick(kind)}>${name} ${count}</button>`;
    })}
  </div>`;
}

startDesk({
  changed: refresh,
  onTick(now) {
    page.now = now;
    drawWindows();
  },
});
setInterval(refresh, REFRESH_MS);
refresh();
