// The lists: one's own, drafts, what must be corrected or brought, online applications, and what a search found.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { serverNow } from "ui/api.js";
import { shortCode } from "../desk/due.js";
import { dayOf, dayText } from "../intake/words.js";

const AT_COUNTER = [
  { id: "mine", zh: "我的", en: "Mine" },
  { id: "drafts", zh: "草稿", en: "Drafts" },
  { id: "correction", zh: "待补正", en: "To correct" },
  { id: "deferral", zh: "待补交", en: "To follow" },
  { id: "online", zh: "网上", en: "Online" },
];
const REVIEW = { id: "pre-review", zh: "网上预审", en: "Pre-review" };

/** Which lists somebody has: those at the counter all, a department its pre-reviews, others only the search. */
export function viewsFor(me) {
  if (me.counter) return [...AT_COUNTER, REVIEW];
  return me.reviews ? [REVIEW] : [{ id: "found", zh: "查询", en: "Search" }];
}

export function listView(page) {
  return html`<div class="list-head">
      <form class="list-search" role="search" @submit=${(event) => search(event, page)}>
        <input class="input" type="search" name="text" autocomplete="off" spellcheck="false" data-find .value=${page.text}
          placeholder=${t("编码、手机号、证件号或信用代码", "Case code, phone, ID or credit code")} aria-label=${t("查办件", "Find cases")} />
        <button class="button small" type="submit">${t("查询", "Find")}</button>
      </form>
      <div class="pick views" role="group" aria-label=${t("列表", "Lists")}>
        ${page.views.map((one) => html`<button type="button" data-view=${one.id} aria-pressed=${String(one.id === page.view)} @click=${() => page.choose(one.id)}>${t(one.zh, one.en)}</button>`)}
      </div>
    </div>
    <div class="panel-body">${body(page)}</div>`;
}

function search(event, page) {
  event.preventDefault();
  page.find(event.currentTarget.elements.text.value);
}

function body(page) {
  if (page.problem) return html`<p class="notice bad list-notice" role="alert">${page.problem}</p>`;
  if (page.view === "found" && page.cases === null && !page.text) return html`<p class="empty">${t("输入号码后回车查询。查询会记录在案。", "Type a number and press Enter. Searches are recorded.")}</p>`;
  if (page.cases === null) return html`<p class="empty"><span class="spinner"></span></p>`;
  if (!page.cases.length) return html`<p class="empty">${page.view === "found" ? t("没有找到办件，请核对号码。", "No case found. Check the number.") : t("没有这样的办件。", "Nothing here.")}</p>`;
  return html`<ul class="case-list" role="list">${page.cases.map((one) => row(page, one))}</ul>`;
}

function row(page, one) {
  const chosen = page.open?.id === one.id;
  return html`<li><button type="button" class="case-row ${chosen ? "at" : ""}" data-case=${one.id} aria-current=${chosen ? "true" : nothing} @click=${() => page.show(one.id)}>
    <span class="case-name cut"><b>${one.name}</b> <span class="muted">${one.applicant_mask}</span></span>
    <span class="badge ${tone(one.state)}">${t(one.state_zh, one.state_en)}</span>
    <span class="muted small cut"><span class="number" title=${one.code ?? nothing}>${shortCode(one.code) ?? t("尚无编码", "no code yet")}</span>${one.code ? html` · <span class="number">${one.board_number}</span>` : nothing} · ${one.department}</span>
    <span class="small due">${due(one)}</span>
  </button></li>`;
}

export const tone = (state) =>
  ({ correction: "warn", suspended: "warn", refused: "bad", rejected: "bad", terminated: "bad", accepted: "info", reviewing: "info", pre_review: "info", awaiting_visit: "warn", approved: "ok", at_issue: "ok", collected: "ok", closed: "ok", sent: "ok" })[state] ?? "";

const RUNNING = new Set(["accepted", "reviewing"]);
/** Is it past its promised day and not decided? */
export const isOverdue = (one) => RUNNING.has(one.state) && Boolean(one.due_day) && one.due_day < dayOf(serverNow());

/** The next day that counts: papers to follow, a correction, a pre-review, the decision. */
function due(one) {
  const [words, day, name] = one.deferral_due ? [t("补交", "bring by"), one.deferral_due, "deferral_due"]
    : one.correction_due ? [t("补正", "correct by"), one.correction_due, "correction_due"]
    : one.pre_review_due ? [t("预审", "review by"), one.pre_review_due, "pre_review_due"]
    : one.due_day && RUNNING.has(one.state) ? [isOverdue(one) ? t("已超期", "overdue") : t("办结", "due"), one.due_day] : ["", ""];
  return day ? html`${words} <b class=${day === one.due_day && isOverdue(one) ? "bad-text" : nothing}>${dayText(day)}</b>${(name ? one.provisional.includes(name) : one.due_provisional) ? t("（暂定）", " (provisional)") : ""}` : nothing;
}
