// 限时办结、统一督办: figures, departments, and the cases due, overdue, stopped or handed on, with a reminder to whoever holds them.

import { html, nothing, render } from "lit";
import { get } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { failed, reading } from "../desk/states.js";
import { caseRow } from "./cases.js";
import { leftView } from "./left.js";
import { remind } from "./remind.js";

const data = pageData();
const place = (name) => document.querySelector(`[data-${name}]`);
const VIEWS = [["due", "将到期", "Due soon"], ["overdue", "已超期", "Overdue"], ["stopped", "停止计时", "Clock stopped"], ["handed_on", "已移交", "Handed on"], ["all", "全部在办", "All running"]];
const FIGURES = { due: "yellow", overdue: "overdue", stopped: "stopped", handed_on: "handed_on", all: "all" };
const wanted = new URLSearchParams(location.search).get("view");
const box = { data, view: FIGURES[wanted] ? wanted : "overdue", department: "", find: "", report: null, left: null, failed: null };

async function read(background = false) {
  const { view, department } = box;
  try {
    const left = data.me.leads ? await get("/supervision/left", { attempts: 1, background }) : null;
    const report = await get(`/supervision?view=${view}${department ? `&department=${encodeURIComponent(department)}` : ""}`, { attempts: 1, background });
    if (view !== box.view || department !== box.department) return;
    Object.assign(box, { report, left, failed: null });
  } catch (refusal) {
    box.failed = refusal;
  }
  draw();
}

function set(change) {
  Object.assign(box, change);
  if ("view" in change) history.replaceState(null, "", `?view=${box.view}`);
  if (!("find" in change)) {
    if (box.report) box.report = { ...box.report, cases: null };
    read();
  }
  draw();
}

function draw() {
  render(figuresView(), place("figures"));
  render(departmentsView(), place("departments"));
  render(casesView(), place("cases"));
}

/** As the server counts, and all that is under way: what runs and what stands. */
const countsOf = (report) => (report ? { ...report.figures, all: report.figures.running + report.figures.stopped } : {});

function figuresView() {
  const figures = countsOf(box.report);
  const share = figures.decided_30 ? `${Math.round((100 * figures.on_time_30) / figures.decided_30)}%` : "—";
  return html`${VIEWS.map(([view, zh, en]) => {
    const count = figures[FIGURES[view]] ?? 0;
    return html`<button class="figure ${view === "overdue" && count ? "bad" : view === "due" && count ? "warn" : ""}" data-view=${view} aria-pressed=${String(box.view === view)}
      @click=${() => set({ view })}><b class="number">${box.report ? count : "—"}</b><span>${t(zh, en)}</span></button>`;
  })}
    <div class="figure" data-on-time><b class="number">${share}</b><span>${t(`近 30 天按时办结（${figures.on_time_30 ?? 0}/${figures.decided_30 ?? 0}）`, `on time, last 30 days (${figures.on_time_30 ?? 0}/${figures.decided_30 ?? 0})`)}</span></div>`;
}

function departmentsView() {
  const rows = box.report?.by_department ?? [];
  const zero = (count, style) => (count ? html`<b class="${style}">${count}</b>` : html`<span class="muted">0</span>`);
  return html`<div class="panel-head"><h2>${t("各部门", "Departments")}</h2>${box.department ? html`<button class="button small quiet push" @click=${() => set({ department: "" })}>${t("看全部", "All")}</button>` : nothing}</div>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("各部门在办", "Running, by department")}>${rows.length ? html`<table class="table dense by-department"><thead><tr><th>${t("部门", "Department")}</th><th class="num">${t("在办", "Running")}</th><th class="num">${t("将到", "Soon")}</th>
      <th class="num">${t("超期", "Over")}</th><th class="num">${t("停钟", "Stopped")}</th></tr></thead>
    <tbody>${rows.map((one) => html`<tr class=${one.department === box.department ? "is-current" : ""} data-department=${one.department}>
      <td><button class="link" aria-pressed=${String(one.department === box.department)} @click=${() => set({ department: one.department === box.department ? "" : one.department })}>${one.department}</button></td>
      <td class="num">${one.running}</td><td class="num">${zero(one.yellow, "yellow-text")}</td><td class="num">${zero(one.overdue, "red-text")}</td><td class="num">${zero(one.stopped, "")}</td></tr>`)}</tbody></table>`
      : html`<p class="empty">${box.report ? t("没有在办的办件", "No cases are running") : ""}</p>`}</div>`;
}

function shown() {
  const words = box.find.trim().toLowerCase();
  return (box.report?.cases ?? []).filter((row) => !words || [row.code, row.board_number, row.item_name, row.applicant, row.department, row.owner_name, ...row.tasks.flatMap((part) => [part.department, part.holder_name])].join(" ").toLowerCase().includes(words));
}

function casesView() {
  const name = VIEWS.find(([view]) => view === box.view);
  return html`<div class="panel-head"><h2>${t(name[1], name[2])}${box.department ? ` · ${box.department}` : ""}</h2>
      <input class="input push find" type="search" placeholder=${t("编码、公示号、申请人、承办人", "Code, item, applicant, holder")} aria-label=${t("查找", "Find")} @input=${(event) => set({ find: event.target.value })}></div>
    ${leftView(box.left, () => read())}
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("办件", "Cases")} data-rows>${bodyView()}</div>`;
}

function bodyView() {
  if (box.failed && !box.report?.cases) return failed(box.failed, () => read());
  if (!box.report?.cases) return reading();
  const rows = shown();
  if (!rows.length) return html`<p class="empty">${box.find ? t("没有符合的办件", "Nothing fits") : t("这一类没有办件。", "No cases of this kind.")}</p>`;
  return html`<table class="table dense supervised"><thead><tr><th>${t("事项 · 申请人", "Item · applicant")}</th><th>${t("期限", "Limit")}</th><th>${t("现在在谁手里", "With whom now")}</th>
    <th>${t("首办", "First handler")}</th><th>${t("提醒", "Reminders")}</th><th></th></tr></thead>
    <tbody>${rows.map((row) => caseRow(row, box, (to) => remind(row, to, () => read())))}</tbody></table>${moreText()}`;
}

/** The server names the first few hundred, the latest first. */
function moreText() {
  const left = (countsOf(box.report)[FIGURES[box.view]] ?? 0) - box.report.cases.length;
  return left > 0 ? html`<p class="notice" data-more>${t(`还有 ${left} 件没有列出：选一个部门看。`, `${left} more are not listed: choose a department.`)}</p>` : nothing;
}

const refresh = coalesce(() => (dialogOpen() ? undefined : read(true)), 2000);
startDesk({ changed: (event) => (!event || /^(case|alarm)\./.test(event.type)) && refresh() });
draw();
refresh();
