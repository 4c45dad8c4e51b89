// The list of what to bring, printed by the browser on a strip of 80 mm, as the kiosk's own printer would.

import { html, nothing } from "lit";
import { wanted } from "/static/ui/guide-walk.js";
import { lang } from "/static/ui/lang.js";
import { printSheet } from "./paper.js";
import { qrSvg } from "/static/ui/qr.js";

/** Print the walk's list; paper speaks Chinese, as clerks and offices who read it do; in English mode the English stands beside it. */
export function printGuide(walk) {
  printSheet(sheet(walk.view, walk.link));
}

const beside = (zh, en) => (lang() === "en" && en ? `${zh} ${en}` : zh);
const days = (about) => (about.promised_days ? `${about.promised_days}个工作日` : "当场办结");

function sheet(view, link) {
  const { about } = view; // a bundle's has none
  const row = (label, value) => html`<p class="paper-row"><span>${label}</span><span class="paper-words"><b>${value}</b></span></p>`;
  return html`<h1>${view.hall}</h1><p>办事清单 What to bring</p><hr>
    <p><b>${beside(view.name, about ? about.name_en : view.name_en)}</b></p>${about && view.answered.length ? html`<p>${beside(view.situation.name, view.situation.name_en)}</p>` : nothing}
    ${about ? html`${row("类型", about.kind_zh)}${row("办理期限", days(about))}${row("收费", about.fee.yuan ? `${about.fee.yuan}元` : "不收费")}` : row("一件事", view.situation.name)}
    ${view.answered.map((one) => row(beside(one.text, one.text_en), one.chosen_text.map((zh, i) => beside(zh, one.chosen_text_en[i] === zh ? "" : one.chosen_text_en[i])).join("、") || beside("都没有", "none")))}<hr>
    <p class="paper-row"><b>请带好 ${view.materials.length} 样</b></p>
    <ul>${view.materials.map((one) => html`<li><b>${beside(one.name, one.name_en)}</b><br>${wanted(one)}${one.deferrable ? "（可后补）" : ""}
      ${one.source ? html`<br>来源：${one.source}` : nothing}${one.of ? html`<br>用于：${one.of.join("、")}` : nothing}</li>`)}</ul>
    ${view.unlisted?.length ? html`<p><b>清单还没有发布：${view.unlisted.join("、")}</b><br>还要带什么，请问导服台</p>` : nothing}
    ${(view.carried ?? []).map((one) => html`<p><b>不用带：${one.name}</b><br>${one.zh}</p>`)}<hr>
    <div class="paper-foot">${qrSvg(link)}<p>手机扫码看样例、下空表</p></div>`;
}
