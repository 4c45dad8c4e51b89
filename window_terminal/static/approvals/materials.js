// The materials as they were taken in: each with its checkpoints, what the window ticked, and the files that belong to it.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { fileLink, hasPictures, showPapers } from "./papers.js";

export function materialsView(task) {
  const { materials } = task;
  const deferred = new Set(task.deferral?.materials ?? []);
  const loose = task.files.filter((file) => file.purpose !== "result" && ![...materials, ...task.awaited.map((one) => ({ id: one.material }))].some((one) => file.purpose === `material:${one.id}`));
  return html`<section class="block" data-materials><h3>${t("材料", "Materials")} <span class="muted small">${t(`${materials.length} 项`, `${materials.length}`)}</span>
      ${hasPictures(task) ? html`<button class="button small quiet push" type="button" data-papers aria-keyshortcuts="F3" @click=${() => showPapers(task)}><kbd>F3</kbd>${t("逐张看", "Look through")}</button>` : nothing}</h3>
    ${materials.length ? materials.map((one) => materialView(one, task, deferred)) : html`<p class="muted small">${t("此事项没有材料要求", "This item needs no materials")}</p>`}
    ${task.awaited.map((one) => awaitedView(one, task))}
    ${loose.length ? html`<h4 class="loose">${t("其他附件", "Other files")}</h4><p class="files">${loose.map((file) => fileLink(file, task))}</p>` : nothing}</section>`;
}

function materialView(one, task, deferred) {
  const points = one.checkpoints;
  const done = points.filter(({ ticked }) => ticked).length;
  const missing = deferred.has(one.id) && (Boolean(task.deferral_due) || done < points.length); // what was brought since counts as checked
  const files = task.files.filter((file) => file.purpose === `material:${one.id}`);
  return html`<details class="material" ?open=${missing || done < points.length} data-material=${one.id}>
    <summary><span class="material-name">${one.name}</span>
      <span class="small muted">${t(one.form_zh, one.form_en)}${one.copies > 1 ? ` ×${one.copies}` : ""}</span>
      ${files.length ? html`<span class="badge">${t(`附件 ${files.length}`, `${files.length} file(s)`)}</span>` : nothing}
      ${missing ? html`<span class="badge warn">${t("容缺", "to follow")}</span>`
        : html`<span class="badge ${done === points.length ? "ok" : "warn"}">${t(`核 ${done}/${points.length}`, `${done}/${points.length} checked`)}</span>`}</summary>
    <ul class="points">${points.map((point) => html`<li class=${point.ticked ? "ticked" : ""}><span aria-hidden="true">${point.ticked ? "✓" : "–"}</span>
      <span>${point.text}<span class="visually-hidden">${point.ticked ? t("（已核对）", " (checked)") : t("（未核对）", " (not checked)")}</span></span></li>`)}</ul>
    ${one.note ? html`<p class="small muted">${one.note}</p>` : nothing}
    ${files.length || one.sample ? html`<p class="files">${files.map((file) => fileLink(file, task))}
      ${one.sample ? html`<a class="small" href=${`/api/v1/catalogue/items/${encodeURIComponent(task.item)}/files/${encodeURIComponent(one.sample)}`} target="_blank">${t("示例", "Sample")}</a>` : nothing}</p>` : nothing}</details>`;
}

/** Made by another part of the bundle: with its file as soon as that is decided. */
function awaitedView(one, task) {
  const files = task.files.filter((file) => file.purpose === `material:${one.material}`);
  return html`<div class="material awaited" data-awaited=${one.material}><p><span class="material-name">${one.name}</span>
      <span class="badge ${one.here ? "ok" : "warn"}">${one.here ? t("已办出", "made") : t("等待结果", "awaited")}</span></p>
    <p class="small muted">${t(`由本件事中的“${one.item_name}”产生（${one.code ?? ""} ${one.state_zh}）`, `Made by “${one.item_name}” of this bundle (${one.code ?? ""} ${one.state_en})`)}${
      one.here && !files.length ? t("；没有电子件，以该办件的决定为准", "; no file was put up, its decision counts") : nothing}</p>
    ${files.length ? html`<p class="files">${files.map((file) => fileLink(file, task))}</p>` : nothing}</div>`;
}
