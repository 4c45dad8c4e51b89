// 材料与审查要点: seed 003's table, a material a row; a row opens its own page.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { confirmDialog } from "ui/dialog.js";
import { addMaterial, moveIn, removeMaterial, usesOf } from "./body.js";
import { faultNotes } from "./faults.js";
import { materialView } from "./material.js";
import { wordOf } from "./page.js";
import { needless } from "./reviewing.js";
import { fileHref } from "./upload.js";

export function materialsView(desk) {
  const { body } = desk.draft;
  const open = body.materials.find((one) => one.id === desk.place);
  return open ? materialView(desk, open) : tableView(desk);
}

function tableView(desk) {
  const { draft } = desk;
  const { materials } = draft.body;
  return html`<section class="panel materials">
    <div class="panel-head"><h2>${t(`材料（${materials.length} 份）`, `Materials (${materials.length})`)}</h2>
      <span class="muted small">${t("点材料名称，写要点、传示例、画标注。", "Press a name to write its checkpoints and mark its sample.")}${draft.v.may.save ? needless() : nothing}</span>
      ${draft.v.may.save ? html`<button class="button primary small push" data-add-material @click=${() => add(desk)}>${t("＋ 添加材料", "+ Add a material")}</button>` : nothing}</div>
    <div class="panel-body">${faultNotes(desk.faults.at("materials", ""), { full: true })}
      ${materials.length ? html`<table class="table dense material-table"><thead><tr>
        <th>${t("序号", "No.")}</th><th>${t("材料名称", "Name")}</th><th>${t("所属情形", "Asked for when")}</th><th>${t("来源渠道", "Source")}</th>
        <th>${t("形式 · 介质 · 份数", "Form")}</th><th>${t("共享", "Shared")}</th><th>${t("容缺", "Deferrable")}</th>
        <th>${t("形式审查要点", "Checks of form")}</th><th>${t("内容审查要点", "Checks of content")}</th><th>${t("空表", "Blank")}</th><th>${t("示例", "Sample")}</th><th></th></tr></thead>
        <tbody>${materials.map((material, i) => row(desk, material, i))}</tbody></table>`
        : html`<p class="empty">${t("还没有材料。点右上角“添加材料”，一份一份写；名称要用证件、表格的标准名称。", "No materials yet. Add them one by one, by their standard names.")}</p>`}</div>
  </section>`;
}

function row(desk, material, i) {
  const { draft, words } = desk;
  const uses = usesOf(draft.body, material.id, t("基本材料", "always"));
  const checks = (about) => material.checkpoints.filter((one) => one.about === about).map((one) => one.text).join("；") || "—";
  const file = (name) => (name ? html`<a href=${fileHref(desk.item.id, name)} target="_blank" title=${name}>${t("看", "open")}</a>` : "—");
  const move = (by) => {
    draft.change((body) => moveIn(body.materials, i, by));
    queueMicrotask(() => document.querySelector(`[data-material="${material.id}"] a`)?.focus());
  };
  return html`<tr data-material=${material.id} @keydown=${(event) => event.altKey && arrow(event, move)}>
    <td class="num">${i + 1}</td>
    <td class="name"><a href="#materials/${material.id}" lang="zh-CN">${material.name || t("（没有写名称）", "(no name)")}</a>${faultNotes(desk.faults.at("materials", material.id))}</td>
    <td class="clip" title=${uses.join("\n")} lang="zh-CN">${uses.length ? `${uses[0]}${uses.length > 1 ? ` +${uses.length - 1}` : ""}` : "—"}</td>
    <td lang="zh-CN">${material.source || "—"}</td>
    <td>${wordOf(words.forms, material.form)} · ${wordOf(words.media, material.medium)} · ${material.copies}</td>
    <td>${material.shared ? t("是", "yes") : t("否", "no")}</td><td>${material.deferrable ? t("可", "yes") : t("否", "no")}</td>
    <td class="clip" title=${checks("form")} lang="zh-CN">${checks("form")}</td><td class="clip" title=${checks("content")} lang="zh-CN">${checks("content")}</td>
    <td class="nowrap">${file(material.blank)}</td><td class="nowrap">${file(material.sample)}</td>
    <td class="row-acts">${draft.v.may.save ? html`<button class="icon" title=${t("上移 Alt+↑", "Up, Alt+↑")} aria-label=${t(`${material.name} 上移`, `${material.name} up`)} @click=${() => move(-1)}>↑</button><button
      class="icon" title=${t("下移 Alt+↓", "Down, Alt+↓")} aria-label=${t(`${material.name} 下移`, `${material.name} down`)} @click=${() => move(1)}>↓</button><button
      class="icon" title=${t("删去", "Remove")} aria-label=${t(`删去 ${material.name}`, `Remove ${material.name}`)} @click=${() => remove(desk, material)}>×</button>` : nothing}</td></tr>`;
}

export function arrow(event, move) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  move(by);
}

function add(desk) {
  const id = desk.draft.change((body) => {
    const made = addMaterial(body);
    body.always.push(made); // asked for from everybody until an answer is to add it
    return made;
  });
  location.hash = `#materials/${id}`;
  desk.focusSoon("[name=material-name]");
}

export async function remove(desk, material) {
  const uses = usesOf(desk.draft.body, material.id, t("基本材料", "always"));
  const text = uses.length ? t(`现在要它的有：${uses.join("、")}。删去后可以按“撤销”找回。`, `Asked for by: ${uses.join(", ")}. Undo brings it back.`) : t("删去后可以按“撤销”找回。", "Undo brings it back.");
  const sure = await confirmDialog({ title: t(`删去材料“${material.name}”？`, `Remove “${material.name}”?`), text, yes: t("删去", "Remove"), danger: true });
  if (!sure) return;
  desk.draft.change((body) => removeMaterial(body, material.id));
  location.hash = "#materials";
}
