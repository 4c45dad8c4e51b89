// Beside the list: the sample of the material the keys are on, with its checkpoints marked; and its files.

import { html, nothing, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { filesPart } from "./files.js";
import { badges } from "./materials.js";
import { writtenDown } from "./received.js";

export function viewerPanel(intake, actions) {
  const material = intake.at ? intake.material(intake.at.material) : null;
  return html`<section class="panel viewer-panel" aria-label=${t("示例与附件", "Sample and files")} data-area="files">
    <header class="panel-head">
      <h2 class="cut">${material?.name ?? t("示例与附件", "Sample and files")}</h2>
      ${material && sampleOf(intake, material) ? html`<button class="button quiet small push" type="button" data-zoom @click=${() => zoom(intake)}><kbd>Z</kbd> ${t("放大", "Enlarge")}</button>` : nothing}
    </header>
    <div class="panel-body viewer">
      ${material ? about(intake, material) : nothing}
      ${filesPart(intake, material?.words ? null : material, actions)}
    </div>
  </section>`;
}

function about(intake, material) {
  return html`
    <p class="viewer-badges">${badges(intake, material)}${material.source ? html`<span class="muted small">${t("来源：", "From: ")}${material.source}</span>` : nothing}
      ${material.blank ? html`<a class="small" href=${fileUrl(intake, material, material.blank)} target="_blank" rel="noopener">${t("空白表格", "Blank form")}</a>` : nothing}</p>
    ${material.id === SIGNED ? signed(intake) : nothing}
    ${material.note ? html`<p class="small">${material.note}</p>` : nothing}
    ${material.of?.length && intake.case.bundle ? html`<p class="small muted">${t("用于：", "For: ")}${material.of.join(t("、", ", "))}</p>` : nothing}
    ${picture(intake, material)}`;
}

const SIGNED = "signed-application";

/** 固化材料: whoever comes without the printed form, or with an older one, signs one printed here. */
const signed = (intake) => html`<p class="small">${t("核对表上的核验码和签名；没带、或核验码不一致的，打印一份请申请人当面签名。", "Compare the check code and the signature. Missing, or another code: print one and have it signed here.")}</p>
  <p><a class="button small" data-print-form href=${`/api/v1/cases/${intake.id}/papers/application.pdf`} target="_blank" rel="noopener">${t("打印申请表", "Print the form")}</a></p>`;

/** The sample's address; "" where there is none. Of a bundle: of the first of its items that wants the material. */
export function sampleOf(intake, material) {
  return material.sample ? fileUrl(intake, material, material.sample) : "";
}

function fileUrl(intake, material, name) {
  const { case: c } = intake;
  const child = c.bundle ? c.children.find((one) => material.of?.includes(one.name)) : null;
  return `/api/v1/catalogue/items/${encodeURIComponent(child?.item ?? c.item)}/files/${encodeURIComponent(name)}`;
}

function picture(intake, material) {
  if (material.words) return nothing;
  const sample = sampleOf(intake, material);
  if (!sample) return html`<p class="no-sample muted small">${writtenDown(material) ? t("窗口登记的材料，可以拍照、上传留存。", "Written down at the window; photographs may be kept with it.") : t("这份材料没有示例图，请对照审查要点核对。", "There is no sample; check against the checkpoints.")}</p>`;
  if (!/\.(png|jpe?g|webp)$/i.test(material.sample)) {
    return html`<p><a class="button small" href=${sample} target="_blank" rel="noopener">${t("打开示例", "Open the sample")}</a></p>`;
  }
  const marks = material.checkpoints.map((point, index) => ({ point, index })).filter(({ point }) => point.mark);
  return html`<figure class="sample" data-testid="sample">
    <img src=${sample} alt=${t(`${material.name}示例`, `Sample of ${material.name}`)} />
    ${marks.map(({ point, index }) => mark(intake, material, point, index))}
  </figure>`;
}

// A place on the picture: set as properties, since the page's policy takes no style attributes.
function mark(intake, material, point, index) {
  const on = intake.at.checkpoint === point.id;
  const { x, y, width, height } = point.mark;
  const percent = (part) => `${part * 100}%`;
  return html`<span class="mark ${on ? "at" : ""} ${intake.ticked(material.id, point.id) ? "on" : ""}" title=${point.text}
    .style=${`left:${percent(x)};top:${percent(y)};width:${percent(width)};height:${percent(height)}`}><b>${index + 1}</b></span>`;
}

/** The sample as large as the screen, its checkpoints beside it. */
export function zoom(intake) {
  const material = intake.at && intake.material(intake.at.material);
  if (!material || !sampleOf(intake, material)) return;
  showDialog(
    t(`${material.name} 示例`, `${material.name}: sample`),
    (box, done) => {
      box.closest("dialog").classList.add("zoom");
      render(
        html`<div class="zoomed">${picture(intake, material)}
          <ol class="zoom-points">${material.checkpoints.map((point) => html`<li>${point.text}</li>`)}</ol></div>
          <div class="dialog-actions"><button class="button primary" autofocus @click=${() => done(null)}>${t("关闭", "Close")} <kbd>Esc</kbd></button></div>`,
        box,
      );
    },
    { wide: true },
  );
}
