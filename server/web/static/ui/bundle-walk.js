// A 一件事 walked like one item: its items' questions one after another, a question called "item/question".

import { html, nothing } from "lit";
import { createWalk } from "./guide-walk.js";
import { t } from "./lang.js";

/** A walk through all the questions of a bundle; its `view` reads like an item's, with `items` and materials' `of`. */
export const createBundleWalk = (bundle, { changed }) => Object.assign(
  createWalk(bundle, { changed, path: `/catalogue/bundles/${encodeURIComponent(bundle)}/walk`, sent: nested, seen: asOne }), { bundle: true });

/** {"a/q": ["x"]} → {"a": {"q": ["x"]}}, as the API has it. */
export function nested(answers) {
  const found = {};
  for (const [key, ids] of Object.entries(answers)) {
    const at = key.indexOf("/");
    (found[key.slice(0, at)] ??= {})[key.slice(at + 1)] = ids;
  }
  return found;
}

function asOne(view) {
  const open = view.open[0];
  return {
    ...view,
    question: open ? { ...open.question, id: `${open.item}/${open.question.id}`, of: open.name } : null,
    answered: view.answered.map((one) => ({ ...one, question: `${one.item}/${one.question}` })),
    situation: view.complete ? { id: view.bundle, name: view.items.map((one) => one.name).join("、") } : null,
  };
}

/** What the list does not say: items without a published list, and what nobody brings, as an item of the bundle makes it. */
export const carriedView = (view) => html`${unlistedView(view)}${carriedList(view)}`;

const unlistedView = (view) => (view.unlisted?.length ? html`<p class="walk-unlisted" role="note" data-unlisted><b><span lang="zh-CN">${view.unlisted.map((one) => `“${one}”`).join("")}</span>${t("的清单还没有发布", ": no list published yet")}</b>
  ${t("还要带什么，请问导服台。", "Please ask the guide desk what else to bring.")}</p>` : nothing);
const carriedList = (view) => (view.carried?.length ? html`<ul class="walk-carried" data-carried>${view.carried.map((one) => html`<li>
  <strong lang="zh-CN">${one.name}</strong> <b class="walk-tag later">${t("不用带", "not needed")}</b><span class="walk-source">${t(one.zh, one.en)}</span></li>`)}</ul>` : nothing);

/** Which of the items ask for a material, small. */
export const ofView = (material) => html`<span class="walk-of">${t("用于：", "For: ")}<span lang="zh-CN">${material.of.join("、")}</span></span>`;
