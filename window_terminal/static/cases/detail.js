// One case: where it stands, what is due, its papers and files, its list, and its whole history.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { lineWords } from "../desk/history-words.js";
import { label, fieldsOf } from "../intake/form-spec.js";
import { dayText, dayTime, paperName, promiseText } from "../intake/words.js";
import { caseActions } from "./actions.js";
import { isOverdue, tone } from "./list.js";

export function detailView(page) {
  const { open } = page;
  if (open.problem) return html`<p class="notice bad list-notice" role="alert">${open.problem.sentence}</p>`;
  if (!open.case) return html`<p class="empty"><span class="spinner"></span></p>`;
  const c = open.case;
  return html`<header class="detail-head">
      <div class="cut"><h2 class="cut">${c.name}</h2><span class="muted small">${c.department} · ${t(c.kind_zh, c.kind_en)} · ${c.channel === "online" ? t("网上申报", "online") : t("窗口受理", "at a window")}</span></div>
      <span class="number detail-code ${(c.code ?? "").length > 20 ? "long" : ""}" data-testid="code">${c.code ?? ""}</span>
      <span class="badge ${tone(c.state)}" data-testid="state">${t(c.state_zh, c.state_en)}</span>
    </header>
    <div class="detail-actions">${caseActions(page)}</div>
    <div class="panel-body detail-body">
      <div>${facts(c)} ${sms(page, c)} ${form(page, c)}</div>
      <div>${correction(c)} ${materials(c)} ${files(c)} ${history(c)}</div>
    </div>`;
}

const fact = (name, value) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);

function facts(c) {
  return html`<section><h3>${t("情况", "Facts")}</h3><dl class="facts">
    ${fact(t("申请人", "Applicant"), c.applicant_mask)}
    ${fact(t("手机", "Phone"), c.phone_mask)}
    ${fact(t("情形", "Situation"), c.situation && t(c.situation.name, c.situation.name_en || c.situation.name))}
    ${fact(t("首办责任人", "First handler"), c.owner_name)}
    ${fact(t("受理", "Accepted"), c.accepted_at ? dayTime(c.accepted_at) : "")}
    ${fact(t("公示号", "Board number"), c.board_number ? html`<span class="number">${c.board_number}</span>` : "")}
    ${fact(t("应办结", "Due"), c.due_day ? html`${promiseText({ day: c.due_day, provisional: c.due_provisional })} ${isOverdue(c) ? html`<span class="badge bad" data-overdue>${t("已超期", "overdue")}</span>` : nothing}` : "")}
    ${fact(t("容缺补交", "To be brought by"), c.deferral_due ? html`<b class="warn-text">${promiseText({ day: c.deferral_due, provisional: c.provisional.includes("deferral_due") })}</b>` : "")}
    ${fact(t("补正期限", "To correct by"), c.correction_due ? html`<b class="warn-text">${promiseText({ day: c.correction_due, provisional: c.provisional.includes("correction_due") })}</b>` : "")}
    ${fact(t("预审期限", "Pre-review by"), c.pre_review_due ? html`<b class="warn-text">${promiseText({ day: c.pre_review_due, provisional: c.provisional.includes("pre_review_due") })}</b>` : "")}
    ${fact(t("送达", "Delivery"), c.delivery === "courier" ? t("快递", "courier") : c.delivery === "online" ? t("网上下载", "online") : t("窗口领取", "at the window"))}
    ${fact(t("决定", "Decision"), c.decided_at ? dayTime(c.decided_at) : "")}
    ${fact(t("结束", "Ended"), c.ended_at ? `${dayTime(c.ended_at)} ${c.end_reason ?? ""}` : "")}
  </dl>
  ${c.papers.length ? html`<p class="papers">${c.papers.map((one) => html`<a class="button small" target="_blank" rel="noopener" data-paper=${one} href=${`/api/v1/cases/${c.id}/papers/${one}.pdf`}>${paperName(one)} PDF</a>`)}</p>` : nothing}
  ${c.children.length ? html`<h3>${t("分办件", "Parts")}</h3><ul class="plain-list">${c.children.map((one) => html`<li><a href="/cases?case=${one.id}">${one.name}</a> <span class="badge ${tone(one.state)}">${t(one.state_zh, one.state_en)}</span> <span class="muted small">${one.code ?? ""}</span></li>`)}</ul>` : nothing}
  </section>`;
}

const sms = (page, c) => html`<section><h3>${t("短信", "SMS")}</h3>${page.sms.view(c.id, c.history.length)}</section>`;

function form(page, c) {
  const { form: values } = page.open;
  const filled = fieldsOf({ ...values, courier: values.courier }).filter((field) => field !== "applicant" && field !== "courier" && (field === "region" ? values.province : values[field]));
  return html`<section><h3>${t("基本信息", "Basic form")} ${c.form_masked && (page.data.me.counter || page.data.me.reviews)
      ? html`<button class="link" type="button" data-unmask @click=${() => page.unmask()}>${t("查看全部", "Show all")}</button>` : nothing}</h3>
    <dl class="facts">${filled.map((field) => fact(label(field, values.applicant), field === "region" ? `${values.province} ${values.city} ${values.district}` : values[field]))}</dl>
    ${Object.keys(c.overrides ?? {}).length ? html`<p class="small warn-text">${Object.entries(c.overrides).map(([field, why]) => `${label(field, values.applicant)}：${why}`).join("；")}</p>` : nothing}
  </section>`;
}

function correction(c) {
  if (!c.correction || c.state !== "correction") return nothing;
  return html`<section class="told"><h3>${t("要求补正", "To be corrected")} <span class="muted small">${dayTime(c.correction.at)} ${c.correction.by_name}</span></h3>
    <ol>${c.correction.items.map((one) => html`<li><b>${one.name}</b> ${one.text}</li>`)}</ol></section>`;
}

function materials(c) {
  const deferred = new Set(c.deferral_due ? (c.deferral?.materials ?? []) : []);
  return html`<section><h3>${t("材料", "Materials")}</h3><ul class="plain-list material-list">${c.materials.map(
    (one) => html`<li><span class=${one.complete ? "ok-text" : deferred.has(one.id) ? "warn-text" : "muted"}>${one.complete ? "✓" : deferred.has(one.id) ? "…" : "○"}</span> ${one.name}
      ${deferred.has(one.id) && !one.complete ? html`<span class="badge warn">${t("待补交", "to follow")}</span>` : nothing}
      ${c.files.filter((file) => file.purpose === `material:${one.id}`).map((file) => html`${link(file)} `)}</li>`,
  )}</ul></section>`;
}

const link = (file) => html`<a class="small" target="_blank" rel="noopener" href=${`/api/v1/cases/${file.case}/files/${file.id}`}>${file.name}</a>`;

/** What belongs to no material of the list: a signature, a courier's slip. */
function files(c) {
  const listed = new Set(c.materials.map((one) => `material:${one.id}`));
  const rest = c.files.filter((one) => !listed.has(one.purpose));
  if (!rest.length) return nothing;
  return html`<section><h3>${t("其他附件", "Other files")}</h3><ul class="plain-list">${rest.map((one) => html`<li>${link(one)}</li>`)}</ul></section>`;
}

function history(c) {
  return html`<section><h3>${t("经过", "History")}</h3><ol class="history" data-testid="history">${[...c.history].reverse().map(
    (one) => html`<li><time class="muted">${dayTime(one.at)}</time><b>${t(one.action_zh, one.action_en)}</b><span>${one.by_name}</span><span class="muted small">${lineWords(one)}</span></li>`,
  )}</ol></section>`;
}
