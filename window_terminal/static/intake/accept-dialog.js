// 受理: one look at what will be accepted, and the date that is promised with it. Enter says yes.

import { html, nothing, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { writtenDown } from "./received.js";
import { promisedText, promiseText } from "./words.js";

const BOUNCE_MS = 700; // a double press is not a yes

/** @returns {Promise<true|null>} */
export function askAccept(intake) {
  return showDialog(t("受理这个申请？", "Accept this application?"), (box, done) => {
    const submit = (event) => {
      event.preventDefault();
      done(true);
    };
    render(
      html`<form @submit=${submit} data-accept>
        ${summary(intake)}
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => done(null)}>${t("再看看", "Not yet")} <kbd>Esc</kbd></button>
          <button class="button primary" type="submit" autofocus>${t("受理", "Accept")} <kbd>Enter</kbd></button>
        </div>
      </form>`,
      box,
    );
    const opened = performance.now();
    box.addEventListener("keydown", (event) => {
      if (event.key !== "F12") return;
      event.preventDefault();
      event.stopPropagation(); // else the page would ask once more
      if (!event.repeat && performance.now() - opened > BOUNCE_MS) done(true);
    });
  });
}

const collection = (c) => c.kind === "instant_single" ? t("当场交付，或到出件窗口领取", "handed over here, or at the issue window") : t("到出件窗口领取", "collected at the issue window");

function papersWords({ case: c, received }, missing) {
  const checked = c.materials.filter((one) => !writtenDown(one)).length - missing;
  return html`${checked || !c.unlisted.length ? t(`${checked} 份已核对`, `${checked} checked`) : nothing}${checked && c.unlisted.length ? t("，", ", ") : ""}${c.unlisted.length ? receivedWords(received) : nothing}`;
}
const receivedWords = (received) => received.length
  ? html`${t(`登记 ${received.length} 样：`, `${received.length} written down: `)}${received.map((one) => `${one.name} ×${one.copies}`).join(t("、", ", "))}`
  : html`<b class="bad">${t("一样也没有登记（清单还没有发布）", "none written down (no list is published)")}</b>`;

/** The matter, the applicant, the papers and the day, as the receipt will say them. */
export function summary(intake, missing = []) {
  const { case: c, form } = intake;
  const fact = (name, value) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);
  return html`<dl class="summary">
    ${fact(t("事项", "Item"), html`<b>${c.name}</b>${c.situation ? html` · ${t(c.situation.name, c.situation.name_en || c.situation.name)}` : nothing}`)}
    ${fact(t("申请人", "Applicant"), form.name)}
    ${fact(t("联系人", "Contact"), `${form.contact_name} ${form.contact_phone}`)}
    ${fact(t("材料", "Materials"), papersWords(intake, missing.length))}
    ${missing.length ? fact(t("容缺", "To follow"), missing.map((one) => one.name).join(t("、", ", "))) : nothing}
    ${fact(t("送达", "Delivery"), form.courier ? t(`快递：${form.province}${form.city}${form.district} ${form.recipient_address}`, `courier: ${form.province} ${form.city} ${form.district} ${form.recipient_address}`) : collection(c))}
    ${c.fee?.yuan ? fact(t("收费", "Fee"), t(`${c.fee.yuan} 元`, `¥${c.fee.yuan}`)) : nothing}
    <div class="summary-day"><dt>${t("承诺办结", "Promised")}</dt><dd><b data-testid="promised">${c.promise ? promiseText(c.promise) : "—"}</b> <span class="muted small">${promisedText(c)}</span></dd></div>
  </dl>`;
}
