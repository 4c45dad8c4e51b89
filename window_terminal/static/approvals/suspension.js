// 特别程序: hearing, inspection, expert review… the time it takes is not counted, its kind and reason are recorded.

import { html } from "lit";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";
import { sheet, sheetActions } from "../desk/sheet.js";

/** @param send sends the body; its refusal is shown in the dialog. @returns the task's row, or null */
export function askSuspension(box, send) {
  const { task } = box;
  const draft = draftOf(`task:${task.id}`);
  return sheet(t(`特别程序：${task.item_name}`, `Special procedure: ${task.item_name}`), (state) => {
    const kind = draft.get("kind", "");
    const reason = draft.get("suspend").trim();
    const submit = async () => state.done(await send({ kind, reason }));
    return html`<p class="dialog-text">${t("所需时间不计入办理期限，申请人的手机页会写明。", "Its time does not count; the applicant's page says so.")}</p>
      <div class="presets">${task.special.map((one) => html`<button type="button" class="preset" data-kind=${one.kind} aria-pressed=${String(kind === one.kind)}
        @click=${() => { draft.set("kind", one.kind); state.draw(); }}>${t(one.zh, one.en)}</button>`)}</div>
      <label class="field"><span class="label">${t("事由", "Reason")}</span><textarea class="input" rows="2" name="reason" maxlength="500"
        placeholder=${t("例：委托市检测中心检测，预计 10 日", "e.g. samples are with the city laboratory for 10 days")}
        .value=${draft.get("suspend")} @input=${(event) => { draft.set("suspend", event.target.value); state.draw(); }}></textarea></label>
      ${sheetActions(state, t("取消", "Cancel"), [t("停止计时", "Stop the clock"), submit, { disabled: !kind || !reason }])}`;
  });
}
