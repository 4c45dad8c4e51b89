// One ticket: what it is, why this window and this place, and what a guide may put right.

import { html, nothing } from "lit";
import { get, minutesText, post } from "ui/api.js";
import { askReason, confirmDialog } from "ui/dialog.js";
import { lang, t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { timeText, words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";

const STATES = {
  waiting: ["等候中", "waiting"], called: ["已叫号", "called"], serving: ["办理中", "being served"], parked: ["已挂起", "parked"],
  no_show: ["已过号", "missed its call"], done: ["已办结", "finished"], cancelled: ["已取消", "cancelled"], expired: ["已失效", "expired"],
};

export async function openTicket(id, data) {
  const [ticket, { decisions }] = await Promise.all([get(`/tickets/${id}`), get(`/tickets/${id}/decisions`)]);
  const view = { why: false, decisions };
  const order = await sheet(t("号票", "Ticket"), (state) => ticketView(state, ticket, view, data), { wide: true });
  if (order) await ORDERS[order](ticket);
}

const ORDERS = {
  async phone(ticket) {
    const phone = await askReason({
      title: t(`${ticket.number}：更正手机号`, `${ticket.number}: correct the phone`),
      text: t(`现在是 ${ticket.phone ?? "没有留"}。之后的短信发到新号码。`, `Now ${ticket.phone ?? "none"}. Later SMS go to the new number.`),
      label: t("新手机号，11 位", "new mobile number, 11 digits"), yes: t("更正", "Correct"),
    });
    if (!phone) return;
    const changed = await post(`/tickets/${ticket.id}/phone`, { phone });
    toast(t(`${ticket.number} 的手机号已改为 ${changed.phone}`, `${ticket.number} now has ${changed.phone}`), { kind: "ok" });
  },
  async cancel(ticket) {
    const sure = await confirmDialog({
      title: t(`取消 ${ticket.number}`, `Cancel ${ticket.number}`), danger: true, yes: t("取消这个号", "Cancel the number"), no: t("不取消", "Keep it"),
      text: t("取消后不再叫这个号，群众要重新取号。", "It will not be called; the citizen would have to take another."),
    });
    if (!sure) return;
    await post(`/tickets/${ticket.id}/cancel`);
    toast(t(`${ticket.number} 已取消`, `${ticket.number} is cancelled`), { kind: "ok" });
  },
  async slip(ticket) {
    const { printer } = await post(`/tickets/${ticket.id}/slip`, {}, { attempts: 1 });
    toast(t(`${ticket.number} 的小票已在“${printer}”打印`, `The slip of ${ticket.number} is printed on “${printer}”`), { kind: "ok" });
  },
  async return(ticket) {
    const back = await post(`/tickets/${ticket.id}/return`);
    toast(t(`${ticket.number} 已回到队伍，前面 ${back.ahead ?? 0} 人`, `${ticket.number} is back in line, ${back.ahead ?? 0} ahead`), { kind: "ok" });
  },
};

function ticketView(state, ticket, view, data) {
  const section = data.sections.find((one) => one.id === ticket.section);
  const is = STATES[ticket.state] ?? [ticket.state, ticket.state];
  const order = (name, label, style = "") =>
    html`<button type="button" class="button ${style}" data-order=${name} @click=${() => state.done(name)}>${label}</button>`;
  const live = ["waiting", "called", "no_show", "parked"].includes(ticket.state);
  return html`<div class="ticket-head"><b class="number ticket-number">${ticket.number}</b>
      <span class="badge ${ticket.state}">${t(...is)}</span>
      ${ticket.priority ? html`<span class="badge ok">${t("绿色通道", "green channel")}</span>` : nothing}</div>
    ${factsView(ticket, section)}
    <div class="chips">
      ${ticket.state === "no_show" ? order("return", t("找回过号", "Bring back"), "primary") : nothing}
      ${live || ticket.state === "serving" ? order("slip", t("打印小票", "Print the slip")) : nothing}
      ${live ? order("phone", t("更正手机号", "Correct the phone")) : nothing}
      <button type="button" class="button" aria-pressed=${String(view.why)} data-why
        @click=${() => { view.why = !view.why; state.draw(); }}>${t("为什么是这个窗口、这个位次", "Why this window and place")}</button>
      ${live ? order("cancel", t("取消这个号", "Cancel the number"), "danger") : nothing}
    </div>
    ${view.why ? decisionsView(view.decisions) : nothing}
    ${sheetActions(state, t("返回", "Back"))}`;
}

function factsView(ticket, section) {
  const row = (label, value) => html`<dt>${label}</dt><dd>${value ?? "—"}</dd>`;
  const window = ticket.called_window ?? ticket.window;
  return html`<dl class="facts two ticket-facts">
    ${row(t("板块", "Section"), words(section) || ticket.section_name)}
    ${row(t("事项", "Item"), ticket.item_name ?? ticket.item)}
    ${row(t("手机", "Phone"), ticket.phone ?? t("没有留", "none"))}
    ${row(ticket.called_window ? t("叫号窗口", "Called to") : t("预计窗口", "Planned"), window)}
    ${row(t("取号", "Taken"), timeText(ticket.taken_at))}
    ${row(t("叫号", "Called"), ticket.called_at ? `${timeText(ticket.called_at)} · ${ticket.calls}${t(" 次", "×")}` : null)}
    ${ticket.state === "waiting"
      ? html`${row(t("前面", "Ahead"), t(`${ticket.ahead ?? "—"} 人`, `${ticket.ahead ?? "—"}`))}${row(t("预计", "Expected"), minutesText(ticket.expected_minutes))}`
      : nothing}
  </dl>`;
}

function decisionsView(decisions) {
  if (!decisions.length) return html`<p class="empty">${t("没有记录。", "Nothing recorded.")}</p>`;
  return html`<br><div class="scroll"><ul class="decisions" lang=${lang()}>${decisions.map(
    (one) => html`<li><time>${timeText(one.at)}</time><span>${words(one)}</span></li>`,
  )}</ul></div>`;
}
