// 版本: every version for ever, and two of them side by side in words.

import { html, nothing } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { dayTimeText } from "../desk/desk.js";
import { compareView } from "./compare-view.js";
import { itemHref, itemPath, stageBadge } from "./page.js";

/** From when to when; one that another took the place of on the same day, or before its day, never was. */
const inForce = ({ effective_from: from, effective_to: to }) =>
  !from ? "—" : !to ? from : to < from ? t(`${from}，随即被代替`, `${from}, replaced at once`) : `${from} ~ ${to}`;

export function createVersions(desk) {
  const box = { bodies: new Map(), from: null, to: null };

  async function body(version) {
    if (version === desk.draft.v.version) return desk.draft.body; // also what is not saved yet
    if (!box.bodies.has(version)) box.bodies.set(version, (await get(itemPath(desk.item.id, version))).body);
    return box.bodies.get(version);
  }
  async function choose(from, to) {
    Object.assign(box, { from, to, sides: null });
    desk.draw();
    if (from === null) return;
    try {
      const sides = [await body(from), await body(to)];
      if (box.from === from && box.to === to) box.sides = sides;
    } catch (refusal) {
      toastRefusal(refusal);
    }
    desk.draw();
  }
  const before = (version) => desk.versions.find((one) => one.version < version)?.version ?? null;

  return {
    open: () => choose(before(desk.draft.v.version), desk.draft.v.version),
    view: () => html`<div class="two-columns versions">
      <section class="panel"><div class="panel-head"><h2>${t("版本", "Versions")}</h2></div><div class="panel-body">
        <table class="table dense"><thead><tr><th>${t("版", "No.")}</th><th>${t("状态", "Stage")}</th><th>${t("生效", "In force")}</th><th>${t("改动", "Changed")}</th></tr></thead>
        <tbody>${desk.versions.map((one) => html`<tr class=${one.version === desk.draft.v.version ? "is-here" : ""} data-version=${one.version}>
          <td class="nowrap"><a href=${itemHref(desk.item.id, one.version)}>${t(`第 ${one.version} 版`, `No. ${one.version}`)}</a></td>
          <td>${stageBadge(one)}${one.version === desk.item.in_force ? html` <span class="badge ok">${t("现行", "in force")}</span>` : nothing}</td>
          <td class="small">${inForce(one)}</td>
          <td class="small">${dayTimeText(one.changed_at)} ${one.changed_by}</td></tr>
          ${one.note ? html`<tr class="note-row"><td></td><td colspan="3" class="small muted">${one.note}</td></tr>` : nothing}`)}</tbody></table></div></section>
      <section class="panel"><div class="panel-head"><h2>${t("两版比较", "Comparison")}</h2>${box.from === null ? nothing : html`
        ${select(t("从", "from"), box.from, (version) => choose(version, box.to))}<span aria-hidden="true">→</span>${select(t("到", "to"), box.to, (version) => choose(box.from, version))}`}</div>
        <div class="panel-body pad" tabindex="0">${box.from === null
          ? html`<p class="empty">${t("这是第一版，没有更早的版本可比。", "This is the first version; there is none before it.")}</p>`
          : box.sides ? compareView(box.sides[0], box.sides[1], desk.words) : html`<p class="empty"><span class="spinner"></span></p>`}</div></section>
    </div>`,
  };

  function select(label, chosen, pick) {
    return html`<select class="input narrow" aria-label=${label} @change=${(event) => pick(Number(event.target.value))}>${desk.versions.map(
      (one) => html`<option value=${one.version} ?selected=${one.version === chosen}>${t(`第 ${one.version} 版`, `No. ${one.version}`)} · ${t(one.stage_zh, one.stage_en)}</option>`)}</select>`;
  }
}
