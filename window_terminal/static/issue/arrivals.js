// Results come in from a department by list: each line found goes onto the lowest free shelf.

import { html } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { dayTimeText } from "../desk/desk.js";

export function arrivalView(list, box, acts) {
  const waiting = list.lines.filter(({ state }) => state === "sent" || state === "missing");
  const take = (lines) => acts.give(() => post(`/handovers/${list.id}/receive`, { lines: lines.map((line) => ({ case: line.case, received: true })) }),
    t(`已签收 ${lines.length} 件，架号见“待领取”`, `${lines.length} received; the shelves are under “To collect”`));
  return html`<header class="case-head"><h2>${list.department}</h2><span class="badge warn">${t("待签收上架", "to be received")}</span>
      <p class="sub"><span>${t("清单", "List")} <b class="number">${list.id}</b></span><span>${t("交出", "Sent")} ${list.sent_by_name} ${dayTimeText(list.sent_at)}</span></p></header>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("清单内容", "Lines")}><table class="table dense"><thead><tr>
      <th>${t("申报编码", "Code")}</th><th>${t("事项", "Item")}</th><th>${t("申请人", "Applicant")}</th><th>${t("状态", "State")}</th><th></th></tr></thead>
      <tbody>${list.lines.map((line) => html`<tr data-line=${line.case}><td class="number">${line.code}</td><td>${line.item_name}</td><td>${line.applicant}</td>
        <td>${line.state === "received" ? html`<span class="badge ok">${t("已上架", "on the shelf")}</span>` : html`<span class="badge warn">${t("待签收", "to receive")}</span>`}</td>
        <td class="num">${line.state === "received" ? "" : html`<button class="button small" ?disabled=${box.busy} @click=${() => take([line])}>${t("收到", "Here")}</button>`}</td></tr>`)}</tbody></table></div>
    <div class="acts"><button class="button primary" data-take-all ?disabled=${box.busy || !waiting.length} @click=${() => take(waiting)}>${t(`全部收到，上架（${waiting.length} 件）`, `All here: onto the shelf (${waiting.length})`)}</button>
      <a class="button quiet" href="/handovers#${list.id}">${t("有缺件？到交接清单逐件签", "Something missing? Sign line by line")}</a></div>`;
}
