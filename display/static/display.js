// The wall: keeps the board, gives each call its turn on the panel and in the loudspeaker, and answers that it did.

import { render } from "lit";
import { get } from "/static/ui/api.js";
import { connectHall } from "/static/ui/hall-socket.js";
import { Acknowledge } from "./acknowledge.js";
import { areaOf, fromSnapshot, inArea, reduce } from "./board.js";
import { Panels } from "./panel.js";
import { Voice } from "./voice.js";
import { wallView } from "./wall-view.js";

const LEARN_MS = 300_000; // sections change with the hall file; asking also keeps a signed-in screen signed in
const HINT_MS = 1_500; // a browser that may play says so within a moment
const ANNOUNCED = 200;
const root = document.querySelector("#wall");
const area = root.dataset.area || "";
const rules = JSON.parse(root.dataset.voice);

const wall = {
  board: null, hall: null, connected: true, since: null, refused: false, began: Date.now(), area,
  rows: Math.min(5, Number(root.dataset.recent) || 5),
};
let line = null;
const now = () => line?.now() ?? Date.now();
const shown = () => inArea(wall.board, area, wall.hall);
const modeOf = (call) => areaOf(wall.board, wall.hall, call.window).voice;
const announced = new Set(); // seqs that had or have their turn here

const voice = new Voice({ rules, now, onChange: () => draw() });
const panels = new Panels(now, {
  speak: (call, waiting) => voice.say(call, waiting),
  silent: (call) => modeOf(call) === "silent",
  freshMs: () => rules.fresh_seconds * 1_000,
});
const answer = new Acknowledge((seqs) => line.socket.connected && line.socket.emit("shown", { seqs }));

document.documentElement.dataset.theme = "dark";

// ------------------------------------------------------------------------------------------------ news

function onSnapshot(snapshot) {
  wall.board = fromSnapshot(snapshot);
  panels.settle(latest());
  answer.note();
  draw();
}

function onEvent(event, { fresh }) {
  const before = wall.board;
  wall.board = reduce(before, event);
  if (event.type.startsWith("ticket.")) callMoved(event, fresh);
  if (event.type === "hall.reloaded") learnHall().then(() => line.refresh());
  if (wall.board.calls.length < before.calls.length && shown().calls.length < wall.rows) refill();
  draw();
}

// A call taken off the list leaves room for an older one that only the server knows.
async function refill() {
  const board = await get("/board", { stay: true, attempts: 1 }).catch(() => null);
  if (board?.seq !== line.seq) return; // the hall has moved on; the next gap asks again
  wall.board = { ...wall.board, calls: board.calls };
  draw();
}

function callMoved({ type, seq, at, data }, fresh) {
  const here = shown().calls.find((one) => one.id === data.id);
  const news = type === "ticket.called" || type === "ticket.recalled";
  if (news && here) {
    if (fresh) announce({ ...here, at }, seq);
    else panels.settle(latest());
  } else if (data.to === "serving") {
    panels.arrive(data.id);
  } else if (data.to !== "called") {
    panels.drop(data.id, !here, latest());
  }
}

function announce(call, seq) {
  announced.add(seq);
  if (announced.size > ANNOUNCED) announced.delete(announced.values().next().value);
  answer.note(seq);
  if (modeOf(call) !== "silent") voice.prefetch(call);
  panels.push({ ...call, mode: modeOf(call) });
}

// No wall has answered for this call: here it is new, unless it has been shown and only the answer was lost.
function onAgain({ seq, at, data }) {
  const here = wall.board && shown().calls.find((one) => one.id === data.id && one.calling);
  if (here && !announced.has(seq)) announce({ ...here, at }, seq);
  else answer.note(seq);
  draw();
}

// What the panel shows when nothing is new: the newest call still open, else the newest at all.
function latest() {
  const { calls } = shown();
  return calls.find((one) => one.calling) ?? calls[0] ?? null;
}

function onStatus({ connected, since, refused }) {
  Object.assign(wall, { connected, refused, since: connected ? null : since ?? wall.since ?? new Date() });
  // No longer allowed: the page itself leads to pairing once the server answers again.
  if (refused) setTimeout(() => wall.refused && location.reload(), 5_000);
  draw();
}

async function learnHall() {
  clearTimeout(wall.learning);
  try {
    wall.hall = await get("/hall?items=false", { stay: true });
    wall.learning = setTimeout(learnHall, LEARN_MS);
    await learnVoice();
    draw();
  } catch {
    wall.learning = setTimeout(learnHall, wall.hall ? LEARN_MS / 10 : 5_000);
  }
}

// The rules of speaking come with the page; a wall that is never reloaded reads them from a fresh one.
async function learnVoice() {
  if (Date.now() - wall.began < LEARN_MS / 10) return;
  const page = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#wall");
  if (fresh) Object.assign(rules, JSON.parse(fresh.dataset.voice));
}

// ------------------------------------------------------------------------------------------------ the page

function sound() {
  const speaks = !wall.hall || (wall.hall.areas ?? []).some((one) => (!area || one.id === area) && one.voice !== "silent");
  if (!speaks && wall.hall?.areas?.length) return "none";
  if (voice.state === "blocked" && Date.now() - wall.began < HINT_MS) return "on";
  return voice.state;
}

function draw() {
  render(wallView({ ...wall, board: wall.board && shown(), panels: panels.shown, sound: sound(), now: now() }, root.dataset), root);
}

addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey }) => {
  if (key.toLowerCase() === "m" && !ctrlKey && !altKey && !metaKey) voice.toggle();
});

line = connectHall({ area, onSnapshot, onEvent, onStatus });
line.socket.on("again", onAgain);
learnHall();
draw();
setInterval(() => {
  if (wall.board) panels.tick();
  draw();
}, 250);
