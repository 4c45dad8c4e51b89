// 动态调整: the sheet on which somebody says what is amiss with a published item, and the one on which its department answers.

import { html, nothing } from "lit";
import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { draftOf } from "./drafts.js";
import { sheet, sheetActions } from "./sheet.js";

const path = (item) => `/catalogue/items/${encodeURIComponent(item)}/adjustments`;
let words = null;

/**
 * Ask for a change of one of these items.
 * @param {{id: string, name: string}[]} items
 * @param {string} text what is written already
 * @returns the request as it was kept, or null
 */
export async function askSheet(items, text = "") {
  try {
    words ??= await get("/catalogue/words");
  } catch (refusal) {
    return toastRefusal(refusal);
  }
  const draft = draftOf(`adjust:${items[0].id}`);
  const asked = { item: items[0].id, flaw: "", about: "", text, law: "", law_from: "", ...draft.get("asked", {}) };
  const put = (name, state) => (event) => {
    asked[name] = event.target.value;
    draft.set("asked", asked);
    state.draw();
  };
  const pick = (state, name, label, list) => html`<div class="field"><label for="adjust-${name}">${label}</label>
    <select id="adjust-${name}" name=${name} required @change=${put(name, state)}><option value="" ?selected=${!asked[name]} disabled>${t("请选择", "Choose")}</option>
      ${list.map((one) => html`<option value=${one.id} ?selected=${asked[name] === one.id}>${t(one.zh, one.en)}</option>`)}</select></div>`;
  return sheet(t("提调整建议", "Ask for a change"), (state) => html`<form class="form adjust" data-adjust-form @submit=${(event) => event.preventDefault()}>
    ${items.length > 1 ? pick(state, "item", t("事项", "Item"), items.map((one) => ({ id: one.id, zh: one.name, en: one.name })))
      : html`<p class="dialog-text"><b lang="zh-CN">${items[0].name}</b>　${t("交给所属部门处理，答复在“事项”页里看。", "Its department answers; you find the answer on the Items page.")}</p>`}
    ${pick(state, "about", t("哪一部分", "Which part"), words.abouts)}
    ${pick(state, "flaw", t("有什么问题", "What is amiss"), words.flaws)}
    <div class="field"><label for="adjust-text">${t("哪里不对，怎样才对", "What is wrong, and what would be right")}</label>
      <textarea id="adjust-text" name="text" rows="3" maxlength="500" required .value=${asked.text} @input=${put("text", state)}></textarea></div>
    ${asked.flaw === "outdated" ? html`<div class="field"><label for="adjust-law">${t("依据哪个新规定（可不填）", "By which new rule (may stay empty)")}</label>
        <input id="adjust-law" name="law" type="text" maxlength="200" .value=${asked.law} @input=${put("law", state)}></div>
      <div class="field"><label for="adjust-from">${t("新规定哪天起施行（可不填）", "In force from (may stay empty)")}</label>
        <input id="adjust-from" name="law_from" type="date" .value=${asked.law_from} @input=${put("law_from", state)}></div>` : nothing}
    ${sheetActions(state, t("取消", "Cancel"), [t("提交", "Send"), async () => {
      const { item, ...body } = asked;
      const made = await post(path(item), { ...body, law_from: body.law_from || null });
      draft.clear();
      toast(t(`已交给${made.department}，${made.due_day} 前答复。`, `Sent to ${made.department}, to be answered by ${made.due_day}.`), { kind: "ok" });
      state.done(made);
    }, { disabled: !(asked.flaw && asked.about && asked.text.trim()) }])}</form>`);
}

const style = { open: "info", accepted: "warn", refused: "bad", done: "ok" };
export const adjustmentBadge = (one) => html`<span class="badge ${one.overdue ? "bad" : style[one.state]}">${one.overdue ? t("超期未答复", "overdue") : t(one.state_zh, one.state_en)}</span>`;

/** What was asked, by whom, and what became of it; with the buttons of whoever answers. @returns what was done, or null */
export function adjustmentSheet(one) {
  const draft = draftOf(`adjustment:${one.id}`);
  const answer = { text: draft.get("answer") };
  const send = (state, how) => async () => {
    const said = await post(`/catalogue/adjustments/${one.id}/${how}`, { answer: answer.text.trim() });
    draft.clear();
    state.done(said);
  };
  return sheet(t("调整建议", "Request for a change"), (state) => html`<div class="form adjust" data-adjustment=${one.id}>
    <p><b lang="zh-CN">${one.name}</b> ${adjustmentBadge(one)}</p>
    <dl class="facts">
      <dt>${t("问题", "What")}</dt><dd>${t(`${one.about_zh}：${one.flaw_zh}`, `${one.about_en}: ${one.flaw_en}`)}</dd>
      <dt>${t("说明", "In words")}</dt><dd class="wrap" lang="zh-CN">${one.text}</dd>
      ${one.law || one.law_from ? html`<dt>${t("新规定", "New rule")}</dt><dd lang="zh-CN">${one.law}${one.law_from ? t(`（${one.law_from} 起施行）`, ` (in force from ${one.law_from})`) : ""}</dd>` : nothing}
      <dt>${t("提出", "Asked by")}</dt><dd>${one.asked_by_name}${one.asked_from ? `　${one.asked_from}` : ""}</dd>
      ${one.state === "open" ? html`<dt>${t("答复期限", "Answer by")}</dt><dd>${one.due_day}</dd>`
        : html`<dt>${t("答复", "Answer")}</dt><dd class="wrap" lang="zh-CN">${one.answered_by_name}${one.answer ? `：${one.answer}` : ""}${one.draft ? html`　<a href="/catalogue/items/${encodeURIComponent(one.item)}?version=${one.draft}">${t(`看第 ${one.draft} 版`, `see version ${one.draft}`)}</a>` : nothing}</dd>`}
    </dl>
    ${one.may_answer ? html`<div class="field"><label for="adjust-answer">${t("答复（不采纳必须写理由）", "Answer (needed to refuse)")}</label>
        <textarea id="adjust-answer" name="answer" rows="2" maxlength="500" .value=${answer.text} @input=${(event) => {
          answer.text = event.target.value;
          draft.set("answer", answer.text);
          state.draw();
        }}></textarea></div>` : nothing}
    ${one.may_answer ? answerActions(state, Boolean(answer.text.trim()), (how) => state.run(send(state, how))) : sheetActions(state, t("关闭", "Close"), null)}</div>`);
}

const answerActions = (state, explained, give) => html`${state.error ? html`<p class="notice bad sheet-error" role="alert">${state.error}</p>` : nothing}
  <div class="dialog-actions"><button class="button" type="button" @click=${() => state.done(null)}>${t("关闭", "Close")}</button>
    <button class="button danger" type="button" data-refuse-adjustment ?disabled=${!explained || state.busy} @click=${() => give("refuse")}>${t("不采纳", "Refuse")}</button>
    <button class="button primary" type="button" data-accept-adjustment ?disabled=${state.busy} @click=${() => give("accept")}>${t("采纳，写进草稿", "Accept into a draft")}</button></div>`;
