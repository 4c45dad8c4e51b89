// Where on the page a fault belongs: the server names places in words (问题“…”→“…”), the page shows each at its place.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";

const BASICS = {
  承诺时限: "promised_days", 收费: "fee", 申请主体: "applicants", 事项名称: "name", 受理条件: "conditions", 不予受理的理由: "refusal_reasons",
  办事指南: "guide", 办理结果: "result", 设定依据: "basis", 收费依据: "fee",
};

/** @returns {{tab: string, key: string, hash: string}} the tab, the place in it, and where the address goes */
export function placeOf(fault, body) {
  const { place } = fault;
  if (BASICS[place]) return { tab: "basics", key: BASICS[place], hash: `#basics/${BASICS[place]}` };
  const [, asks, answer] = /^问题“(.+?)”(?:→“(.+)”)?$/.exec(place) ?? [];
  const question = asks && body.questions.find((one) => one.text === asks);
  if (question) {
    const option = answer && question.options.find((one) => one.text === answer);
    return { tab: "questions", key: option ? `${question.id}/${option.id}` : question.id, hash: `#questions/${question.id}` };
  }
  const [, named] = /^情形“(.+)”$/.exec(place) ?? [];
  const situation = named && body.situations.find((one) => one.name === named);
  if (situation) return { tab: "questions", key: situation.id, hash: `#questions/${situation.id}` };
  const [, called] = /^材料“(.+?)”/.exec(place) ?? [];
  const material = called && body.materials.find((one) => one.name === called);
  if (material) return { tab: "materials", key: material.id, hash: `#materials/${material.id}` };
  if (place.startsWith("材料 ")) return { tab: "materials", key: "", hash: "#materials" };
  return { tab: "questions", key: "", hash: "#questions" };
}

const ALIKE = 2; // of the ways through that end in the same list so many are told, for one cause makes dozens
const alike = (fault) => fault.en.startsWith("has exactly the materials");

/** The ways that end in one list, shortened; before them the questions that cannot make a difference. */
function told(faults, body) {
  const doubles = faults.filter(alike);
  if (!doubles.length) return faults;
  const idle = body.questions.filter((question) => question.kind !== "multiple" && new Set(question.options.map((one) => JSON.stringify([[...one.adds].sort(), one.next]))).size === 1);
  const causes = idle.map((question) => ({
    place: `问题“${question.text}”`, zh: "怎样回答材料都一样：请给选项加上材料，或接到不同的地方，或删去这一问", en: "every answer has the same materials: let one add some or lead elsewhere, or remove the question",
  }));
  const rest = doubles.length - ALIKE;
  const more = rest > 0 ? [{ place: "情形", zh: `另有 ${rest} 种回答也是这样`, en: `so are ${rest} more ways of answering` }] : [];
  return [...faults.filter((one) => !alike(one)), ...causes, ...doubles.slice(0, ALIKE), ...more];
}

/** Faults by place: `at(tab, key)` their list, `count(tab)` how many. */
export function placed(faults, body) {
  const all = told(faults, body).map((fault) => ({ ...fault, ...placeOf(fault, body) }));
  return {
    all,
    at: (tab, key) => all.filter((one) => one.tab === tab && one.key === key),
    count: (tab) => all.filter((one) => one.tab === tab).length,
  };
}

/** What is to be changed here, under the place itself. `full`: with the place in words, for places of no one card. */
export function faultNotes(list, { full = false } = {}) {
  if (!list.length) return nothing;
  return html`<span class="faults" data-faults>${list.map((one) => html`<span class="fault">${full && !one.key ? html`<b lang="zh-CN">${one.place}</b> ` : nothing}${t(one.zh, one.en)}</span>`)}</span>`;
}
