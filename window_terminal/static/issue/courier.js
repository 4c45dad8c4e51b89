// By courier: order, waybill, where the parcel is, the kept slip; sent again after a failure, back on the shelf when returned.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { askReason, confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { dayTimeText } from "../desk/desk.js";
import { upload } from "../desk/upload.js";
import { courierWords } from "./list.js";

export function courierView(row, box, acts) {
  const parcel = row.courier;
  const [word, style] = parcel ? courierWords(row) : [t("未下单", "not ordered"), ""];
  return html`<section class="block courier" data-courier=${parcel?.state ?? "none"}><h3>${t("快递送达", "By courier")} <span class="badge ${style}">${word}</span></h3>
    <dl class="facts"><dt>${t("寄往", "To")}</dt><dd>${parcel?.address || "—"}</dd>
      ${parcel?.waybill ? html`<dt>${t("运单号", "Waybill")}</dt><dd><b class="number">${parcel.waybill}</b></dd>` : nothing}
      ${parcel?.slip_file ? html`<dt>${t("寄件单据", "Slip")}</dt><dd><a href="/api/v1/cases/${row.case}/files/${parcel.slip_file}" target="_blank" rel="noopener">${t("查看", "view")}</a></dd>` : nothing}</dl>
    ${row.came_back ? html`<p class="notice warn small" data-came-back>${t(`${dayTimeText(row.came_back.at)} 退回：${row.came_back.note}。可以在窗口领取；要再寄，请先核对地址，填新运单号或重新下单。`, `Came back ${dayTimeText(row.came_back.at)}: ${row.came_back.note}. It may be collected here; to send it again, check the address, then type a new waybill or order again.`)}</p>` : nothing}
    ${parcel?.error ? html`<p class="notice bad small">${parcel.error}</p>` : nothing}
    ${(row.state === "with_courier" || row.proof === "courier") && !parcel?.slip_file ? html`<p class="notice warn small" data-no-slip>${t("寄件单据还没有留存，请拍照或扫描上传。", "The courier's slip is not kept yet: photograph or scan it.")}</p>` : nothing}
    ${parcel?.track?.length ? html`<ol class="track">${[...parcel.track].reverse().map((one) => html`<li><time>${dayTimeText(one.at)}</time><span>${one.zh}</span></li>`)}</ol>` : nothing}
    <div class="courier-acts">${buttons(row, parcel, box, acts)}</div></section>`;
}

const waiting = (row) => row.state === "waiting";

function buttons(row, parcel, box, acts) {
  const act = (path, body, said) => () => acts.give(() => post(`/results/${row.case}/${path}`, body), said);
  const ordered = parcel && !["returned", "cancelled"].includes(parcel.state);
  const travelling = row.state === "with_courier";
  return html`
    ${waiting(row) ? html`<label class="field"><span class="label">${!ordered && parcel ? t("新运单号", "New waybill") : parcel?.waybill ? t("换运单号（空着用上面的）", "Another waybill (empty: the one above)") : t("手填运单号（空着等快递接口）", "Waybill by hand (empty: the gateway's)")}</span>
      <input name="waybill" autocomplete="off" maxlength="30" .value=${box.form.waybill} @input=${(event) => { box.form.waybill = event.target.value; }}></label>
      <button class="button primary" data-dispatch ?disabled=${box.busy} @click=${() => dispatch(row, box, acts)}>${t("交寄", "Send it")}</button>` : nothing}
    ${waiting(row) && ["failed", "returned", "cancelled"].includes(parcel?.state) ? html`<button class="button" data-retry ?disabled=${box.busy} @click=${act("courier/retry", {}, t("已重新下单", "Ordered again"))}>${t("重新下单", "Order again")}</button>` : nothing}
    ${travelling ? html`<button class="button" data-delivered ?disabled=${box.busy} @click=${act("delivered", {}, t("已记为送达", "Delivered"))}>${t("已送达", "Delivered")}</button>
      <button class="button" data-returned ?disabled=${box.busy} @click=${() => returned(row, acts)}>${t("退回上架", "Came back")}</button>` : nothing}
    ${parcel && !["wanted", "ordering"].includes(parcel.state) ? html`<label class="button small quiet slip">${parcel.slip_file ? t("换寄件单据", "Replace the slip") : t("留存寄件单据", "Keep the slip")}
      <input type="file" accept="image/png,image/jpeg,application/pdf" class="visually-hidden" @change=${(event) => keepSlip(event, row, acts)}></label>` : nothing}`;
}

async function dispatch(row, box, acts) {
  const waybill = box.form.waybill.trim() || null;
  const again = ["returned", "cancelled"].includes(row.courier?.state);
  if (again && !waybill) {
    document.querySelector("[name=waybill]")?.focus();
    return void toast(t("请填新的运单号，或点“重新下单”。", "Type the new waybill, or order again."), { kind: "warn", slot: "why" });
  }
  if (waybill && !/^[A-Za-z0-9 -]{4,40}$/.test(waybill)) {
    document.querySelector("[name=waybill]")?.select();
    return void toast(t("运单号只有字母和数字，至少 4 位，请对照寄件单据核对。", "A waybill has letters and digits, 4 at least. Check it against the slip."), { kind: "bad", slot: "why" });
  }
  const sure = await confirmDialog({ title: t("交寄", "Send by courier"), yes: t("交寄", "Send"),
    text: t(`${row.title || row.item_name}\n寄往：${row.courier?.address ?? ""}\n运单号：${waybill ?? row.courier?.waybill ?? "由快递接口给出"}`, `${row.title || row.item_name}\nTo: ${row.courier?.address ?? ""}\nWaybill: ${waybill ?? row.courier?.waybill ?? "the gateway's"}`) });
  if (sure) await acts.give(() => post(`/results/${row.case}/dispatch`, { waybill }), t("已交寄，申请人会收到短信", "Sent; the applicant gets an SMS"));
}

async function returned(row, acts) {
  const note = await askReason({ title: t("退回上架", "Came back"), text: t("为什么退回？", "Why did it come back?"),
    presets: [t("拒收", "refused"), t("地址不详", "address unclear"), t("联系不上收件人", "recipient not reached")], yes: t("上架", "Onto the shelf") });
  if (note) await acts.give(() => post(`/results/${row.case}/returned`, { note }), (back) => t(`已上架，${back?.shelf ?? ""} 号`, `On shelf ${back?.shelf ?? ""}`));
}

async function keepSlip(event, row, acts) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const { id } = await upload(`/cases/${row.case}/files`, file, "waybill");
    await acts.give(() => post(`/results/${row.case}/courier/slip`, { file: id }), t("寄件单据已留存", "The slip is kept"));
  } catch (refusal) {
    toastRefusal(refusal);
  }
}
