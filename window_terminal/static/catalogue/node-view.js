// The right side of the tree: one entry with what may be done to it; or what waits for whoever looks.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { askSheet } from "../desk/adjusting.js";
import { dayTimeText } from "../desk/desk.js";
import { adjustmentsView } from "./adjustments.js";
import { importSheet } from "./importing.js";
import { addSheet, changeSheet } from "./node-sheets.js";
import { itemHref, itemPath, oftenBadge, stageBadge } from "./page.js";

export function nodeView(desk, node) {
  const above = [];
  for (let at = desk.nodes.find((one) => one.id === node.parent); at; at = desk.nodes.find((one) => one.id === at.parent)) above.unshift(at);
  return html`<div class="panel-head"><button class="button small quiet" @click=${() => desk.acts.choose(null)}>← ${t("待我处理", "What waits for me")}</button>
      <span class="muted small cut" lang="zh-CN">${above.map((one) => one.name).join(" › ")}</span></div>
    <div class="panel-body pad node-view" data-shown=${node.id}>
      <h1 lang="zh-CN">${node.name}</h1>${node.name_en ? html`<p class="muted">${node.name_en}</p>` : nothing}
      ${node.is_item ? itemView(desk, node) : folderView(desk, node)}
      ${node.may_write ? html`<p class="node-acts"><button class="button small" data-change @click=${() => changeSheet(desk, node)}>${t("改名、移动", "Rename, move")}</button>
        <button class="button small" @click=${() => move(desk, node, -1)}>↑ ${t("上移", "Up")}</button><button class="button small" @click=${() => move(desk, node, 1)}>↓ ${t("下移", "Down")}</button>
        ${node.is_item ? nothing : html`<button class="button small" @click=${() => addSheet(desk, true, node.id)}>${t("＋ 在这里加事项", "+ Item here")}</button>
          <button class="button small danger" @click=${() => removeFolder(desk, node)}>${t("删去空目录", "Remove the empty folder")}</button>`}</p>` : nothing}
    </div>`;
}

function itemView(desk, node) {
  const busy = node.under_way;
  return html`<dl class="facts">
      <dt>${t("部门", "Department")}</dt><dd lang="zh-CN">${node.department}</dd>
      <dt>${t("编码", "Code")}</dt><dd>${node.code || "—"}</dd>
      <dt>${t("现行版本", "In force")}</dt><dd>${node.in_force ? t(`第 ${node.in_force} 版`, `version ${node.in_force}`) : node.retired ? t("已停用", "retired") : t("还没有发布", "not published yet")}</dd>
      <dt>${t("正在写", "Under way")}</dt><dd>${busy ? html`${t(`第 ${busy.version} 版`, `version ${busy.version}`)} ${stageBadge(busy)}` : "—"}</dd>
      <dt>${t("办件量", "How often")}</dt><dd>${oftenBadge(desk.often[node.id])}${desk.often[node.id] ? nothing : "—"}</dd></dl>
    <p class="node-acts">
      ${busy ? html`<a class="button primary" data-open href=${itemHref(node.id, busy.version)}>${busy.stage === "draft" && node.may_write ? t("接着写草稿", "Go on with the draft") : t("打开", "Open")}</a>`
        : node.may_write ? html`<button class="button primary" data-write @click=${() => write(node)}>${node.in_force ? t("修改：写新的一版", "Change it: a new version") : node.retired ? t("恢复：写新的一版", "Bring it back: a new version") : t("开始写", "Begin to write")}</button>` : nothing}
      ${node.in_force ? html`<a class="button" data-see href=${itemHref(node.id, node.in_force)}>${t("看现行版本", "See what is in force")}</a>
        <button class="button" data-adjust @click=${() => ask(desk, node)}>${t("提调整建议…", "Ask for a change…")}</button>` : nothing}</p>
    ${node.may_write ? nothing : html`<p class="muted small">${t(`由${node.department}编写。`, `Written by ${node.department}.`)}</p>`}`;
}

async function ask(desk, node) {
  if (await askSheet([{ id: node.id, name: node.name }])) await desk.read();
}

const folderView = (desk, node) => html`<p class="muted">${t("目录", "Folder")} · ${t(`第 ${node.level} 级`, `level ${node.level}`)} · ${t(
  `下面 ${desk.nodes.filter((one) => one.parent === node.id).length} 项`, `${desk.nodes.filter((one) => one.parent === node.id).length} entries`)}</p>`;

async function write(node) {
  try {
    const v = await post(itemPath(node.id), { note: "" });
    location.assign(itemHref(node.id, v.version));
  } catch (refusal) {
    toastRefusal(refusal);
  }
}

async function move(desk, node, by) {
  const all = desk.nodes.filter((one) => one.parent === node.parent).sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, "zh"));
  const at = all.indexOf(node);
  if (!all[at + by]) return;
  [all[at], all[at + by]] = [all[at + by], all[at]];
  try {
    await post("/catalogue/order", { parent: node.parent, order: all.map((one) => one.id) });
    await desk.read();
  } catch (refusal) {
    toastRefusal(refusal);
  }
}

async function removeFolder(desk, node) {
  if (!(await confirmDialog({ title: t(`删去目录“${node.name}”？`, `Remove “${node.name}”?`), yes: t("删去", "Remove"), danger: true }))) return;
  try {
    await post(`/catalogue/nodes/${encodeURIComponent(node.id)}/remove`);
    desk.acts.choose(null);
    await desk.read();
  } catch (refusal) {
    toastRefusal(refusal);
  }
}

// ------------------------------------------------------------------------------------------ what waits for me

export function waitingView(desk) {
  const { reviews, trials, drafts, counts } = desk.inbox;
  const lists = [
    ["reviews", t("待我评审", "To be reviewed by me"), reviews, (one) => `${itemHref(one.item, one.version)}#acceptance`],
    ["trials", t("待模拟受理", "To be tried at windows"), trials, (one) => (desk.me.clerk ? `/catalogue/items/${encodeURIComponent(one.item)}/trial` : `${itemHref(one.item, one.version)}#acceptance`)],
    ["drafts", t("没写完的草稿", "Drafts"), drafts, (one) => `${itemHref(one.item, one.version)}${one.round ? "#acceptance" : ""}`], // sent back: to the reason
  ].filter(([name]) => (name === "trials" ? desk.me.tries : name === "drafts" ? desk.mayAdd : true));
  return html`<div class="panel-head"><h2>${t("待我处理", "What waits for me")}</h2></div><div class="panel-body pad waiting">
    ${lists.map(([name, title, list, href]) => html`<section data-inbox=${name}><h3>${title} <b class="badge ${list.length ? "info" : ""}">${counts[name]}</b></h3>
      ${list.length ? html`<ul class="inbox-list">${list.map((one) => html`<li><a href=${href(one)} data-waits=${one.item}><b lang="zh-CN">${one.name}</b>
        <span class="muted small" lang="zh-CN">${one.department} · ${t(`第 ${one.version} 版`, `version ${one.version}`)} · ${dayTimeText(one.changed_at)}${one.note ? ` · ${one.note}` : ""}</span></a></li>`)}</ul>${counts[name] > list.length ? html`<p class="muted small">${t(`还有 ${counts[name] - list.length} 个，在左边的目录里。`, `${counts[name] - list.length} more, in the tree.`)}</p>` : nothing}`
        : html`<p class="muted small">${t("没有", "None")}</p>`}</section>`)}
    ${adjustmentsView(desk)}
    ${desk.mayAdd ? help(desk) : nothing}</div>`;
}

function help(desk) {
  const only = desk.me.department ? `&department=${encodeURIComponent(desk.me.department)}` : "";
  return html`<section class="help"><h3>${t("怎样写一个事项", "How an item is written")}</h3>
    <ol><li>${t("左边找到事项，点“修改：写新的一版”；没有就点“＋ 新事项”。", "Find the item on the left and begin a new version, or add one.")}</li>
      <li>${t("写基本信息、材料和审查要点、情形问答；写的时候自动保存。", "Write its basics, materials with checkpoints, and questions; it keeps itself.")}</li>
      <li>${t("预览一遍，送两位以上没有写过它的同事评审（有行政服务中心的，也有部门的），再由三位受理人员在三个窗口模拟受理。", "Preview it, have two who did not write it review it (of the hall's administration and of a department), and three clerks try it at three windows.")}</li>
      <li>${t("部门负责人发布，大厅同时按新的办。", "The head publishes it, and the whole hall follows.")}</li></ol>
    <p class="small">${t("一次要写很多？用表格（XLSX、CSV、JSON）：", "Many at once? By workbook (XLSX, CSV, JSON): ")}
      <a href="/api/v1/catalogue/export?format=xlsx${only}" download>${t("导出现在的事项", "export the items")}</a>${t("，改好后 ", ", then ")}<button type="button" class="link" data-import @click=${() => importSheet(desk)}>${t("导入为草稿", "import them as drafts")}</button>${t("；管理员也可以用 ", "; an administrator also with ")}<code>run.py import items</code>${t("（见 docs/catalogue.md）。", " (docs/catalogue.md).")}</p></section>`;
}
