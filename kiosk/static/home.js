// The first screen: find an item, or choose a section.

import { html, nothing } from "lit";
import { t } from "/static/ui/lang.js";
import { aboutMinutes, stopSentence } from "./hall.js";
import { clauses, phrases } from "./words.js";

const SEARCH = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5" /><path d="m15.5 15.5 5 5" /></svg>`;
const ARROW = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m9 5 7 7-7 7" /></svg>`;

export function homeScreen(app) {
  const { hall } = app.state;
  if (!hall) return loading();
  if (hall.stop) return stopped(hall.stop);
  return html`
    <section class="screen home">
      <div class="ask">
        <h1>${t("您今天要办什么？", "What brings you here today?")}</h1>
        <p class="lead">${t("请点选一个板块，或直接查找事项", "Choose a section, or look up your errand")}</p>
      </div>
      <button type="button" class="find-card" data-find @click=${() => app.go("find")}>
        <span class="find-icon">${SEARCH}</span>
        <span class="find-words">
          <strong>${t("查事项、看要带什么", "Find my errand, see what to bring")}</strong>
          <span>${t("按拼音首字母，例如 bdc → 不动产", "By pinyin initials, e.g. bdc → 不动产 (real estate)")}</span>
        </span>
        ${ARROW}
      </button>
      <div class="sections ${hall.sections.length > 8 ? "many" : ""}">
        ${hall.sections.map((section) => sectionCard(app, section))}
      </div>
      ${document.querySelector("#kiosk").dataset.slip ? html`<button type="button" class="reprint-link" data-reprint @click=${() => app.go("reprint")}>
        ${t("小票丢了？补打小票", "Lost your slip? Print it again")}</button>` : nothing}
    </section>`;
}

function sectionCard(app, section) {
  const [first, second] = t("zh", "en") === "zh" ? [section.name, section.name_en] : [section.name_en || section.name, section.name];
  return html`<button
    type="button" class="section-card ${section.stop ? "is-stopped" : ""}" data-section=${section.id}
    ?disabled=${Boolean(section.stop)} @click=${() => app.choose({ section })}>
    <span class="letter number" aria-hidden="true">${section.letter}</span>
    <span class="section-name"><strong>${phrases(first)}</strong><span class="second">${second ?? ""}</span></span>
    <span class="section-facts">${section.stop ? stopSentence(section.stop) : facts(section)}</span>
  </button>`;
}

function facts(section) {
  const wait = aboutMinutes(section.minutes);
  const none = section.openWindows === 0;
  return html`
    <span class="fact"><b>${section.waiting}</b> ${t("人等候", "waiting")}</span>
    ${none || !wait ? nothing : html`<span class="fact">${wait}</span>`}
    <span class="fact ${none ? "dim" : ""}">${none
      ? t("暂无开放窗口", "no window open yet")
      : t(`${section.openWindows} 个窗口`, `${section.openWindows} ${section.openWindows === 1 ? "window" : "windows"}`)}</span>`;
}

function stopped(stop) {
  return html`<section class="screen message-screen" data-stopped>
    <div class="message-mark" aria-hidden="true">!</div>
    <h1>${clauses(stopSentence(stop))}</h1>
    <p class="lead second-language">${t(stop.message_en, stop.message_zh)}</p>
    <p class="lead">${t("已取的号继续有效。需要帮助请找导服人员。", "Numbers already taken stay valid. Please ask a guide for help.")}</p>
  </section>`;
}

export function loading() {
  return html`<section class="screen message-screen"><p class="lead"><span class="spinner"></span> ${t("正在连接大厅…", "Connecting…")}</p></section>`;
}

/** Where no window serves the whole section, an item must be chosen. */
export const needsItem = (section) => Boolean(section.item_required);
