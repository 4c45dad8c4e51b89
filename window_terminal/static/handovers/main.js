// 材料交接清单: a day's lists by slot and department on the left, one list line by line on the right, signed by both sides.

import { html, render } from "lit";
import { get, serverNow } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { draftOf, sweepDrafts } from "../desk/drafts.js";
import { neighbour, wireKeys } from "../desk/keys.js";
import { reading } from "../desk/states.js";
import { listView, shownLists } from "./lists.js";
import { maySendResults, READY, readyView } from "./ready.js";
import { commandKeys, sheetView } from "./sheet.js";

const data = pageData();
const dayOf = (ms) => new Intl.DateTimeFormat("en-CA", { timeZone: data.time_zone }).format(ms); // 2026-11-22
const place = (name) => document.querySelector(`[data-${name}]`);
const box = { data, today: dayOf(serverNow()), day: dayOf(serverNow()), direction: "", department: "", lists: null, slots: [], failed: null, chosen: Number(location.hash.slice(1)) || null, ready: [], picked: new Set(), marks: new Map(), busy: false };

function query() {
  const wanted = new URLSearchParams();
  const today = dayOf(serverNow());
  if (box.day === box.today) box.day = today; // a page left open overnight shows the new day
  box.today = today;
  if (box.day !== today) wanted.set("day", box.day); // today: with what is filling for the next slot
  if (box.direction) wanted.set("direction", box.direction);
  if (box.department) wanted.set("department", box.department);
  return wanted.toString();
}

async function read(background = false) {
  const asked = query();
  try {
    const { slots, handovers, ready } = await get(`/handovers?${asked}`, { attempts: 1, background });
    if (asked !== query()) return; // other lists are wanted by now
    Object.assign(box, { slots, lists: handovers, ready, failed: null });
  } catch (refusal) {
    box.failed = refusal;
  }
  if (!current() && !readyChosen()) {
    const lists = shownLists(box);
    box.chosen = (lists.find(({ state }) => state !== "received") ?? lists[0])?.id ?? (maySendResults(box) && box.ready.length ? READY : null);
    box.marks = keptMarks(box.chosen);
  }
  draw();
}

const readyChosen = () => box.chosen === READY && maySendResults(box);
const current = () => (box.lists ?? []).find((one) => one.id === box.chosen) ?? null;

function choose(id) {
  box.chosen = id;
  box.marks = keptMarks(id);
  history.replaceState(null, "", id === READY ? location.pathname : `#${id}`);
  draw();
}

function set(change) {
  Object.assign(box, change);
  if ("day" in change || "direction" in change || "department" in change) {
    box.lists = null;
    read();
  }
  draw();
}

function step(by) {
  const row = neighbour([...(maySendResults(box) && box.ready.length ? [{ id: READY }] : []), ...shownLists(box)], box.chosen, by);
  if (row) choose(row.id);
}

// Which lines were found and what is missing: kept through a reload until it is signed.
const draft = () => draftOf(`handover:${box.chosen}`);
const keptMarks = (id) => new Map(draftOf(`handover:${id}`).get("marks", []));

function mark(number, said) {
  box.marks.set(number, said);
  draft().set("marks", [...box.marks]);
  draw();
}

/** A list as the server now has it. */
function signed(list) {
  box.lists = (box.lists ?? []).map((one) => (one.id === list.id ? list : one));
  if (!box.lists.some((one) => one.id === list.id)) box.lists = [list, ...box.lists];
  draft().clear();
  box.chosen = list.id;
  box.marks = new Map();
  box.picked = new Set();
  draw();
  read();
}

const acts = { draw, mark, choose, set, signed, again: () => read(), current };

function draw() {
  render(listView(box, acts), place("list"));
  render(detail(), place("detail"));
}

function detail() {
  if (!box.lists) return box.failed ? html`` : reading(); // the list says what failed
  if (readyChosen()) return readyView(box, acts);
  const list = current();
  if (!list) return html`<p class="empty">${t("这一天没有交接清单。", "No lists on this day.")}</p>`;
  return sheetView(box, list, acts);
}

sweepDrafts();
box.marks = keptMarks(box.chosen);
wireKeys(commandKeys(box, acts), { up: () => step(-1), down: () => step(1) });
const refresh = coalesce(() => (dialogOpen() ? undefined : read(true)), 1500);
const ours = /^(case|handover)\./;
startDesk({ changed: (event) => (!event || ours.test(event.type)) && refresh(), quiet: () => !box.marks.size });
draw();
refresh();
