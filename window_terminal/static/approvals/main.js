// 审批工作台: what is due first on the left, one case as it was taken in on the right, and what may be decided below it.

import { html, render } from "lit";
import { get } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { sweepDrafts } from "../desk/drafts.js";
import { neighbour, wireKeys } from "../desk/keys.js";
import { failed, reading } from "../desk/states.js";
import { arrivals } from "./arrivals.js";
import { actionsView, commandKeys } from "./actions.js";
import { caseView } from "./case.js";
import { listView, shownRows } from "./list.js";

const data = pageData();
const place = (name) => document.querySelector(`[data-${name}]`);
const box = {
  data, view: "open", light: "", find: "", department: "", list: null, failed: null, chosen: null, wanted: null, task: null, taskFailed: null, form: null, busy: false,
};

/** Read the list again (background: nobody pressed anything, the session may fall asleep); keep the chosen task, or choose the first that can be worked on. */
async function readList(background = false) {
  const of = box.department ? `&department=${encodeURIComponent(box.department)}` : "";
  try {
    box.list = await get(`/tasks?state=${box.view}${of}`, { attempts: 1, background });
    box.failed = null;
    if (box.view === "open") arrivals(box.list);
  } catch (refusal) {
    box.failed = refusal;
  }
  const rows = shownRows(box);
  const wanted = rows.find((row) => row.case === box.wanted);
  box.wanted = null;
  if (wanted) return choose(wanted.id, background);
  if (!rows.some((row) => row.id === box.chosen)) return choose(rows[0]?.id ?? null, background);
  draw();
  return readTask(background);
}

async function readTask(background = false) {
  const id = box.chosen;
  if (id === null) return;
  try {
    const task = await get(`/tasks/${id}`, { attempts: 1, background });
    if (id !== box.chosen) return; // another was chosen meanwhile
    Object.assign(box, { task, taskFailed: null });
  } catch (refusal) {
    if (id !== box.chosen) return;
    if (!box.task || !refusal.offline) box.taskFailed = refusal;
  }
  draw();
}

function choose(id, background = false) {
  if (id !== box.chosen) Object.assign(box, { chosen: id, task: null, taskFailed: null, form: null });
  history.replaceState(null, "", id === null ? location.pathname : `#${id}`);
  draw();
  return readTask(background);
}

function step(by) {
  const row = neighbour(shownRows(box), box.chosen, by);
  if (!row) return;
  choose(row.id);
  document.querySelector(`[data-task="${row.id}"]`)?.scrollIntoView({ block: "nearest" });
}

function set(change) {
  Object.assign(box, change);
  const rows = shownRows(box);
  if ("view" in change || "department" in change) {
    box.list = null;
    draw();
    return readList();
  }
  if (!rows.some((row) => row.id === box.chosen)) return choose(rows[0]?.id ?? null);
  return draw();
}

/** After a decision: the next one is there at once. */
async function decided(row) {
  const rows = shownRows(box);
  const at = rows.findIndex(({ id }) => id === row.id);
  const next = rows[at + 1] ?? rows[at - 1];
  if (box.view === "open" && !["on_its_way", "held"].includes(row.state)) box.chosen = next?.id ?? null;
  box.task = null;
  await readList();
}

const acts = { draw, choose, set, decided, again: () => readList(), readTask: () => readTask() };

function draw() {
  render(listView(box, acts), place("list"));
  render(detail(), place("detail"));
}

function detail() {
  if (box.failed && !box.list) return html``;
  if (box.chosen === null) {
    return html`<p class="empty">${box.list ? t("左边选一件，这里显示收件时的样子。", "Choose a case on the left to see it as it was taken in.") : ""}</p>`;
  }
  if (box.taskFailed) return failed(box.taskFailed, acts.readTask);
  if (!box.task) return reading();
  return html`${caseView(box, acts)}${actionsView(box, acts)}`;
}

/** "#12" is a task, "#case34" a case: a reminder knows no more. */
function ask() {
  const [, word, id] = /^#(case)?(\d+)$/.exec(location.hash) ?? [];
  if (id) Object.assign(box, word ? { wanted: Number(id) } : { chosen: Number(id) });
}

ask();
addEventListener("hashchange", () => {
  ask();
  readList();
});
sweepDrafts();
wireKeys(commandKeys(box, acts), { up: () => step(-1), down: () => step(1) });
const refresh = coalesce(() => (dialogOpen() ? undefined : readList(true)), 1500);
startDesk({ changed: (event) => (!event || event.type.startsWith("case.") || event.type.startsWith("handover.")) && refresh(), quiet: () => !box.busy });
draw();
refresh();
