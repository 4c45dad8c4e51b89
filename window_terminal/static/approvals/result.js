// 电子结果: of a wholly online case, a PDF, OFD or picture that the citizen opens on the own page once it is approved.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { upload } from "../desk/upload.js";

export function resultView(box, acts) {
  const { task } = box;
  const files = task.files.filter((file) => file.purpose === "result");
  if (!task.may.result && !files.length) return nothing;
  return html`<div class="result" data-result><b>${t("电子结果", "Electronic result")}</b>
    ${files.map((file) => html`<span class="file-taken"><a class="file" href=${file.url} target="_blank" rel="noopener">${file.name}</a>
      ${task.may.result ? html`<button type="button" class="button small quiet" ?disabled=${box.busy} aria-label=${t(`撤回 ${file.name}`, `Take ${file.name} back`)}
        @click=${() => takeBack(box, acts, file)}>${t("撤回", "Take back")}</button>` : nothing}</span>`)}
    ${task.may.result ? html`<label class="button small upload-result">${box.busy ? t("正在上传…", "Uploading…") : t("上传电子结果", "Upload the result")}
      <input class="visually-hidden" type="file" name="result" accept="application/pdf,.ofd,image/jpeg,image/png" ?disabled=${box.busy}
        @change=${(event) => send(box, acts, event.target)}></label>
      <span class="small ${task.result_owed ? "warn-text" : "muted"}">${task.result_owed ? t("已准予，还没有电子结果：上传后才办结、短信告知申请人", "Approved without a result: put it up to close the case and tell the citizen") : task.case_state === "approved" || task.case_state === "closed" || task.decided_at
    ? t("申请人在手机页面上即可下载", "The citizen can save it from the own page") : t("同意后申请人即可下载", "The citizen sees it once approved")}</span>` : nothing}</div>`;
}

async function send(box, acts, input) {
  const [file] = input.files;
  if (!file) return;
  await doing(box, acts, () => upload(`/cases/${box.task.case}/files`, file, "result"), t("电子结果已上传", "The result is uploaded"));
  input.value = "";
}

async function takeBack(box, acts, file) {
  const sure = await confirmDialog({ title: t("撤回电子结果", "Take the result back"), text: t(`${file.name}\n申请人将不能再下载。`, `${file.name}\nThe citizen can no longer save it.`), yes: t("撤回", "Take back") });
  if (sure) await doing(box, acts, () => post(`/cases/${box.task.case}/files/${file.id}/remove`), t("已撤回", "Taken back"));
}

async function doing(box, acts, act, said) {
  box.busy = true;
  acts.draw();
  try {
    await act();
    toast(said, { kind: "ok" });
  } catch (refusal) {
    toastRefusal(refusal);
  }
  box.busy = false;
  await acts.readTask();
}
