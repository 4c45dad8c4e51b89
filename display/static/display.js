// The wall: draws the board, gives each call its turn in the big panel, and says so when it may be out of date.

import { html, nothing, render } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { get } from "/static/ui/api.js";
import { connectHall } from "/static/ui/hall-socket.js";
import { fromSnapshot, inArea, reduce } from "./board.js";
import { Panel } from "./panel.js";

const ROWS = 5;
const MISSED = 12;
const STOP_TURN_MS = 7_000;
const LEARN_MS = 300_000; // sections change with the hall file; asking also keeps a signed-in screen signed in
const root = document.querySelector("#wall");
const area = new URLSearchParams(location.search).get("area") || null;
const zone = root.dataset.timeZone || undefined;
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hour12: false, ...options });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const exact = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = format({ year: "numeric", month: "long", day: "numeric", weekday: "long" });

const wall = { board: null, hall: null, connected: true, since: null, refused: false };
let line = null;
const now = () => line?.now() ?? Date.now();
const panel = new Panel(now);
const shown = () => inArea(wall.board, area, wall.hall);

document.documentElement.dataset.theme = "dark";

// ------------------------------------------------------------------------------------------------ news

function onSnapshot(snapshot) {
  wall.board = fromSnapshot(snapshot);
  panel.settle(latest());
  draw();
}

function onEvent(event, { fresh }) {
  const before = wall.board;
  wall.board = reduce(before, event);
  if (event.type.startsWith("ticket.")) callMoved(event, fresh);
  if (event.type === "hall.reloaded") learnHall().then(() => line.refresh());
  if (wall.board.calls.length < before.calls.length && shown().calls.length < ROWS) refill();
  draw();
}

// A call taken off the list leaves room for an older one that only the server knows.
async function refill() {
  const board = await get("/board", { stay: true, attempts: 1 }).catch(() => null);
  if (board?.seq !== line.seq) return; // the hall has moved on; the next gap asks again
  wall.board = { ...wall.board, calls: board.calls };
  draw();
}

function callMoved({ type, at, data }, fresh) {
  const here = shown().calls.find((one) => one.id === data.id);
  const news = type === "ticket.called" || type === "ticket.recalled";
  if (news && here) {
    if (fresh) panel.push({ ...here, at });
    else panel.settle(latest());
  } else if (!["called", "serving"].includes(data.to)) { // who came at once still has a turn on the panel
    panel.drop(data.id, !here, latest());
  }
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
    wall.hall = await get("/hall", { stay: true });
    wall.learning = setTimeout(learnHall, LEARN_MS);
    draw();
  } catch {
    wall.learning = setTimeout(learnHall, wall.hall ? LEARN_MS / 10 : 5_000);
  }
}

// ------------------------------------------------------------------------------------------------ drawing

const sectionOf = (id) => wall.hall?.sections.find((one) => one.id === id);

function draw() {
  render(html`${top()} ${wall.board ? body(shown()) : html`<main class="waiting-page"><p>正在连接…</p><p lang="en">Connecting…</p></main>`}`, root);
}

function top() {
  const at = now();
  return html`<header class="top">
      <div class="hall"><strong>${root.dataset.hall}</strong><span lang="en">${root.dataset.hallEn}</span></div>
      <div class="when"><span class="date">${day.format(at)}</span><time class="clock number">${clock.format(at)}</time></div>
    </header>
    ${wall.connected ? nothing : html`<p class="lost" role="alert" data-lost>
      <strong>连接中断</strong><span>自 <b class="number">${exact.format(wall.since)}</b> 起，以下内容可能不是最新，请留意工作人员叫号</span>
      <span lang="en">Connection lost since ${exact.format(wall.since)}</span></p>`}`;
}

function body(board) {
  return html`<main class="board ${wall.connected ? "" : "is-stale"}">
      <section class="left">${bigPanel()} ${recent(board.calls)}</section>
      <aside class="right">${waiting(board.waiting)} ${missed(board.noShows)}</aside>
    </main>
    ${stops(board.stops)}`;
}

function bigPanel() {
  const now_ = panel.shown;
  if (!now_) {
    return html`<div class="panel is-idle" data-panel><p class="welcome">欢迎光临，请先取号</p><p class="welcome-en" lang="en">Welcome. Please take a number.</p></div>`;
  }
  const { call, fresh, key } = now_;
  const section = sectionOf(call.section);
  return keyed(key, html`<div class="panel ${fresh ? "is-fresh" : ""} ${panel.glowing ? "is-glowing" : ""}"
      data-panel data-number=${call.number} data-window=${call.window} data-fresh=${String(fresh)} aria-live="assertive">
    <p class="panel-section"><span>${section?.name ?? ""}</span><span lang="en">${section?.name_en ?? ""}</span>
      ${call.calls > 1 ? html`<span class="again">再次呼叫 · Call ${call.calls}</span>` : nothing}</p>
    <div class="panel-call">
      <p class="panel-number number ${call.number.length > 4 ? "is-long" : ""}">${call.number}</p>
      <svg class="panel-arrow" viewBox="0 0 48 48" aria-hidden="true"><path d="M6 24h32M26 10l14 14-14 14" /></svg>
      <p class="panel-window"><b class="number">${call.window}</b><span>号窗口</span></p>
    </div>
    <p class="panel-please"><span>请到 ${call.window} 号窗口办理</span><span lang="en">Please go to window ${call.window}</span></p>
  </div>`);
}

function recent(calls) {
  return html`<section class="recent">
    <div class="rows-head"><span>号码 <i lang="en">Number</i></span><span>窗口 <i lang="en">Window</i></span><span>板块 <i lang="en">Section</i></span><span>时间 <i lang="en">Time</i></span></div>
    <ol class="rows">${calls.slice(0, ROWS).map((call) => html`<li class="row ${call.calling ? "is-calling" : ""}" data-call=${call.number}>
      <span class="number row-number">${call.number}</span>
      <span class="row-window"><b class="number">${call.window}</b> 号窗口</span>
      <span class="row-section">${sectionOf(call.section)?.name ?? ""}</span>
      <time class="number row-time">${clock.format(Date.parse(call.at))}</time></li>`)}
      ${calls.length === 0 ? html`<li class="none">今天还没有叫号<span lang="en">No calls yet</span></li>` : nothing}</ol>
  </section>`;
}

function waiting(counts) {
  const sections = (wall.hall?.sections ?? []).filter((one) => one.id in counts);
  return html`<section class="box waiting"><h2>等候人数 <i lang="en">Waiting</i></h2>
    <ul>${sections.map((one) => html`<li data-waiting=${one.id}><span class="letter number">${one.letter}</span>
      <span class="waiting-name">${one.name}</span><b class="number">${counts[one.id]}</b></li>`)}</ul></section>`;
}

function missed(noShows) {
  const more = noShows.length - MISSED;
  return html`<section class="box missed"><h2>过号 <i lang="en">Missed calls</i></h2>
    ${noShows.length ? html`<ul>${noShows.slice(0, MISSED).map((one) => html`<li class="number" data-missed=${one.number}>${one.number}</li>`)}</ul>`
      : html`<p class="none">无<span lang="en">None</span></p>`}
    <p class="missed-help">${more > 0 ? `另有 ${more} 个。` : nothing}过号请到导服台恢复排队 <i lang="en">Missed your call? See the guide desk</i></p></section>`;
}

function stops(list) {
  if (list.length === 0) return nothing;
  const ordered = [...list].sort((a, b) => Boolean(a.section) - Boolean(b.section));
  const stop = ordered[0].section ? ordered[Math.floor(now() / STOP_TURN_MS) % ordered.length] : ordered[0];
  const where = stop.section ? sectionOf(stop.section)?.name ?? stop.section : "全部板块";
  return html`<p class="stop" role="status" data-stop=${stop.section ?? ""}><strong>${where}暂停取号</strong><span>${stop.message_zh}</span>
    <span lang="en">${stop.message_en}</span></p>`;
}

// ------------------------------------------------------------------------------------------------ start

line = connectHall({ onSnapshot, onEvent, onStatus });
learnHall();
draw();
setInterval(() => {
  if (wall.board) panel.tick();
  draw();
}, 250);
