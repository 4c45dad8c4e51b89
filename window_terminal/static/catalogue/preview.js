// 预览: the draft as a citizen walks through it, in a frame as wide as a phone.

import { html, nothing } from "lit";
import { createWalk, factsView, materialsView, own, questionView } from "ui/guide-walk.js";
import { t } from "ui/lang.js";
import { itemPath, wordOf } from "./page.js";

export function createPreview(desk) {
  const box = { walk: null, unsaved: false };

  async function open() {
    box.walk = null;
    desk.draw();
    box.unsaved = !(await desk.draft.save()) && desk.draft.dirty;
    box.walk = createWalk(desk.item.id, { changed: desk.draw, path: `${itemPath(desk.item.id, desk.draft.v.version)}/walk` });
    await box.walk.start();
  }

  function view() {
    const { walk } = box;
    return html`<div class="preview" data-preview>
      <aside class="panel pad"><h2>${t("群众看到的样子", "As citizens see it")}</h2>
        <p>${t("像群众一样答一遍：每种回答都试一试，看清单对不对、话是不是看得懂。", "Answer as a citizen would: try each answer, and see whether the list is right.")}</p>
        <p class="muted small">${t("取号机、导服台、手机和打印的清单都用同一份内容。", "Kiosk, guide desk, phone and print all show this.")}</p>
        ${box.unsaved ? html`<p class="notice warn">${t("还有没写完的地方没有保存，这里是上次保存的样子。", "What is unfinished is not saved; this is how it was saved last.")}</p>` : nothing}
        <p><button class="button" @click=${open}>${t("从头再来", "Begin again")}</button>
          ${walk?.view?.answered?.length ? html`<button class="button" @click=${() => walk.back()}>${t("上一问", "Back")}</button>` : nothing}</p></aside>
      <div class="phone-frame">${!walk || (!walk.view && !walk.problem) ? html`<p class="empty"><span class="spinner"></span></p>` : walk.problem ? problem(walk) : screen(desk, walk)}</div>
    </div>`;
  }
  return { open, view };
}

function problem(walk) {
  const faults = walk.problem.detail?.faults ?? [];
  return html`<div class="notice warn"><div><p>${t("问题还没有接好，不能预览：", "The questions do not hang together yet:")}</p>
    <ul>${faults.map((one) => html`<li><b lang="zh-CN">${one.place}</b> ${t(one.zh, one.en)}</li>`)}${faults.length ? nothing : html`<li>${walk.problem.sentence}</li>`}</ul></div></div>`;
}

function screen(desk, walk) {
  const { body } = desk.draft;
  const about = { ...body, kind_zh: wordOf(desk.words.kinds, body.kind) };
  return html`<p class="phone-item" lang="zh-CN">${body.name}</p>
    ${answered(walk)}
    ${walk.done ? html`<div class="walk" data-situation-shown><h3>${own(walk.view.situation.name, walk.view.situation.name_en)}</h3>${factsView({ about, promise: null })}
        ${walk.view.materials.length ? html`<h3>${t(`请带这 ${walk.view.materials.length} 份材料`, `Bring these ${walk.view.materials.length}`)}</h3>${materialsView(walk.view.materials)}`
          : html`<p class="notice">${t("还没有写材料。", "No materials are written yet.")}</p>`}</div>`
      : questionView(walk)}`;
}

/** What was answered so far; a press asks it again. */
export const answered = (walk) => (walk.view.answered.length ? html`<ul class="answered">${walk.view.answered.map((one) => html`<li><span lang="zh-CN">${one.text.replace(/[？?：:]+$/, "")}：<b>${one.chosen_text.join("、") || t("都没有", "none")}</b></span>
  <button class="button small quiet" @click=${() => walk.again(one.question)}>${t("改", "change")}</button></li>`)}</ul>` : nothing);
