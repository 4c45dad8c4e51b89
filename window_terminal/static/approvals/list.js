// The list of the workbench: figures that filter, words to find by, what is due first.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { dueText, leftText } from "../desk/due.js";
import { failed, reading } from "../desk/states.js";

const LIGHTS = [["red", "超期", "Over"], ["yellow", "将到期", "Soon"], ["green", "期限内", "In time"], ["stopped", "停钟", "Stopped"], ["on_its_way", "在途", "Coming"]];

const lightOf = (row) => (row.state === "on_its_way" ? "on_its_way" : row.state === "dropped" ? "done" : row.light);

/** The rows that the filter and the words leave. */
export function shownRows(box) {
  const wanted = box.find.trim().toLowerCase();
  return (box.list?.tasks ?? []).filter((row) => (!box.light || lightOf(row) === box.light) &&
    (!wanted || `${row.code} ${row.board_number} ${row.item_name} ${row.applicant} ${row.holder_name ?? ""}`.toLowerCase().includes(wanted)));
}

export function listView(box, acts) {
  return html`<div class="list-head">
      <div class="line">
        <div class="pick" role="group" aria-label=${t("看哪些", "Which")}>
          ${[["open", "待办", "Open"], ["decided", "已办", "Decided"]].map(([view, zh, en]) => html`<button
            aria-pressed=${String(box.view === view)} data-view=${view} @click=${() => acts.set({ view, light: "" })}>${t(zh, en)}</button>`)}
        </div>
        <input class="input" type="search" placeholder=${t("编码、公示号、事项、申请人", "Code, number, item or applicant")} aria-label=${t("查找", "Find")}
          .value=${box.find} @input=${(event) => acts.set({ find: event.target.value })}>
      </div>
      ${box.data.me.leads ? departments(box, acts) : nothing}
      ${box.view === "open" ? counts(box, acts) : nothing}
    </div>
    <div class="panel-body" data-rows>${rows(box, acts)}</div>`;
}

function departments(box, acts) {
  return html`<select class="input" aria-label=${t("部门", "Department")} @change=${(event) => acts.set({ department: event.target.value })}>
    <option value="">${t("全部部门", "All departments")}</option>
    ${box.data.departments.map((name) => html`<option ?selected=${box.department === name}>${name}</option>`)}</select>`;
}

function counts(box, acts) {
  const figures = box.list?.counts ?? {};
  return html`<div class="pick lights" role="group" aria-label=${t("按期限看", "By limit")}>${LIGHTS.map(([light, zh, en]) => html`<button
    class=${light} aria-pressed=${String(box.light === light)} data-light=${light}
    @click=${() => acts.set({ light: box.light === light ? "" : light })}>${t(zh, en)}<b class="number">${figures[light] ?? 0}</b></button>`)}</div>`;
}

function rows(box, acts) {
  if (box.failed && !box.list) return failed(box.failed, acts.again);
  if (!box.list) return reading();
  const shown = shownRows(box);
  if (shown.length) return [shown.map((row) => rowView(row, box, acts)), moreText(box)];
  if (box.list.tasks.length) return html`<p class="empty">${t("没有符合的办件，换个条件试试。", "Nothing fits; try other words.")}</p>`;
  return html`<p class="empty">${box.view === "open"
    ? t("没有待办。窗口受理、交接签收后，办件会自动到这里。", "Nothing to decide. Cases arrive here once they are accepted and signed for.")
    : t("还没有作出过决定。", "Nothing decided yet.")}</p>`;
}

/** The server names the first few hundred, due first. */
function moreText({ view, list }) {
  const left = Object.values(list.counts).reduce((sum, count) => sum + count, 0) - list.tasks.length;
  return view === "open" && left > 0 ? html`<p class="empty" data-more>${t(`后面还有 ${left} 件，办完前面的就会列出。`, `${left} more follow as these are decided.`)}</p>` : nothing;
}

function rowView(row, box, acts) {
  const light = lightOf(row);
  return html`<button class="row ${light}" aria-current=${String(row.id === box.chosen)} data-task=${row.id} @click=${() => acts.choose(row.id)}>
    <b class="cut">${row.item_name}</b>
    <span class="end ${light}-text">${light === "on_its_way" ? t("材料在途", "on its way") : leftText(row)}</span>
    <span class="under cut">${row.waits_for.length ? html`<b>${t("等待结果", "waits for a result")}</b> · ` : nothing}${box.data.me.leads && !box.department ? html`${row.department} · ` : nothing}${row.applicant} · <span class="number">${row.board_number}</span>${row.holder_name ? html` · ${row.holder_name}` : nothing}${
      row.joint.length ? html` · ${t("并联", "joint")}` : nothing}${row.corrections ? html` · ${t("补正过", "corrected")}` : nothing}</span>
    <span class="end">${row.result_owed ? html`<b class="warn-text">${t("待上传结果", "result owed")}</b>` : box.view === "decided" ? (row.state === "dropped" ? t(row.case_zh, row.case_en) : t(row.state_zh, row.state_en)) : dueText(row)}</span></button>`;
}
