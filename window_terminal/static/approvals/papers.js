// A paper on the same screen: the picture large, the checkpoints of its material beside it, ← → to the next. A PDF opens in a tab of its own.

import { html, nothing, render } from "lit";
import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";

const PICTURE = /^image\/(png|jpeg|webp)$/;
const isPicture = (file) => PICTURE.test(file.media_type);
const materialOf = (task, file) => task.materials.find((one) => file.purpose === `material:${one.id}`);

/** The case's pictures, in the order of its list. */
function pictures(task) {
  const place = (file) => (task.materials.indexOf(materialOf(task, file)) + 1 || 1e6);
  return task.files.filter(isPicture).sort((a, b) => place(a) - place(b) || a.id - b.id);
}

export const hasPictures = (task) => task.files.some(isPicture);

export function fileLink(file, task) {
  const look = (event) => {
    if (!isPicture(file) || event.ctrlKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    showPapers(task, file.id);
  };
  return html`<a class="file" href=${file.url} target="_blank" rel="noopener" data-file=${file.id} @click=${look}>${file.name}</a> `;
}

/** Walk through the pictures, from this one or the first. */
export function showPapers(task, id) {
  const all = pictures(task);
  let at = Math.max(0, all.findIndex((file) => file.id === id));
  return showDialog(task.item_name, (box, done) => {
    const step = (by) => {
      at = Math.min(all.length - 1, Math.max(0, at + by));
      draw();
    };
    const draw = () => render(paperView(task, all, at, { step, done }), box);
    const dialog = box.closest("dialog");
    dialog.classList.add("paper-dialog");
    dialog.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(by);
    });
    draw();
  }, { wide: true });
}

function paperView(task, all, at, { step, done }) {
  const file = all[at];
  const material = materialOf(task, file);
  return html`<div class="paper"><img src=${file.url} alt=${file.name} data-paper=${file.id}>
      <div class="paper-side"><h3>${material?.name ?? t("其他附件", "Other file")}</h3><p class="small muted">${file.name}</p>
        ${material ? html`<ul class="points">${material.checkpoints.map((point) => html`<li class=${point.ticked ? "ticked" : ""}><span aria-hidden="true">${point.ticked ? "✓" : "–"}</span><span>${point.text}</span></li>`)}</ul>` : nothing}</div></div>
    <div class="dialog-actions"><span class="muted small push-start number">${at + 1} / ${all.length}</span>
      <a class="button quiet" href=${file.url} target="_blank" rel="noopener">${t("原图", "Full size")}</a>
      <button class="button" type="button" ?disabled=${!at} @click=${() => step(-1)}><kbd>←</kbd>${t("上一张", "Before")}</button>
      <button class="button" type="button" ?disabled=${at === all.length - 1} @click=${() => step(1)}><kbd>→</kbd>${t("下一张", "Next")}</button>
      <button class="button primary" type="button" autofocus @click=${() => done(null)}>${t("关闭", "Close")}<kbd>Esc</kbd></button></div>`;
}
