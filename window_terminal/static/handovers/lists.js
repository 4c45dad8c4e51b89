// A day's lists, by slot: which way they go, for whom, how many lines, who has signed.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { dayText } from "../desk/due.js";
import { failed, reading } from "../desk/states.js";
import { maySendResults, READY } from "./ready.js";

const COUNTER = ["clerk", "guide", "manager", "admin"];
const STATES = { open: ["待交出", "to be sent", "info"], sent: ["待签收", "to be received", "warn"], received: ["已签收", "received", "ok"] };
export const stateWords = (state) => {
  const [zh, en, style] = STATES[state] ?? [state, state, ""];
  return [t(zh, en), style];
};
const DIRECTIONS = { department: ["材料送部门", "papers to the department"], issue: ["结果送出件窗口", "results to the issue window"], back: ["结果退部门", "results back to the department"] };
export const directionText = (direction) => t(...(DIRECTIONS[direction] ?? [direction, direction]));

/** By slot, then department; what is still to be signed first within a slot. */
export function shownLists(box) {
  const order = { sent: 0, open: 1, received: 2 };
  return [...(box.lists ?? [])].sort((a, b) => a.day.localeCompare(b.day) || a.slot.localeCompare(b.slot) || order[a.state] - order[b.state] || a.department.localeCompare(b.department, "zh"));
}

export function listView(box, acts) {
  const ownOnly = box.data.me.department && !box.data.me.leads;
  return html`<div class="list-head">
      <div class="line"><input class="input" type="date" aria-label=${t("日期", "Day")} .value=${box.day} @change=${(event) => event.target.value && acts.set({ day: event.target.value })}>
        ${box.data.me.roles.some((role) => COUNTER.includes(role)) ? html`<button class="button small" data-new-list @click=${() => newList(box, acts)}>${t("现在交接", "Hand over now")}</button>` : nothing}</div>
      <div class="line"><div class="pick" role="group" aria-label=${t("方向", "Direction")}>${[["", "全部", "All"], ["department", "送部门", "Papers"], ["issue", "送出件", "Results"], ["back", "退部门", "Back"]].map(
        ([direction, zh, en]) => html`<button aria-pressed=${String(box.direction === direction)} data-direction=${direction || "all"} @click=${() => acts.set({ direction })}>${t(zh, en)}</button>`)}</div>
        ${ownOnly ? nothing : departmentSelect(box, box.department, t("全部部门", "All departments"), (department) => acts.set({ department }))}</div>
    </div>
    <div class="panel-body" data-rows>${rows(box, acts)}</div>`;
}

const departmentSelect = (box, chosen, all, change) => html`<select class="input" name="department" aria-label=${t("部门", "Department")} @change=${(event) => change(event.target.value)}>
  <option value="">${all}</option>${box.data.departments.map((name) => html`<option ?selected=${chosen === name}>${name}</option>`)}</select>`;

function rows(box, acts) {
  if (box.failed && !box.lists) return failed(box.failed, acts.again);
  if (!box.lists) return reading();
  const lists = shownLists(box);
  if (!lists.length && maySendResults(box) && box.ready.length) return readyRow(box, acts);
  if (!lists.length) {
    return html`<p class="empty">${t(`没有清单。受理有纸质材料的办件后，清单会按交接时段（${box.slots.join("、")}）自动列出。`,
      `No lists. Accepted cases with papers are listed by themselves for the next slot (${box.slots.join(", ")}).`)}</p>`;
  }
  const times = [...new Set(lists.map(timeOf))];
  return [readyRow(box, acts), times.map((time) => html`<p class="group-head">${dayName(time, box)}</p>${lists.filter((one) => timeOf(one) === time).map((one) => rowView(one, box, acts))}`)];
}

const timeOf = ({ day, slot }) => `${day} ${slot}`;
// What is unsigned of days before stands first, and the next working day's last, with their day.
const dayName = (time, box) => (time.startsWith(box.day) ? time.slice(-5) : `${dayText(time.slice(0, 10))} ${time.slice(-5)} · ${time > box.day ? t("下一批", "next") : t("尚未签完", "not signed yet")}`);

const readyRow = (box, acts) => (maySendResults(box) && box.ready.length ? html`<button class="row yellow" aria-current=${String(box.chosen === READY)} data-ready @click=${() => acts.choose(READY)}>
  <b>${t("待送出件窗口的结果", "Results to send to the issue window")}</b><span class="end"><span class="badge warn">${box.ready.length}</span></span>
  <span class="under">${t("已作出决定，还没有移交", "decided, not handed over")}</span></button>` : nothing);

function rowView(list, box, acts) {
  const [word, style] = stateWords(list.state);
  const missing = list.lines.filter(({ state }) => state === "missing").length;
  return html`<button class="row ${missing ? "red" : { sent: "yellow", open: "stopped", received: "green" }[list.state]}" aria-current=${String(list.id === box.chosen)}
    data-list-id=${list.id} @click=${() => acts.choose(list.id)}>
    <b class="cut">${list.department}</b><span class="end"><span class="badge ${style}">${word}</span></span>
    <span class="under cut">${directionText(list.direction)}</span>
    <span class="end">${t(`${list.lines.length} 件`, `${list.lines.length}`)}${missing ? html` · <b class="red-text">${t(`缺 ${missing}`, `${missing} missing`)}</b>` : nothing}</span></button>`;
}

/** A list out of turn: an urgent matter (即办件) does not wait for the slot. */
async function newList(box, acts) {
  const { me } = box.data;
  const chosen = { department: me.department || box.department || "", direction: "department" };
  const made = await sheet(t("现在交接", "Hand over now"), (state) => html`
    <p class="dialog-text">${t("不等交接时段，把正在等的办件列成一张清单（例如即办件）。", "Without waiting for the slot: what waits now becomes a list (e.g. an on-the-spot matter).")}</p>
    <div class="field new-list"><span class="label">${t("部门", "Department")}</span>${me.department ? html`<b>${me.department}</b>`
      : departmentSelect(box, chosen.department, t("请选择", "choose"), (department) => { chosen.department = department; state.draw(); })}</div>
    ${sheetActions(state, t("取消", "Cancel"), [t("列清单并签字交出", "List, sign and send"), async () => state.done(await post("/handovers", chosen)), { disabled: !chosen.department }])}`);
  if (made) acts.signed(made);
}
