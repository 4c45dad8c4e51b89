// 审查要点 of a material: one thing the clerk ticks a row; the chosen one's mark also by numbers.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { byId, moveIn, newKey } from "./body.js";
import { arrow } from "./materials.js";

const SIDES = [["x", "左", "left"], ["y", "上", "top"], ["width", "宽", "width"], ["height", "高", "height"]];
const SMALLEST = 0.01;
const percent = (share) => String(Math.round(share * 1000) / 10);

export function checkpointsView(desk, material) {
  const { draft } = desk;
  const edit = (work, stroke = null) => draft.change((body) => work(byId(body.materials, material.id)), stroke && `${material.id}.${stroke}`);
  const add = () => {
    const id = edit((now) => {
      const made = newKey("p", now.checkpoints.map((one) => one.id));
      now.checkpoints.push({ id: made, text: "", about: "content", page: 1, mark: null });
      return made;
    });
    desk.point = id;
    desk.draw();
    desk.focusSoon(`[data-point="${id}"] [name=point]`);
  };
  return html`<div class="points"><h3>${t("审查要点", "Checkpoints")} <span class="muted small">${t("窗口照着打勾；选中一条，在右边示例上拖出方框。", "Clerks tick these; choose one and drag a box on the sample.")}</span></h3>
    ${material.checkpoints.map((point, i) => pointRow(desk, material, point, i, edit, add))}
    <button class="button small only-write" data-add-point @click=${add}>${t("＋ 添加要点", "+ Add a checkpoint")}</button></div>`;
}

function pointRow(desk, material, point, i, edit, add) {
  const chosen = desk.point === point.id;
  const choose = () => {
    if (chosen) return;
    desk.point = point.id;
    desk.draw();
  };
  const move = (by) => {
    edit((now) => moveIn(now.checkpoints, i, by));
    desk.focusSoon(`[data-point="${point.id}"] [name=point]`);
  };
  const set = (key, value, stroke) => edit((now) => (byId(now.checkpoints, point.id)[key] = value), stroke);
  const onKey = (event) => {
    if (event.altKey) arrow(event, move);
    else if (event.key === "Enter" && event.target.name === "point") {
      event.preventDefault();
      add();
    }
  };
  return html`<div class="point${chosen ? " chosen" : ""}" data-point=${point.id} @focusin=${choose} @keydown=${onKey}>
    <button class="point-number" aria-pressed=${String(chosen)} title=${t("选中，在示例上标注", "Choose, to mark it")} aria-label=${t(`选中第 ${i + 1} 条`, `Choose no. ${i + 1}`)} @click=${choose}>${i + 1}</button>
    <input class="input" type="text" name="point" maxlength="300" .value=${point.text} aria-label=${t(`第 ${i + 1} 条要点`, `Checkpoint ${i + 1}`)}
      placeholder=${t("如：核对姓名是否跟申请表的一致", "e.g. the name is that of the form")} @input=${(event) => set("text", event.target.value, `${point.id}.text`)}>
    <select class="input" aria-label=${t("形式还是内容", "Form or content")} @change=${(event) => set("about", event.target.value)}>
      <option value="content" ?selected=${point.about === "content"}>${t("内容", "content")}</option><option value="form" ?selected=${point.about === "form"}>${t("形式", "form")}</option></select>
    <span class="point-mark small ${point.mark ? "ok-text" : "muted"}">${point.mark ? t("已标注", "marked") : t("未标注", "no mark")}</span>
    <button class="icon only-write" title=${t("删去", "Remove")} aria-label=${t(`删去第 ${i + 1} 条要点`, `Remove checkpoint ${i + 1}`)} @click=${() => edit((now) => now.checkpoints.splice(i, 1))}>×</button>
    ${chosen && material.sample ? numbers(point, set) : nothing}</div>`;
}

function numbers(point, set) {
  const mark = point.mark ?? { x: 0, y: 0, width: 0, height: 0 };
  const put = (side) => (event) => {
    const share = event.target.valueAsNumber / 100;
    if (!Number.isFinite(share)) return;
    const next = { ...mark, [side]: share };
    next.x = Math.min(Math.max(next.x, 0), 1 - SMALLEST);
    next.y = Math.min(Math.max(next.y, 0), 1 - SMALLEST);
    next.width = Math.min(Math.max(next.width, SMALLEST), 1 - next.x);
    next.height = Math.min(Math.max(next.height, SMALLEST), 1 - next.y);
    set("mark", next);
  };
  return html`<span class="point-numbers">${SIDES.map(([side, zh, en]) => html`<label>${t(zh, en)}<input type="number" min="0" max="100" step="0.1" name=${side}
      .value=${point.mark ? percent(mark[side]) : ""} @change=${put(side)}>%</label>`)}
    <label>${t("第几页", "page")}<input type="number" min="1" max="99" name="page" .value=${String(point.page)}
      @change=${(event) => event.target.valueAsNumber >= 1 && set("page", Math.round(event.target.valueAsNumber))}></label>
    ${point.mark ? html`<button class="button small quiet only-write" @click=${() => set("mark", null)}>${t("去掉标注", "Unmark")}</button>` : nothing}</span>`;
}
