// The collector signs on the pad or on paper. What the pad took is a file of the case; here its number goes along.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { upload } from "../desk/upload.js";

/** The signature's file, or null when it was signed on paper. */
export const takenSignature = (box) => (box.form.by === "file" ? box.form.signature : null);

export function signatureView(row, box, acts) {
  const { form } = box;
  const by = (way) => () => {
    form.by = way;
    acts.draw();
  };
  return html`<div class="signature"><span class="label">${t("签收", "Signature")}</span>
    <div class="pick" role="group" aria-label=${t("签收方式", "How it is signed")}>
      <button type="button" aria-pressed=${String(form.by === "paper")} data-by="paper" @click=${by("paper")}>${t("纸质签收", "On paper")}</button>
      <button type="button" aria-pressed=${String(form.by === "file")} data-by="file" @click=${by("file")}>${t("附签名图片", "Attach a picture")}</button></div>
    ${form.by === "file" ? html`<input type="file" accept="image/png,image/jpeg" name="signature" aria-label=${t("签名图片", "Picture of the signature")} @change=${(event) => take(event, row, box, acts)}>
      ${form.signature ? html`<span class="badge ok">${t("签名已上传", "signature is there")}</span>` : nothing}` : html`<input class="input" name="unsigned" maxlength="100" aria-label=${t("没有电子签名的说明", "Why there is no electronic signature")} .value=${form.unsigned}
      @input=${(event) => { form.unsigned = event.target.value; }}>`}</div>`;
}

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
