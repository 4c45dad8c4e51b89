// Which materials: all of the item's with a tick each, and a line to add one that is not there yet.

import { html } from "lit";
import { t } from "ui/lang.js";
import { sheet } from "../desk/sheet.js";
import { addMaterial } from "./body.js";

/** @returns {Promise<string[]|null>} the ids ticked, in the item's order */
export function pickMaterials(desk, title, chosen) {
  const ticked = new Set(chosen);
  let fresh = "";
  return sheet(title, (state) => {
    const { materials } = desk.draft.body;
    const add = () => {
      if (!fresh.trim()) return;
      ticked.add(desk.draft.change((body) => addMaterial(body, fresh.trim())));
      fresh = "";
      state.draw();
    };
    const done = () => {
      add();
      state.done(desk.draft.body.materials.map((one) => one.id).filter((id) => ticked.has(id)));
    };
    return html`<form @submit=${(event) => {
      event.preventDefault();
      done();
    }}>
      <div class="pick-list scroll">${materials.length ? materials.map((one) => html`<label class="check"><input type="checkbox" value=${one.id} .checked=${ticked.has(one.id)}
          @change=${(event) => (event.target.checked ? ticked.add(one.id) : ticked.delete(one.id))}><span lang="zh-CN">${one.name || t("（没有写名称）", "(no name)")}</span></label>`)
        : html`<p class="empty">${t("还没有材料，在下面写一份。", "No materials yet; write one below.")}</p>`}</div>
      <div class="add-line"><input class="input" type="text" name="fresh" maxlength="300" .value=${fresh} placeholder=${t("没有？写新材料的标准名称", "Not there? Its standard name")}
          aria-label=${t("新材料的名称", "Name of a new material")} @input=${(event) => (fresh = event.target.value)}>
        <button class="button" type="button" @click=${add}>${t("添加", "Add")}</button></div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => state.done(null)}>${t("取消", "Cancel")}</button>
        <button class="button primary" type="submit">${t("确定", "OK")}</button></div></form>`;
  });
}

/** The materials something adds, as chips, and the button to choose them. */
export function materialChips(desk, label, keys, put) {
  const { body, v } = desk.draft;
  const names = Object.fromEntries(body.materials.map((one) => [one.id, one.name]));
  const choose = async () => {
    const picked = await pickMaterials(desk, t(`“${label}”要哪些材料？`, `Which materials for “${label}”?`), keys);
    if (picked) put(picked);
  };
  return html`<span class="material-chips">${keys.map((key) => html`<span class="material-chip" lang="zh-CN">${names[key] || key}${v.may.save
      ? html`<button type="button" aria-label=${t(`去掉${names[key]}`, `Without ${names[key]}`)} @click=${() => put(keys.filter((one) => one !== key))}>×</button>` : ""}</span>`)}
    ${v.may.save ? html`<button type="button" class="button small quiet" data-add-materials aria-label=${t(`${label}：加哪些材料`, `${label}: which materials`)} @click=${choose}>${t("＋材料", "+ materials")}</button>` : ""}
    ${!v.may.save && !keys.length ? html`<span class="muted small">${t("不加材料", "adds none")}</span>` : ""}</span>`;
}
