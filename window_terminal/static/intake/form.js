// The basic form as 003's table: what the hall knows is only shown, numbers are checked as they are typed.

import { html, nothing } from "lit";

import { askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { CHECKED, complete, fault, fieldsOf, IDENTITY, KNOWN, label, required, rows } from "./form-spec.js";
import { compact, holder } from "./numbers.js";
import { regionField } from "./region.js";
import { promisedText } from "./words.js";

const WIDE = new Set(["address", "recipient_address", "remark", "project_name"]);
const APPLICANTS = [["person", "个人", "Person"], ["company", "企业", "Company"], ["organisation", "非企业", "Organisation"]];
const NUMERIC = new Set(["contact_phone", "recipient_phone", "postcode", "recipient_postcode", "contact_landline"]);

export function formPanel(intake, actions) {
  const { form } = intake;
  const left = intake.faults.length;
  return html`<section class="panel form-panel" aria-label=${t("基本信息", "Basic form")} data-area="form">
    <header class="panel-head">
      <h2>${t("基本信息", "Basic form")}</h2>
      ${left ? html`<span class="badge warn" data-testid="form-left">${t(`还差 ${left} 项`, `${left} to go`)}</span>` : html`<span class="badge ok" data-testid="form-left">${t("已填齐", "complete")}</span>`}
      ${actions.filled?.used ? html`<span class="badge" data-filled title=${t("群众在手机上填的，请与证件核对", "Typed by the citizen: compare with the ID card")}>${t("手机已填，请核对", "typed on the phone")}</span>` : nothing}
      <span class="push"></span>
      ${intake.writable ? tools(intake, actions) : nothing}
    </header>
    <div class="panel-body">
      ${intake.case.form_masked && !intake.shown ? maskedNote(actions) : nothing}
      <table class="basic"><tbody>${rows(form).map((fields) => row(intake, fields, actions))}</tbody></table>
    </div>
  </section>`;
}

const maskedNote = (actions) => html`<p class="form-masked">
  ${t("个人信息已遮挡。", "Personal data is masked.")}
  <button class="link" type="button" data-unmask @click=${actions.unmask}>${t("核对时查看全部", "Show it, with a reason")}</button>
</p>`;

const tools = (intake, actions) => html`
  <button class="button quiet small" type="button" data-same-contact aria-keyshortcuts="F1" @click=${() => sameContact(intake)}>
    <kbd>F1</kbd> ${t("联系人同申报人", "Contact = applicant")}
  </button>
  ${actions.filled && !actions.filled.used
    ? html`<button class="button quiet small" type="button" data-take-over @click=${actions.takeOver}>${t("填入手机上填的表", "Fill in what was typed on the phone")}</button>`
    : nothing}
  ${actions.profiles?.length
    ? html`<button class="button quiet small" type="button" data-profile @click=${actions.prefill}>${t("填入群众留存信息", "Fill in kept details")}</button>`
    : nothing}`;

/** F1: who applies is also who is asked, and who receives. */
export function sameContact(intake) {
  const { form } = intake;
  const values = form.applicant === "person" ? { contact_name: form.name, contact_id: form.id_number } : { contact_name: form.legal_person };
  if (form.courier) Object.assign(values, { recipient_name: values.contact_name, recipient_phone: form.contact_phone });
  intake.fill(values);
  if (values.contact_id && intake.overrides.id_number) intake.override("contact_id", intake.overrides.id_number);
  intake.contactFollows = true;
}

function row(intake, fields, actions) {
  // The region's three fields and its postcode share one line of the table, as on 003's.
  if (fields[0] === "region") {
    return html`<tr><th scope="row"><label for="f-province"><b class="must" aria-hidden="true">*</b>${label("region")}</label></th>
      <td colspan="3"><span class="region-row">${regionField(intake)}<label class="region-label" for="f-recipient_postcode">${label("recipient_postcode")}</label>${input(intake, "recipient_postcode", actions, false)}</span></td></tr>`;
  }
  if (fields.length === 1) return html`<tr>${cell(intake, fields[0], actions, 3)}</tr>`;
  return html`<tr>${cell(intake, fields[0], actions, 1)}${cell(intake, fields[1], actions, 1)}</tr>`;
}

function cell(intake, field, actions, span) {
  const must = required(intake.form).includes(field);
  const name = label(field, intake.form.applicant);
  return html`<th scope="row"><label for="f-${field}">${must ? html`<b class="must" aria-hidden="true">*</b>` : nothing}${name}</label></th>
    <td colspan=${span} class=${span > 1 && !WIDE.has(field) ? "half" : ""}>${content(intake, field, actions, must)}</td>`;
}

function content(intake, field, actions, must) {
  if (KNOWN.has(field)) return html`<output id="f-${field}" class="known" title=${known(intake.case, field)}>${known(intake.case, field)}</output>`;
  if (field === "applicant") return applicant(intake);
  if (field === "quantity") return quantity(intake);
  if (field === "courier") return courier(intake);
  return input(intake, field, actions, must);
}

const known = (c, field) =>
  ({
    department: c.department,
    source: c.channel === "online" ? t("网上申报", "online") : t("统一受理", "at the counter"),
    item: c.name,
    kind: t(c.kind_zh, c.kind_en),
    promised: promisedText(c),
  })[field];

/** `options`: [value, words, why it cannot be chosen]. */
function radios(intake, field, options, beside = nothing) {
  return html`<span class="radios" role="radiogroup" aria-label=${label(field)} id="f-${field}">
    ${options.map(
      ([value, words, off = ""]) => html`<label class=${off ? "off" : ""} title=${off || nothing}><input type="radio" name=${field} .checked=${intake.form[field] === value}
        ?disabled=${!intake.writable || off} value=${String(value)} @change=${() => intake.fill({ [field]: value })} />${words}</label>`,
    )}${beside}
  </span>`;
}

// 003's three, also where the item is not for all of them.
const applicant = (intake) => radios(intake, "applicant", APPLICANTS.map(([key, zh, en]) => [key, t(zh, en), may(intake, key) ? "" : t("这个事项不能由其申请", "may not apply for this")]));
const may = (intake, key) => key === intake.form.applicant || (intake.case.applicants?.includes(key) ?? true);
const courier = (intake) => radios(intake, "courier", [[true, t("是", "Yes")], [false, t("否", "No")]],
  intake.form.courier ? nothing : html`<small class="muted">${t("到窗口领取", "collected at the window")}</small>`);

function quantity(intake) {
  const to = (n) => intake.fill({ quantity: Math.min(9999, Math.max(1, n || 1)) });
  const now = intake.form.quantity;
  return html`<span class="stepper">
    <button type="button" tabindex="-1" aria-label=${t("减一", "one less")} ?disabled=${!intake.writable} @click=${() => to(now - 1)}>−</button>
    <input id="f-quantity" inputmode="numeric" maxlength="4" .value=${String(now)} ?readonly=${!intake.writable} @change=${(event) => to(Number(event.target.value))} />
    <button type="button" tabindex="-1" aria-label=${t("加一", "one more")} ?disabled=${!intake.writable} @click=${() => to(now + 1)}>+</button>
  </span>`;
}

function input(intake, field, actions, must) {
  const { form, overrides } = intake;
  const typing = document.activeElement?.id === `f-${field}`;
  const refused = intake.refused[field];
  const said = fault(field, form, overrides, typing) || (refused && !typing ? t(refused.zh, refused.en) : "");
  const wrong = intake.writable ? said : "";
  return html`<span class="in ${wrong ? "wrong" : ""}">
    <input id="f-${field}" name=${field} autocomplete="off" spellcheck="false" maxlength=${field === "remark" ? 500 : 200}
      inputmode=${NUMERIC.has(field) ? "numeric" : "text"} .value=${form[field] ?? ""} ?readonly=${!intake.writable}
      aria-required=${String(must)} aria-invalid=${String(Boolean(wrong))} aria-describedby="n-${field}"
      @input=${(event) => intake.fill({ [field]: event.target.value })} @change=${(event) => tidied(intake, field, event.target.value)} />
    ${note(intake, field, wrong, actions)}
  </span>`;
}

// A number is kept in its plain shape once it has been typed.
function tidied(intake, field, text) {
  if (CHECKED.has(field) || field.endsWith("phone")) intake.fill({ [field]: compact(text) });
}

function note(intake, field, wrong, actions) {
  const { form, overrides } = intake;
  const passed = overrides[field];
  if (wrong) {
    return html`<small id="n-${field}" class="bad-text">${wrong}${CHECKED.has(field) && intake.writable
      ? html` <button class="link" type="button" data-override=${field} @click=${() => letPass(intake, field)}>${t("确认无误，放行", "Let it pass")}</button>` : nothing}</small>`;
  }
  if (passed) {
    return html`<small id="n-${field}" class="warn-text">${t(`已放行：${passed}`, `Let pass: ${passed}`)}${intake.writable
      ? html` <button class="link" type="button" @click=${() => intake.override(field, "")}>${t("撤销", "undo")}</button>` : nothing}${field === IDENTITY[form.applicant] ? extract(intake, actions) : nothing}</small>`;
  }
  if (!form[field] || field !== IDENTITY[form.applicant] || document.activeElement?.id === `f-${field}` && !complete(field, form)) return nothing;
  const person = field === "id_number" ? holder(form[field]) : null;
  return html`<small id="n-${field}" class="holder" data-testid="holder">${person ? html`${person.woman ? t("女", "F") : t("男", "M")} ${person.born} ${t(`${person.age}岁`, `${person.age} y`)}` : nothing}${extract(intake, actions)}</small>`;
}

const extract = (intake, actions) => intake.writable
  ? html` <button class="link" type="button" tabindex="-1" data-extract title=${t("提取这个申报者留存的信息", "Fetch what this applicant keeps with the hall")} @click=${actions.extract}>${t("提取", "Fetch")}</button>` : nothing;

async function letPass(intake, field) {
  const name = label(field, intake.form.applicant);
  const reason = await askReason({
    title: t(`放行“${name}”的校验？`, `Let “${name}” pass unchecked?`),
    text: t("号码与校验位不符。请对照证件原件，理由会记录在案。", "The check digit does not match. Compare with the original; the reason is kept on record."),
    presets: [t("持护照办理", "Applies with a passport"), t("港澳台居民证件", "HK, Macao or Taiwan permit"), t("外国人永久居留证", "Foreigner's permanent residence"), t("旧证号码，原件一致", "Old certificate, as on the original")],
    yes: t("放行", "Let it pass"),
  });
  if (reason) intake.override(field, reason);
}

/** Where the keys should go: the first field to fill in, else the first that can be. */
export function focusForm(intake) {
  const field = intake.faults[0]?.field ?? fieldsOf(intake.form).find((one) => one === "name");
  focusField(field);
}

export function focusField(field) {
  const element = document.getElementById(field === "region" ? "f-province" : `f-${field}`);
  (element?.matches(".radios") ? element.querySelector("input:checked, input") : element)?.focus();
}
