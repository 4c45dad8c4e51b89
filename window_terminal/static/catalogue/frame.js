// What stands around the tabs: the item's name and state above, the buttons of seed 003 below.

import { html, nothing } from "lit";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { dayTimeText, timeText } from "../desk/desk.js";
import { dropDraft } from "./acceptance.js";
import { newQuestion } from "./questions.js";
import { stageBadge } from "./page.js";

export const TABS = [
  ["basics", "基本信息", "Basics"], ["questions", "情形问答", "Questions"], ["materials", "材料与审查要点", "Materials"],
  ["preview", "预览", "Preview"], ["acceptance", "评审与发布", "Acceptance"], ["versions", "版本", "Versions"],
];
export function headView(desk) {
  const { draft, item } = desk;
  const { v } = draft;
  const count = { questions: 0, basics: 0, materials: 0 };
  for (const tab of Object.keys(count)) count[tab] = v.may.save ? desk.faults.count(tab) : 0;
  return html`<header class="item-head">
    <a class="button small quiet" href="/catalogue#${item.id}">← ${t("目录", "Items")}</a>
    <h1 class="cut" lang="zh-CN">${draft.body.name || item.name}</h1>
    <span class="nowrap">${t(`第 ${v.version} 版`, `version ${v.version}`)} ${stageBadge(v)}</span>
    <span class="muted small cut item-of" lang="zh-CN">${item.department}${item.code ? ` · ${item.code}` : ""}</span>
    <span class="push save-state" data-save-state role="status">${saveState(draft)}</span>
    ${v.may.save ? html`<button class="button small" data-undo title=${t("撤销上一步", "Undo the last change")} ?disabled=${!draft.undo.length} @click=${draft.undoLast}>${t("撤销", "Undo")}</button>` : nothing}
    ${v.may.drop ? html`<button class="button small quiet" data-drop @click=${() => dropDraft(desk)}>${t("放弃草稿", "Discard")}</button>` : nothing}
  </header>
  <nav class="tabs" aria-label=${t("这个事项", "This item")}>${TABS.map(([name, zh, en]) => html`<a href="#${name}" data-tab=${name} aria-current=${desk.tab === name ? "page" : nothing}>${t(zh, en)}
    ${count[name] ? html`<b class="count" title=${t("还要改的地方", "places that need work")}>${count[name]}</b>` : nothing}</a>`)}</nav>`;
}

/** Where the words are: on the server, or still only in this browser. */
function saveState(draft) {
  if (!draft.v.may.save) return html`<span class="muted">${t("只能看，不能改", "read only")}</span>`;
  if (draft.conflict) return html`<span class="bad-text">${t("没有保存：别人也改了", "not saved: somebody else changed it")}</span>`;
  if (draft.saving) return html`<span class="muted">${t("正在保存…", "saving…")}</span>`;
  if (draft.problem) return html`<span class="bad-text" title=${draft.problem.sentence}>${draft.problem.offline ? t("连不上，改动留在本机，会自动再存", "offline: kept here, tried again by itself") : draft.problem.sentence}</span>`;
  if (draft.dirty && draft.missing.length) return html`<span class="warn-text">${t(`改动留在本机：${draft.missing[0][0]}`, `kept here: ${draft.missing[0][1]}`)}</span>`;
  if (draft.dirty) return html`<span class="muted">${t("已留在本机…", "kept here…")}</span>`;
  if (draft.savedAt) return html`<span class="ok-text">${t(`已保存 ${timeText(draft.savedAt)}`, `saved ${timeText(draft.savedAt)}`)}</span>`;
  return html`<span class="muted">${t(`上次保存 ${dayTimeText(draft.v.changed_at)}`, `saved ${dayTimeText(draft.v.changed_at)}`)}</span>`;
}

const ADDS = [["multiple", "添加多选题", "Several answers", "F2"], ["single", "添加单选题", "One answer", "F3"], ["condition", "添加条件", "Yes or no", "F4"]];

/** 添加多选题、添加单选题、添加条件；取消、保存、预览、提交 as in 003's picture. */
export function footView(desk) {
  const { draft } = desk;
  if (!draft.v.may.save) return nothing;
  const cancel = async () => {
    if (JSON.stringify(draft.body) === draft.opened) {
      location.assign(`/catalogue#${desk.item.id}`);
      return;
    }
    const sure = await confirmDialog({
      title: t("取消这次的修改？", "Cancel the changes?"), text: t("回到打开这一页时的样子（按“撤销”还能找回来）。", "It goes back to how it was when this page was opened; undo brings them back."), yes: t("取消修改", "Cancel the changes"), no: t("接着写", "Go on writing"),
    });
    if (sure) draft.cancel();
  };
  return html`<footer class="item-foot">
    ${desk.tab === "questions" ? ADDS.map(([kind, zh, en, key]) => html`<button class="button" data-add=${kind} @click=${() => newQuestion(desk, kind)}>${t(zh, en)} <kbd>${key}</kbd></button>`) : nothing}
    <span class="push"></span>
    <button class="button quiet" data-cancel @click=${cancel}>${t("取消", "Cancel")}</button>
    <button class="button" data-save title="Ctrl+S" @click=${() => draft.save()}>${t("保存", "Save")}</button>
    <a class="button" href="#preview">${t("预览", "Preview")}</a>
    ${desk.tab === "acceptance" ? nothing : html`<a class="button primary" href="#acceptance" data-to-submit>${t("提交", "Submit")}</a>`}</footer>`;
}
