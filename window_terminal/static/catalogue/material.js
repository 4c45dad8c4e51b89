// One material: its columns on the left, its sample with the marked checkpoints on the right.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { byId, newKey } from "./body.js";
import { checkpointsView } from "./checkpoints.js";
import { faultNotes } from "./faults.js";
import { sampleView } from "./marks.js";
import { remove } from "./materials.js";
import { field, reachable } from "./page.js";
import { resultOfField } from "./result-of.js";
import { fileHref, uploadItemFile } from "./upload.js";

export function materialView(desk, material) {
  const { draft, words } = desk;
  const { materials } = draft.body;
  const at = materials.indexOf(material);
  const set = (key, value, stroke = null) => draft.change((body) => (byId(body.materials, material.id)[key] = value), stroke && `${material.id}.${stroke}`);
  const text = (key, name, most, placeholder = "") => html`<input type="text" name=${name} maxlength=${most} placeholder=${placeholder} .value=${material[key]}
    @input=${(event) => set(key, event.target.value, key)}>`;
  const select = (key, list) => html`<select name=${key} @change=${(event) => set(key, event.target.value)}>${list.map(
    (one) => html`<option value=${one.id} ?selected=${material[key] === one.id}>${t(one.zh, one.en)}</option>`)}</select>`;
  const tick = (key, label) => html`<label class="check"><input type="checkbox" name=${key} .checked=${material[key]} @change=${(event) => set(key, event.target.checked)}>${label}</label>`;
  const always = draft.body.always.includes(material.id);
  const next = (by) => materials[at + by];
  return html`<div class="material" data-open-material=${material.id}>
    <section class="panel">
      <div class="panel-head"><a class="button small" href="#materials">← ${t("材料表", "All materials")}</a>
        <h2 class="cut">${t(`第 ${at + 1} 份`, `No. ${at + 1}`)}</h2>
        <span class="push"></span>
        ${next(-1) ? html`<a class="button small" href="#materials/${next(-1).id}">${t("上一份", "Previous")}</a>` : nothing}
        ${next(1) ? html`<a class="button small" href="#materials/${next(1).id}">${t("下一份", "Next")}</a>` : nothing}
        ${draft.v.may.save ? html`<button class="button small danger" @click=${() => remove(desk, material)}>${t("删去", "Remove")}</button>` : nothing}</div>
      <div class="panel-body pad" tabindex=${reachable(!draft.v.may.save)}><fieldset ?disabled=${!draft.v.may.save}>
        ${faultNotes(desk.faults.at("materials", material.id))}
        <div class="form-grid">
          ${field(t("材料名称 *（证件、表格的标准名称）", "Name *"), text("name", "material-name", 300), { wide: true })}
          ${field(t("英文名称（可不填）", "English name (optional)"), text("name_en", "name-en", 300), { wide: true })}
          ${field(t("来源渠道 *", "Source *"), text("source", "source", 120, t("如：公安局、申请人自备", "e.g. the police")), { wide: true })}
          ${resultOfField(desk, material)}
          ${field(t("形式", "Form"), select("form", words.forms), { wide: true })}
          ${field(t("介质", "Medium"), select("medium", words.media))}${field(t("份数", "Copies"), html`<input type="number" name="copies" min="1" max="99" .value=${String(material.copies)}
            @input=${(event) => event.target.valueAsNumber >= 1 && set("copies", Math.round(event.target.valueAsNumber), "copies")}>`)}
        </div>
        <div class="ticks">
          <label class="check"><input type="checkbox" name="always" .checked=${always} @change=${(event) => draft.change((body) => {
            body.always = body.materials.map((one) => one.id).filter((id) => (id === material.id ? event.target.checked : body.always.includes(id)));
          })}>${t("基本材料：每个人都要交", "asked of everybody")}</label>
          ${tick("shared", t("属于数据共享材料", "among the shared data"))}${tick("deferrable", t("可容缺：可以后补", "may follow later"))}</div>
        <div class="form-grid three">
          ${fileField(desk, material, "blank", t("空表", "Blank form"))}${fileField(desk, material, "sample", t("示例（隐私要遮挡）", "Sample (mask what is private)"))}
          ${field(t("说明", "Note"), text("note", "note", 300))}
        </div>
        ${checkpointsView(desk, material)}
      </fieldset></div>
    </section>
    ${sampleView(desk, material, {
      set: (mark) => draft.change((body) => {
        const one = byId(body.materials, material.id);
        let point = byId(one.checkpoints, desk.point);
        if (!point) {
          point = { id: newKey("p", one.checkpoints.map((each) => each.id)), text: "", about: "content", page: 1, mark: null };
          one.checkpoints.push(point);
          desk.point = point.id;
          desk.focusSoon(`[data-point="${point.id}"] [name=point]`);
        }
        point.mark = mark;
      }),
    })}
  </div>`;
}

function fileField(desk, material, key, label) {
  const name = material[key];
  const put = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    desk.uploading = `${material.id}.${key}`;
    desk.draw();
    try {
      const stored = await uploadItemFile(desk.item.id, file);
      desk.draft.change((body) => (byId(body.materials, material.id)[key] = stored.name));
      toast(t(`“${stored.name}”已上传。`, `“${stored.name}” is uploaded.`), { kind: "ok" });
    } catch (refusal) {
      toastRefusal(refusal);
    }
    desk.uploading = null;
    desk.draw();
  };
  const busy = desk.uploading === `${material.id}.${key}`;
  return html`<div class="field"><span class="label">${label}</span><span class="file-line" data-file=${key}>
    ${name ? html`<a class="cut" href=${fileHref(desk.item.id, name)} target="_blank">${name}</a>` : html`<span class="muted">${t("没有", "none")}</span>`}
    <label class="button small only-write">${busy ? html`<span class="spinner"></span>` : name ? t("换一个", "Replace") : t("上传", "Upload")}<input class="visually-hidden" type="file" ?disabled=${busy}
      accept=".png,.jpg,.jpeg,.pdf,.docx,.xlsx,.ofd" aria-label=${t(`上传${label}`, `Upload: ${label}`)} @change=${put}></label>
    ${name ? html`<button class="icon only-write" aria-label=${t(`不要这个${label}`, `Without this: ${label}`)} title=${t("不要", "Without")} @click=${() => desk.draft.change((body) => (byId(body.materials, material.id)[key] = ""))}>×</button>` : nothing}
  </span></div>`;
}
