// One result: where it is, who may have it, and how it leaves: by hand with a name and a signature, or by courier.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { dayTimeText } from "../desk/desk.js";
import { askTakeBack, tookBack } from "../desk/take-back.js";
import { byWhat } from "./list.js";
import { courierView } from "./courier.js";
import { askOnPad, maySign, signatureView, signed } from "./signature.js";

const STATES = { waiting: ["待领取", "to be collected", "warn"], with_courier: ["快递中", "with the courier", "info"], collected: ["已领取", "collected", "ok"],
  returned: ["久未领取，退回部门", "not collected, goes back", "bad"] };

export function resultView(row, box, acts) {
  const [zh, en, style] = STATES[row.state] ?? [row.state, row.state, ""];
  return html`<header class="case-head" data-case=${row.case}><h2>${row.title || row.item_name}</h2><span class="badge ${style}" data-state=${row.state}>${t(zh, en)}</span>
      <span class="badge ${row.decision === "rejected" ? "bad" : "ok"}">${row.decision === "rejected" ? t("不予同意", "rejected") : t("准予", "approved")}</span>
      <p class="sub"><span>${row.item_name}</span><span>${t("申报编码", "Code")} <b class="number">${row.code}</b></span><span>${t("申请人", "Applicant")} <b>${row.applicant}</b></span></p></header>
    <div class="panel-body issue-body" tabindex="0" role="region" aria-label=${t("出件", "Issue")}>
      ${row.shelf ? html`<section class="block shelf-block"><span>${t("架号", "Shelf")}</span><b class="number shelf-big" data-shelf>${row.shelf}</b>
        <p class="muted small">${t("上架", "on the shelf since")} ${dayTimeText(row.arrived_at)}${row.reminders ? t(`，已催领 ${row.reminders} 次`, `, reminded ${row.reminders} time(s)`) : ""}</p></section>` : nothing}
      ${row.collected_at ? collectedView(row) : nothing}
      ${row.going_back ? goingBackView(row.going_back) : nothing}
      ${row.state === "waiting" ? handOverView(row, box, acts) : nothing}
      ${row.delivery === "courier" || row.courier ? courierView(row, box, acts) : nothing}
      ${row.phone ? html`<section class="block"><h3>${t("短信", "SMS")} <span class="muted small">${row.phone}</span></h3>${acts.sms.view(row.case, `${row.state} ${row.reminders} ${row.courier?.state}`)}</section>` : nothing}
    </div>
    ${row.state === "waiting" ? html`<div class="acts"><button class="button primary" data-hand-over ?disabled=${box.busy} aria-keyshortcuts="F4" @click=${() => handOver(row, box, acts)}><kbd>F4</kbd>${box.form.by === "pad" && row.signature === null ? t("请领取人签名", "Ask to sign") : t("确认领取", "Hand over")}</button>
      <span class="muted small">${t("本人或代领人当面核对证件后再交", "Check the collector's papers first")}</span>
      ${row.shelf ? html`<button class="button quiet small push" data-take-back ?disabled=${box.busy} @click=${() => takeBack(row, acts)}>${t("结果有误，退回部门…", "Wrong: back to the department…")}</button>` : nothing}</div>` : nothing}`;
}

const PROOFS = { code: ["取件码", "pick-up code"], id: ["身份证", "ID number"], present: ["当场办结", "on the spot"], courier: ["快递", "courier"] };
const collectedView = (row) => html`<section class="block"><h3>${t("已领取", "Collected")}</h3><dl class="facts">
  <dt>${t("领取人", "Collector")}</dt><dd><b>${row.collector || "—"}</b></dd><dt>${t("时间", "At")}</dt><dd>${dayTimeText(row.collected_at)}</dd>
  ${row.proof ? html`<dt>${t("凭据", "Proof")}</dt><dd>${t(...(PROOFS[row.proof] ?? [row.proof, row.proof]))}</dd>` : nothing}</dl></section>`;

const BACK = { open: ["等待签字交出", "waits to be signed and sent", "warn"], sent: ["已交出，待部门签收", "sent, to be received", "info"], received: ["部门已收回", "the department has it", "ok"] };
const goingBackView = ({ since, handover, state, received_at: received }) => html`<section class="block" data-going-back><h3>${t("退回部门", "Back to the department")} ${state ? html`<span class="badge ${BACK[state][2]}">${t(BACK[state][0], BACK[state][1])}</span>` : nothing}</h3>
  <p>${t("久未领取，已结案，取件格已腾出，申请人收到了短信。要领的请到部门。", "Not collected for long: the case is closed, the shelf is free, the applicant was told. It is collected at the department.")}</p>
  <dl class="facts"><dt>${t("结案", "Closed")}</dt><dd>${dayTimeText(since)}</dd>
    ${handover ? html`<dt>${t("交接清单", "Handover list")}</dt><dd><a href="/handovers#${handover}">${t(`编号 ${handover}`, `No. ${handover}`)}</a></dd>` : nothing}
    ${received ? html`<dt>${t("部门签收", "Received")}</dt><dd>${dayTimeText(received)}</dd>` : nothing}</dl></section>`;

function handOverView(row, box, acts) {
  const { form } = box;
  const set = (field) => (event) => {
    form[field] = event.target.value;
  };
  return html`<section class="block hand-over"><h3>${t("现场领取", "Collected in person")}</h3>
    <div class="form-row">
      ${row.needs_code ? html`<label class="field"><span class="label">${t("取件码或身份证号", "Pick-up code or ID number")}</span><input name="proof" autocomplete="off" maxlength="18" .value=${form.proof} @input=${set("proof")}></label>`
        : html`<p class="muted">${t(`${row.window} 号窗口当场办结，本人在场，不需取件码`, `Decided at window ${row.window}; no code is needed`)}</p>`}
      <label class="field"><span class="label">${t("领取人姓名", "Collector's name")}</span><input name="collector" autocomplete="off" maxlength="40" .value=${form.collector} @input=${set("collector")}></label></div>
    ${signatureView(row, box, acts)}</section>`;
}

/** Hand it over: against the code or the ID, with the collector's name. */
export async function handOver(row, box, acts) {
  if (row.state !== "waiting" || box.busy) return;
  const { form } = box;
  const missing = row.needs_code && !form.proof.trim() ? "proof" : !form.collector.trim() ? "collector" : "";
  if (missing) {
    document.querySelector(`.hand-over [name=${missing}]`)?.focus();
    return void toast(missing === "proof" ? t("请输入取件码或身份证号", "Type the pick-up code or ID number") : t("请输入领取人姓名", "Type the collector's name"), { kind: "warn", slot: "why" });
  }
  const { pickup_code = null, id_number = null } = byWhat(form.proof);
  if (row.needs_code && !pickup_code && !id_number) return void toast(t("取件码是 6 位数字，身份证号是 18 位", "A pick-up code has 6 digits, an ID number 18 characters"), { kind: "warn", slot: "why" });
  if (!maySign(row, box)) {
    if (form.by === "pad") return askOnPad(row, box, acts);
    return void toast(t("请上传签名，或写明为什么没有签名", "Attach the signature, or say why there is none"), { kind: "warn", slot: "why" });
  }
  const body = { window: row.needs_code ? box.window : row.window, pickup_code, id_number, collector: form.collector.trim(), ...signed(row, box) };
  await acts.give(() => post(`/results/${row.case}/hand-over`, body), t(`已交给 ${body.collector}`, `Handed to ${body.collector}`));
}

/** Something is wrong with it: the department puts it right and sends it in again. */
async function takeBack(row, acts) {
  const work = await askTakeBack(row.case);
  if (work) await acts.give(work, tookBack());
}
