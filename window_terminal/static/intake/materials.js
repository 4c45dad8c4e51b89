// The list of materials with a tick per checkpoint; what is whole folds up unless the keys are on it. One row has the keys: ↑ ↓ walk, Space ticks, Enter ticks the whole
// material and goes to the next.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { askedOf, reminder } from "./asked.js";
import { focusForm } from "./form.js";
import { same } from "./model.js";
import { questionsPart } from "./questions.js";
import { focusPaper, receivedPart, writtenDown } from "./received.js";

export function materialsPanel(intake) {
  const { all, ticked } = intake.count;
  const { list } = intake;
  const { situation, unlisted } = intake.case;
  const listed = list.filter((one) => !writtenDown(one));
  const words = list.filter((one) => one.words).length;
  return html`<section class="panel materials-panel" aria-label=${t("材料", "Materials")} data-area="materials">
    <header class="panel-head">
      <h2>${t("材料与审查要点", "Materials and checkpoints")}</h2>
      ${all ? html`<span class="badge ${ticked === all ? "ok" : ""}" data-testid="ticked">${ticked}/${all}</span>` : nothing}
      ${situation ? html`<span class="push muted small cut" title=${situation.name}>${situation.name}</span>` : nothing}
    </header>
    ${questionsPart(intake)}
    <div class="panel-body">
      ${reminder(intake.case)}
      ${listed.length
        ? html`<ol class="materials" role="list">${listed.map((one, index) => materialRow(intake, one, index + 1 - words))}</ol>`
        : unlisted.length ? nothing
        : html`<p class="empty">${intake.question ? t("回答上面的问题后列出材料。", "Answer the question to see the list.") : t("这个情形不需要材料。", "No material is needed.")}</p>`}
      ${unlisted.length ? receivedPart(intake) : nothing}
      ${(intake.case.awaited ?? []).map(awaitedRow)}
    </div>
    ${listed.length === 0 && unlisted.length ? nothing : html`<footer class="panel-foot small muted"><kbd>↑</kbd><kbd>↓</kbd> ${t("移动", "move")}　<kbd>Space</kbd> ${t("核对", "tick")}　<kbd>Enter</kbd> ${t("整份齐全", "all of it")}　<kbd>Z</kbd> ${t("看示例", "sample")}</footer>`}
  </section>`;
}

// Nobody hands it in: another part of the bundle makes it.
const awaitedRow = (one) => html`<p class="awaited small" data-awaited=${one.name}><b>${one.name}</b> <span class="badge ok">${t("不用交", "not needed")}</span>
  ${one.here ? t(`本件事中的“${one.item_name}”已办出`, `made by “${one.item_name}” of this bundle`) : t(`由本件事中的“${one.item_name}”办理后自动带入`, `comes by itself from “${one.item_name}” of this bundle`)}</p>`;

function materialRow(intake, material, index) {
  const done = intake.complete(material);
  const head = { material: material.id, checkpoint: null };
  return html`<li class="material ${done ? "whole" : ""}" data-material=${material.id}>
    <button type="button" class="material-head ${same(head, intake.at) ? "at" : ""}" role="checkbox" aria-checked=${checked(intake, material)} data-row=${`${material.id} `}
      tabindex=${same(head, intake.at) ? 0 : -1} @click=${() => tickAll(intake, material, head)} @focus=${(event) => go(event, intake, head)}>
      <span class="box" aria-hidden="true">${done ? "✓" : ""}</span>
      <span class="material-name">${material.words ? nothing : html`<span class="muted">${index}.</span>`} ${material.name}</span>
      <span class="material-badges">${badges(intake, material)}</span>
    </button>
    ${done && intake.at?.material !== material.id ? nothing
      : html`${askedOf(intake.case, material)}<ul class="points" role="list">${material.checkpoints.map((point) => pointRow(intake, material, point))}</ul>`}
  </li>`;
}

const checked = (intake, material) => {
  const count = material.checkpoints.filter((point) => intake.ticked(material.id, point.id)).length;
  return count === material.checkpoints.length ? "true" : count ? "mixed" : "false";
};

function pointRow(intake, material, point) {
  const row = { material: material.id, checkpoint: point.id };
  const on = intake.ticked(material.id, point.id);
  return html`<li><button type="button" class="point ${same(row, intake.at) ? "at" : ""} ${on ? "on" : ""}" role="checkbox" aria-checked=${String(on)}
    data-row=${`${material.id} ${point.id}`} data-point=${point.id} tabindex=${same(row, intake.at) ? 0 : -1}
    @click=${() => tick(intake, row)} @focus=${(event) => go(event, intake, row)}>
    <span class="box" aria-hidden="true">${on ? "✓" : ""}</span><span>${point.text}${point.mark ? html`<span class="marked" aria-hidden="true"> ▣</span>` : nothing}</span>
  </button></li>`;
}

export function badges(intake, material) {
  if (material.words) return nothing;
  const copies = t(`${material.copies}份`, `×${material.copies}`);
  const files = (intake.case.files ?? []).filter((one) => one.purpose === `material:${material.id}`).length;
  return html`<span class="badge">${t(material.form_zh, material.form_en)}${material.copies > 1 ? ` ${copies}` : ""}</span>
    ${material.deferrable ? html`<span class="badge warn">${t("可容缺", "may follow")}</span>` : nothing}
    ${material.shared ? html`<span class="badge info" title=${t("数据共享材料，由大厅核验", "shared data: the hall can look it up")}>${t("共享", "shared")}</span>` : nothing}
    ${material.medium === "electronic" ? html`<span class="badge info">${t("电子", "electronic")}</span>` : nothing}
    ${files ? html`<span class="badge parked">${t(`附件 ${files}`, `${files} file${files === 1 ? "" : "s"}`)}</span>` : nothing}`;
}

// By the keys only: a list that folds between a mouse's down and up would let the click fall on another row.
function go(event, intake, row) {
  if (same(row, intake.at) || !event.target.matches(":focus-visible")) return;
  intake.at = row;
  intake.changed();
}

function tick(intake, row) {
  intake.at = row;
  intake.set(row.material, row.checkpoint, !intake.ticked(row.material, row.checkpoint));
}

function tickAll(intake, material, row) {
  intake.at = row;
  intake.setMaterial(material);
}

/** @returns whether the key was used; only while a row of the list has the focus */
export function materialsKey(event, intake) {
  const row = event.target.closest?.("[data-row]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey) return false;
  const rows = intake.rows();
  const at = rows.findIndex((one) => same(one, intake.at));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) focusRow(intake, rows[Math.min(rows.length - 1, Math.max(0, at + step))]);
  else if (event.key === "Enter") wholeAndOn(intake);
  else if (event.key === " ") space(intake);
  else return false;
  return true;
}

// Space ticks and goes down to the next open checkpoint, so that a list is read and ticked with one finger.
function space(intake) {
  const { at } = intake;
  if (at.checkpoint === null) return void intake.setMaterial(intake.material(at.material));
  const on = !intake.ticked(at.material, at.checkpoint);
  intake.set(at.material, at.checkpoint, on);
  if (on) onward(intake);
}

function wholeAndOn(intake) {
  const material = intake.material(intake.at.material);
  if (!intake.complete(material)) intake.setMaterial(material);
  onward(intake);
}

// To the next thing not ticked below, then above; when all is ticked, to the form.
function onward(intake) {
  const rows = intake.rows();
  const at = rows.findIndex((one) => same(one, intake.at));
  const next = rows.slice(at + 1).find(intake.open) ?? rows.find(intake.open);
  if (next) focusRow(intake, next);
  else if (intake.case.unlisted.length && !intake.received.length) focusPaper();
  else focusForm(intake);
}

export function focusRow(intake, row) {
  if (!row) return;
  intake.at = row;
  intake.changed();
  // the list is drawn in a microtask; the row that has the keys is there before and after
  queueMicrotask(() => {
    const element = document.querySelector(`[data-row="${row.material} ${row.checkpoint ?? ""}"]`);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  });
}

/** The list's own row, or the first not ticked; where a list is not published and nothing is left to tick, the line for the next paper. */
export function focusMaterials(intake) {
  const open = intake.rows().some(intake.open);
  if (open || !intake.case.unlisted.length) focusRow(intake, intake.at ?? intake.rows()[0]);
  else focusPaper();
}
