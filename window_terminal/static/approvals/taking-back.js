// 已办 with the result on the issue window's shelf: the department that finds it wrong takes it back.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { askTakeBack, tookBack } from "../desk/take-back.js";

export function takingBackView(box, acts) {
  if (!box.task.may.take_back) return nothing;
  return html`<p class="result"><span>${t("结果在出件窗口，待领取", "The result waits at the issue window")}</span>
    <button type="button" class="button small" data-take-back ?disabled=${box.busy} @click=${() => takeBack(box, acts)}>${t("结果有误，收回更正…", "Wrong: take it back…")}</button></p>`;
}

async function takeBack(box, acts) {
  const work = await askTakeBack(box.task.case);
  if (!work) return;
  box.busy = true;
  acts.draw();
  try {
    await work();
    toast(tookBack(), { kind: "ok" });
  } catch (refusal) {
    toastRefusal(refusal);
  }
  box.busy = false;
  await acts.readTask();
}
