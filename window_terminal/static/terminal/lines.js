// The lines beside the desk: own line, whole line, parked, no-shows. By keyboard: 1–4 tabs, ↑↓ rows, Enter, W.

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { serverNow } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";
import { bringBack, callChosen, returnToLine } from "./actions.js";
import { whyNotMine } from "./commands.js";
import { showDecisions } from "./dialogs.js";
import { itemName, sectionName, shortMinutes, timeText } from "./words.js";

const TABS = [
  { id: "own", zh: "本窗", en: "Own line", rows: (view) => view.line, empty: () => t("没有人在等本窗。", "Nobody waits for this window.") },
  {
    id: "whole",
    zh: "可办全部",
    en: "All I can serve",
    rows: (view) => view.whole_line,
    empty: () => t("没有人在等候。", "Nobody is waiting."),
  },
  { id: "parked", zh: "挂起", en: "Parked", rows: (view) => view.parked, empty: () => t("没有挂起的号。", "Nobody is parked.") },
  { id: "no_shows", zh: "过号", en: "No-shows", rows: (view) => view.no_shows, empty: () => t("没有过号的人。", "No no-shows.") },
];

export function lines(desk) {
  const tab = TABS.find((one) => one.id === desk.tab);
  const rows = tab.rows(desk.view) ?? [];
  return html`<section class="card lines" aria-label=${t("队列", "Lines")}>
    <div class="tabs" role="tablist">${TABS.map((one, index) => tabButton(desk, one, index))}</div>
    <div class="line-head ${tab.id}" aria-hidden="true">${head(tab)}</div>
    <div class="line-scroll" role="tabpanel" tabindex="-1" aria-label=${t(tab.zh, tab.en)} data-testid="line">
      <ol class="line ${tab.id}">
        ${repeat(rows, (row) => row.id, (row, index) => line(desk, tab, row, index))}
        ${rows.length ? nothing : html`<li class="empty">${tab.empty()}</li>`}
      </ol>
    </div>
    <p class="lines-keys muted small">
      <kbd>1</kbd>–<kbd>4</kbd> ${t("切换", "tabs")}　<kbd>↑</kbd><kbd>↓</kbd> ${t("选人", "rows")}　<kbd>Enter</kbd>
      ${t("叫号或取回", "call or bring back")}　<kbd>W</kbd> ${t("原因", "why")}
    </p>
  </section>`;
}

function tabButton(desk, tab, index) {
  const chosen = tab.id === desk.tab;
  return html`<button
    class="tab"
    role="tab"
    data-tab=${tab.id}
    aria-selected=${chosen ? "true" : "false"}
    aria-keyshortcuts=${index + 1}
    @click=${() => openTab(desk, tab.id)}
  >
    ${t(tab.zh, tab.en)} <b class="number">${tab.rows(desk.view)?.length ?? 0}</b>
  </button>`;
}

function head(tab) {
  const last = tab.id === "parked" || tab.id === "no_shows" ? t("取号", "Taken") : t("预计窗口", "Planned");
  const aside = tab.id === "own" ? nothing : html`<span>${last}</span>`;
  return html`<span>${t("号码", "No.")}</span><span>${t("事项", "Item")}</span>${aside}<span>${t("已等", "Waited")}</span>`;
}

function line(desk, tab, row, index) {
  const open = row.id === desk.selected;
  return html`<li class="row ${open ? "open" : ""} ${row.held ? "held" : ""}" data-number=${row.number}>
    <button class="row-main" aria-expanded=${open ? "true" : "false"} @click=${() => select(desk, open ? null : row.id)}>
      <b class="number">${row.number}</b>
      <span class="row-item"
        >${row.priority ? html`<span class="star" title=${row.rank_reason ?? ""}>★</span>` : nothing}${row.held
          ? html`<span class="badge warn row-held">${t("暂候", "on hold")}</span>`
          : nothing}${itemName(desk.hall, row) || sectionName(desk.hall, row.section, row.section_name)}</span
      >
      ${tab.id === "own" ? nothing : html`<span class="row-window">${aside(tab, row)}</span>`}
      <span class="row-waited ${tone(row)}">${shortMinutes(waited(row))}<small>${t("分", "m")}</small></span>
    </button>
    ${open ? unfolded(desk, tab, row, index) : nothing}
  </li>`;
}

function aside(tab, row) {
  if (tab.id === "parked" || tab.id === "no_shows") return timeText(row.taken_at);
  return row.window ? t(`${row.window}号`, String(row.window)) : t("待定", "—");
}

// The server's figure is as old as the last read; the ticket's own time keeps running.
function waited(row) {
  const taken = Date.parse(row.taken_at ?? "");
  return Number.isNaN(taken) ? row.waited_minutes : (serverNow() - taken) / 60_000;
}

const tone = (row) => (waited(row) >= 60 ? "long" : waited(row) >= 30 ? "longer" : "");

function unfolded(desk, tab, row, index) {
  const why = rowWhyNot(desk, tab, row);
  return html`<div class="row-more">
    ${row.rank_reason ? html`<p class="small">${t(row.rank_reason, row.rank_reason_en)}</p>` : nothing}
    <div class="row-buttons">
      <button
        class="button primary"
        data-row-action=${tab.id}
        aria-disabled=${why ? "true" : "false"}
        data-why=${why ?? nothing}
        @click=${() => act(desk, tab, row)}
      >
        ${label(tab, index)}
      </button>
      <button class="button" @click=${() => showDecisions(row)}>${t("为什么", "Why")}</button>
    </div>
  </div>`;
}

function label(tab, index) {
  if (tab.id === "parked") return t("取回办理", "Bring back");
  if (tab.id === "no_shows") return t("回到队列", "Back in line");
  return tab.id === "own" && index === 0 ? t("叫此号（需原因）", "Call (with reason)") : t("不按顺序叫", "Call out of turn");
}

function rowWhyNot(desk, tab, row) {
  if (desk.pending) return t("上一个操作正在进行，请稍候。", "The last command is still under way.");
  const foreign = whyNotMine(desk);
  if (foreign || tab.id === "no_shows") return foreign;
  if (!["open", "draining"].includes(desk.window.state)) return t("窗口没有开放，请先按 F1 开窗。", "Open the window first (F1).");
  if (desk.ticket) {
    return t(`${desk.ticket.number} 还在窗口，请先办结。`, `${desk.ticket.number} is still at the window.`);
  }
  return row.held ? t("此人正在别的窗口办理另一个号。", "This person is being served elsewhere.") : null;
}

function act(desk, tab, row) {
  if (rowWhyNot(desk, tab, row)) return undefined;
  if (tab.id === "parked") return bringBack(desk, row);
  if (tab.id === "no_shows") return returnToLine(desk, row);
  return callChosen(desk, row);
}

function openTab(desk, id) {
  desk.tab = id;
  desk.selected = null;
  desk.changed();
}

function select(desk, id) {
  desk.selected = id;
  desk.changed();
  if (id !== null) queueMicrotask(() => document.querySelector(".row.open")?.scrollIntoView({ block: "nearest" }));
}

/** Keys that are not commands: tabs, rows, Enter, W, Esc. */
export function onListKey(event, desk) {
  if (!desk.view || event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, textarea, select")) return;
  const tab = TABS.find((one) => one.id === desk.tab);
  const rows = tab.rows(desk.view) ?? [];
  const at = rows.findIndex((row) => row.id === desk.selected);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (TABS[Number(event.key) - 1]) openTab(desk, TABS[Number(event.key) - 1].id);
  else if (step && rows.length) select(desk, rows[Math.min(rows.length - 1, Math.max(0, at + step))].id);
  else if (event.key === "Enter" && at >= 0 && !event.repeat && !onControl(event)) act(desk, tab, rows[at]);
  else if (event.key.toLowerCase() === "w" && (rows[at] ?? desk.ticket)) showDecisions(rows[at] ?? desk.ticket);
  else if (event.key === "Escape") select(desk, null);
  else return;
  event.preventDefault();
}

// Enter on a focused button presses that button; on a row or on the page it acts on the chosen row.
const onControl = (event) => event.target.closest?.("button, a, summary") && !event.target.closest(".row-main");
