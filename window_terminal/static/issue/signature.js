// The collector signs on the window's pad, or on paper, or a picture of the signature is attached.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { upload } from "../desk/upload.js";

/** What goes along with the hand-over: the picture's file (null: the pad's own) and why there is no picture. */
export function signed(row, { form }) {
  if (form.by === "file") return { signature: form.signature, unsigned_reason: "" };
  return { signature: null, unsigned_reason: form.by === "paper" ? form.unsigned.trim() : "" };
}

/** Is there a signature, or words that say why not? */
export function maySign(row, { form }) {
  return { pad: row.signature !== null, file: form.signature !== null, paper: form.unsigned.trim() !== "" }[form.by];
}

export function signatureView(row, box, acts) {
  const { form } = box;
  const by = (way) => () => {
    form.by = way;
    acts.draw();
  };
  const ways = [["pad", "签名板", "On the pad"], ["paper", "纸质签收", "On paper"], ["file", "附签名图片", "Attach a picture"]];
  return html`<div class="signature" data-signed-by=${form.by}><span class="label">${t("签收", "Signature")}</span>
    <div class="pick" role="group" aria-label=${t("签收方式", "How it is signed")}>${ways.map(([way, zh, en]) => html`<button type="button" aria-pressed=${String(form.by === way)}
      data-by=${way} @click=${by(way)}>${t(zh, en)}</button>`)}</div>${{ pad: padView, paper: paperView, file: fileView }[form.by](row, box, acts)}</div>`;
}

function padView(row, box, acts) {
  const asked = box.form.asked && row.signature === null;
  if (row.signature !== null) {
    return html`<a href="/api/v1/cases/${row.case}/files/${row.signature}" target="_blank" rel="noopener" class="badge ok" data-pad="signed">${t("已签名，点开核对", "signed; open to look")}</a>
      <button type="button" class="button small quiet" @click=${() => askOnPad(row, box, acts)}>${t("重签", "Sign again")}</button>`;
  }
  return html`<button type="button" class="button small" data-ask-pad ?disabled=${box.busy} @click=${() => askOnPad(row, box, acts)}>${asked ? t("再请一次", "Ask again") : t("请领取人签名", "Ask to sign")}</button>
    ${asked ? html`<span class="small" role="status" data-pad="asked"><span class="spinner"></span> ${t(`等领取人在 ${windowOf(row, box)} 号窗口的签名板上签名…`, `Waiting for the pad of window ${windowOf(row, box)}…`)}</span>` : nothing}`;
}

const windowOf = (row, box) => (row.needs_code ? box.window : row.window);

/** Show it on the pad; the picture comes by itself, with the event result.signed. */
export async function askOnPad(row, box, acts) {
  const collector = box.form.collector.trim();
  if (!collector) {
    document.querySelector(".hand-over [name=collector]")?.focus();
    return void toast(t("请先输入领取人姓名", "Type the collector's name first"), { kind: "warn", slot: "why" });
  }
  try {
    await post(`/results/${row.case}/ask-signature`, { window: windowOf(row, box), collector });
    box.form.asked = true;
  } catch (refusal) {
    toastRefusal(refusal);
  }
  await acts.again();
}

const paperView = (row, { form }) => html`<input class="input" name="unsigned" maxlength="100" aria-label=${t("没有电子签名的说明", "Why there is no electronic signature")}
  .value=${form.unsigned} @input=${(event) => { form.unsigned = event.target.value; }}>`;

const fileView = (row, box, acts) => html`<input type="file" accept="image/png,image/jpeg" name="signature" aria-label=${t("签名图片", "Picture of the signature")} @change=${(event) => take(event, row, box, acts)}>
  ${box.form.signature ? html`<span class="badge ok">${t("签名已上传", "signature is there")}</span>` : nothing}`;

async function take(event, row, box, acts) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    box.form.signature = (await upload(`/cases/${row.case}/files`, file, "signature")).id;
  } catch (refusal) {
    toastRefusal(refusal);
  }
  acts.draw();
}
