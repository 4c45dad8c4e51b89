// 由哪个事项产生: the item whose result a material is. In a bundle with that item nobody brings it.

import { html } from "lit";
import { t } from "ui/lang.js";
import { byId } from "./body.js";
import { allItems, fitting } from "./finding.js";
import { field } from "./page.js";

const state = { items: null, find: "", of: "" };

function load(desk) {
  if (state.items) return;
  state.items = [];
  allItems().then((items) => {
    state.items = items;
    desk.draw();
  }, () => (state.items = null));
}

export function resultOfField(desk, material) {
  load(desk);
  if (state.of !== material.id) Object.assign(state, { of: material.id, find: "" });
  const set = (id) => {
    state.find = "";
    desk.draft.change((body) => (byId(body.materials, material.id).result_of = id));
  };
  const known = state.items.find((one) => one.id === material.result_of);
  const chosen = html`<span class="file-line" data-result-of=${material.result_of}><span class="cut" lang="zh-CN">${known?.name ?? material.result_of}</span>
    <button class="icon only-write" type="button" title=${t("不是", "None")} aria-label=${t("不是别的事项的结果", "Not the result of another item")} @click=${() => set("")}>×</button></span>`;
  const finder = html`<input type="search" name="result-of" placeholder=${t("不是；是的话找那个事项", "none; or find the item")} .value=${state.find} @input=${(event) => {
    state.find = event.target.value;
    desk.draw();
  }}>${fitting(state.items, state.find, [desk.item.id]).map((one) => html`<button type="button" class="button small found" lang="zh-CN" data-found=${one.id} @click=${() => set(one.id)}>${one.name}
    <span class="muted small">${one.department}</span></button>`)}`;
  return field(t("是别的事项的办理结果吗（一件事里自动带入）", "The result of another item?"), material.result_of ? chosen : finder, { wide: true });
}
