// A question as a card: its words, its answers, what each adds and where it leads. Moved by dragging its handle, or by
// Alt+↑ / Alt+↓ (in an answer: the answer).

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { addOption, addSituation, byId, moveIn, moveQuestion, removeQuestion, setKind } from "./body.js";
import { faultNotes } from "./faults.js";
import { arrow } from "./materials.js";
import { materialChips } from "./picking.js";

export const KINDS = {
  multiple: ["多选题", "several answers"], single: ["单选题", "one answer"], condition: ["条件", "yes or no"],
};
const NEW = "+";

export function moveCard(desk, id, by) {
  const moved = desk.draft.change((body) => moveQuestion(body, id, by));
  if (moved === "shown") {
    toast(t("这里的回答接到不同的地方，只换了显示的位置；先后请用“接到”来改。", "Answers here lead to different places: only the place on the page changed. Use “leads to”."), { kind: "info", slot: "moved" });
  }
  desk.focusSoon(`[data-question="${id}"] [name=question]`);
}

export function questionCard(desk, question, i) {
  const { draft } = desk;
  const writes = draft.v.may.save;
  const edit = (work, stroke = null) => draft.change((body) => work(byId(body.questions, question.id), body), stroke && `${question.id}.${stroke}`);
  const grow = () => {
    const id = edit((now) => addOption(now));
    desk.focusSoon(`[data-question="${question.id}"] [data-option="${id}"] [name=option]`);
  };
  const kind = KINDS[question.kind];
  const onKey = (event) => {
    if (event.altKey) arrow(event, (by) => moveCard(desk, question.id, by));
    else if (event.key === "Enter" && event.target.name === "question") {
      event.preventDefault();
      event.currentTarget.querySelector("[name=option]")?.focus();
    }
  };
  return html`<article class="question-card${draft.body.start === question.id ? " first" : ""}" id="at-${question.id}" data-question=${question.id} @keydown=${onKey}
      @dragover=${(event) => over(event, desk, i)} @drop=${(event) => drop(event, desk)}>
    <header>
      ${writes ? html`<span class="handle" draggable="true" title=${t("拖动换位置，或按 Alt+↑ Alt+↓", "Drag, or Alt+↑ Alt+↓")} aria-hidden="true" @dragstart=${(event) => drag(event, desk, question.id)}>⠿</span>` : nothing}
      <span class="question-number">${t(`第 ${i + 1} 问`, `Q ${i + 1}`)}</span>
      <input class="input" type="text" name="question" maxlength="300" .value=${question.text} aria-label=${t(`第 ${i + 1} 个问题`, `Question ${i + 1}`)}
        placeholder=${question.kind === "condition" ? t("写条件，如：委托他人办理", "A condition, e.g. somebody comes for you") : t("写问题，如：您买的是哪种房？", "A question, e.g. which kind of home?")}
        @input=${(event) => edit((now) => (now.text = event.target.value), "text")}>
      <select class="input narrow" aria-label=${t("题型", "Kind")} @change=${(event) => edit((now) => setKind(now, event.target.value))}>${Object.entries(KINDS).map(
        ([id, [zh, en]]) => html`<option value=${id} ?selected=${id === question.kind}>${t(zh, en)}</option>`)}</select>
      ${writes ? html`<button type="button" class="icon" title=${t("上移", "Up")} aria-label=${t(`第 ${i + 1} 问上移`, `Question ${i + 1} up`)} @click=${() => moveCard(desk, question.id, -1)}>↑</button><button
        type="button" class="icon" title=${t("下移", "Down")} aria-label=${t(`第 ${i + 1} 问下移`, `Question ${i + 1} down`)} @click=${() => moveCard(desk, question.id, 1)}>↓</button><button
        type="button" class="icon" title=${t("删去这一问（可撤销）", "Remove (can be undone)")} aria-label=${t(`删去第 ${i + 1} 问`, `Remove question ${i + 1}`)}
        @click=${() => draft.change((body) => removeQuestion(body, question.id))}>×</button>` : nothing}
    </header>
    ${desk.english ? englishField(question.text_en, t(`第 ${i + 1} 问的英文`, `Question ${i + 1} in English`), (to) => edit((now) => (now.text_en = to), "text_en")) : nothing}
    ${faultNotes(desk.faults.at("questions", question.id))}
    <div class="options" role="group" aria-label=${t(`第 ${i + 1} 问的选项`, `Answers of question ${i + 1}`)}>
      ${question.options.map((option, n) => optionRow(desk, question, option, n, edit, grow))}
    </div>
    <footer>${question.kind === "condition" || !writes ? nothing : html`<button type="button" class="button small quiet" data-add-option @click=${grow}>${t("＋ 添加选项", "+ An answer")}</button>`}
      <span class="muted small">${kind === KINDS.multiple ? t("可以勾几项，也可以一项不勾", "any number of them, also none") : ""}</span>
      ${question.kind === "multiple" ? html`<span class="push">${leadsTo(desk, t("答完接到", "then"), question.next, question.id, (to) => edit((now, body) => (now.next = to(body))))}</span>` : nothing}</footer>
  </article>`;
}

/** Under the Chinese, where the card is to show it. */
export const englishField = (value, label, set) => html`<input class="input english" type="text" lang="en" name="english" maxlength="300" .value=${value ?? ""} aria-label=${label}
  placeholder=${t("英文（可不填）", "in English (optional)")} @input=${(event) => set(event.target.value)}>`;

function optionRow(desk, question, option, n, edit, grow) {
  const writes = desk.draft.v.may.save;
  const change = (work, stroke = null) => edit((now, body) => work(byId(now.options, option.id), body), stroke && `${option.id}.${stroke}`);
  const move = (by) => {
    edit((now) => moveIn(now.options, n, by));
    desk.focusSoon(`[data-question="${question.id}"] [data-option="${option.id}"] [name=option]`);
  };
  const onKey = (event) => {
    if (event.altKey) arrow(event, move);
    else if (event.key === "Enter" && event.target.name === "option") {
      event.preventDefault();
      const next = event.currentTarget.nextElementSibling?.querySelector("[name=option]");
      if (next) next.focus();
      else if (question.kind !== "condition") grow();
    }
  };
  const label = option.text || t(`选项 ${n + 1}`, `answer ${n + 1}`);
  return html`<div class="option" data-option=${option.id} @keydown=${onKey}>
    <span class="option-sign ${question.kind}" aria-hidden="true"></span>
    <input class="input" type="text" name="option" maxlength="300" .value=${option.text} aria-label=${t(`选项 ${n + 1}`, `Answer ${n + 1}`)} placeholder=${t(`选项 ${n + 1}`, `Answer ${n + 1}`)}
      @input=${(event) => change((now) => (now.text = event.target.value), "text")}>
    ${materialChips(desk, label, option.adds, (adds) => change((now) => (now.adds = adds)))}
    ${question.kind === "multiple" ? html`<span></span>` : leadsTo(desk, t("接到", "then"), option.next, question.id, (to) => change((now, body) => (now.next = to(body))), label)}
    ${writes && question.kind !== "condition" && question.options.length > 1 ? html`<button type="button" class="icon" title=${t("删去选项", "Remove")} aria-label=${t(`删去选项 ${label}`, `Remove ${label}`)}
      @click=${() => edit((now) => now.options.splice(n, 1))}>×</button>` : html`<span></span>`}
    ${desk.english ? englishField(option.text_en, t(`${label}的英文`, `${label} in English`), (to) => change((now) => (now.text_en = to), "text_en")) : nothing}
    ${faultNotes(desk.faults.at("questions", `${question.id}/${option.id}`))}</div>`;
}

/** Where an answer leads: a later question, or a situation; `put` is given a function of the body. */
export function leadsTo(desk, words, to, own, put, of = "") {
  const { questions, situations } = desk.draft.body;
  const choose = (event) => {
    const { value } = event.target;
    put((body) => (value === NEW ? addSituation(body) : value));
    if (value === NEW) desk.focusSoon("[data-situation]:last-of-type [name=situation]");
  };
  const known = [...questions, ...situations].some((one) => one.id === to);
  return html`<label class="leads"><span>${words}</span><select class="input${known ? "" : " missing"}" name="next" aria-label=${of ? t(`${of} 接到`, `${of} leads to`) : words} @change=${choose}>
    ${known ? nothing : html`<option value=${to} selected>${t("（请选择）", "(choose)")}</option>`}
    <optgroup label=${t("问题", "Questions")}>${questions.map((one, i) => (one.id === own ? nothing : html`<option value=${one.id} ?selected=${one.id === to}>${t(`第 ${i + 1} 问`, `Q ${i + 1}`)} ${one.text}</option>`))}</optgroup>
    <optgroup label=${t("情形（到此为止）", "Situations (the end)")}>${situations.map((one) => html`<option value=${one.id} ?selected=${one.id === to}>${t("情形：", "")}${one.name}</option>`)}</optgroup>
    ${desk.draft.v.may.save ? html`<option value=${NEW}>${t("＋ 新的情形…", "+ A new situation…")}</option>` : nothing}</select></label>`;
}

// -------------------------------------------------------------------------------------------------- dragging

function drag(event, desk, id) {
  desk.dragged = id;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", id);
  event.dataTransfer.setDragImage(event.target.closest("[data-question]"), 20, 20);
}

function over(event, desk, i) {
  if (!desk.dragged) return;
  event.preventDefault();
  desk.dropAt = i;
}

function drop(event, desk) {
  event.preventDefault();
  const from = desk.draft.body.questions.findIndex((one) => one.id === desk.dragged);
  const by = Math.sign(desk.dropAt - from);
  for (let at = from; by && at !== desk.dropAt; at += by) moveCard(desk, desk.dragged, by);
  desk.dragged = null;
}
