// A case under supervision: its limit, who holds it, who was reminded and whether they looked.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { dayTimeText } from "../desk/desk.js";
import { unreachedBadge } from "../desk/case-sms.js";
import { dayText, dueText, leftText } from "../desk/due.js";
import { LEVELS } from "../desk/history-words.js";

export function caseRow(row, box, remind) {
  const to = box.data.me.leads ? ["holder", "head"] : ["holder"];
  return html`<tr data-supervised=${row.case}>
    <td><b>${row.item_name}</b><br><span class="small">${row.applicant} · <span class="number" title=${row.code}>${row.board_number}</span></span> ${unreachedBadge(row.sms_unreached)}</td>
    <td class="nowrap"><span class="${row.light}-text">${leftText(row)}</span><br><span class="small">${dueText(row)}</span></td>
    <td>${holders(row)}${stopText(row)}</td>
    <td class="nowrap">${row.owner_name || "—"}${row.owner_left ? html`<br><span class="badge bad" data-owner-left>${t("经办人已停用", "account closed")}</span>` : nothing}</td>
    <td class="small">${reminded(row.reminders)}</td>
    <td class="urge">${to.map((level) => html`<button class="button small" data-remind=${level} @click=${() => remind(level)}>${level === "holder" ? t("催办", "Urge") : t("提醒负责人", "Tell the head")}</button> `)}</td></tr>`;
}

function holders(row) {
  if (!row.tasks.length) return html`${row.department}<br><span class="small muted">${t(row.case_zh, row.case_en)}</span>`;
  return row.tasks.map((part) => html`<span>${part.department} · ${part.decided_at || !part.holder_name ? html`<span class="small muted nowrap">${t(part.state_zh, part.state_en)}</span>` : html`<b class="nowrap">${part.holder_name}</b>`}</span><br>`);
}

function stopText(row) {
  if (!row.stop) return nothing;
  return html`<span class="small yellow-text">${t(row.stop.kind_zh, row.stop.kind_en)} · ${t(`${dayText(row.stop.since_day)}起`, `since ${dayText(row.stop.since_day)}`)}</span> <span class="small muted">${row.correction_due ? t(`应于${dayText(row.correction_due)}前补正。`, `To be put right by ${dayText(row.correction_due)}. `) : nothing}${row.stop.reason}</span>`;
}

function reminded(list) {
  if (!list.length) return html`<span class="muted nowrap">${t("还没有", "none yet")}</span>`;
  return Object.keys(LEVELS).map((level) => {
    const sent = list.filter((one) => one.level === level);
    const unseen = sent.filter((one) => !one.seen_at).length;
    return sent.length ? html`<span class="nowrap">${t(...LEVELS[level])} ${dayTimeText(sent.at(-1).at)} ${unseen ? html`<span class="warn-text">${t(unseen > 1 ? `${unseen} 条未看` : "未看", unseen > 1 ? `${unseen} unseen` : "unseen")}</span>`
      : html`<span class="ok-text">${t("已看", "seen")}</span>`}</span><br>` : nothing;
  });
}
