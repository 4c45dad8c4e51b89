// 进度公示 on the wall: every case's item, department, state and days, names masked; ten a page, turning by itself.

import { html, nothing, render } from "lit";
import { get } from "/static/ui/api.js";
import { connectHall } from "/static/ui/hall-socket.js";
import { qrSvg } from "/static/ui/qr.js";

const PAGE = 10;
const TURN_MS = 10_000;
const CALM_MS = 60_000;
const BUSY_MS = 2_000; // at most this often while cases move
const LOOK = {
  correction: "warn", suspended: "warn", awaiting_visit: "warn", approved: "ok", at_issue: "ok", sent: "ok",
  collected: "over", closed: "over", withdrawn: "over", rejected: "bad", refused: "bad", terminated: "bad",
};
const root = document.querySelector("#wall");
const names = root.dataset;
const board = { cases: null, page: 0, since: null };
document.documentElement.dataset.theme = "dark";

let timer = 0;
let asking = false;
async function read() {
  clearTimeout(timer);
  if (asking) return;
  asking = true;
  try {
    board.cases = (await get("/progress", { stay: true, attempts: 1, background: true })).cases;
    board.since = null;
  } catch (refusal) {
    if (refusal.status === 401 || refusal.status === 403) location.reload();
    board.since ??= new Date();
  }
  asking = false;
  timer = setTimeout(read, CALM_MS);
  draw();
}
function soon() {
  clearTimeout(timer);
  timer = setTimeout(read, BUSY_MS);
}

const pages = () => Math.max(1, Math.ceil((board.cases?.length ?? 0) / PAGE));
const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: names.timeZone, hour: "2-digit", minute: "2-digit", hour12: false });
const date = new Intl.DateTimeFormat("zh-CN", { timeZone: names.timeZone, month: "long", day: "numeric", weekday: "long" });
const day = (iso) => (iso ? `${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日` : "—");

function row(one) {
  const decided = one.decided_day;
  return html`<li class="case-row" data-case=${one.board_number}>
    <span class="case-name">${one.item_name}</span><span class="case-department">${one.department}</span>
    <span>${one.applicant}</span><span class="number">${one.board_number}</span><span class="case-day">${day(one.accepted_day)}</span>
    <span class="case-day">${decided ? html`${day(decided)} <small>办结</small>` : html`${day(one.due_day)}${one.due_provisional ? html` <small>暂定</small>` : nothing}`}</span>
    <span class="case-state ${LOOK[one.state] ?? ""}">${one.state_zh}</span></li>`;
}

function rows() {
  if (!board.cases) return html`<p class="none">正在打开… <span lang="en">Loading…</span></p>`;
  if (!board.cases.length) return html`<p class="none">现在没有在办的办件<span lang="en">No cases under way right now</span></p>`;
  board.page %= pages();
  const head = (zh, en) => html`<span>${zh}<i lang="en">${en}</i></span>`;
  return html`<div class="case-head">${head("事项", "Item")}${head("办理部门", "Department")}${head("申请人", "Applicant")}${head("公示号", "Number")}
      ${head("受理", "Accepted")}${head("最迟办好", "Decided by")}${head("状态", "State")}</div>
    <ol class="case-rows">${board.cases.slice(board.page * PAGE, (board.page + 1) * PAGE).map(row)}</ol>`;
}

function draw() {
  const now = new Date();
  render(html`<header class="top">
      <div class="hall"><div class="hall-name"><strong>${names.hall}</strong><span lang="en">${names.hallEn}</span></div><h1 class="progress-title">办件进度公示</h1></div>
      <div class="when"><span class="date">${date.format(now)}</span><time class="clock number">${clock.format(now)}</time></div>
    </header>
    ${board.since ? html`<p class="lost" role="alert"><strong>连接中断</strong><span>自 ${clock.format(board.since)} 起未更新，以窗口答复为准</span><span lang="en">Not updated since ${clock.format(board.since)}</span></p>` : nothing}
    <main class="progress ${board.since ? "is-stale" : ""}">${rows()}
      <footer class="progress-foot">${qrSvg(names.address)}<span>公示号在受理通知书上 · 扫码查自己的办件：编码和手机号后四位 <span lang="en">Scan to look up your own case</span></span>
        <b class="progress-page number" data-page=${board.page + 1}>${board.cases?.length ? `第 ${board.page + 1} / ${pages()} 页 · 共 ${board.cases.length} 件` : ""}</b></footer>
    </main>`, root);
}

draw();
read();
connectHall({
  onSnapshot: soon,
  onEvent: (event) => event.type.startsWith("case.") && soon(),
  onStatus: ({ connected }) => connected || soon(),
});
setInterval(() => {
  board.page = (board.page + 1) % pages();
  draw();
}, TURN_MS);
setInterval(draw, 5_000);
