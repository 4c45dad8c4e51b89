// Publish from a day on, begin the next version, take the item off the offer.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { field, today } from "./page.js";

export function publishView(desk, box) {
  const { v } = desk.draft;
  if (v.stage === "mock") return v.may.publish ? publishForm(desk, box) : html`<p class="notice ok">${t("模拟受理已通过，请本部门负责人或值班经理发布。", "Mock intake is passed. The head of the department or a manager publishes it.")}</p>`;
  const inForce = v.version === desk.item.in_force;
  return html`<section class="panel" data-published><div class="panel-head"><h2>${inForce ? t("现行版本", "In force") : t("已发布", "Published")}</h2></div>
    <div class="panel-body pad"><p>${t(`自 ${v.effective_from} 起生效`, `In force from ${v.effective_from}`)}${v.effective_to ? t(`，至 ${v.effective_to}`, ` to ${v.effective_to}`) : ""}。
      ${t("取号机、导服台、手机、窗口用的都是它；已受理的办件仍按受理时的版本办。", "Kiosk, desks and phones show it; cases under way keep the version they began with.")}</p>
      ${v.note ? html`<p class="muted small" data-note>${v.note}</p>` : nothing}
      <p class="form-end">${desk.item.may_write ? html`<button class="button primary" data-new-version @click=${() => desk.newVersion()}>${t("要修改？写新的一版", "Change it: a new version")}</button>` : nothing}
        ${inForce && desk.item.may_publish ? html`<button class="button danger" data-retire @click=${() => retire(desk)}>${t("停用这个事项…", "Retire the item…")}</button>` : nothing}</p></div></section>`;
}

function publishForm(desk, box) {
  box.from ||= today();
  const send = () => box.run("publish", { effective_from: box.from === today() ? null : box.from }, t("已发布。", "Published."));
  return html`<section class="panel" data-publish><div class="panel-head"><h2>${t("模拟受理已通过，可以发布", "Mock intake is passed: it can be published")}</h2></div>
    <div class="panel-body pad publish-line">${field(t("从哪天起生效", "In force from"), html`<input type="date" name="effective_from" min=${today()} .value=${box.from} @change=${(event) => {
      box.from = event.target.value;
      desk.draw();
    }}>`, { hint: box.from === today() ? t("选今天：发布后大厅马上按新的办。", "Today: the hall changes at once.") : t("到那天零点自动生效，旧版前一天为止。", "From that day's first minute; the old version ends the day before.") })}
      <button class="button primary large" data-publish-now ?disabled=${box.busy || !box.from} @click=${send}>${t("发布", "Publish")}</button></div></section>`;
}

/** A version that is over, or whose last day is told: that day can come sooner. */
export function retiredView(desk) {
  const until = desk.draft.v.effective_to ?? "";
  if (until < today()) return html`<p class="notice">${t("这一版已停用。", "This version is retired.")}</p>`;
  return html`<section class="panel" data-retired><div class="panel-head"><h2>${t(`受理到 ${until}，之后停用`, `Taken in until ${until}, then retired`)}</h2></div>
    <div class="panel-body pad"><p>${t("到那天为止，大厅照常受理；办理中的继续办完。要办得更久，写新的一版并发布。", "Until then the hall takes it in as ever; cases under way are finished. To go on longer, publish a new version.")}</p>
      <p class="form-end">${desk.item.may_write ? html`<button class="button" data-new-version @click=${() => desk.newVersion()}>${t("写新的一版", "A new version")}</button>` : nothing}
        ${desk.item.may_publish ? html`<button class="button danger" data-retire @click=${() => retire(desk, until)}>${t("提前停用…", "Retire it sooner…")}</button>` : nothing}</p></div></section>`;
}

/** `until`: the last day that is told already, which can only come sooner. */
function retire(desk, until = "") {
  const form = { last_day: "", reason: "" };
  return sheet(t("停用这个事项？", "Retire this item?"), (state) => html`<div class="form">
    <p>${t("停用后取号机和窗口不再受理；办理中的继续办完。", "It is offered no more; cases under way are finished.")}</p>
    ${field(t("受理到哪一天（不填：马上停用）", "Last day (empty: at once)"), html`<input type="date" name="last_day" min=${today()} max=${until || nothing} @change=${(event) => (form.last_day = event.target.value)}>`)}
    ${field(t("原因", "Reason"), html`<input type="text" maxlength="300" placeholder=${t("如：法规已废止", "e.g. the law was repealed")} @input=${(event) => (form.reason = event.target.value)}>`)}
    ${sheetActions(state, t("取消", "Cancel"), [t("停用", "Retire"), async () => {
      await post(`/catalogue/items/${encodeURIComponent(desk.item.id)}/retire`, { last_day: form.last_day || null, reason: form.reason });
      state.done(true);
      location.assign("/catalogue");
    }, { danger: true }])}</div>`, { danger: true });
}
