// Files of a material: chosen from this machine, dropped, or photographed page by page.

import { html, nothing } from "lit";

import { post, upload } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { photograph } from "./camera.js";

const TYPES = ".jpg,.jpeg,.png,.pdf,.ofd,.docx,.xlsx";
let sending = 0;

const purposeOf = (material) => (material ? `material:${material.id}` : "other");

export function filesPart(intake, material, actions) {
  const files = (intake.case.files ?? []).filter((one) => !material || one.purpose === purposeOf(material));
  const name = material?.name ?? t("这个办件", "this case");
  return html`<div class="files" @dragover=${(event) => event.preventDefault()} @drop=${(event) => dropped(event, intake, material)}>
    <p class="files-head"><b>${t("附件", "Files")}</b>
      ${actions.canAttach
        ? html`<button class="button small" type="button" data-camera aria-keyshortcuts="F7" @click=${() => takePhotos(intake, material)}><kbd>F7</kbd> ${t("拍照", "Camera")}</button>
            <label class="button small">${sending ? html`<span class="spinner"></span>` : nothing} ${t("上传", "Upload")}
              <input class="visually-hidden" type="file" multiple accept=${TYPES} data-upload aria-label=${t(`上传 ${name} 的文件`, `Upload files for ${name}`)}
                @change=${(event) => chosen(event, intake, material)} /></label>` : nothing}
    </p>
    ${files.length
      ? html`<ul class="file-list">${files.map((one) => fileRow(intake, one, actions))}</ul>`
      : html`<p class="muted small">${actions.canAttach ? t("没有附件。可以拍照、上传，或把文件拖到这里。", "None yet. Take a photo, upload, or drop a file here.") : t("没有附件。", "None.")}</p>`}
  </div>`;
}

function fileRow(intake, file, actions) {
  const href = file.url ?? `/api/v1/cases/${intake.id}/files/${file.id}`;
  return html`<li data-file=${file.id}>
    ${file.media_type.startsWith("image/") ? html`<img class="thumb" src=${href} alt="" loading="lazy" />` : html`<span class="thumb type">${file.name.split(".").at(-1)}</span>`}
    <a href=${href} target="_blank" rel="noopener" class="cut">${file.name}</a>
    <span class="muted small nowrap">${size(file.bytes)}${file.scan === "unscanned" ? html` · ${t("未扫描病毒", "not scanned")}` : nothing}</span>
    ${actions.canRemove
      ? html`<button class="link" type="button" aria-label=${t(`删除 ${file.name}`, `Remove ${file.name}`)} @click=${() => remove(intake, file)}>${t("删除", "Remove")}</button>` : nothing}
  </li>`;
}

const size = (bytes) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

async function chosen(event, intake, material) {
  const files = [...event.target.files];
  event.target.value = "";
  await sendAll(intake, material, files);
}

async function dropped(event, intake, material) {
  event.preventDefault();
  await sendAll(intake, material, [...event.dataTransfer.files]);
}

async function sendAll(intake, material, files) {
  for (const file of files) await send(intake, material, file, file.name);
}

/** F7: photographs of the material the keys are on; without a camera a file is asked for. */
export async function takePhotos(intake, material) {
  const shots = await photograph(material?.name ?? t("附件", "File"));
  if (shots === null) return void document.querySelector("[data-upload]")?.click();
  const before = (intake.case.files ?? []).length;
  for (const [index, shot] of shots.entries()) await send(intake, material, shot, `${material?.name ?? t("附件", "file")}-${before + index + 1}.jpg`);
}

async function send(intake, material, blob, name) {
  sending += 1;
  intake.changed();
  try {
    const path = `/cases/${intake.id}/files?name=${encodeURIComponent(name)}&purpose=${encodeURIComponent(purposeOf(material))}`;
    await upload(path, blob);
    await intake.reload();
  } catch (refusal) {
    toastRefusal(refusal);
  } finally {
    sending -= 1;
    intake.changed();
  }
}

async function remove(intake, file) {
  const sure = await confirmDialog({ title: t(`删除“${file.name}”？`, `Remove “${file.name}”?`), yes: t("删除", "Remove"), danger: true });
  if (!sure) return;
  try {
    await post(`/cases/${intake.id}/files/${file.id}/remove`);
    await intake.reload();
    toast(t("已删除。", "Removed."), { kind: "ok" });
  } catch (refusal) {
    toastRefusal(refusal);
  }
}
