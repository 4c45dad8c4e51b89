// What all pages of the catalogue share: the bar, the row of its pages, words of the lists, and asking again by and by.
// The hall's live line does not speak to departments, so these pages ask by themselves.

import { html, nothing } from "lit";
import { get, serverNow } from "ui/api.js";
import { t } from "ui/lang.js";
import { pageData, startBar } from "../desk/desk.js";

export const data = pageData();
export const root = document.querySelector("[data-app]");
export const itemPath = (item, version) =>
  `/catalogue/items/${encodeURIComponent(item)}/versions${version === undefined ? "" : `/${version}`}`;
export const itemHref = (item, version) =>
  `/catalogue/items/${encodeURIComponent(item)}${version ? `?version=${version}` : ""}`;

/** Wire the bar; ask again with `refresh` every `ms`, while somebody looks and when they come back. */
export function startPage(refresh = null, ms = 20_000) {
  startBar();
  if (!refresh) return;
  setInterval(() => document.hidden || refresh(), ms);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}

const PAGES = [
  ["tree", "/catalogue", "事项目录", "Items"],
  ["bundles", "/catalogue/bundles", "一件事", "Bundles"],
  ["frequencies", "/catalogue/frequencies", "高频事项", "How often"],
];

/** The three pages of the catalogue, as a row of links. */
export function subnav(here) {
  return html`<nav class="subnav" aria-label=${t("事项的页面", "Pages of the catalogue")}>${PAGES.map(([name, href, zh, en]) => html`<a href=${href}
    aria-current=${here === name ? "page" : nothing}>${t(zh, en)}</a>`)}</nav>`;
}

let asked = null;
/** The lists the pages are written with (kinds, forms, sections …), read once. */
export const listWords = () => (asked ??= get("/catalogue/words"));

/** The word of `id` in a list of {id, zh, en}. */
export function wordOf(list, id) {
  const found = list.find((one) => one.id === id);
  return found ? t(found.zh, found.en) : id;
}

export const section = (words, id) => {
  const found = words.sections.find((one) => one.id === id);
  return found ? t(found.name, found.name_en) : id;
};

const STAGE_STYLE = { draft: "info", review: "warn", mock: "warn", published: "ok", retired: "" };
export const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: data.time_zone }).format(serverNow());
export const stageBadge = (one) => html`<span class="badge ${STAGE_STYLE[one.stage] ?? ""}">${
  one.stage === "retired" && (one.effective_to ?? "") >= today() ? t("将停用", "to be retired") : t(one.stage_zh, one.stage_en)}</span>`;

const OFTEN = { high: ["高频", "often", "often-high"], middle: ["中频", "medium", "often-middle"], low: ["低频", "rare", "often-low"] };
export function oftenBadge(frequency) {
  if (!frequency) return nothing;
  const [zh, en, style] = OFTEN[frequency];
  return html`<span class="often ${style}">${t(zh, en)}</span>`;
}

/** The one button of a state nobody can work in: what went wrong, and again. */
export function failed(refusal, again) {
  return html`<div class="empty"><p>${refusal.sentence ?? String(refusal)}</p><p><button class="button" @click=${again}>${t("再试一次", "Try again")}</button></p></div>`;
}

/** A field: label above, then what goes in it, a hint and faults below. */
export function field(label, control, { hint = "", faults = nothing, wide = false } = {}) {
  return html`<label class="field${wide ? " wide" : ""}"><span class="label">${label}</span>${control}${hint ? html`<span class="hint">${hint}</span>` : nothing}${faults}</label>`;
}

/** Lets the keyboard scroll what has nothing in it to be focused. */
export const reachable = (readOnly) => (readOnly ? 0 : nothing);
