// The sample's picture with its marks: drag a box with the mouse for the chosen checkpoint, press a box to choose its own.

import { html, nothing } from "lit";
import { ref } from "lit/directives/ref.js";
import { t } from "ui/lang.js";
import { fileHref, isPicture } from "./upload.js";

const LEAST = 0.012; // of the picture's side: less was a slip of the hand
const round = (share) => Math.round(share * 1e4) / 1e4;
const percent = (share) => `${share * 100}%`;
// Set on the element itself: the content policy lets no style attribute through.
const box = ({ x, y, width, height }) => ref((element) => element && Object.assign(element.style, { left: percent(x), top: percent(y), width: percent(width), height: percent(height) }));

/** The picture with numbered boxes; `more` draws what else lies on it. */
export function markedPicture(item, material, chosen, more = nothing) {
  return html`<img src=${fileHref(item, material.sample)} alt=${t(`${material.name}的示例`, `Sample of ${material.name}`)} draggable="false">
    ${material.checkpoints.map((point, i) => (point.mark ? html`<span class="mark${point.id === chosen ? " chosen" : ""}" data-mark=${point.id} ${box(point.mark)}><b>${i + 1}</b></span>` : nothing))}${more}`;
}

/** @param {{set: (mark: object) => void}} acts a box was drawn */
export function sampleView(desk, material, { set }) {
  const writes = desk.draft.v.may.save;
  return html`<section class="panel sample"><div class="panel-head"><h2>${t("示例", "Sample")}</h2>
      <span class="muted small">${hint(desk, material, writes)}</span></div>
    <div class="panel-body pad" tabindex="0">${!material.sample
      ? html`<p class="empty">${t("还没有示例。上传一张图片（PNG、JPG），就可以在上面标注要点。", "No sample yet. Upload a picture (PNG, JPG) to mark checkpoints on it.")}</p>`
      : !isPicture(material.sample)
        ? html`<p class="empty"><a href=${fileHref(desk.item.id, material.sample)} target="_blank">${material.sample}</a><br>${t("不是图片，不能用鼠标标注。", "Not a picture: it cannot be marked by mouse.")}</p>`
        : html`<div class="marked${writes ? " draws" : ""}" data-marked @pointerdown=${(event) => press(event, desk, set, writes)}>
            ${markedPicture(desk.item.id, material, desk.point, desk.drawing ? html`<span class="mark drawing" ${box(desk.drawing)}></span>` : nothing)}</div>`}</div></section>`;
}

function hint(desk, material, writes) {
  if (!writes || !material.sample) return "";
  const at = material.checkpoints.findIndex((one) => one.id === desk.point);
  return at >= 0 ? t(`拖出第 ${at + 1} 条要点的位置`, `Drag a box for checkpoint ${at + 1}`) : t("直接拖出方框，就添加一条要点", "Drag a box: it adds a checkpoint");
}

function press(event, desk, set, writes) {
  const mark = event.target.closest("[data-mark]");
  if (mark && mark.dataset.mark !== desk.point) {
    desk.point = mark.dataset.mark;
    desk.draw();
    return;
  }
  if (!writes || event.button !== 0) return;
  event.preventDefault();
  const area = event.currentTarget;
  const frame = area.getBoundingClientRect();
  const at = (e) => [
    Math.min(Math.max((e.clientX - frame.left) / frame.width, 0), 1), Math.min(Math.max((e.clientY - frame.top) / frame.height, 0), 1),
  ];
  const [x0, y0] = at(event);
  area.setPointerCapture(event.pointerId);
  const move = (e) => {
    const [x1, y1] = at(e);
    desk.drawing = { x: round(Math.min(x0, x1)), y: round(Math.min(y0, y1)), width: round(Math.abs(x1 - x0)), height: round(Math.abs(y1 - y0)) };
    desk.draw();
  };
  const end = (done) => () => {
    area.removeEventListener("pointermove", move);
    area.removeEventListener("pointerup", finish);
    area.removeEventListener("pointercancel", stop);
    const drawn = desk.drawing;
    desk.drawing = null;
    if (done && drawn && drawn.width > LEAST && drawn.height > LEAST) set(drawn);
    else desk.draw();
  };
  const finish = end(true);
  const stop = end(false);
  area.addEventListener("pointermove", move);
  area.addEventListener("pointerup", finish);
  area.addEventListener("pointercancel", stop);
}
