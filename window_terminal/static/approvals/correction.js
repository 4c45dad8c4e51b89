// 一次性告知补正: everything that is missing or wrong, in one notice. The clock stands until it is there.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";
import { sheet, sheetActions } from "../desk/sheet.js";

/** @param send sends the body; its refusal is shown in the dialog. @returns the task's row, or null */
export function askCorrection(box, send) {
  const { task } = box;
  const draft = draftOf(`task:${task.id}`);
  const items = draft.get("items", []).length ? draft.get("items", []) : [{ material: null, text: "" }];
  return sheet(t(`一次性告知补正：${task.item_name}`, `Ask for a correction: ${task.item_name}`), (state) => {
    const change = () => {
      draft.set("items", items);
      state.draw();
    };
    const full = () => items.filter(({ text }) => text.trim());
    const again = task.corrections > 0;
    const submit = async () => state.done(await send({ items: full().map((one) => ({ material: one.material || null, text: one.text.trim() })), reason: draft.get("why").trim() }));
    return html`<p class="dialog-text">${t("把要补的一次写全；申请人会收到短信，补齐前停止计时。", "Write everything at once; the applicant gets an SMS and the clock stands until it is there.")}</p>
      ${again ? html`<p class="notice warn">${t("这一件已经告知过一次补正，再次告知须由部门负责人或值班经理写明理由。", "Correction was asked for once already; a second time needs the head or a manager, with a reason.")}${
        task.case_state === "correction" ? t("上次还没补的会一并写进新的告知书，这里只写新增的。", " What is still to come from the last notice stands in the new one, too; write only what is new.") : nothing}</p>` : nothing}
      <div class="corrections">${items.map((one, index) => html`<div class="correction">
        <select class="input" aria-label=${t("材料", "Material")} @change=${(event) => { one.material = event.target.value || null; change(); }}>
          <option value="" ?selected=${!one.material}>${t("不对应某项材料", "no one material")}</option>
          ${task.materials.map((material) => html`<option value=${material.id} ?selected=${one.material === material.id}>${material.name}</option>`)}</select>
        <input class="input" name="text" maxlength="200" placeholder=${t("要补正什么，例：第 2 页缺签名", "What to correct, e.g. page 2 is not signed")} aria-label=${t("要补正什么", "What to correct")}
          .value=${one.text} @input=${(event) => { one.text = event.target.value; change(); }}>
        <button type="button" class="button small quiet" ?disabled=${items.length === 1} aria-label=${t("去掉这一条", "Remove this line")}
          @click=${() => { items.splice(index, 1); change(); }}>${t("去掉", "Remove")}</button></div>`)}</div>
      <button type="button" class="button small" @click=${() => { items.push({ material: null, text: "" }); change(); }}>${t("再加一条", "One more")}</button>
      ${again ? html`<label class="field again"><span class="label">${t("再次补正的理由", "Why a second time")}</span><input class="input" maxlength="200" .value=${draft.get("why")} @input=${(event) => { draft.set("why", event.target.value); state.draw(); }}></label>` : nothing}
      ${sheetActions(state, t("取消", "Cancel"), [t("发出告知", "Send"), submit, { disabled: !full().length || (again && !draft.get("why").trim()) }])}`;
  }, { wide: true });
}
