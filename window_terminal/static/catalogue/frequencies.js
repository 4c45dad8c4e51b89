// 高频、中频、低频 of every item by a year's cases, the most first; filtered, and as a CSV file.

import { html, render } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { failed, oftenBadge, root, startPage, subnav } from "./page.js";

const CLASSES = [["", "全部", "All"], ["high", "高频", "Frequent"], ["middle", "中频", "Less frequent"], ["low", "低频", "Rare"]];
const page = { report: null, only: "", find: "", refusal: null };

async function read() {
  try {
    Object.assign(page, { report: await get("/catalogue/frequencies", { attempts: 2, background: true }), refusal: null });
  } catch (refusal) {
    if (!page.report) page.refusal = refusal;
  }
  draw();
}

/** Equal volumes share the better place, as their class does; what nobody applied for has none. */
const shown = () => page.report.items.map((one, i, all) => ({ ...one, place: one.cases ? all.findIndex((other) => other.cases === one.cases) + 1 : "—" }))
  .filter((one) => (!page.only || one.frequency === page.only) && `${one.name} ${one.department} ${one.item}`.toLowerCase().includes(page.find.toLowerCase()));

function draw() {
  if (page.refusal) return render(failed(page.refusal, read), root);
  if (!page.report) return undefined;
  const items = shown();
  const count = (id) => page.report.items.filter((one) => !id || one.frequency === id).length;
  return render(html`<div class="catalogue-head">${subnav("frequencies")}
      <div class="pick" role="group" aria-label=${t("频次", "How often")}>${CLASSES.map(([id, zh, en]) => html`<button data-class=${id} aria-pressed=${String(page.only === id)} @click=${() => {
        page.only = id;
        draw();
      }}>${t(zh, en)} ${count(id)}</button>`)}</div>
      <input class="input narrow" type="search" placeholder=${t("按事项、部门找", "Item or department")} aria-label=${t("按事项、部门找", "Find by item or department")} @input=${(event) => {
        page.find = event.target.value.trim();
        draw();
      }}>
      <button class="button push" data-csv @click=${() => download(items)}>${t("导出 CSV", "Export CSV")}</button></div>
    <section class="panel grow"><div class="panel-head"><span class="muted small">${t(`自 ${page.report.since} 起一年的办件量；前 100 名高频，101–400 名中频，以后低频；一年没有办件的为低频。`,
      `Cases since ${page.report.since}: the first 100 are frequent, 101–400 less so, the others rare; so is whatever nobody applied for.`)}</span></div>
      <div class="panel-body" tabindex="0"><table class="table dense sticky"><thead><tr><th class="num">${t("名次", "Place")}</th><th>${t("事项", "Item")}</th><th>${t("部门", "Department")}</th><th class="num">${t("办件", "Cases")}</th><th>${t("频次", "How often")}</th></tr></thead>
        <tbody>${items.map((one) => html`<tr data-item=${one.item}><td class="num">${one.place}</td><td><a href="/catalogue#${one.item}" lang="zh-CN">${one.name}</a></td><td lang="zh-CN">${one.department}</td><td class="num">${one.cases}</td><td>${oftenBadge(one.frequency)}</td></tr>`)}</tbody></table>
        ${items.length ? "" : html`<p class="empty">${t("没有这样的事项。", "None of these.")}</p>`}</div></section>`, root);
}

/** As the table shows it; a cell that a spreadsheet would take for a formula begins with a quote. */
function download(items) {
  const cell = (value) => `"${String(value).replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
  const lines = [["名次", "编号", "事项", "部门", "办件", "频次"], ...items.map((one) => [one.place, one.item, one.name, one.department, one.cases, one.frequency_zh])];
  const blob = new Blob([`\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `高频事项-${page.report.since}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

read();
startPage(read, 60_000);
