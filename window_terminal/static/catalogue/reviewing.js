// The reviewer's form: five aspects, 高 / 中 / 低, a reason with each that is not 高; and the grades given so far.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { dayTimeText } from "../desk/desk.js";
import { draftOf } from "../desk/drafts.js";
import { wordOf } from "./page.js";

/** 减证便民 (seed 003 三（一）4): what is no material at all, told where the materials are judged and written. */
export const needless = () => t("没有法律法规依据的、现有证照能证明的、能书面承诺的、能被其他材料涵盖的、能网络核验的、开具单位无法核实的，一律取消。",
  "Not to be asked for: what no law asks for, what a certificate, a promise, another paper or a look-up already shows, what its issuer cannot know.");

/** What is being graded survives a reload; a new round begins anew. */
const draftOfReview = (desk) => draftOf(`review:${desk.item.id}:${desk.draft.v.version}:${desk.draft.v.round}`);

export function reviewForm(desk, box) {
  const { words } = desk;
  const draft = draftOfReview(desk);
  if (!box.began) Object.assign(box, { began: true, grades: draft.get("grades", {}), reasons: draft.get("reasons", {}) });
  const keep = () => {
    draft.set("grades", box.grades);
    draft.set("reasons", box.reasons);
  };
  const complete = words.aspects.every(({ id }) => box.grades[id] && (box.grades[id] === "high" || box.reasons[id]?.trim()));
  const lower = Object.values(box.grades).some((grade) => grade !== "high");
  const send = async () => {
    const reasons = Object.fromEntries(words.aspects.filter(({ id }) => box.grades[id] !== "high").map(({ id }) => [id, box.reasons[id].trim()]));
    if (await box.run("reviews", { grades: box.grades, reasons }, lower ? t("已退回修改。", "Sent back.") : t("评审已提交。", "Your review is in."))) draft.clear();
  };
  return html`<div class="review-form pad" data-review>
    <p>${t("高：第一次看就完全明白；中：要再问、再查；低：看不明白。打“中”“低”的请写明理由，事项会退回修改。", "高: clear at first sight; 中: one must ask or look up; 低: not clear. Give a reason with 中 and 低: the item goes back.")}</p>
    ${words.aspects.map((aspect) => html`<div class="aspect" data-aspect=${aspect.id}>
      <span id="aspect-${aspect.id}">${t(aspect.zh, aspect.en)}</span>
      <div class="pick" role="group" aria-labelledby="aspect-${aspect.id}">${words.grades.map((grade) => html`<button type="button" data-grade=${grade.id} aria-pressed=${String(box.grades[aspect.id] === grade.id)} @click=${() => {
        box.grades[aspect.id] = grade.id;
        keep();
        desk.draw();
        if (grade.id !== "high") desk.focusSoon(`[data-aspect=${aspect.id}] input`);
      }}>${t(grade.zh, grade.en)}</button>`)}</div>
      ${box.grades[aspect.id] && box.grades[aspect.id] !== "high" ? html`<input class="input" type="text" maxlength="500" .value=${box.reasons[aspect.id] ?? ""} aria-label=${t(`${aspect.zh}的理由`, `Reason: ${aspect.en}`)}
        placeholder=${t("理由：哪里不清楚，怎样写才清楚", "Reason: what is unclear, how to make it clear")} @input=${(event) => {
          box.reasons[aspect.id] = event.target.value;
          keep();
          desk.draw();
        }}>` : aspect.id === "materials" ? html`<span class="muted small">${needless()}</span>` : nothing}</div>`)}
    <p class="form-end"><button class="button primary${lower ? " danger" : ""}" data-send-review ?disabled=${!complete || box.busy} @click=${send}>${lower ? t("提交，退回修改", "Submit: send back") : t("提交评审", "Submit my review")}</button></p></div>`;
}

/** Who said what, the newest round first. */
export function gradesTable(desk, reviews) {
  const { words } = desk;
  const style = { high: "ok", middle: "warn", low: "bad" };
  return html`<table class="table dense grades"><thead><tr><th>${t("轮", "Round")}</th><th>${t("评审人", "Reviewer")}</th>${words.aspects.map((one) => html`<th class="wrap">${t(one.zh, one.en)}</th>`)}<th>${t("时间", "When")}</th></tr></thead>
    <tbody>${[...reviews].sort((a, b) => b.round - a.round || b.at.localeCompare(a.at)).map((one) => html`<tr><td>${one.round}</td><td>${one.name}</td>${words.aspects.map(({ id }) => html`<td>
      <span class="badge ${style[one.grades[id]]}">${wordOf(words.grades, one.grades[id])}</span>${one.reasons[id] ? html`<p class="small">${one.reasons[id]}</p>` : nothing}</td>`)}<td class="small nowrap">${dayTimeText(one.at)}</td></tr>`)}</tbody></table>`;
}
