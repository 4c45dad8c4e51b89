// Move one or several waiting tickets of a line to another section or window.

import { html, nothing } from "lit";
import { get, minutesText, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";

/** @param {number|null} window show only this window's line at first */
export async function moveTickets(page, window = null) {
  const form = { tickets: (await get("/tickets?state=waiting")).tickets, chosen: new Set(), results: null };
  form.from = window ? `window:${window}` : "";
  form.to = "";
  const moved = await sheet(t("移动号票", "Move tickets"), (state) => moveView(state, page, form), { wide: true });
  if (moved) toast(t(`已移动 ${moved} 张号票`, `Moved ${moved} ticket(s)`), { kind: "ok" });
}

const inLine = (ticket, from) => {
  if (!from) return true;
  const [kind, id] = from.split(":");
  return kind === "window" ? String(ticket.window) === id : ticket.section === id;
};

function moveView(state, page, form) {
  const shown = form.tickets.filter((ticket) => inLine(ticket, form.from));
  const set = (field) => (event) => {
    form[field] = event.target.value;
    if (field === "from") form.chosen.clear();
    state.draw();
  };
  const send = () => moveAll(state, form);
  const label = t(`移动 ${form.chosen.size} 张`, `Move ${form.chosen.size}`);
  return html`<div class="form">
    <div class="moves">
      <div class="field"><label for="move-from">${t("从", "From")}</label>
        <select id="move-from" name="from" @change=${set("from")}>${options(page, form.from, t("所有等候的", "All who wait"))}</select></div>
      <div class="field"><label for="move-to">${t("移到", "To")}</label>
        <select id="move-to" name="to" @change=${set("to")}>${options(page, form.to, t("请选择…", "Choose…"))}</select></div>
    </div>
    ${shown.length ? ticketTable(state, shown, form, page) : html`<p class="empty">${t("这里没有人等候。", "Nobody waits here.")}</p>`}
    <p class="muted small">${t("移动后保留原取号时间的位次。", "They keep the place of their time of taking.")}</p>
  </div>
  ${sheetActions(state, t("关闭", "Close"), [label, send, { disabled: !form.chosen.size || !form.to }])}`;
}

function options({ data, overview }, chosen, none) {
  const option = (value, text) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
  const stateWord = (window) => (window.state === "closed" ? t("（关闭）", " (closed)") : window.state === "paused" ? t("（暂停）", " (paused)") : "");
  return html`${option("", none)}
    <optgroup label=${t("板块", "Sections")}>${data.sections.map((s) => option(`section:${s.id}`, `${s.letter} ${words(s)}`))}</optgroup>
    <optgroup label=${t("窗口", "Windows")}>${overview.windows.map((w) =>
      option(`window:${w.number}`, `${t(`${w.number} 号窗口`, `Window ${w.number}`)}${stateWord(w)} · ${t("等", "line")} ${w.waiting ?? 0}`))}</optgroup>`;
}

function ticketTable(state, shown, form, { data }) {
  const letters = Object.fromEntries(data.sections.map((s) => [s.id, s]));
  const all = shown.every((ticket) => form.chosen.has(ticket.id));
  const toggle = (ids, on) => {
    for (const id of ids) form.chosen[on ? "add" : "delete"](id);
    state.draw();
  };
  return html`<div class="scroll"><table class="table dense"><thead><tr>
      <th><input type="checkbox" aria-label=${t("全选", "All")} .checked=${all} @change=${(e) => toggle(shown.map((x) => x.id), e.target.checked)}></th>
      <th>${t("号码", "Number")}</th><th>${t("板块 · 事项", "Section · item")}</th><th>${t("预计窗口", "Window")}</th><th class="num">${t("已等", "Waited")}</th></tr></thead>
    <tbody>${shown.map((ticket) => html`<tr data-move=${ticket.number}>
      <td><input type="checkbox" aria-label=${ticket.number} .checked=${form.chosen.has(ticket.id)} @change=${(e) => toggle([ticket.id], e.target.checked)}></td>
      <td class="number">${ticket.number}</td>
      <td>${ticket.item_name ?? words(letters[ticket.section]) ?? ticket.section}</td>
      <td>${ticket.window ?? "—"}</td><td class="num">${minutesText(ticket.waited_minutes)}</td>
    </tr>${form.results?.get(ticket.id) ? html`<tr><td></td><td colspan="4" class="bad-text">${form.results.get(ticket.id)}</td></tr>` : nothing}`)}
    </tbody></table></div>`;
}

async function moveAll(state, form) {
  const [kind, id] = form.to.split(":");
  const body = kind === "window" ? { window: Number(id) } : { section: id };
  form.results = new Map();
  let moved = 0;
  for (const ticket of [...form.chosen]) {
    try {
      await post(`/tickets/${ticket}/transfer`, body);
      form.chosen.delete(ticket);
      moved += 1;
    } catch (refusal) {
      if (refusal.offline) throw refusal;
      form.results.set(ticket, refusal.sentence);
    }
  }
  if (!form.results.size) return state.done(moved);
  form.tickets = (await get("/tickets?state=waiting")).tickets;
  state.error = t(`移动了 ${moved} 张，${form.results.size} 张没有移动。`, `${moved} moved, ${form.results.size} not.`);
  return undefined;
}
