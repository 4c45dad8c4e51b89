// 一次性告知补正: everything in one notice. What is not ticked is written down already; the clerk strikes out or adds.

import { html, nothing, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";

/**
 * @param {{chosen?: boolean}} options chosen: what is not ticked is in the notice until it is struck out
 * @returns {Promise<{items: {material: string|null, text: string}[], reason: string}|null>}
 */
export function askCorrection(intake, { chosen = true } = {}) {
  const { case: c } = intake;
  const draft = draftOf(`case:${c.id}`);
  const rows = asWritten(intake.missing.filter((one) => !(c.state === "pre_review" && one.id === SIGNED)).map((one) => row(chosen, one, untold(intake, one))), draft.get("notice", []));
  if (!rows.length) rows.push(another());
  const state = { rows, reason: draft.get("why") };
  const keep = () => {
    draft.set("notice", state.rows.filter((one) => one.material || one.text.trim()).map(({ on, material, text, was }) => ({ on, material, text, was })));
    draft.set("why", state.reason);
  };
  const again = c.corrections > 0;
  return showDialog(
    t("一次性告知补正", "Ask for correction, once for all"),
    (box, done) => {
      const draw = () => render(view(state, again, { draw, keep, done, submit }), box);
      const submit = (event) => {
        event.preventDefault();
        const items = state.rows.filter((row) => row.on && row.text.trim()).map(({ material, text }) => ({ material, text: text.trim() }));
        if (items.length) done({ items, reason: state.reason.trim() });
      };
      draw();
    },
    { wide: true },
  );
}

const SIGNED = "signed-application"; // printed and signed once the pre-review is passed
const row = (on, material, text) => ({ on, material: material.id, name: material.name, text, was: text });
const another = () => ({ on: true, material: null, name: t("其他", "Other"), text: "", was: "" });

/** What was being written when the page was left, unless the material's ticks have changed since. */
function asWritten(rows, kept) {
  const before = (one) => kept.find((other) => other.material === one.material && other.was === one.was);
  const others = kept.filter((one) => !one.material).map((one) => ({ ...another(), ...one }));
  return [...rows.map((one) => ({ ...one, ...before(one) })), ...others];
}

const untold = (intake, material) => {
  const open = material.checkpoints.filter((point) => !intake.ticked(material.id, point.id));
  return open.length === material.checkpoints.length ? `未提交或不符合要求：${open.map((one) => one.text).join("；")}` : open.map((one) => one.text).join("；");
};

function view(state, again, { draw: drawn, keep, done, submit }) {
  const draw = () => {
    keep();
    drawn();
  };
  const count = state.rows.filter((row) => row.on && row.text.trim()).length;
  return html`<form @submit=${submit} data-correct>
    <p class="dialog-text">${again
      ? t("已经告知过一次。再次告知要负责人批准并写明理由。", "Correction was asked for once already. A second time needs a supervisor and a reason.")
      : t("补正内容一次写全：之后不能再提新的要求。办理时限停止计算。", "Write down everything now: nothing new may be asked later. The clock stops.")}</p>
    <ol class="notice-rows">${state.rows.map((row, index) => html`<li class=${row.on ? "" : "off"}>
      <label class="check"><input type="checkbox" .checked=${row.on} @change=${(event) => { row.on = event.target.checked; draw(); }} /><b>${row.name}</b></label>
      <textarea rows="2" maxlength="300" aria-label=${t(`${row.name}：补正内容`, `${row.name}: what to correct`)} ?autofocus=${index === 0} .value=${row.text}
        @input=${(event) => { row.text = event.target.value; draw(); }}></textarea></li>`)}</ol>
    <button class="button small" type="button" data-add @click=${() => { state.rows.push(another()); draw(); }}>＋ ${t("加一条", "Add one")}</button>
    ${again ? html`<div class="field"><label for="why-again">${t("再次告知的理由", "Reason for asking again")}</label>
      <input id="why-again" maxlength="200" required .value=${state.reason} @input=${(event) => { state.reason = event.target.value; keep(); }} /></div>` : nothing}
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => done(null)}>${t("取消", "Cancel")}</button>
      <button class="button primary" type="submit" ?disabled=${!count}>${t(`告知 ${count} 条`, `Tell: ${count}`)}</button>
    </div>
  </form>`;
}
