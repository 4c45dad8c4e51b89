// 不予同意: reasons of the item's own list and in words, an opinion, and the rights that the decision will tell.

import { html } from "lit";
import { t } from "ui/lang.js";
import { words } from "../desk/desk.js";
import { draftOf } from "../desk/drafts.js";
import { sheet, sheetActions } from "../desk/sheet.js";

/** @param send sends the body; its refusal is shown in the dialog. @returns the task's row, or null */
export function askRejection(box, send) {
  const { task } = box;
  const draft = draftOf(`task:${task.id}`);
  const chosen = new Set(draft.get("reasons", []));
  return sheet(t(`不予同意：${task.item_name}`, `Reject: ${task.item_name}`), (state) => {
    const own = () => draft.get("own").trim();
    const reasons = () => [...chosen, ...(own() ? [own()] : [])];
    const flip = (reason) => () => {
      if (!chosen.delete(reason)) chosen.add(reason);
      draft.set("reasons", [...chosen]);
      state.draw();
    };
    const submit = async () => state.done(await send({ reasons: reasons(), opinion: draft.get("opinion").trim() }));
    return html`<p class="muted small">${task.applicant} · <span class="number">${task.code}</span></p>
      <fieldset class="reasons"><legend>${t("理由（至少一条，写进决定书）", "Reasons (at least one; they go into the decision)")}</legend>
        ${task.refusal_reasons.map((reason) => html`<label class="check"><input type="checkbox" .checked=${chosen.has(reason)} @change=${flip(reason)}>${reason}</label>`)}
        <textarea class="input" rows="2" name="own" maxlength="500" placeholder=${t("其他理由", "Another reason")} aria-label=${t("其他理由", "Another reason")}
          .value=${draft.get("own")} @input=${(event) => { draft.set("own", event.target.value); state.draw(); }}></textarea></fieldset>
      <p class="notice small rights"><span><b>${t("决定书将告知：", "The decision will tell:")}</b> ${words(task.rights)}</span></p>
      ${sheetActions(state, t("取消", "Cancel"), [t("不予同意", "Reject"), submit, { danger: true, disabled: !reasons().length }])}`;
  }, { danger: true, wide: true });
}
