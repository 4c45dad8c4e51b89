// Dialogs of the tree: a new item or folder; another name, another place.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { field, itemHref, itemPath } from "./page.js";

const DEEPEST = 4;
const draw = new Intl.DateTimeFormat("en-CA", { year: "2-digit", month: "2-digit", day: "2-digit" });

/** An id nobody need think of: item-261122-4f2a. */
const freshId = (kind) => `${kind}-${draw.format(new Date()).replaceAll("-", "")}-${Array.from(crypto.getRandomValues(new Uint8Array(2)), (b) => b.toString(16).padStart(2, "0")).join("")}`;

/** Folders in the tree's order, with how deep they are; `without`: not into itself. */
function folders(desk, without = null) {
  const list = [];
  const walk = (parent, depth) => {
    for (const node of desk.nodes.filter((one) => one.parent === parent && !one.is_item && one.id !== without).sort((a, b) => a.position - b.position)) {
      if (node.level < DEEPEST) list.push({ node, depth });
      walk(node.id, depth + 1);
    }
  };
  walk("", 0);
  return list;
}

const folderSelect = (desk, form, without) => field(t("放在哪个目录下", "In which folder"), html`<select name="parent" @change=${(event) => (form.parent = event.target.value)}>
  <option value="" ?selected=${!form.parent}>${t("（最上一级）", "(the top)")}</option>${folders(desk, without).map(({ node, depth }) => html`<option value=${node.id} ?selected=${form.parent === node.id}>${"　".repeat(depth)}${node.name}</option>`)}</select>`);

function departmentField(desk, form) {
  const own = desk.me.department;
  if (own && !desk.me.leads) return field(t("部门", "Department"), html`<input type="text" .value=${own} disabled>`);
  return field(t("部门", "Department"), html`<select name="department" @change=${(event) => (form.department = event.target.value)}>
    <option value="" ?selected=${!form.department}>${t("（没有）", "(none)")}</option>${[...new Set([...desk.words.departments, ...desk.nodes.map((one) => one.department)])].filter(Boolean).map((one) => html`<option ?selected=${form.department === one}>${one}</option>`)}</select>`);
}

const named = (form) => [
  field(t("名称 *", "Name *"), html`<input type="text" name="name" maxlength="300" autofocus .value=${form.name} @input=${(event) => (form.name = event.target.value)}>`),
  field(t("英文名称", "English name"), html`<input type="text" name="name_en" maxlength="300" .value=${form.name_en} @input=${(event) => (form.name_en = event.target.value)}>`),
];
const codeField = (form) => field(t("事项编码（31 位国家编码，没有可以不填）", "Code (31 characters, if it has one)"), html`<input type="text" name="code" maxlength="64" .value=${form.code} @input=${(event) => (form.code = event.target.value.trim())}>`);

export function addSheet(desk, isItem, parent = null) {
  const chosen = desk.nodes.find((one) => one.id === desk.chosen);
  const home = desk.nodes.find((one) => one.is_item && one.department && one.department === desk.me.department);
  const form = { id: freshId(isItem ? "item" : "folder"), name: "", name_en: "", code: "", parent: parent ?? (chosen ? (chosen.is_item ? chosen.parent : chosen.id) : home?.parent ?? ""), department: desk.me.department || chosen?.department || "" };
  const draft = draftOf(isItem ? "node:item" : "node:folder");
  Object.assign(form, draft.get("form", {}), parent === null ? {} : { parent });
  const keep = () => draft.set("form", form);
  const add = async (state) => {
    const node = await post("/catalogue/nodes", { ...form, name: form.name.trim(), is_item: isItem });
    draft.clear();
    if (!isItem) {
      state.done(node);
      await desk.read();
      return desk.acts.choose(node.id);
    }
    const v = await post(itemPath(node.id), { note: "" });
    return location.assign(itemHref(node.id, v.version));
  };
  return sheet(isItem ? t("新事项", "A new item") : t("新目录", "A new folder"), (state) => html`<form class="form" @input=${keep} @change=${keep} @submit=${(event) => {
    event.preventDefault();
    state.run(() => add(state));
  }}>${named(form)}${folderSelect(desk, form)}${departmentField(desk, form)}
    ${isItem ? codeField(form) : nothing}
    <details class="more"><summary>${t("系统编号（不用改）", "Id (need not be changed)")}</summary><input class="input" type="text" name="id" maxlength="64" aria-label=${t("系统编号", "Id")} .value=${form.id} @input=${(event) => (form.id = event.target.value.trim())}></details>
    ${sheetActions(state, t("取消", "Cancel"), [isItem ? t("添加，开始写", "Add and write") : t("添加", "Add"), () => add(state)])}</form>`);
}

export function changeSheet(desk, node) {
  const draft = draftOf(`node:${node.id}:${node.name}`);
  const form = { name: node.name, name_en: node.name_en, code: node.code, parent: node.parent, department: node.department, ...draft.get("form", {}) };
  const keep = () => draft.set("form", form);
  const save = async (state) => {
    const { code, ...rest } = form;
    await post(`/catalogue/nodes/${encodeURIComponent(node.id)}`, { ...rest, ...(node.is_item ? { code } : {}) });
    draft.clear();
    state.done(true);
    await desk.read();
    desk.acts.choose(node.id);
  };
  return sheet(t("改名、移动", "Rename, move"), (state) => html`<form class="form" @input=${keep} @change=${keep} @submit=${(event) => {
    event.preventDefault();
    state.run(() => save(state));
  }}>${named(form)}${folderSelect(desk, form, node.id)}${desk.me.leads ? departmentField(desk, form) : nothing}${node.is_item ? codeField(form) : nothing}
    <p class="muted small">${node.is_item ? t("这是目录里的名称；群众看到的名称在事项的“基本信息”里改。", "The name in the tree; the one citizens read is changed in the item's basics.") : ""}</p>
    ${sheetActions(state, t("取消", "Cancel"), [t("保存", "Save"), () => save(state)])}</form>`);
}
