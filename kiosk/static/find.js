// Find an item: by name, by pinyin initials on our own letters, or by looking through a section.

import { html, nothing } from "lit";
import { get } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";
import { sectionName } from "./hall.js";
import { letterPad, typed } from "./pads.js";

const LONGEST = 24;
const PAUSE_MS = 120;

export function findScreen(app) {
  const { query, found, foundBundles, findSection, findProblem } = app.state;
  return html`
    <section class="screen find">
      <div class="ask">
        <h1>${findSection && !query ? sectionName(findSection) : t("查找事项", "Find my errand")}</h1>
        <p class="lead">${t("输入名称每个字的拼音首字母，例如“不动产登记” → bdcdj", "Type the first letter of each syllable, e.g. 不动产登记 → bdcdj")}</p>
      </div>
      <div class="search">
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5" /><path d="m15.5 15.5 5 5" /></svg>
        <input class="search-input" id="search" inputmode="none" autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-label=${t("事项名称或拼音首字母", "Name or pinyin initials")} placeholder=${t("名称或拼音首字母", "Name or pinyin initials")}
          .value=${query} @input=${(event) => search(app, event.target.value)}>
        ${query ? html`<button type="button" class="button quiet" @click=${() => search(app, "")}>${t("清空", "Clear")}</button>` : nothing}
      </div>
      <div class="chips" role="group" aria-label=${t("板块", "Sections")}>
        ${chip(app, null, t("全部", "All"))}
        ${app.state.hall.sections.map((section) => chip(app, section, sectionName(section)))}
      </div>
      <div class="results" id="results" aria-live="polite">${results(app, found, foundBundles, findProblem)}</div>
      ${letterPad({ onKey: (key) => search(app, typed(app.state.query, key, LONGEST)) })}
    </section>`;
}

function chip(app, section, words) {
  const chosen = (app.state.findSection?.id ?? null) === (section?.id ?? null);
  return html`<button type="button" class="chip" aria-pressed=${chosen} @click=${() => {
    app.set({ findSection: section });
    search(app, app.state.query, 0);
  }}>${words}</button>`;
}

/** Ask the server for what fits; an older answer never replaces a newer one. */
export async function search(app, query, pause = PAUSE_MS) {
  const turn = (app.searchTurn = (app.searchTurn ?? 0) + 1);
  app.set({ query: query.slice(0, LONGEST), findProblem: null });
  await new Promise((done) => setTimeout(done, pause));
  if (turn !== app.searchTurn) return;
  const asked = new URLSearchParams({ q: app.state.query });
  if (app.state.findSection) asked.set("section", app.state.findSection.id);
  try {
    const [answer, foundBundles] = await Promise.all([get(`/items?${asked}`, { stay: true, attempts: 2 }), bundlesFor(app)]);
    if (turn === app.searchTurn) showResults(app, { found: answer.items, foundBundles, findProblem: null });
  } catch (refusal) {
    if (turn === app.searchTurn) showResults(app, { found: [], foundBundles: [], findProblem: refusal.sentence });
  }
}

/** Those that begin in the chosen section. Should it fail, the items are still found. */
async function bundlesFor(app) {
  const { query, findSection } = app.state;
  const answer = await get(`/catalogue/bundles?${new URLSearchParams({ q: query })}`, { stay: true, attempts: 1 }).catch(() => ({ bundles: [] }));
  return answer.bundles.filter((one) => app.section(one.section) && (!findSection || findSection.id === one.section));
}

function showResults(app, patch) {
  app.set(patch);
  document.querySelector("#results")?.scrollTo(0, 0);
}

function results(app, found, bundles, problem) {
  if (problem) return html`<p class="notice bad">${problem}</p>`;
  if (!found) return html`<p class="empty"><span class="spinner"></span></p>`;
  if (found.length === 0 && bundles.length === 0) {
    return html`<p class="empty">${t("没有找到这个事项。可以换几个字母，或返回首页按板块取号，也可以问问导服人员。",
      "Nothing found. Try other letters, go back and choose a section, or ask a guide.")}</p>`;
  }
  return html`${bundlesView(app, bundles)}${grouped(found).map(([id, items]) => {
    const section = app.section(id);
    return html`<div class="group">
      <h2>${section ? sectionName(section) : id}${section?.stop ? html` <span class="badge warn">${t("暂停取号", "not available")}</span>` : nothing}</h2>
      ${items.map((item) => html`<button type="button" class="item" data-item=${item.id} ?disabled=${Boolean(section?.stop) || item.offered === false}
        @click=${() => app.choose({ section, item })}>
        <span class="item-name">${t(item.name, item.name_en || item.name)}</span>
        <span class="item-facts">${item.offered === false ? t("今天不办理", "not today") : minutes(item)}</span>
      </button>`)}
    </div>`;
  })}`;
}

function bundlesView(app, bundles) {
  if (bundles.length === 0) return nothing;
  return html`<div class="group"><h2>${t("一件事，一次办", "One visit, several errands")}</h2>
    ${bundles.map((bundle) => {
      const section = app.section(bundle.section);
      const offered = bundle.offered && !section.stop;
      return html`<button type="button" class="item" data-bundle=${bundle.id} ?disabled=${!offered} @click=${() => app.choose({ section, bundle })}>
        <span class="item-name">${t(bundle.name, bundle.name_en || bundle.name)}<small class="item-of" lang="zh-CN">${bundle.items.map((one) => one.name).join(" + ")}</small></span>
        <span class="item-facts">${offered ? t(`${bundle.items.length} 个事项`, `${bundle.items.length} errands`) : t("今天不办理", "not today")}</span>
      </button>`;
    })}</div>`;
}

const minutes = (item) => (item.expected_minutes
  ? t(`办理约 ${Math.max(1, Math.round(item.expected_minutes))} 分钟`, `takes about ${Math.max(1, Math.round(item.expected_minutes))} min`)
  : nothing);

// Best group first: the server's order decides which section leads.
function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.section, [...(groups.get(item.section) ?? []), item]);
  return [...groups];
}
