// What the person at the window came with: what the guide or the phone has found, and the cases of this visit.

import { html, nothing } from "lit";

import { get } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";

/** Keeps `desk.visit` that of the ticket at the window; a comfort, so a failure says nothing. */
export function followVisit(desk) {
  desk.visit = null;
  let of = null;
  const read = async (id) => {
    try {
      const found = await get(`/tickets/${id}/cases`, { background: true, attempts: 1 });
      if (of !== id) return;
      desk.visit = found;
      desk.changed();
    } catch {
      // the window's own view carries what is needed
    }
  };
  desk.addEventListener("change", () => {
    const id = desk.ticket?.id ?? null;
    if (id === of) return;
    of = id;
    desk.visit = null;
    if (id !== null) read(id);
  });
  desk.addEventListener("filled", () => of !== null && read(of));
}

/** One line under the matter: found before the number, or taken in already. */
export function visitLine(desk) {
  const { visit } = desk;
  if (!visit || visit.ticket !== desk.ticket?.id) return nothing;
  const { precheck, filled, cases } = visit;
  const found = precheck && !cases.some((one) => one.item === precheck.item) ? precheckWords(precheck) : nothing;
  if (found === nothing && !filled && !cases.length) return nothing;
  return html`<p class="person-visit" data-testid="visit">${found} ${filled ? filledWords(filled) : nothing}
    ${cases.map((one) => html`<a href="/intake/${one.id}?window=${desk.number}"><b>${one.name}</b></a> <span class="badge">${t(one.state_zh, one.state_en)}</span> `)}</p>`;
}

const KINDS = { person: ["个人", "person"], company: ["企业", "company"], organisation: ["非企业", "organisation"] };

/** 自助填表: typed on the phone while waiting; its fields are in the case once it is opened. */
const filledWords = (one) => html`<span class="badge ok" data-filled>${t("已填表", "form filled in")}</span> ${t(...KINDS[one.applicant])} ${one.name_mask}`;

function precheckWords(one) {
  const ticks = one.ticks.length ? t(`，已核对 ${one.ticks.length} 个要点`, `, ${one.ticks.length} checkpoints ticked`) : "";
  return html`<span class="badge ok">${t("已预检", "pre-checked")}</span> ${one.name}${ticks}${one.note ? html`：${one.note}` : nothing}`;
}
