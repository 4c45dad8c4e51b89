// A material's sample, large, and its blank form, over the list: seen before a number is taken.

import { html, nothing } from "lit";
import { own } from "/static/ui/guide-walk.js";
import { t } from "/static/ui/lang.js";
import { qrSvg } from "/static/ui/qr.js";

const isPicture = (name) => /\.(png|jpe?g|webp)$/i.test(name);
/** Under the address that phones can reach. */
const whole = (app, url) => new URL(url, app.walk.view.link).href;

/** The button beside an entry of the list; none where there is nothing to see. */
export function sampleButton(app, material) {
  if (!material.sample_url && !material.blank_url && !material.checkpoints.length) return nothing;
  const words = material.sample_url ? (material.blank_url ? t("样例、空表", "Sample, form") : t("看样例", "Sample")) : material.blank_url ? t("空白表格", "Blank form") : t("核对什么", "Checks");
  return html`<button type="button" class="button guide-see" data-see=${material.id} @click=${() => see(app, material)}>${words}</button>`;
}

function see(app, material) {
  app.set({ guideSeen: material });
  queueMicrotask(() => document.querySelector("[data-seen] [data-close]")?.focus());
}

/** Closed; false when nothing was open. */
export function closeSample(app) {
  if (!app.state.guideSeen) return false;
  const { id } = app.state.guideSeen;
  app.set({ guideSeen: null });
  queueMicrotask(() => document.querySelector(`[data-see="${id}"]`)?.focus({ preventScroll: true }));
  return true;
}

export function sampleView(app) {
  const material = app.state.guideSeen;
  if (!material) return nothing;
  return html`<div class="guide-seen" role="dialog" aria-modal="true" aria-label=${material.name} data-seen=${material.id}>
    <h2>${own(material.name, material.name_en)}</h2>
    ${material.sample_url && isPicture(material.sample)
      ? html`<div class="guide-sample" tabindex="0"><figure><img src=${material.sample_url} alt=${t(`“${material.name}”的样例`, `Sample of ${material.name_en || material.name}`)}>${material.checkpoints.map(mark)}</figure></div>` : nothing}
    ${material.checkpoints.length ? html`<div class="guide-points" tabindex="0"><b>${t("窗口会核对", "What the window checks")}</b><ol lang="zh-CN">${material.checkpoints.map((one) => html`<li>${one.text}</li>`)}</ol></div>` : nothing}
    ${material.blank_url ? paper(whole(app, material.blank_url), t("空白表格：手机扫码下载", "Blank form: scan to save it"), t("没有手机，请到导服台领取纸质空表", "No phone? The guide desk has it on paper")) : nothing}
    ${material.sample_url && !isPicture(material.sample) ? paper(whole(app, material.sample_url), t("样例：手机扫码看", "Sample: scan to see it"), t("没有手机，请到导服台看", "No phone? Ask at the guide desk")) : nothing}
    <button type="button" class="button primary huge" data-close @click=${() => closeSample(app)}>${t("看好了，返回清单", "Back to the list")}</button>
  </div>`;
}

// Where a checkpoint is seen: set as properties, since the page's policy takes no style attributes.
function mark({ mark: at }, index) {
  const percent = (share) => `${share * 100}%`;
  return at ? html`<span class="guide-mark" aria-hidden="true" .style=${`left:${percent(at.x)};top:${percent(at.y)};width:${percent(at.width)};height:${percent(at.height)}`}><b>${index + 1}</b></span>` : nothing;
}

const paper = (url, first, second) => html`<div class="guide-take-along"><div class="qr">${qrSvg(url)}</div>
  <p class="guide-scan"><strong>${first}</strong><span>${second}</span></p></div>`;
