// 基本信息: what the item is, how long it takes, what it costs, who may apply.

import { html } from "lit";
import { t } from "ui/lang.js";
import { field, reachable } from "./page.js";
import { faultNotes } from "./faults.js";

export function basicsView(desk) {
  const { draft, words } = desk;
  const { body } = draft;
  const fault = (key) => faultNotes(desk.faults.at("basics", key));
  const text = (key, more = {}) => html`<input type="text" name=${key} maxlength=${more.most ?? 300} .value=${body[key]} placeholder=${more.placeholder ?? ""}
    @input=${(event) => draft.change((now) => (now[key] = event.target.value), key)}>`;
  const number = (key, most) => html`<input type="number" name=${key} min="0" max=${most} step="1" .value=${String(body[key])}
    @input=${(event) => draft.change((now) => (now[key] = event.target.valueAsNumber), key)}>`;
  const area = (key, rows, placeholder = "") => html`<textarea name=${key} rows=${rows} placeholder=${placeholder} .value=${body[key]}
    @input=${(event) => draft.change((now) => (now[key] = event.target.value), key)}></textarea>`;
  const lines = (key, rows, placeholder) => html`<textarea name=${key} rows=${rows} placeholder=${placeholder} .value=${body[key].join("\n")}
    @input=${(event) => draft.change((now) => (now[key] = event.target.value ? event.target.value.split("\n") : []), key)}></textarea>`;
  const select = (key, list, word) => html`<select name=${key} @change=${(event) => draft.change((now) => (now[key] = event.target.value))}>${list.map(
    (one) => html`<option value=${one.id} ?selected=${body[key] === one.id}>${word(one)}</option>`)}</select>`;
  const days = t("个工作日", "working days");

  return html`<section class="panel"><div class="panel-body pad" tabindex=${reachable(!draft.v.may.save)}>
    <fieldset class="form-grid" ?disabled=${!draft.v.may.save}>
      ${field(t("事项名称 *", "Name *"), text("name"), { faults: fault("name"), wide: true })}
      ${field(t("英文名称", "English name"), text("name_en"), { wide: true })}
      ${field(t("所在板块", "Section"), select("section", words.sections, (one) => t(one.name, one.name_en)))}
      ${field(t("办件类型", "Kind"), select("kind", words.kinds, (one) => t(one.zh, one.en)))}
      ${field(t(`法定时限（${days}）`, `Legal limit (${days})`), number("legal_days", 2000))}
      ${field(t(`承诺时限（${days}）`, `Promised limit (${days})`), number("promised_days", 2000), { faults: fault("promised_days"), hint: t("即办件填 0", "0 for an instant item") })}
      <div class="field" role="group" aria-label=${t("申请主体", "Who may apply")}><span class="label">${t("申请主体 *", "Who may apply *")}</span><span class="ticks">${words.applicants.map((one) => html`<label class="check">
        <input type="checkbox" name="applicant" value=${one.id} .checked=${body.applicants.includes(one.id)} @change=${(event) => draft.change((now) => {
          now.applicants = words.applicants.map((each) => each.id).filter((id) => (id === one.id ? event.target.checked : now.applicants.includes(id)));
        })}>${t(one.zh, one.en)}</label>`)}</span>${fault("applicants")}</div>
      ${field(t("窗口受理大约（分钟）", "Minutes at the window"), number("minutes", 480))}
      ${field(t("收费（元，不收费填 0）", "Fee (CNY, 0 = free)"), html`<input type="number" name="fee" min="0" step="0.01" .value=${String(body.fee.yuan)}
        @input=${(event) => draft.change((now) => (now.fee.yuan = event.target.valueAsNumber || 0), "fee")}>`)}
      ${field(t("收费依据", "Ground for the fee"), html`<input type="text" name="fee_basis" maxlength="300" .value=${body.fee.basis}
        @input=${(event) => draft.change((now) => (now.fee.basis = event.target.value), "fee_basis")}>`, { faults: fault("fee") })}
      ${field(t("办理结果", "Result"), text("result", { most: 200, placeholder: t("如：营业执照", "e.g. a business licence") }), { faults: fault("result"), wide: true })}
      ${field(t("受理条件（一行一条）", "Conditions"), area("conditions", 4), { faults: fault("conditions"), wide: true })}
      ${field(t("不予受理的理由（一行一条，窗口按此选择）", "Reasons for refusal, one a line"), lines("refusal_reasons", 4, ""), { faults: fault("refusal_reasons"), wide: true })}
      ${field(t("办事指南（给群众看）", "Guide, as citizens read it"), area("guide", 4), { faults: fault("guide"), wide: true })}
      ${field(t("设定依据", "Legal basis"), area("basis", 4), { faults: fault("basis"), wide: true })}
      ${field(t("联办部门（一行一个；只有本部门办就不填）", "Joint departments, one a line"), lines("joint_departments", 2, ""), { wide: true })}
    </fieldset></div></section>`;
}
