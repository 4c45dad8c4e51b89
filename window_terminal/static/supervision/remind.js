// A reminder by hand: to whoever holds the case, or to the head of the department; recorded with its words.

import { html } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { draftOf } from "../desk/drafts.js";
import { leftText } from "../desk/due.js";
import { sheet, sheetActions } from "../desk/sheet.js";

export async function remind(row, to, again) {
  const draft = draftOf(`remind:${row.case}`);
  const title = to === "holder" ? t("催办承办人", "Urge the holder") : t("提醒部门负责人", "Tell the head of department");
  const presets = [t("请今日办结。", "Please decide it today."), t("请说明超期原因。", "Please say why it is late."), t("申请人来电询问，请尽快答复。", "The applicant asked; please answer soon.")];
  const sent = await sheet(title, (state) => html`
    <p class="dialog-text">${row.item_name} · ${row.applicant} · ${leftText(row)}</p>
    <div class="presets">${presets.map((words) => html`<button type="button" class="preset" @click=${() => { draft.set("note", words); state.draw(); }}>${words}</button>`)}</div>
    <label class="field"><span class="label">${t("附言（会记录）", "Words (recorded)")}</span><input name="note" maxlength="200" .value=${draft.get("note")} @input=${(event) => { draft.set("note", event.target.value); state.draw(); }}></label>
    ${sheetActions(state, t("取消", "Cancel"), [t("发出", "Send"), async () => state.done(await post(`/supervision/${row.case}/remind`, { to, note: draft.get("note").trim() })), { disabled: !draft.get("note").trim() }])}`);
  if (!sent) return;
  draft.clear();
  toast(t("已提醒，对方的页面上会出现", "Reminded; it shows on their page"), { kind: "ok" });
  await again();
}
