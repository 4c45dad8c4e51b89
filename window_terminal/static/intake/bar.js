// The commands as buttons at the foot of the page, and the keys behind them.

import { html, nothing } from "lit";

import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { clearToasts, toast } from "ui/toast.js";
import { commands, whyNot } from "./commands.js";
import { give } from "./decide.js";
import { takePhotos } from "./files.js";
import { focusField, focusForm, sameContact } from "./form.js";
import { focusMaterials, focusRow, materialsKey } from "./materials.js";
import { questionKey } from "./questions.js";
import { focusPaper, unwrittenDown } from "./received.js";
import { zoom } from "./viewer.js";

export function bar(visit, intake, actions) {
  return html`<footer class="bar-foot">
    <div class="bar-case" role="group" aria-label=${t("办件", "The case")}>${commands(intake).map((one) => button(one, intake))}</div>
    <div class="bar-visit" role="group" aria-label=${t("号票", "The visit")}>
      <button class="button" type="button" data-another @click=${actions.another}>${t("再办一件", "Another matter")} <kbd>F10</kbd></button>
      ${visit.ticket ? visitButtons(actions) : nothing}
    </div>
  </footer>`;
}

export const visitButtons = (actions) => html`
  <button class="button" type="button" data-finish aria-keyshortcuts="F8" @click=${() => actions.finish(false)}><kbd>F8</kbd> ${t("办结号票", "End visit")}</button>
  <button class="button" type="button" data-finish-next aria-keyshortcuts="F9" @click=${() => actions.finish(true)}><kbd>F9</kbd> ${t("办结并叫下一位", "End, call next")}</button>`;

function button(command, intake) {
  const why = whyNot(command, intake);
  return html`<button class="button act ${why ? "" : (command.tone ?? "")}" type="button" data-do=${command.id} aria-keyshortcuts=${command.key || nothing}
    aria-disabled=${String(Boolean(why))} data-why=${why ?? nothing} @click=${() => attempt(command, intake)}>
    ${command.key ? html`<kbd>${command.key}</kbd>` : nothing} ${t(command.zh, command.en)}</button>`;
}

/** Give a command, or say why not and go where it can be put right. */
export function attempt(command, intake) {
  const why = whyNot(command, intake);
  clearToasts();
  if (!why) return give(command.id, intake);
  toast(why, { kind: "warn", seconds: 5, slot: "why" });
  return command.lead ? focusField(command.lead) : lead(intake);
}

// To the first thing that stands in the way: the question, the list, the form.
function lead(intake) {
  if (intake.question) return document.querySelector(".option")?.focus();
  const open = intake.rows().find(intake.open);
  if (unwrittenDown(intake)) return focusPaper();
  return open ? focusRow(intake, open) : focusForm(intake);
}

const AREAS = [
  (intake) => focusMaterials(intake),
  (intake) => focusForm(intake),
  () => document.querySelector("[data-camera], [data-zoom]")?.focus(),
];

function otherArea(intake, step) {
  const here = ["materials", "form", "files"].indexOf(document.activeElement?.closest("[data-area]:not(.questions)")?.dataset.area);
  AREAS[(here + step + AREAS.length) % AREAS.length](intake);
}

/** Every key of the page. @returns whether it was used */
export function onKey(event, visit, intake, actions) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  const command = intake.case && commands(intake).find((one) => one.key === event.key && !event.shiftKey);
  const made = command ? () => attempt(command, intake) : keyOf(event, visit, intake, actions);
  if (!made) return dialogOpen() ? false : plainKey(event, intake);
  if (!event.repeat && !dialogOpen()) made();
  return true;
}

function keyOf(event, visit, intake, actions) {
  const typing = event.target.closest?.("input, textarea, select");
  return {
    F1: () => intake.writable && (sameContact(intake), focusForm(intake)),
    F6: () => otherArea(intake, event.shiftKey ? -1 : 1),
    F7: () => actions.canAttach && takePhotos(intake, intake.at ? intake.material(intake.at.material) : null),
    F8: () => actions.finish(false),
    F9: () => actions.finish(true),
    F10: () => actions.another(),
    Escape: dialogOpen() ? null : () => (typing ? focusMaterials(intake) : actions.back()),
    z: typing ? null : () => zoom(intake),
    Z: typing ? null : () => zoom(intake),
  }[event.key];
}

function plainKey(event, intake) {
  if (!intake.case) return false;
  clearToasts(); // something new begins
  return questionKey(event, intake) || materialsKey(event, intake) || fieldKey(event, intake);
}

// Enter in a field goes on to the next: hands that type a form do not reach for Tab. A wrong or missing one is next.
function fieldKey(event, intake) {
  if (event.key !== "Enter" || !event.target.matches?.(".basic input")) return false;
  const fields = [...document.querySelectorAll(".basic input:not([type=radio]):not([readonly]), .basic select, .basic input[type=radio]:checked")];
  const here = fields.indexOf(event.target);
  const left = intake.faults.map((one) => one.field).filter((field) => field !== event.target.name);
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
  if (left.length) focusField(left[0]);
  else if (here >= 0) document.querySelector("[data-do]")?.focus();
  return true;
}
