// The differences of two versions as a list, by place.

import { html } from "lit";
import { t } from "ui/lang.js";
import { compare } from "./compare.js";

export function compareView(before, after, words) {
  const lines = compare(before, after, words);
  if (!lines.length) return html`<p class="empty" data-compare>${t("两版内容完全相同。", "The two are the same.")}</p>`;
  const places = [...new Set(lines.map((line) => line.place.zh))];
  return html`<dl class="compare" data-compare>${places.map((zh) => {
    const here = lines.filter((line) => line.place.zh === zh);
    return html`<dt lang=${t("zh-CN", "en")}>${t(zh, here[0].place.en)}</dt>
      <dd><ul>${here.map((line) => html`<li>${t(line.zh, line.en)}</li>`)}</ul></dd>`;
  })}</dl>`;
}
