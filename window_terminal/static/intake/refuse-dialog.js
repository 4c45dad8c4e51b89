// 不予受理: with reasons from the item's own list (number keys), or written; the notice names the remedies.

import { html, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";

/** @returns {Promise<{reasons: string[], other: string}|null>} */
export function askRefusal(intake) {
  return askReasons(intake, {
    title: t("不予受理", "Refuse the application"),
    text: t("将出具《不予受理决定书》，写明理由和复议、诉讼的权利。", "A written decision is made, with the reasons and the applicant's remedies."),
    yes: t("不予受理", "Refuse"),
  });
}

/** Reasons for a decision against the applicant: chosen and written. */
export function askReasons(intake, { title, text, yes }) {
  const listed = intake.case.refusal_reasons ?? [];
  const draft = draftOf(`case:${intake.case.id}`);
  const state = { chosen: new Set(draft.get("against", [])), other: draft.get("other") };
  const keep = () => {
    draft.set("against", [...state.chosen]);
    draft.set("other", state.other);
  };
  return showDialog(
    title,
    (box, done) => {
      const submit = (event) => {
        event.preventDefault();
        const reasons = listed.filter((one) => state.chosen.has(one));
        if (reasons.length || state.other.trim()) done({ reasons, other: state.other.trim() });
      };
      const flip = (reason) => {
        if (!state.chosen.delete(reason)) state.chosen.add(reason);
        keep();
        draw();
      };
      const draw = () => render(view(state, listed, { text, yes, flip, done, submit, draw, keep }), box);
      box.addEventListener("keydown", (event) => {
        if (event.target.matches("textarea") || !listed[Number(event.key) - 1]) return;
        event.preventDefault();
        flip(listed[Number(event.key) - 1]);
      });
      draw();
    },
    { danger: true },
  );
}

function view(state, listed, { text, yes, flip, done, submit, draw, keep }) {
  const given = state.chosen.size > 0 || state.other.trim();
  return html`<form @submit=${submit} data-refuse>
    <p class="dialog-text">${text}</p>
    <ul class="reasons">${listed.map((reason, index) => html`<li><button type="button" class="option" ?autofocus=${index === 0} aria-pressed=${String(state.chosen.has(reason))} @click=${() => flip(reason)}>
      <kbd>${index + 1}</kbd> ${reason}</button></li>`)}</ul>
    <div class="field"><label for="other-reason">${listed.length ? t("其他理由", "Other reason") : t("理由", "Reason")}</label>
      <textarea id="other-reason" rows="2" maxlength="500" .value=${state.other} @input=${(event) => { state.other = event.target.value; keep(); draw(); }}></textarea></div>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => done(null)}>${t("取消", "Cancel")}</button>
      <button class="button primary danger" type="submit" ?disabled=${!given}>${yes}</button>
    </div>
  </form>`;
}
