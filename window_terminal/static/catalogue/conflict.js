// Somebody else saved this draft meanwhile: what they changed against mine, in words, and which of the two goes on.

import { html } from "lit";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { timeText } from "../desk/desk.js";
import { cleaned } from "./body.js";
import { compareView } from "./compare-view.js";

export function conflictView(desk) {
  const { draft } = desk;
  const theirs = draft.conflict;
  const may = theirs.may.save;
  const mine = () => draft.takeMine().catch(toastRefusal);
  return html`<section class="conflict" role="alert" data-conflict>
    <div><h2>${may ? t(`${theirs.changed_by} 在 ${timeText(theirs.changed_at)} 也改了这份草稿`, `${theirs.changed_by} changed this draft too, at ${timeText(theirs.changed_at)}`)
      : t(`这一版已经不是草稿了（${theirs.stage_zh}）`, `This version is no draft any more (${theirs.stage_en})`)}</h2>
      <p>${may ? t("您的改动还在，没有丢，也没有盖掉对方的。请看两份的差别，选一份继续。", "Your changes are still here, and theirs are not overwritten. See the difference and choose one.")
        : t("您的改动还在本机。可以看看差别，再决定是否新建一版。", "Your changes are still kept here.")}</p></div>
    <details><summary>${t("对方的 → 我的，差别在这里", "Theirs → mine: the difference")}</summary>${compareView(theirs.body, cleaned(draft.body), desk.words)}</details>
    <p class="form-end"><button class="button" data-theirs @click=${draft.takeTheirs}>${may ? t("用对方的", "Take theirs") : t("不要我的改动", "Without my changes")}</button>
      ${may ? html`<button class="button primary" data-mine @click=${mine}>${t("用我的，盖掉对方的", "Take mine, over theirs")}</button>` : ""}</p></section>`;
}
