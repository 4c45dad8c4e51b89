// 部门直接邮寄: a department that can gives the result to the courier itself, instead of to the issue window.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";

export function mailingView(box, acts) {
  if (!box.task.may.dispatch) return nothing;
  return html`<form class="result" data-mailing @submit=${(event) => { event.preventDefault(); send(box, acts, new FormData(event.target).get("waybill").trim()); }}>
    <b>${t("申请人要快递", "Wanted by courier")}</b>
    <input class="input" name="waybill" required minlength="4" maxlength="40" pattern="[A-Za-z0-9 \\-]+" autocomplete="off" placeholder=${t("运单号", "Waybill number")} aria-label=${t("运单号", "Waybill number")}>
    <button class="button small" ?disabled=${box.busy}>${t("本部门直接邮寄", "Mailed by us")}</button>
    <span class="small muted">${t("或到“交接”页移交出件窗口代寄", "or hand it to the issue window on the Handovers page")}</span></form>`;
}

async function send(box, acts, waybill) {
  box.busy = true;
  acts.draw();
  try {
    await post(`/tasks/${box.task.id}/dispatch`, { waybill });
    toast(t("已交寄，申请人会收到运单号短信", "Sent; the citizen is told the waybill"), { kind: "ok" });
  } catch (refusal) {
    toastRefusal(refusal);
  }
  box.busy = false;
  await acts.readTask();
}
