// 办事情形: the open question with its answers on the number keys; what was answered before stands above, to be changed.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { focusMaterials } from "./materials.js";

const picked = new Map(); // question → options ticked so far of a multiple choice

const chosenOf = (question) => picked.get(keyOf(question)) ?? new Set();
const keyOf = (question) => `${question.item ?? ""} ${question.id}`;

export function questionsPart(intake) {
  const { question } = intake;
  const answered = intake.case.answered ?? [];
  if (!question && !answered.length) return nothing;
  return html`<div class="questions" data-area="questions">
    ${answered.length ? html`<ul class="answered">${answered.map((one) => earlier(intake, one))}</ul>` : nothing}
    ${question ? asked(intake, question) : nothing}
  </div>`;
}

function earlier(intake, one) {
  const words = one.chosen_text.join(t("、", ", ")) || t("无", "none");
  return html`<li><span class="answer-of">${one.text}</span> <b>${words}</b>
    ${intake.editable
      ? html`<button class="link" type="button" data-change=${one.question} @click=${() => retake(intake, one)}>${t("改", "change")}</button>` : nothing}</li>`;
}

const retake = (intake, one) => answer(intake, { id: one.question, item: itemOf(intake, one) }, null);

// An answer that a bundle's list shows with the item's name belongs to the child of that name.
const itemOf = (intake, one) => (intake.case.bundle ? (intake.case.children.find((child) => child.name === one.item_name)?.item ?? null) : null);

/** Then to the next question, or to the list. */
async function answer(intake, question, chosen) {
  try {
    await intake.answer(question.id, chosen, question.item ?? null);
  } catch {
    return; // said already: the draft's state shows it
  }
  requestAnimationFrame(() => (intake.question ? document.querySelector(".option")?.focus() : focusMaterials(intake)));
}

function asked(intake, question) {
  const multiple = question.kind === "multiple";
  const chosen = chosenOf(question);
  return html`<fieldset class="asked" data-question=${question.id}>
    <legend>${question.itemName ? html`<span class="muted small">${question.itemName}</span>` : nothing}
      <b>${question.text}</b> <span class="muted small">${kindWords(question.kind)}</span></legend>
    <div class="options">
      ${question.options.map(
        (option, index) => html`<button type="button" class="option" data-option=${option.id} aria-pressed=${String(chosen.has(option.id))}
          ?disabled=${!intake.editable} @click=${() => choose(intake, question, option.id)}><kbd>${index + 1}</kbd> ${option.text}</button>`,
      )}
      ${multiple
        ? html`<button type="button" class="button primary small" data-answer @click=${() => confirm(intake, question)}>${t("选好了", "Done")} <kbd>Enter</kbd></button>` : nothing}
    </div>
  </fieldset>`;
}

const kindWords = (kind) => ({ single: t("单选", "one"), multiple: t("多选，可不选", "any number"), condition: t("是否", "yes or no") })[kind] ?? "";

function choose(intake, question, option) {
  if (question.kind !== "multiple") return void answer(intake, question, [option]);
  const chosen = new Set(chosenOf(question));
  if (!chosen.delete(option)) chosen.add(option);
  picked.set(keyOf(question), chosen);
  intake.changed();
}

function confirm(intake, question) {
  const chosen = question.options.map((one) => one.id).filter((id) => chosenOf(question).has(id));
  picked.delete(keyOf(question));
  answer(intake, question, chosen);
}

/** A digit chooses, Enter ends a multiple choice. @returns whether the key was used */
export function questionKey(event, intake) {
  const { question } = intake;
  if (!question || !intake.editable || event.target.closest?.("input, textarea, select")) return false;
  const option = /^[1-9]$/.test(event.key) && question.options[Number(event.key) - 1];
  if (option) choose(intake, question, option.id);
  else if (event.key === "Enter" && question.kind === "multiple" && !event.target.closest?.("[data-answer]")) confirm(intake, question);
  else return false;
  return true;
}
