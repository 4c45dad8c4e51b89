// Where a result stands: on the shelf, with the courier, handed over, or still on its way from a department.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { dayTimeText } from "../desk/desk.js";
import { unreachedBadge } from "../desk/case-sms.js";
import { failed, reading } from "../desk/states.js";

const VIEWS = [["waiting", "待领取", "To collect"], ["courier", "快递", "Courier"], ["issued", "已出件", "Issued"], ["arrivals", "待上架", "Arriving"]];
const COURIER_STYLES = { wanted: "warn", delivered: "ok", returned: "warn", failed: "bad", cancelled: "" };

/** [words, badge style] of a result's parcel. On a slip filled in by hand the gateway's order is cancelled, the parcel is not. */
export function courierWords({ state, courier, came_back: back }) {
  if (back && ["returned", "cancelled"].includes(courier.state)) return [t("已退回", "came back"), "warn"];
  if (state === "with_courier" && courier.state === "cancelled") return [t("手填运单，已交寄", "sent on a slip of its own"), "info"];
  return [t(courier.state_zh, courier.state_en), COURIER_STYLES[courier.state] ?? "info"];
}

/** What somebody typed: six digits are a pick-up code, 18 characters an ID number, all else a case's code. */
export function byWhat(said) {
  const plain = said.replace(/\s/g, "").toUpperCase();
  if (/^\d{6}$/.test(plain)) return { pickup_code: plain };
  if (/^\d{17}[\dX]$/.test(plain)) return { id_number: plain };
  return { code: plain };
}

/** The rows shown, each with the id it is chosen by. */
export function shownRows(box) {
  if (box.view === "arrivals") return box.arrivals;
  return (box.found ?? box.results ?? []).map((row) => ({ ...row, id: row.case }));
}

export function listView(box, acts) {
  const find = (event) => {
    event.preventDefault();
    acts.find();
  };
  return html`<div class="list-head">
      <form class="line find" @submit=${find}><input class="input" name="find" autocomplete="off" placeholder=${t("取件码 / 身份证号 / 申报编码", "Pick-up code / ID / case code")}
        aria-label=${t("取件码、身份证号或申报编码", "Pick-up code, ID number or case code")} .value=${box.find} @input=${(event) => { box.find = event.target.value; }}>
        <button class="button small primary" type="submit"><kbd>F2</kbd>${t("查找", "Find")}</button></form>
      <div class="pick views" role="group" aria-label=${t("看哪些", "Which")}>${VIEWS.map(([view, zh, en]) => html`<button data-view=${view}
        aria-pressed=${String(box.view === view && !box.found)} @click=${() => acts.set({ view })}>${t(zh, en)}${view === "arrivals" && box.arrivals.length ? html`<b class="number">${box.arrivals.length}</b>` : nothing}</button>`)}</div>
      ${box.data.at ? html`<p class="small">${t(`在 ${box.data.at} 号出件窗口`, `At window ${box.data.at}`)}</p>` : box.data.me.leads ? html`<label class="line small">${t("本窗口", "This window")} <select class="input" name="window" @change=${(event) => acts.set({ window: Number(event.target.value) })}>
        ${box.data.windows.map((number) => html`<option value=${number} ?selected=${number === box.window}>${t(`${number} 号出件窗口`, `Window ${number}`)}</option>`)}</select></label>`
        : html`<p class="notice warn small" data-not-here>${t("您还没有在出件窗口上岗，不能颁发结果。", "You are at no issue window yet: you cannot hand results over.")}
          <a href="/terminal?window=${box.data.windows[0]}">${t("去开放窗口", "Open one")}</a></p>`}
    </div>
    <div class="panel-body" data-rows>${rows(box, acts)}</div>`;
}

function rows(box, acts) {
  if (box.failed && !box.results) return failed(box.failed, acts.again);
  if (!box.results) return reading();
  const shown = shownRows(box);
  if (box.found) {
    return html`<p class="group-head found">${t(`找到 ${box.found.length} 件`, `${box.found.length} found`)} <button class="button small quiet" @click=${acts.clearFind}>${t("返回清单", "Back to the list")}</button></p>
      ${shown.map((row) => rowView(row, box, acts))}`;
  }
  if (!shown.length) return html`<p class="empty">${empty(box.view)}</p>`;
  return shown.map((row) => (box.view === "arrivals" ? arrivalRow(row, box, acts) : rowView(row, box, acts)));
}

const empty = (view) => ({
  waiting: t("架上没有待领的结果。部门送来、签收上架后在这里。", "Nothing waits on the shelf."), courier: t("没有要寄的结果。", "Nothing to send."),
  issued: t("近期没有出件。", "Nothing issued lately."), arrivals: t("没有正在送来的结果。", "Nothing is on its way."),
})[view];

function rowView(row, box, acts) {
  const decision = row.decision === "rejected" ? t("不予同意", "rejected") : t("准予", "approved");
  const [word, style] = row.state === "returned" ? (row.going_back?.state === "received" ? [t("部门已收回", "with department"), ""] : [t("退回部门", "going back"), "bad"]) : row.courier ? courierWords(row) : ["", ""];
  const parcel = row.state === "waiting" && row.courier && (row.courier.state === "failed" || row.came_back) ? courierWords(row)[0] : "";
  const tone = row.courier?.state === "failed" ? "red" : row.reminders || row.came_back ? "yellow" : row.state === "waiting" ? "green" : "";
  return html`<button class="row ${tone} result-row" aria-current=${String(row.case === box.chosen)} data-result=${row.case} @click=${() => acts.choose(row.case)}>
    <b class="cut">${row.title || row.item_name}</b>
    <span class="end">${row.shelf ? html`<b class="shelf number" title=${t("架号", "shelf")}>${row.shelf}</b>` : word ? html`<span class="badge ${style}">${word}</span>` : nothing}</span>
    <span class="under cut">${row.applicant} · <span class="number">${row.board_number}</span> · ${decision}${row.reminders ? html` · <b class="yellow-text">${t(`已催 ${row.reminders} 次`, `reminded ${row.reminders}×`)}</b>` : nothing}${parcel ? html` · <b class=${tone === "red" ? "red-text" : "yellow-text"}>${t("快递", "parcel ")}${parcel}</b>` : nothing} ${unreachedBadge(row.sms_unreached)}</span>
    <span class="end">${dayTimeText(row.collected_at ?? row.going_back?.since ?? row.arrived_at)}</span></button>`;
}

const arrivalRow = (list, box, acts) => html`<button class="row yellow" aria-current=${String(list.id === box.chosen)} data-arrival=${list.id} @click=${() => acts.choose(list.id)}>
  <b class="cut">${list.department}</b><span class="end">${t(`${list.lines.length} 件`, `${list.lines.length}`)}</span>
  <span class="under cut">${t("交出", "sent by")} ${list.sent_by_name}</span><span class="end">${dayTimeText(list.sent_at)}</span></button>`;
