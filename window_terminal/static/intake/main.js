// Starts the page: without a case the choice of the matter, with one its intake, and its receipt once it is decided.

import { html, nothing, render } from "lit";

import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { sweepDrafts } from "../desk/drafts.js";
import { Actions } from "./actions.js";
import { bar, onKey } from "./bar.js";
import { Chooser } from "./choose.js";
import { doneKey, doneView } from "./done.js";
import { focusForm, formPanel } from "./form.js";
import { focusMaterials, materialsPanel } from "./materials.js";
import { Intake } from "./model.js";
import { strip } from "./strip.js";
import { viewerPanel } from "./viewer.js";
import { Visit } from "./visit.js";
import { data } from "./words.js";

const root = document.getElementById("intake");
const visit = new Visit(data.window);
sweepDrafts();

if (data.case === null) choose();
else work(new Intake(data.case, data.me.username));

async function choose() {
  const over = new AbortController();
  // The same page goes on with the case: nothing is loaded anew while the clerk waits.
  const opened = (id) => {
    over.abort();
    history.replaceState(null, "", `/intake/${id}?window=${visit.number}`);
    render(nothing, root);
    work(new Intake(id, data.me.username));
  };
  const chooser = new Chooser(visit, root, { fresh: new URLSearchParams(location.search).has("another"), opened });
  root.replaceChildren();
  visit.addEventListener("change", () => chooser.draw(), { signal: over.signal });
  addEventListener("keydown", (event) => {
    const to = {
      Escape: () => location.assign(visit.home),
      F8: () => visit.finish(false, []),
      F9: () => visit.finish(true, []),
      F12: () => chooser.enter(),
    }[event.key];
    if (!to || event.isComposing || dialogOpen()) return;
    event.preventDefault();
    if (!event.repeat) to();
  }, { signal: over.signal });
  await visit.start();
  await chooser.start();
}

async function work(intake) {
  const actions = new Actions(visit, intake);
  let queued = false;
  const draw = () => {
    queued = false;
    render(view(intake, actions), root);
    document.title = `${visit.ticket ? `${visit.ticket.number} ` : ""}${intake.case?.name ?? t("收件受理", "Intake")}`;
  };
  const redraw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(draw);
  };
  if (!visit.started) root.replaceChildren();
  intake.addEventListener("change", redraw);
  intake.addEventListener("refused", ({ detail }) => toastRefusal(detail));
  visit.addEventListener("change", redraw);
  visit.addEventListener("filled", () => actions.readVisit());
  visit.addEventListener("back", () => intake.draft.soon(0));
  addEventListener("keydown", (event) => {
    if (keyed(event, intake, actions)) event.preventDefault(); // also inside a dialog: F1 must never open the browser's help
  });
  draw();
  setInterval(redraw, 1000);
  visit.start();
  await intake.start();
  if (intake.case) begin(intake, actions);
}

// What was just decided is shown with its paper first; a case told to be corrected can then be gone on with.
const working = (intake) => !intake.decided && (intake.case.may.save || intake.case.may.accept || intake.case.may.supplement);

function begin(intake, actions) {
  actions.readVisit();
  if (!working(intake)) return;
  requestAnimationFrame(() => {
    if (intake.question) document.querySelector(".option")?.focus();
    else if (intake.missing.length || (intake.case.unwritten && !intake.received.length)) focusMaterials(intake);
    else focusForm(intake);
  });
}

function keyed(event, intake, actions) {
  if (!intake.case || event.isComposing) return false;
  if (working(intake)) return onKey(event, visit, intake, actions);
  const made = doneKey(event, visit, intake, actions);
  if (!made || dialogOpen() || event.ctrlKey || event.altKey || event.metaKey) return Boolean(made);
  if (!event.repeat) made();
  return true;
}

function view(intake, actions) {
  if (intake.problem) {
    return html`<main class="says card intake-says"><h1>${t("打不开这个办件", "This case cannot be opened")}</h1><p class="muted">${intake.problem.sentence}</p>
      <p class="dialog-actions"><a class="button primary" href=${visit.home}>${t("返回", "Back")}</a></p></main>`;
  }
  if (!intake.case) return html`<p class="empty"><span class="spinner"></span></p>`;
  if (!working(intake)) return html`${strip(visit, intake)} ${doneView(visit, intake, actions)}`;
  return html`${strip(visit, intake)}
    <main class="intake-main">${materialsPanel(intake)} ${formPanel(intake, actions)} ${viewerPanel(intake, actions)}</main>
    ${bar(visit, intake, actions)}`;
}
