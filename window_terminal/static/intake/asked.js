// What a department asked to be corrected, where the intake's list shows it: the words of a material under its name; what is of no
// checkpoint as rows of their own, to be ticked one by one by whoever takes it in, since the receipt lists what is ticked and nothing else.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";
import { broughtNow } from "./received.js";

export const WORDS = "asked-in-words";

const items = (c) => (c.state === "correction" ? (c.correction?.items ?? []) : []);
const supplements = (c) => Boolean(c?.may.supplement && !c.may.accept);

function ofNoCheckpoint(c) {
  const listed = new Set(c.materials.filter((one) => one.checkpoints.length).map((one) => one.id));
  return items(c).filter((one) => !listed.has(one.material));
}

/** Rows beside the case's own list; none before acceptance, when the intake's own checks say whether it may be taken in. */
export function rowsInWords(c) {
  const asked = supplements(c) ? ofNoCheckpoint(c) : [];
  if (!asked.length) return [];
  const checkpoints = asked.map((one, index) => ({ id: `w${index}`, text: one.name ? `${one.name}：${one.text}` : one.text, words: one.text }));
  return [{ id: WORDS, name: t("要求补正的内容", "What was asked for"), words: true, deferrable: false, checkpoints }];
}

/** Before acceptance: what was told and is of no checkpoint, to be looked at. */
export function reminder(c) {
  const asked = supplements(c) ? [] : ofNoCheckpoint(c);
  return asked.length
    ? html`<div class="notice warn asked" data-testid="asked"><b>${t("已告知补正：", "Asked for: ")}</b>${asked.map((one) => html`<p>${one.name ? `${one.name}：` : ""}${one.text}</p>`)}</div>` : nothing;
}

/** Under the material's name, but for what its checkpoints say in the same words (correct-dialog.js proposes those). */
export const askedOf = (c, material) => items(c).filter((one) => one.material === material.id && !repeats(one.text, material)).map((one) => html`<p class="small warn-text asked-of">${t("要求：", "Asked: ")}${one.text}</p>`);

function repeats(text, material) {
  const points = new Set(material.checkpoints.map((one) => one.text));
  return text.replace(/^未提交或不符合要求：/, "").split("；").every((part) => points.has(part));
}

/** What is ticked of papers brought later is in no draft of the server: this machine keeps it until it is sent. */
const kept = (id) => draftOf(`supplement:${id}`);
export function keepTicks(intake) {
  kept(intake.id).set("ticks", [...intake.ticks]);
  kept(intake.id).set("papers", broughtNow(intake));
}
export const keptPapers = (intake) => (supplements(intake.case) ? kept(intake.id).get("papers", []) : []);
export const keptTicks = (intake) => (supplements(intake.case) ? kept(intake.id).get("ticks", []) : []);
export const forgetTicks = (intake) => kept(intake.id).clear();

/** The command's body: checkpoints of the list, and the words that are put right. */
export function supplementBody(intake) {
  const ticks = intake.list.flatMap((one) => one.checkpoints.filter((point) => intake.ticked(one.id, point.id)).map((point) => ({ one, point })));
  return {
    ticks: ticks.filter(({ one }) => !one.words).map(({ one, point }) => ({ material: one.id, checkpoint: point.id })),
    words: ticks.filter(({ one }) => one.words).map(({ point }) => point.words),
    papers: broughtNow(intake).map(({ name, form, copies }) => ({ name, form, copies })),
    note: "",
  };
}
