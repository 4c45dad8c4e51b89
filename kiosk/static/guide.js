// What to bring, before a number is taken: the item's questions one a screen, then the exact list; printed or on the phone.

import { html, nothing } from "lit";
import { intention, post } from "/static/ui/api.js";
import { carriedView, createBundleWalk, nested, ofView } from "/static/ui/bundle-walk.js";
import { createWalk, factsView, materialsView, own, questionView } from "/static/ui/guide-walk.js";
import { lang, t } from "/static/ui/lang.js";
import { qrSvg } from "/static/ui/qr.js";
import { closeSample, sampleButton, sampleView } from "./guide-sample.js";

/** Begin with `item`: first the choice between its guide and a number at once. */
export function openGuide(app, { section, item }) {
  app.walk = createWalk(item.id, { changed: () => drawn(app) });
  app.go("guide", { section, item, bundle: null, guideStep: "choice", guidePaper: null, guideSeen: null, cameFrom: "guide" });
  app.walk.start();
}

/** The same of a 一件事: its number is taken for its first item, in that item's section. */
export function openBundle(app, { section, bundle }) {
  app.walk = createBundleWalk(bundle.id, { changed: () => drawn(app) });
  app.go("guide", { section, bundle, item: bundle.items[0], guideStep: "choice", guidePaper: null, guideSeen: null, cameFrom: "guide" });
  app.walk.start();
}

let seen = null;

/** A new question or the list begins at its top, and whoever hears the screen hears it. */
function drawn(app) {
  if (app.state.screen === "guide" && app.walk?.unwritten) {
    app.walk = null;
    app.go("phone", { cameFrom: "find" });
    return;
  }
  app.set({});
  const now = app.walk?.view?.question?.id ?? app.walk?.view?.situation?.id;
  if (app.state.screen !== "guide" || app.walk.busy || now === seen) return;
  seen = now;
  app.startOfScreen();
}

/** One screen back; false when there is none in the guide. */
export function guideBack(app) {
  if (closeSample(app)) return true;
  if (app.state.guideStep === "choice") return false;
  if (!app.walk.back()) app.go("guide", { guideStep: "choice" });
  return true;
}

/** What goes along with the number: the answers of a guide walked to its end, for the item taken; a bundle always, as far as it was answered. */
function guideAnswers({ walk, state: { bundle, item, guideStep } }) {
  if (bundle) return { bundle: bundle.id, answers: walk?.bundle && walk.item === bundle.id ? nested(walk.answers) : {} };
  return walk?.done && walk.item === item?.id && guideStep === "walk" ? { item: item.id, answers: walk.answers } : null;
}

/** Let the window find them with the ticket. Should it fail, the number stands and the window asks again. */
export async function attachAnswers(app, ticket) {
  const answers = guideAnswers(app);
  if (!answers || !ticket.link) return;
  const token = ticket.link.split("/").at(-1);
  await post(`/links/${token}/precheck`, answers, { stay: true, attempts: 2 }).catch(() => null);
}

export function guideScreen(app) {
  const { walk } = app;
  const { guideStep } = app.state;
  const item = app.state.bundle ?? app.state.item;
  if (walk.problem && !walk.view) return problemView(app);
  if (!walk.view) return html`<section class="screen message-screen"><p class="lead"><span class="spinner"></span></p></section>`;
  if (guideStep === "choice") return choiceView(app, item);
  if (walk.view.question) {
    return html`<section class="screen guide" data-step="question">${itemLine(item)}${questionView(walk)}${said(walk)}</section>`;
  }
  return listView(app, item);
}

const name = (item) => t(item.name, item.name_en || item.name);
const itemLine = (item) => html`<p class="guide-item">${name(item)}</p>`;
const said = (walk) => (walk.problem ? html`<p class="notice bad big" role="alert">${walk.problem.sentence}</p>` : nothing);

function choiceView(app, item) {
  return html`<section class="screen guide" data-step="guide">
    <div class="ask"><h1>${name(item)}</h1>
      <p class="lead">${t("先看看要带什么，材料齐了再取号，少跑一趟", "See what to bring before you take a number")}</p></div>
    ${app.walk.bundle ? itemsView(app.walk.view) : factsView(app.walk.view)}
    <div class="actions guide-ways">
      <button type="button" class="button primary huge guide-way" data-guide @click=${() => app.go("guide", { guideStep: "walk" })}>
        <span><strong>${t("看看要带什么", "What must I bring?")}</strong>
        <small>${app.walk.view.question ? t("回答几个小问题，给您准确的清单", "A few questions, then your exact list") : t("看清单，可以打印带走", "The list, to print and take along")}</small></span></button>
      <button type="button" class="button huge guide-way" data-straight @click=${() => app.go("phone")}>
        <span><strong>${t("材料齐了，直接取号", "I have everything: take a number")}</strong></span></button>
    </div></section>`;
}

/** What a bundle is made of, and its words. */
const itemsView = (view) => html`<div class="card guide-bundle"><p><b>${t(`一件事，一次办 ${view.items.length} 个事项`, `One visit for ${view.items.length} errands`)}</b></p>
  <ol lang="zh-CN">${view.items.map((one) => html`<li>${one.name}</li>`)}</ol>
  ${view.guide ? html`<p class="guide-words" lang="zh-CN">${view.guide}</p>` : nothing}</div>`;

function listView(app, item) {
  const { materials, situation } = app.walk.view;
  return html`<section class="screen guide guide-list" data-step="list">
    <div class="ask"><h1>${materials.length ? t(`请带好 ${materials.length} 样材料`, `Please bring ${materials.length} ${materials.length === 1 ? "thing" : "things"}`) : t("不用带材料", "Nothing to bring")}</h1>
      <p class="lead">${name(item)}${app.walk.bundle ? html` · ${t("一件事，相同的材料只带一份", "each thing is needed once")}`
        : app.walk.view.answered.length ? html` · ${own(situation.name, situation.name_en)}` : nothing}</p></div>
    ${app.walk.bundle ? nothing : factsView(app.walk.view)}
    <div class="guide-materials" id="materials" tabindex="0" aria-label=${t("材料清单", "The list")}>${materialsView(materials, (one) => sampleButton(app, one), app.walk.bundle ? ofView : undefined)}${carriedView(app.walk.view)}</div>
    <div class="guide-take-along ${app.walk.bundle ? "wide-link" : ""}">
      <div class="qr">${qrSvg(app.walk.link)}</div>
      <p class="guide-scan"><strong>${t("手机扫码带走清单", "Scan to take the list along")}</strong><span>${t("样例和空白表格也带走", "with samples and blank forms")}</span></p>
      <div class="guide-tools">${moreButton()}${printButton(app)}</div>
    </div>
    <div class="actions"><button type="button" class="button primary huge" data-take-number @click=${() => app.go("phone")}>${t("材料齐了，取号", "I have everything: take a number")}</button></div>
    ${sampleView(app)}
  </section>`;
}

/** A list longer than the screen is turned by a button too: not everybody knows that glass can be pushed. */
function moreButton() {
  const turn = () => {
    const box = document.querySelector("#materials");
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 4;
    box.scrollTo({ top: end ? 0 : box.scrollTop + box.clientHeight - 60, behavior: "smooth" });
  };
  return html`<button type="button" class="button guide-tool" data-more @click=${turn}>${t("翻页看清单", "Next part of the list")}</button>`;
}

function printButton(app) {
  const { guidePaper } = app.state;
  const words = {
    printing: html`<span class="spinner"></span> ${t("正在打印…", "Printing…")}`,
    printed: t("已打印，请取走", "Printed: please take it"),
    failed: t("没打印出来，请扫码", "Not printed: please scan"),
  };
  return html`<button type="button" class="button guide-tool ${guidePaper === "failed" ? "bad" : ""}" data-print=${guidePaper ?? "ready"} aria-live="polite"
    ?disabled=${guidePaper === "printing"} @click=${() => print(app)}>${words[guidePaper] ?? t("打印清单", "Print the list")}</button>`;
}

async function print(app) {
  app.set({ guidePaper: "printing" });
  try {
    const { bundle, item, answers } = app.walk;
    const path = bundle ? `/catalogue/bundles/${encodeURIComponent(item)}/print` : `/catalogue/items/${encodeURIComponent(item)}/guide/print`;
    const answer = await post(path, { answers: bundle ? nested(answers) : answers, language: lang() }, { key: intention(), stay: true, attempts: 1 });
    if (answer.browser) (await import("./guide-paper.js")).printGuide(app.walk);
    app.set({ guidePaper: "printed" });
  } catch {
    app.set({ guidePaper: "failed" });
  }
}

function problemView(app) {
  return html`<section class="screen message-screen"><div class="message-mark" aria-hidden="true">!</div>
    <h1 role="alert">${app.walk.problem.sentence}</h1>
    <div class="actions"><button type="button" class="button primary huge" @click=${() => app.go("phone")}>${t("直接取号", "Take a number")}</button></div></section>`;
}
