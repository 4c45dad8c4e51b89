// 情形问答: questions as cards on the left; on the right what everybody brings, and the situations answers end in.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { addQuestion, addSituation, byId, removeSituation } from "./body.js";
import { faultNotes } from "./faults.js";
import { reachable } from "./page.js";
import { materialChips } from "./picking.js";
import { englishField, leadsTo, questionCard } from "./question-card.js";

export function questionsView(desk) {
  const { draft } = desk;
  const { body } = draft;
  desk.english ??= [...body.questions, ...body.situations].some((one) => one.text_en || one.name_en);
  return html`<div class="questions-page">
    <section class="panel"><div class="panel-head"><h2>${t("问题", "Questions")}</h2>
        <span class="muted small">${t("群众一问一答，答到一个情形，就得到准确的材料清单。", "Answers end in one situation, with its exact list.")}</span>
        <label class="check push nowrap"><input type="checkbox" name="show-english" .checked=${desk.english} @change=${(event) => {
          desk.english = event.target.checked;
          desk.draw();
        }}>${t("写英文", "English")}</label></div>
      <div class="panel-body pad card-body" tabindex=${reachable(!draft.v.may.save)}><fieldset class="cards" ?disabled=${!draft.v.may.save}>
        ${faultNotes(desk.faults.at("questions", ""), { full: true })}
        ${body.questions.length ? body.questions.map((question, i) => questionCard(desk, question, i))
          : html`<p class="empty">${t("没有问题：每个人的材料都一样。材料因人而异时，用下面的按钮添加问题。", "No questions: everybody brings the same. Where it depends, add questions with the buttons below.")}</p>`}
      </fieldset></div></section>
    <section class="panel"><div class="panel-body pad" tabindex=${reachable(!draft.v.may.save)}><fieldset class="sides" ?disabled=${!draft.v.may.save}>
      <div><h2>${t("从哪里开始", "Where it begins")}</h2>${leadsTo(desk, t("开始", "Begin"), body.start, "", (to) => draft.change((now) => (now.start = to(now))))}</div>
      <div data-always><h2>${t("基本材料", "Asked of everybody")}</h2><p class="muted small">${t("不管怎么回答都要的材料。", "Whatever the answers.")}</p>
        ${materialChips(desk, t("基本材料", "Asked of everybody"), body.always, (keys) => draft.change((now) => (now.always = keys)))}</div>
      <div><h2>${t(`情形（${body.situations.length}）`, `Situations (${body.situations.length})`)}</h2>
        <p class="muted small">${t("回答到头就是一个情形；两个情形的材料不能完全一样。", "Where answers end; no two may have the same list.")}</p>
        ${body.situations.map((situation) => situationRow(desk, situation))}
        <button type="button" class="button small only-write" data-add-situation @click=${() => {
          draft.change((now) => addSituation(now));
          desk.focusSoon("[data-situation]:last-of-type [name=situation]");
        }}>${t("＋ 添加情形", "+ A situation")}</button></div>
    </fieldset></div></section></div>`;
}

function situationRow(desk, situation) {
  const { draft } = desk;
  const edit = (work, stroke = null) => draft.change((body) => work(byId(body.situations, situation.id)), stroke && `${situation.id}.${stroke}`);
  return html`<div class="situation" id="at-${situation.id}" data-situation=${situation.id}>
    <span class="situation-line"><input class="input" type="text" name="situation" maxlength="300" .value=${situation.name} aria-label=${t("情形的名称", "Name of the situation")}
        placeholder=${t("如：商品房，本人办理", "e.g. new home, in person")} @input=${(event) => edit((now) => (now.name = event.target.value), "name")}>
      ${draft.v.may.save && draft.body.situations.length > 1 ? html`<button type="button" class="icon" title=${t("删去情形", "Remove")} aria-label=${t(`删去情形 ${situation.name}`, `Remove ${situation.name}`)}
        @click=${() => draft.change((body) => removeSituation(body, situation.id))}>×</button>` : nothing}</span>
    ${desk.english ? englishField(situation.name_en, t(`情形 ${situation.name} 的英文`, `Situation ${situation.name} in English`), (to) => edit((now) => (now.name_en = to), "name_en")) : nothing}
    ${materialChips(desk, situation.name || t("这个情形", "this situation"), situation.adds, (adds) => edit((now) => (now.adds = adds)))}
    ${faultNotes(desk.faults.at("questions", situation.id))}</div>`;
}

/** A new question at the end, ready to be written. */
export function newQuestion(desk, kind) {
  if (!desk.draft.v.may.save) return;
  if (desk.tab !== "questions") location.hash = "#questions";
  const id = desk.draft.change((body) => addQuestion(body, kind));
  desk.focusSoon(`[data-question="${id}"] [name=question]`);
}
