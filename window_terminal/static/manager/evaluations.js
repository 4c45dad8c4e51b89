// How citizens rated: the five levels, the share rated, windows, and the low scores to follow up; of visits, or of cases once
// their result was issued. For managers alone.

import { html, nothing, render, svg } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { dayTimeText, pageData, startDesk, words } from "../desk/desk.js";

const REFRESH_MS = 30_000; // ratings come without any event: the hall's stream says nothing of them
const DAY_MS = 86_400_000;
const LOW = 2;
const place = (name) => document.querySelector(`[data-${name}]`);
const { time_zone: zone } = pageData();
const dayOf = (ms) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(ms); // 2026-11-22
const page = { of: "visits", span: 1, from: "", to: "", report: null, line: null };

const now = () => page.line?.now() ?? Date.now();
const span = (days) => Object.assign(page, { span: days, from: dayOf(now() - (days - 1) * DAY_MS), to: dayOf(now()) });
const query = () => `from=${page.from}&to=${page.to}`;

/** Words are read when they are looked at, or when there are more of them: each reading is noted in the audit. */
async function read(withWords = true) {
  try {
    const asked = page.of, path = asked === "cases" ? "case-evaluations" : "evaluations";
    const answer = await get(`/${path}?${query()}&words=${withWords}`, { attempts: 1, background: !withWords });
    if (asked !== page.of) return undefined; // looked elsewhere meanwhile
    const report = asked === "cases" ? asVisits(answer) : answer;
    if (!withWords && page.report) {
      if (lowOf(report) !== lowOf(page.report)) return await read(true);
      Object.assign(report, { low: page.report.low, remarks: page.report.remarks });
    }
    page.report = report;
    draw();
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
  return undefined;
}

/** What was said of cases, in the words of what is said of visits. */
function asVisits({ issued, departments, said, ...report }) {
  const rows = said.map((one) => ({ ...one, number: one.code ?? `#${one.case}` }));
  return { ...report, finished: issued, departments, low: rows.filter(({ score }) => score <= LOW), remarks: rows.filter(({ score }) => score > LOW) };
}

const lowOf = (report) => report.scores.filter(({ score }) => score <= LOW).reduce((sum, { count }) => sum + count, 0);
const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)}%` : "—");

function draw() {
  render(bar(), place("bar"));
  if (!page.report) return void ["levels", "windows", "words"].forEach((name) => render(nothing, place(name)));
  render(levels(page.report), place("levels"));
  render(page.report.departments ? departmentTable(page.report.departments) : windowTable(page.report.windows), place("windows"));
  render(said(page.report), place("words"));
}

function bar() {
  const pick = (days) => () => {
    span(days);
    read();
  };
  const set = (field) => (event) => {
    if (!event.target.value) return;
    Object.assign(page, { span: 0, [field]: event.target.value });
    read();
  };
  const look = (of) => () => {
    Object.assign(page, { of, report: null });
    draw();
    read();
  };
  return html`<div class="pick" role="group" aria-label=${t("评价什么", "Ratings of what")}>
      ${[["visits", t("窗口服务", "Visits")], ["cases", t("办件（出件后）", "Cases, once issued")]].map(
        ([of, name]) => html`<button data-of=${of} aria-pressed=${String(page.of === of)} @click=${look(of)}>${name}</button>`)}</div>
    <div class="pick" role="group" aria-label=${t("哪些天", "Which days")}>
      ${[[1, t("今天", "Today")], [7, t("近 7 天", "Last 7 days")], [30, t("近 30 天", "Last 30 days")]].map(
        ([days, name]) => html`<button aria-pressed=${String(page.span === days)} @click=${pick(days)}>${name}</button>`)}</div>
    <label class="eval-day">${t("从", "From")} <input class="input" type="date" name="from" .value=${page.from} max=${page.to} @change=${set("from")}></label>
    <label class="eval-day">${t("到", "to")} <input class="input" type="date" name="to" .value=${page.to} min=${page.from} @change=${set("to")}></label>
    ${page.of === "visits" ? html`<a class="button push" href="/api/v1/evaluations.csv?${query()}" download>${t("导出 CSV", "Export CSV")}</a>` : nothing}`;
}

function levels({ finished, rated, scores }) {
  const content = scores.filter(({ score }) => score > LOW).reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...scores.map(({ count }) => count));
  return html`<div class="eval-figures">
      <div class="eval-figure" data-figure="content"><b class="number">${percent(content, rated)}</b><span>${t("满意率（基本满意以上）", "Contented (fairly or better)")}</span></div>
      <div class="eval-figure" data-figure="rated"><b class="number">${percent(rated, finished)}</b><span>${t("评价率", "Rated")}</span></div>
      <p>${t(`办结 ${finished} 次，评价 ${rated} 次，未评价 ${Math.max(0, finished - rated)} 次`, `${finished} services, ${rated} rated, ${Math.max(0, finished - rated)} not rated`)}</p>
    </div>
    <dl class="eval-levels">${scores.map(({ score, zh, en, count }) => html`
      <dt>${t(zh, en)}</dt>
      <dd class=${score <= LOW ? "low" : ""} data-level=${score}>
        ${svg`<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="1"/><rect class="part" width=${(100 * count) / most} height="1"/></svg>`}
        <b class="number">${count}</b><span>${percent(count, rated)}</span></dd>`)}</dl>`;
}

function windowTable(windows) {
  return html`<h2 class="eval-head">${t("各窗口平均分", "Windows' averages")}<small>${t("满 5 次评价才计", "from five ratings on")}</small></h2>
    ${windows.length ? html`<table class="table dense"><thead><tr>
      <th>${t("窗口", "Window")}</th><th class="num">${t("评价", "Ratings")}</th><th class="num">${t("平均（5 分最好）", "Average of 5")}</th></tr></thead>
    <tbody>${windows.map((one) => html`<tr data-window=${one.window}><td><b class="number">${one.window}</b></td>
      <td class="num">${one.ratings}</td><td class="num"><b class="number">${one.average.toFixed(2)}</b></td></tr>`)}</tbody></table>`
      : html`<p class="empty">${t("还没有窗口满 5 次评价", "No window has five ratings yet")}</p>`}`;
}

function departmentTable(departments) {
  return html`<h2 class="eval-head">${t("各部门平均分", "Departments' averages")}</h2>
    ${departments.length ? html`<table class="table dense"><thead><tr>
      <th>${t("部门", "Department")}</th><th class="num">${t("评价", "Ratings")}</th><th class="num">${t("平均（5 分最好）", "Average of 5")}</th></tr></thead>
    <tbody>${departments.map((one) => html`<tr data-department=${one.department}><td>${one.department}</td>
      <td class="num">${one.ratings}</td><td class="num"><b class="number">${one.average.toFixed(2)}</b></td></tr>`)}</tbody></table>`
      : html`<p class="empty">${t("这些天还没有办件评价", "No case was rated in these days")}</p>`}`;
}

function said({ low, remarks }) {
  return html`<h2 class="eval-head">${t("差评，请回访", "Low scores to follow up")}<b class="badge ${low.length ? "bad" : "ok"}">${low.length}</b>
      <small>${t("窗口人员看不到；每次查看都会记入审计", "Clerks do not see this; each look is noted in the audit")}</small></h2>
    ${low.length ? low.map(row) : html`<p class="empty">${t("没有差评", "No low scores")}</p>`}
    ${remarks.length ? html`<h2 class="eval-head">${t("其他意见", "Other comments")}<b class="badge info">${remarks.length}</b></h2>${remarks.map(row)}` : nothing}`;
}

function row(one) {
  const level = page.report.scores.find(({ score }) => score === one.score);
  return html`<article class="eval-said" data-said=${one.number}>
    <p class="eval-who"><b class="number">${one.number}</b><span class="badge ${one.score <= LOW ? "bad" : "ok"}">${t(level.zh, level.en)}</span>
      <time>${dayTimeText(one.at)}</time></p>
    <p>${one.tags.map((tag) => html`<span class="badge warn">${words(tag)}</span> `)}${one.comment ? html`<q>${one.comment}</q>`
      : one.tags.length ? nothing : html`<span class="muted">${t("没有写原因", "No reason given")}</span>`}</p>
    <p class="muted small">${one.case ? html`<a href="/cases?case=${one.case}">${one.item_name}</a> · ${one.department}` : html`${one.window ? t(`${one.window} 号窗口`, `Window ${one.window}`) : ""} · ${one.clerk_name} · ${one.item_name}`} · ${one.channel === "pad" ? t("评价器", "pad") : t("手机", "phone")}</p>
  </article>`;
}

page.line = startDesk();
span(1);
draw();
read();
setInterval(() => {
  if (page.span) span(page.span); // midnight
  read(false);
}, REFRESH_MS);
