// 材料交接清单: a day's lists by slot and department on the left, one list line by line on the right, signed by both sides.

import { html, render } from "lit";
import { get } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { neighbour, wireKeys } from "../desk/keys.js";
import { failed, reading } from "../desk/states.js";
import { listView, shownLists } from "./lists.js";
import { maySendResults, READY, readyView } from "./ready.js";
import { commandKeys, sheetView } from "./sheet.js";

const data = pageData();
const dayOf = (ms) => new Intl.DateTimeFormat("en-CA", { timeZone: data.time_zone }).format(ms); // 2026-11-22
const place = (name) => document.querySelector(`[data-${name}]`);
const box = { data, day: dayOf(Date.now()), direction: "", department: "", lists: null, slots: [], failed: null, chosen: Number(location.hash.slice(1)) || null, ready: [], picked: new Set(), marks: new Map(), busy: false };

function query() {
  const wanted = new URLSearchParams();
  if (box.day !== dayOf(Date.now())) wanted.set("day", box.day); // today: with what is filling for the next slot
  if (box.direction) wanted.set("direction", box.direction);
  if (box.department) wanted.set("department", box.department);
  return wanted.toString();
}

async function read() {
  const asked = query();
  try {
    const { slots, handovers, ready } = await get(`/handovers?${asked}`, { attempts: 1 });
    if (asked !== query()) return; // other lists are wanted by now
    Object.assign(box, { slots, lists: handovers, ready, failed: null });
  } catch (refusal) {
    box.failed = refusal;
  }
  if (!current() && !readyChosen()) box.chosen = (shownLists(box).find(({ state }) => state !== "received") ?? shownLists(box)[0])?.id ?? (maySendResults(box) && box.ready.length ? READY : null);
  draw();
}

const readyChosen = () => box.chosen === READY && maySendResults(box);
const current = () => (box.lists ?? []).find((one) => one.id === box.chosen) ?? null;

function choose(id) {
  box.chosen = id;
  box.marks = new Map();
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

/** A list as the server now has it. */
function signed(list) {
  box.lists = (box.lists ?? []).map((one) => (one.id === list.id ? list : one));
  if (!box.lists.some((one) => one.id === list.id)) box.lists = [list, ...box.lists];
  box.chosen = list.id;
  box.marks = new Map();
  box.picked = new Set();
  draw();
  read();
}

const acts = { draw, choose, set, signed, again: read, current };

function draw() {
  render(listView(box, acts), place("list"));
  render(detail(), place("detail"));
}

function detail() {
  if (box.failed && !box.lists) return failed(box.failed, read);
  if (!box.lists) return reading();
  if (readyChosen()) return readyView(box, acts);
  const list = current();
  if (!list) return html`<p class="empty">${t("这一天没有交接清单。", "No lists on this day.")}</p>`;
  return sheetView(box, list, acts);
}

wireKeys(commandKeys(box, acts), { up: () => step(-1), down: () => step(1) });
const refresh = coalesce(() => (dialogOpen() ? undefined : read()), 1500);
const ours = /^(case|handover)\./;
startDesk({ changed: (event) => (!event || ours.test(event.type)) && refresh(), quiet: () => !box.marks.size });
draw();
refresh();
