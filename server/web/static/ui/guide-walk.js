// From answers to the exact list of what to bring: one question after another, shared by kiosk and guide desk.
//
//   const walk = createWalk("fund-loan", { changed: draw });
//   await walk.start();                 // the first question, or at once the list
//   walk.view                           // the server's last answer: {question, situation, answered, materials, about, …}
//   walk.answer(["new"]); walk.back(); walk.answers

import { html, nothing } from "lit";
import { post } from "./api.js";
import { lang, t } from "./lang.js";

/** A walk through an item's questions. `changed()` is called whenever there is something new to draw; `path`: a draft's or a bundle's own; `sent`, `seen`: its shapes. */
export function createWalk(item, { changed, path = `/catalogue/items/${encodeURIComponent(item)}/guide`, sent = (answers) => answers, seen = (view) => view }) {
  const walk = {
    item, answers: {}, view: null, busy: false, problem: null, chosen: new Set(),
    /** Known by name alone: its department has written no list yet, which is not "nothing to bring". */
    get unwritten() {
      const { view } = walk;
      return Boolean(view) && !view.question && view.materials.length === 0 && view.answered.length === 0;
    },
    get done() {
      return Boolean(walk.view?.situation);
    },
    /** The guide on a phone, these answers already given. In the fragment: no server's log keeps them. */
    get link() {
      const given = Object.entries(walk.answers).map(([key, ids]) => `${key}=${ids.join(",")}`).join("&");
      return given ? `${walk.view.link}#${given}` : walk.view.link;
    },
  };
  let turn = 0;

  async function ask(answers) {
    const mine = (turn += 1);
    Object.assign(walk, { busy: true, problem: null });
    changed();
    try {
      const view = seen(await post(path, { answers: sent(answers) }, { stay: true, attempts: 3 }));
      if (mine === turn) Object.assign(walk, { view, answers, chosen: new Set() });
    } catch (refusal) {
      if (mine === turn && refusal.code === "answer_unknown" && Object.keys(answers).length) {
        await ask({}); // another version is in force since: its questions from the first on
        return;
      }
      if (mine === turn) walk.problem = refusal;
    }
    if (mine === turn) walk.busy = false;
    changed();
  }

  return Object.assign(walk, {
    start: (answers = {}) => ask(answers),
    answer: (ids) => ask({ ...walk.answers, [walk.view.question.id]: ids }),
    /** Tick or untick an option of a question that takes several. */
    toggle(id) {
      if (!walk.chosen.delete(id)) walk.chosen.add(id);
      changed();
    },
    /** To the question before; false at the first. */
    back() {
      const asked = walk.view?.answered ?? [];
      if (asked.length === 0) return false;
      walk.again(asked.at(-1).question);
      return true;
    },
    /** Answer `question` anew; the answers after it are forgotten, as they may not fit any more. */
    again(question) {
      const kept = {};
      for (const one of walk.view.answered) {
        if (one.question === question) break;
        kept[one.question] = one.chosen;
      }
      ask(kept);
    },
  });
}

/** A department's words: in English where the page speaks it and somebody has written it. */
export const own = (zh, en) => (lang() === "en" && en ? html`<span lang="en">${en}</span>` : html`<span lang="zh-CN">${zh}</span>`);

/** The open question with its answers as buttons; `numbered`: keys 1–9 choose, so they are shown. */
export function questionView(walk, { numbered = false } = {}) {
  const { question, answered } = walk.view;
  const several = question.kind === "multiple";
  return html`<div class="walk" data-question=${question.id} aria-busy=${walk.busy}>
    <p class="walk-step">${t(`第 ${answered.length + 1} 问`, `Question ${answered.length + 1}`)}${several ? t(" · 可选多项，没有就不选", " · choose all that apply, or none") : nothing}</p>
    ${question.of ? html`<p class="walk-of" lang="zh-CN">${question.of}</p>` : nothing}
    <h1 class="walk-asks">${own(question.text, question.text_en)}</h1>
    <div class="walk-options" role="group" aria-label=${t(question.text, question.text_en || question.text)}>
      ${question.options.map((option, i) => html`<button type="button" class="walk-option" data-option=${option.id} ?disabled=${walk.busy}
        aria-pressed=${several ? String(walk.chosen.has(option.id)) : nothing}
        @click=${() => (several ? walk.toggle(option.id) : walk.answer([option.id]))}>
        ${several ? html`<span class="walk-box" aria-hidden="true"></span>` : nothing}${numbered ? html`<kbd>${i + 1}</kbd>` : nothing}${own(option.text, option.text_en)}</button>`)}
    </div>
    ${several ? html`<button type="button" class="button primary huge walk-next" data-walk-next ?disabled=${walk.busy} @click=${() => walk.answer([...walk.chosen])}>
      ${walk.chosen.size ? t(`选好了（${walk.chosen.size} 项），下一步`, `${walk.chosen.size} chosen: next`) : t("都没有，下一步", "None of these: next")}</button>` : nothing}
  </div>`;
}

/** Kind, limit and fee in a row of plain words. */
export function factsView({ about, promise }) {
  const days = about.promised_days;
  const fact = (label, value) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="walk-facts">
    ${fact(t("多久办好", "How long"), days ? t(`${days} 个工作日`, `${days} working ${days === 1 ? "day" : "days"}`) : t("当场办好", "At once"))}
    ${promise && days ? fact(t("今天办，最迟", "If today, by"), html`${dayText(promise.day)}${promise.provisional ? html`<small>${t("（暂定）", "provisional")}</small>` : nothing}`) : nothing}
    ${fact(t("收费", "Fee"), about.fee.yuan ? t(`${about.fee.yuan} 元`, `CNY ${about.fee.yuan}`) : t("不收费", "Free"))}
    ${lang() === "en" ? nothing : fact("类型", about.kind_zh)}
  </dl>`;
}

const dayText = (day) => t(`${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`, day);

/** In plain words: 原件 1 份; where the original is only shown, that it comes back. */
export const wanted = (material) => (material.form === "verified_copy"
  ? t(`带上原件，交复印件 ${material.copies} 份`, `show the original, hand in ${material.copies} ${material.copies === 1 ? "copy" : "copies"}`)
  : t(`${material.form_zh} ${material.copies} 份`, `${material.form_en} × ${material.copies}`));

/** What is wanted of a material: original or copy, how many, and that it may follow later. */
export function wantedView(material) {
  return html`<span class="walk-tags">
    <b class="walk-tag">${wanted(material)}</b>
    ${material.medium === "electronic" ? html`<b class="walk-tag">${t("电子版", "electronic")}</b>` : nothing}
    ${material.deferrable ? html`<b class="walk-tag later">${t("可以后补", "may follow later")}</b>` : nothing}</span>`;
}

/** The exact list, numbered; `extra(material)` adds to an entry, `under(material)` below its words. */
export function materialsView(materials, extra = () => nothing, under = () => nothing) {
  return html`<ol class="walk-list">${materials.map((material, i) => html`<li data-material=${material.id}>
    <span class="walk-number number" aria-hidden="true">${i + 1}</span>
    <div class="walk-material"><strong>${own(material.name, material.name_en)}</strong>${lang() === "en" && material.name_en ? html`<span class="walk-source" lang="zh-CN">${material.name}</span>` : nothing}${wantedView(material)}
      ${material.source ? html`<span class="walk-source">${t("来源：", "From: ")}<span lang="zh-CN">${material.source}</span></span>` : nothing}
      ${material.note ? html`<span class="walk-source" lang="zh-CN">${material.note}</span>` : nothing}
      ${material.result_of_name ? html`<span class="walk-source">${t("是这个事项的办理结果：", "It is the result of: ")}<span lang="zh-CN">${material.result_of_name}</span></span>` : nothing}${under(material)}</div>
    ${extra(material, i)}</li>`)}</ol>`;
}
