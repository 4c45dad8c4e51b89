// An item whose list is not published: the clerk writes down what was handed in, paper by paper; receipt and handover list name it.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { keepTicks } from "./asked.js";
import { badges } from "./materials.js";
import { same } from "./model.js";

const FORMS = [["original", "原件", "original"], ["verified_copy", "核验原件、收复印件", "copy, original seen"], ["copy", "复印件", "copy"]];
const MOST = 60;
const BLANK = { name: "", form: "original", copies: 1 };

export const writtenDown = (material) => material.id.startsWith("received-");

/** What stands in the line and is not written down yet. */
export const unwrittenDown = (intake) => intake.paper?.name.trim() ?? "";

/** Of the whole case, or of those items of a bundle that have no list. */
export function receivedPart(intake) {
  const { case: c } = intake;
  return html`<div class="received-part" data-received>
    <p class="notice warn small" role="note"><b>${c.bundle && !c.parent ? c.unlisted.map((one) => `“${one.name}”`).join("") : ""}${t("材料清单还没有发布", "No list published yet")}</b>
      ${t("不等于不用交材料：收到什么就登记什么，写进受理通知书和交接清单。", "That is not “nothing is needed”: write down what is handed in, for the receipt and the handover list.")}</p>
    ${intake.received.length
      ? html`<ol class="materials" role="list">${intake.received.map((one, index) => paperRow(intake, one, index))}</ol>`
      : html`<p class="empty">${t("还没有登记材料。", "Nothing is written down yet.")}</p>`}
    ${writes(intake) && intake.received.length < MOST ? line(intake) : nothing}
  </div>`;
}

/** While the draft is written, or papers are brought later: those are sent with the supplement and kept in no draft. */
const writes = (intake) => intake.editable || intake.tickable;
const before = (intake, paper) => !intake.editable && intake.case.received.some((one) => one.id === paper.id);

/** What was written down since the case was taken in. */
export const broughtNow = (intake) => (intake.editable ? [] : intake.received.filter((one) => !before(intake, one)));

function paperRow(intake, paper, index) {
  const row = { material: paper.id, checkpoint: null };
  const [, zh, en] = FORMS.find(([form]) => form === paper.form);
  return html`<li class="material received-row" data-paper=${paper.name}>
    <button type="button" class="material-head ${same(row, intake.at) ? "at" : ""}" data-row=${`${paper.id} `} @click=${() => look(intake, row)}>
      <span>${index + 1}.</span><span class="material-name">${paper.name}${several(intake) ? html` <small class="muted">${intake.case.unlisted.find((one) => one.item === paper.item)?.name}</small>` : nothing}</span>
      <span class="material-badges">${badges(intake, { ...paper, form_zh: zh, form_en: en })}</span>
    </button>
    ${writes(intake) && !before(intake, paper)
      ? html`<button type="button" class="button quiet small" data-drop title=${t("删去", "Remove")} aria-label=${t(`删去 ${paper.name}`, `Remove ${paper.name}`)} @click=${() => drop(intake, paper)}>✕</button>`
      : nothing}
  </li>`;
}

const several = (intake) => intake.case.unlisted.length > 1;

function line(intake) {
  const paper = (intake.paper ??= { ...BLANK, item: intake.case.unlisted[0]?.item ?? "" });
  const set = (name) => (event) => {
    paper[name] = event.target.value;
    intake.changed();
  };
  return html`<form class="received-line" @submit=${(event) => add(event, intake)}>
    <input class="input" name="received-name" autocomplete="off" maxlength="100" placeholder=${t("材料名称，如：借款合同", "What is it?")} aria-label=${t("材料名称", "Paper")} .value=${paper.name} @input=${set("name")}>
    <select class="input" name="received-form" aria-label=${t("原件还是复印件", "Original or copy")} @change=${set("form")}>
      ${FORMS.map(([form, zh, en]) => html`<option value=${form} ?selected=${paper.form === form}>${t(zh, en)}</option>`)}</select>
    <input class="input number" name="received-copies" type="number" min="1" max="99" required aria-label=${t("份数", "Copies")} .value=${String(paper.copies)} @input=${set("copies")}>
    ${several(intake)
      ? html`<select class="input received-item" name="received-item" aria-label=${t("哪一项的材料", "For which item")} @change=${set("item")}>
          ${intake.case.unlisted.map((one) => html`<option value=${one.item} ?selected=${paper.item === one.item}>${one.name}</option>`)}</select>` : nothing}
    <button class="button primary" type="submit" data-add-paper>${t("登记", "Add")} <kbd>Enter</kbd></button>
  </form>`;
}

function look(intake, row) {
  intake.at = row;
  intake.changed();
}

function add(event, intake) {
  event.preventDefault();
  const { name, form, copies, item } = intake.paper;
  focusPaper();
  if (!name.trim()) return;
  intake.paper = { ...BLANK, item };
  change(intake, [...intake.received, { id: freshId(intake), name: name.trim(), form, copies: Number(copies), item }]);
}

const drop = (intake, paper) => change(intake, intake.received.filter((one) => one !== paper));

function change(intake, received) {
  intake.received = received;
  if (intake.editable) intake.draft.touch("received");
  else keepTicks(intake);
  intake.changed();
}

// An id that no paper and no photograph of one has had: files stay with what they are of.
function freshId(intake) {
  const used = [...intake.received.map((one) => one.id), ...(intake.case.files ?? []).map((one) => one.purpose)];
  return `received-${1 + Math.max(0, ...used.map((one) => Number(/received-(\d+)$/.exec(one)?.[1] ?? 0)))}`;
}

/** The line in which the next paper is written. */
export const focusPaper = () => document.querySelector("[name=received-name]")?.focus();
