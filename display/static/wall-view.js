// The wall as it is drawn: everything from one plain value, so that it can be drawn at any time.

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

const MISSED = 12;
const STOP_TURN_MS = 7_000;
const LONG_STOP = 36; // signs of a sentence that takes more than a line
const zone = document.querySelector("[data-time-zone]")?.dataset.timeZone || undefined;
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hour12: false, ...options });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const exact = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = format({ year: "numeric", month: "long", day: "numeric", weekday: "long" });

/** `wall`: {board, hall, connected, since, panels, sound, rows, area, now}; `names`: the hall's, {hall, hallEn}. */
export function wallView(wall, names) {
  return html`${top(wall, names)}
    ${wall.board ? body(wall) : html`<main class="waiting-page"><p>正在连接…</p><p lang="en">Connecting…</p></main>`}`;
}

const sectionOf = (wall, id) => wall.hall?.sections.find((one) => one.id === id);

function top(wall, { hall, hallEn }) {
  const area = wall.area && wall.hall?.areas?.find((one) => one.id === wall.area);
  return html`<header class="top">
      <div class="hall"><div class="hall-name"><strong>${hall}</strong><span lang="en">${hallEn}</span></div>
        ${area ? html`<b class="area" data-area-name>${area.name}</b>` : nothing}</div>
      ${soundMark(wall.sound)}
      <div class="when"><span class="date">${day.format(wall.now)}</span><time class="clock number">${clock.format(wall.now)}</time></div>
    </header>
    ${wall.connected ? nothing : html`<p class="lost" role="alert" data-lost>
      <strong>连接中断</strong><span>自 <b class="number">${exact.format(wall.since)}</b> 起，以下内容可能不是最新，请留意工作人员叫号</span>
      <span lang="en">Connection lost since ${exact.format(wall.since)}</span></p>`}`;
}

function soundMark(state) {
  if (state === "blocked") {
    return html`<p class="sound is-blocked" role="status" data-sound="blocked"><span>点一下屏幕开启声音</span><span lang="en">Tap for sound</span></p>`;
  }
  if (state === "off") return html`<p class="sound" data-sound="off"><span>本屏静音</span><span lang="en">Muted · M</span></p>`;
  return nothing;
}

function body(wall) {
  const { board, connected } = wall;
  const stop = stopNow(wall);
  const bands = Number(!connected) + Number(Boolean(stop?.long)); // each takes the room of a row of missed calls
  return html`<main class="board ${connected ? "" : "is-stale"} ${bands ? "is-tight" : ""}">
      <section class="left">${bigPanel(wall)} ${recent(wall)}</section>
      <aside class="right">${waiting(wall)} ${missed(board.noShows, MISSED - 4 * bands)}</aside>
    </main>
    ${stopBand(stop)}`;
}

function bigPanel(wall) {
  if (wall.panels.length === 0) {
    return html`<div class="panels"><div class="panel is-idle" data-panel><p class="welcome">欢迎光临，请先取号</p><p class="welcome-en" lang="en">Welcome. Please take a number.</p></div></div>`;
  }
  return html`<div class="panels ${wall.panels.length > 1 ? "is-shared" : ""}" aria-live="assertive">
    ${repeat(wall.panels, ({ key }) => key, (one) => onePanel(wall, one))}</div>`;
}

function onePanel(wall, { call, fresh, glowing }) {
  const section = sectionOf(wall, call.section);
  return html`<div class="panel ${fresh ? "is-fresh" : ""} ${glowing ? "is-glowing" : ""}" data-panel
      data-number=${call.number} data-window=${call.window} data-fresh=${String(fresh)} data-mode=${call.mode ?? ""}>
    <p class="panel-section"><span>${section?.name ?? ""}</span><span lang="en">${section?.name_en ?? ""}</span>
      ${call.calls > 1 ? html`<span class="again">再次呼叫 · Call ${call.calls}</span>` : nothing}</p>
    <div class="panel-call">
      <p class="panel-number number ${call.number.length > 4 ? "is-long" : ""}">${call.number}</p>
      <svg class="panel-arrow" viewBox="0 0 48 48" aria-hidden="true"><path d="M6 24h32M26 10l14 14-14 14" /></svg>
      <p class="panel-window"><b class="number">${call.window}</b><span>号窗口</span></p>
    </div>
    <p class="panel-please"><span>请到 ${call.window} 号窗口办理</span><span lang="en">Please go to window ${call.window}</span></p>
  </div>`;
}

function recent(wall) {
  const calls = wall.board.calls.slice(0, wall.rows);
  return html`<section class="recent">
    <div class="rows-head"><span>号码 <i lang="en">Number</i></span><span>窗口 <i lang="en">Window</i></span><span>板块 <i lang="en">Section</i></span><span>时间 <i lang="en">Time</i></span></div>
    <ol class="rows">${calls.map((call) => html`<li class="row ${call.calling ? "is-calling" : ""}" data-call=${call.number}>
      <span class="number row-number">${call.number}</span>
      <span class="row-window"><b class="number">${call.window}</b> 号窗口</span>
      <span class="row-section">${sectionOf(wall, call.section)?.name ?? ""}</span>
      <time class="number row-time">${clock.format(Date.parse(call.at))}</time></li>`)}
      ${calls.length === 0 ? html`<li class="none">今天还没有叫号<span lang="en">No calls yet</span></li>` : nothing}</ol>
  </section>`;
}

function waiting({ hall, board }) {
  const sections = (hall?.sections ?? []).filter((one) => one.id in board.waiting);
  return html`<section class="box waiting"><h2>等候人数 <i lang="en">Waiting</i></h2>
    <ul>${sections.map((one) => html`<li data-waiting=${one.id}><span class="letter number">${one.letter}</span>
      <span class="waiting-name">${one.name}</span><b class="number">${board.waiting[one.id]}</b></li>`)}</ul></section>`;
}

function missed(noShows, room) {
  const more = noShows.length - room;
  return html`<section class="box missed"><h2>过号 <i lang="en">Missed calls</i></h2>
    ${noShows.length ? html`<ul>${noShows.slice(0, room).map((one) => html`<li class="number" data-missed=${one.number}>${one.number}</li>`)}</ul>`
      : html`<p class="none">无<span lang="en">None</span></p>`}
    <p class="missed-help">${more > 0 ? `另有 ${more} 个。` : nothing}过号请到导服台恢复排队 <i lang="en">Missed your call? See the guide desk</i></p></section>`;
}

// The hall's own stop goes first; those of sections take turns.
function stopNow(wall) {
  const list = [...wall.board.stops].sort((a, b) => Boolean(a.section) - Boolean(b.section));
  if (list.length === 0) return null;
  const stop = list[0].section ? list[Math.floor(wall.now / STOP_TURN_MS) % list.length] : list[0];
  const where = stop.section ? sectionOf(wall, stop.section)?.name ?? stop.section : "全部板块";
  return { ...stop, where, long: stop.message_zh.length > LONG_STOP || stop.message_en.length > 2 * LONG_STOP };
}

function stopBand(stop) {
  if (!stop) return nothing;
  return html`<p class="stop ${stop.long ? "is-long" : ""}" role="status" data-stop=${stop.section ?? ""}><strong>${stop.where}暂停取号</strong>
    <span class="stop-words"><span>${stop.message_zh}</span> <span lang="en">${stop.message_en}</span></span></p>`;
}
