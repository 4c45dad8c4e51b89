// The screen above one window: whom it has called or serves, and whether it is open. It makes no sound.

import { html, nothing, render } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { connectHall } from "/static/ui/hall-socket.js";
import { fromSnapshot, reduce } from "./board.js";

const NEWS_MS = 20_000;
const STATES = {
  called: ["正在叫号", "Now calling"],
  serving: ["正在办理", "Now serving"],
  idle: ["空闲", "Available"],
  paused: ["暂停服务", "Temporarily closed"],
  closed: ["未开放", "Closed"],
};

const root = document.querySelector("#window");
const number = Number(root.dataset.window);
const screen = { board: null, connected: true, calledAt: 0, calls: 0, refused: false };
let line = null;

document.documentElement.dataset.theme = "dark";

function stateOf({ state, ticket, ticket_state: at }) {
  if (ticket) return at === "serving" ? "serving" : "called";
  if (state === "closed" || state === "paused") return state;
  return "idle";
}

function onEvent(event, { fresh }) {
  screen.board = reduce(screen.board, event);
  const { type, data } = event;
  if (fresh && data.window === number && (type === "ticket.called" || type === "ticket.recalled")) {
    screen.calledAt = line.now();
    screen.calls += 1; // draws the number anew, so that it flashes again
  }
  if (type === "hall.reloaded") line.refresh();
  draw();
}

function onStatus({ connected, refused }) {
  Object.assign(screen, { connected, refused });
  if (refused) setTimeout(() => screen.refused && location.reload(), 5_000);
  draw();
}

function draw() {
  const own = screen.board?.windows[number];
  render(html`${screen.connected || !screen.board ? nothing : html`<p class="lost" role="alert" data-lost><strong>连接中断</strong><span lang="en">Connection lost</span></p>`}
    ${own ? face(own) : html`<main class="face is-closed" data-state="none"><header>${sign()}</header>
      <p class="big"><span>${screen.board ? "本窗口已撤销" : "正在连接…"}</span></p></main>`}`, root);
}

const sign = () => html`<p class="sign"><b class="number">${number}</b><span>号窗口<i lang="en">Window</i></span></p>`;

function face(own) {
  const state = stateOf(own);
  const [words, en] = STATES[state];
  const news = state === "called" && line.now() - screen.calledAt < NEWS_MS;
  return html`<main class="face is-${state} ${screen.connected ? "" : "is-stale"}" data-state=${state} data-number=${own.ticket ?? ""} aria-live="polite">
    <header>${sign()}<p class="serves"><span>${root.dataset.serves || root.dataset.name}</span><span lang="en">${root.dataset.servesEn}</span></p></header>
    ${own.ticket
      ? keyed(screen.calls, html`<p class="big number ${news ? "is-fresh" : ""} ${own.ticket.length > 4 ? "is-long" : ""}" data-fresh=${String(news)}>${own.ticket}</p>`)
      : html`<p class="big"><span>${words}</span><span lang="en">${en}</span></p>`}
    ${own.ticket ? html`<p class="state"><span>${words}</span><span lang="en">${en}</span></p>` : nothing}
  </main>`;
}

line = connectHall({
  onSnapshot(snapshot) {
    screen.board = fromSnapshot(snapshot);
    draw();
  },
  onEvent,
  onStatus,
});
draw();
setInterval(draw, 1_000);
