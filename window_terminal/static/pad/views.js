// What the pad shows, as templates: resting, the five buttons, the reasons under a low score, thanks.

import { html, nothing } from "lit";
import { face, tick } from "./faces.js";

const both = (zh, en) => html`${zh}<span class="en" lang="en">${en}</span>`;

/** The frame of every screen. `hall`: {zh, en}; `note`: a strip for what is wrong, or nothing. */
export function frame({ hall, window, note, body }) {
  return html`<header class="top">
      <p class="top-hall"><b>${hall.zh}</b><span lang="en">${hall.en}</span></p>
      ${window ? html`<p class="top-window"><b class="number">${window}</b> 号窗口 <span lang="en">Window ${window}</span></p>` : nothing}
    </header>
    ${note ? html`<p class="strip ${note.kind}" role="alert">${note.zh}<span lang="en">${note.en}</span></p>` : nothing}
    ${body}`;
}

const STATES = {
  open: ["办理完成后，请在这里评价本次服务", "When we have finished, please tell us here how it went"],
  draining: ["办理完成后，请在这里评价本次服务", "When we have finished, please tell us here how it went"],
  paused: ["本窗口暂停服务，请稍候", "This window is paused. Please wait"],
  closed: ["本窗口未开放，请留意叫号屏", "This window is closed. Please watch the call board"],
};

export function resting(pad, scores) {
  const [zh, en] = STATES[pad.state] ?? STATES.open;
  const here = pad.clerk_name && pad.state !== "closed";
  return html`<main class="rest" data-view="rest">
    <div class="rest-number"><b class="number">${pad.window}</b><span>号窗口</span><span class="en" lang="en">Window ${pad.window}</span></div>
    <div class="rest-words">
      ${here ? html`<p class="rest-label">为您服务 <span lang="en">Serving you</span></p><p class="rest-clerk" data-clerk>${pad.clerk_name}</p>`
        : html`<p class="rest-clerk">您好</p>`}
      <h1 class="rest-say">${both(zh, en)}</h1>
      <div class="rest-faces" aria-hidden="true">${scores.map(({ score }) => face(score))}</div>
    </div>
  </main>`;
}

/** Five equal buttons, always in the hall's order: none is larger, brighter or nearer. */
export function asking(invitation, scores, { left, total, busy }, acts) {
  return html`<main class="ask" data-view="ask">
    <div class="ask-head"><h1>${invitation.case ? both("请评价这次办件", "How did your case go?") : both("请评价本次服务", "How was our service?")}</h1>${about(invitation)}</div>
    <div class="scores" role="group" aria-label="评价 Rating">${scores.map(({ score, zh, en }) => html`
      <button type="button" class="score" data-score=${score} ?disabled=${busy} @click=${() => acts.choose(score)}>
        ${face(score)}<span class="score-zh">${zh}</span><span class="score-en" lang="en">${en}</span></button>`)}</div>
    ${foot(left, total, html`<button type="button" class="quiet" data-skip @click=${acts.skip}>不评价 <span lang="en">Skip</span></button>`)}
  </main>`;
}

function about({ clerk_name, item, item_en, number, case: ofCase }) {
  return html`<dl class="about">
    ${clerk_name ? html`<div><dt>服务人员 <span lang="en">Served by</span></dt><dd data-clerk>${clerk_name}</dd></div>` : nothing}
    <div class="about-item"><dt>办理事项 <span lang="en">For</span></dt><dd data-item>${item}${item_en && item_en !== item ? html`<span class="en" lang="en">${item_en}</span>` : nothing}</dd></div>
    <div><dt>${ofCase ? html`公示号 <span lang="en">Case</span>` : html`号码 <span lang="en">Number</span>`}</dt><dd class="number">${number}</dd></div>
  </dl>`;
}

/** Quiet: a line that grows shorter, and the seconds in small print. Nobody's tap is no rating. */
function foot(left, total, more) {
  return html`<footer class="foot">
    <svg class="left" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="1" /><rect class="still" width=${Math.max(0, (100 * left) / total)} height="1" /></svg>
    <p role="timer"><b class="number" data-left>${Math.ceil(left)}</b> 秒内不点，即为未评价 <span lang="en">No tap within ${Math.ceil(left)} s: no rating is kept</span></p>
    ${more}
  </footer>`;
}

export function why(form, pad, scores, { left, busy, length, most }, acts) {
  const chosen = scores.find(({ score }) => score === form.score);
  return html`<main class="why" data-view="why">
    <div class="why-head">
      ${face(form.score)}
      <h1>${chosen.zh}<span class="en" lang="en">${chosen.en}</span></h1>
      <button type="button" class="quiet" data-back ?disabled=${busy} @click=${acts.back}>重新选择 <span lang="en">Change</span></button>
    </div>
    <p class="why-ask">哪里让您不满意？可多选，也可不选 <span lang="en">What went wrong? Choose any, or none</span></p>
    <div class="tags" role="group" aria-label="原因 Reasons">${pad.tags.map((tag) => html`
      <button type="button" class="tag" data-tag=${tag.id} aria-pressed=${String(form.tags.has(tag.id))}
        ?disabled=${!form.tags.has(tag.id) && form.tags.size >= most} @click=${() => acts.tag(tag.id)}>
        <span>${tag.name}</span><span class="en" lang="en">${tag.name_en}</span></button>`)}</div>
    <label class="comment"><span>想说的话（可不填） <i lang="en">In your own words, if you like</i></span>
      <textarea id="comment" rows="2" maxlength=${length} enterkeyhint="done" .value=${form.comment} @input=${acts.type}></textarea></label>
    <div class="why-foot">
      <p>窗口工作人员看不到是谁、评了什么 <span lang="en">Window staff cannot see who said what</span></p>
      <p class="why-left" role="timer"><b class="number" data-left>${Math.ceil(left)}</b> 秒后自动提交 <span lang="en">sends itself in ${Math.ceil(left)} s</span></p>
      <button type="button" class="send" data-send ?disabled=${busy} @click=${acts.send}>提交 <span lang="en">Send</span></button>
    </div>
  </main>`;
}

export function thanking(already) {
  return html`<main class="thanks" data-view="thanks" role="status">${tick}
    <h1>${already ? both("本次服务已评价过", "This service was rated already") : both("感谢您的评价", "Thank you for telling us")}</h1>
    <p>祝您生活愉快 <span lang="en">Have a good day</span></p></main>`;
}

/** The demo's account and managers choose whose pad to be; a paired pad never sees this. */
export function choosing(windows) {
  return html`<main class="choose" data-view="choose"><h1>${both("这是几号窗口的评价器？", "Which window's pad is this?")}</h1>
    <nav class="choose-list" aria-label="窗口 Windows">${windows.map((number) => html`<a class="number" href="/pad?window=${number}">${number}</a>`)}</nav></main>`;
}

export function connecting() {
  return html`<main class="thanks" data-view="connecting"><p>正在连接… <span lang="en">Connecting…</span></p></main>`;
}
