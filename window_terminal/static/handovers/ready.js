// Results that a department has ready: those chosen go onto a list to the issue window, signed by whoever sends them.

import { html } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { dayText } from "../desk/due.js";

/** Chosen instead of a list's id. */
export const READY = "ready";

/** A department's own people, and leaders, send results. */
export const maySendResults = ({ data: { me } }) => me.leads || me.roles.some((role) => ["approver", "head"].includes(role));

export function readyView(box, acts) {
  const departments = [...new Set(box.ready.map(({ department }) => department))];
  const flip = (number) => () => {
    if (!box.picked.delete(number)) box.picked.add(number);
    acts.draw();
  };
  return html`<header class="case-head"><h2>${t("待送出件窗口的结果", "Results to send to the issue window")}</h2>
      <p class="sub"><span>${t("勾选随单送出的证照、文书；签字后由出件窗口逐件签收上架", "Tick the papers that go along; the issue window then signs line by line")}</span></p></header>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("待送结果", "Results")}>${departments.map((department) => html`
      <p class="group-head">${department}</p>
      <table class="table dense lines"><thead><tr><th></th><th>${t("申报编码", "Code")}</th><th>${t("事项", "Item")}</th><th>${t("申请人", "Applicant")}</th><th>${t("决定", "Decision")}</th><th>${t("期限", "Due")}</th></tr></thead>
        <tbody>${box.ready.filter((one) => one.department === department).map((one) => html`<tr data-ready-case=${one.case}>
          <td><input type="checkbox" aria-label=${one.item_name} .checked=${box.picked.has(one.case)} @change=${flip(one.case)}></td><td class="number">${one.code}</td><td>${one.item_name}</td>
          <td>${one.applicant}</td><td>${one.decision === "rejected" ? t("不予同意", "rejected") : t("准予", "approved")}</td><td>${dayText(one.due_day)}</td></tr>`)}</tbody></table>`)}</div>
    <div class="acts"><button class="button" data-pick-all @click=${() => { box.ready.forEach((one) => box.picked.add(one.case)); acts.draw(); }}>${t("全选", "Tick all")}</button>
      <button class="button primary" data-send-results ?disabled=${box.busy || !box.picked.size} @click=${() => sendResults(box, acts)}>${t(`签字送出（${box.picked.size} 件）`, `Sign and send (${box.picked.size})`)}</button></div>`;
}

/** One list for each department among those chosen. */
async function sendResults(box, acts) {
  const chosen = box.ready.filter((one) => box.picked.has(one.case));
  box.busy = true;
  acts.draw();
  try {
    let made = null;
    for (const department of new Set(chosen.map((one) => one.department))) {
      made = await post("/handovers", { department, direction: "issue", cases: chosen.filter((one) => one.department === department).map((one) => one.case) });
    }
    toast(t("已签字送出", "Signed and sent"), { kind: "ok" });
    box.busy = false;
    if (made) acts.signed(made);
  } catch (refusal) {
    box.busy = false;
    toastRefusal(refusal);
    acts.again();
  }
}
