// The pad at a window: rests, asks when its window finishes a service or hands a result over, and rests again. It never rates by itself:
// thirty seconds without a tap is no rating. Who collects a result signs on it (signature.js).

import { html, render } from "lit";
import { get, intention, post } from "ui/api.js";
import { connectHall } from "ui/hall-socket.js";
import { Signature } from "./signature.js";
import { asking, choosing, connecting, frame, resting, thanking, why } from "./views.js";

const TICK_MS = 250;
const THANKS_MS = 5_000;
const READ_MS = 8_000; // a sentence that says what went wrong is read in this time
const GATHER_MS = 80; // "finish" and the next "called" come together
const AGAIN_MS = 10_000;
const SAFETY_MS = 4_000; // what was begun is handed in this long before the server would refuse it
const COMMENT_LENGTH = 200;
const root = document.querySelector("#pad");
const data = JSON.parse(document.querySelector("#page-data").textContent);
const hall = { zh: root.dataset.hall, en: root.dataset.hallEn };
const query = data.paired ? "" : `?window=${data.window}`;

// `asked` is the invitation on the screen; `done` the ids (tickets and cases share none) it is through with, however they ended.
const pad = { seen: null, view: "rest", asked: null, done: new Set(), form: null, until: 0, last: 0, busy: false, trouble: null };
const line = { connected: true, refused: false, offset: 0 };
const now = () => Date.now() + line.offset;
const signature = new Signature({ query, window: data.paired ? {} : { window: data.window }, changed: () => draw() });
let gathering = 0;

// ------------------------------------------------------------------------------------------------ the hall

async function read() {
  try {
    const seen = await get(`/pad${query}`, { stay: true, attempts: 2, background: true });
    line.offset = Date.parse(seen.now) - Date.now();
    pad.seen = seen;
    pad.trouble = null;
    invite(seen.invitation);
    await signature.read();
  } catch (refusal) {
    if (refusal.status === 401 || refusal.status === 403) line.refused = true;
    else if (!refusal.offline) pad.trouble = refusal;
    setTimeout(readSoon, AGAIN_MS);
  }
  draw();
}

function readSoon() {
  clearTimeout(gathering);
  gathering = setTimeout(read, GATHER_MS);
}

/** What is rated: a ticket's service, or a case whose result was handed over. */
const subject = (invitation) => invitation?.ticket ?? invitation?.case;

/** A new finish replaces an old invitation; what was rated elsewhere meanwhile is no longer asked. */
function invite(invitation) {
  if (invitation && !pad.done.has(subject(invitation)) && subject(invitation) !== subject(pad.asked)) {
    // A low score that was tapped counts: nobody can finish the next one quickly to make it go away.
    if (pad.view === "why" && !pad.busy) say(pad.asked, pad.form).catch(() => null);
    const until = Date.parse(invitation.until);
    Object.assign(pad, { view: "ask", asked: invitation, form: null, busy: false, until, last: until + (data.grace * 1000 - SAFETY_MS) });
  } else if (!invitation && pad.view === "ask" && !pad.busy) {
    rest();
  }
}

function onEvent({ type, data: said }) {
  if (type === "hall.reloaded" || said.window === pad.seen?.window || said.window === data.window) readSoon();
}

function onStatus({ connected, refused }) {
  Object.assign(line, { connected, refused });
  if (refused) setTimeout(() => line.refused && location.reload(), 5_000); // leads to pairing
  draw();
}

// ------------------------------------------------------------------------------------------------ the citizen

function rest() {
  if (pad.asked) pad.done.add(subject(pad.asked));
  Object.assign(pad, { view: "rest", asked: null, form: null, busy: false });
}

const acts = {
  choose(score) {
    if (pad.busy) return;
    pad.form = { score, tags: new Set(), comment: "", key: intention() };
    if (score > data.low) {
      send();
      return;
    }
    pad.view = "why";
    touched();
  },
  back() {
    Object.assign(pad, { view: "ask", form: null });
    touched();
  },
  tag(id) {
    const { tags } = pad.form;
    if (!tags.delete(id)) tags.add(id);
    pad.form.key = intention();
    touched();
  },
  type(event) {
    pad.form.comment = event.target.value;
    pad.form.key = intention();
    touched();
  },
  skip() {
    rest();
    draw();
  },
  send: () => send(),
};

/** Whoever is still touching is still here; but not for ever, the next citizen waits. */
function touched() {
  pad.until = Math.max(pad.until, Math.min(now() + pad.seen.seconds * 1000, pad.last));
  draw();
}

async function send() {
  if (pad.busy || !pad.form) return;
  const { form, asked } = pad;
  Object.assign(pad, { busy: true, trouble: null });
  draw();
  try {
    await say(asked, form);
    thank(asked, false);
  } catch (refusal) {
    if (pad.asked !== asked) return;
    Object.assign(pad, { busy: false, until: Math.max(pad.until, now() + READ_MS) });
    if (refusal.code === "evaluated_already") thank(asked, true);
    else pad.trouble = refusal;
    if (pad.view === "ask") pad.form = null;
  }
  draw();
}

function say(asked, form) {
  const body = { ...(asked.case ? { case: asked.case } : { ticket: asked.ticket }), score: form.score };
  if (form.tags.size) body.tags = [...form.tags];
  if (form.comment.trim()) body.comment = form.comment.trim();
  if (!data.paired) body.window = data.window;
  return post(asked.case ? "/pad/case-evaluations" : "/pad/evaluations", body, { key: form.key, stay: true });
}

function thank(asked, already) {
  pad.done.add(subject(asked));
  if (pad.asked !== asked) return; // somebody else is being asked by now
  Object.assign(pad, { view: already ? "already" : "thanks", until: now() + THANKS_MS, busy: false });
}

// ------------------------------------------------------------------------------------------------ time

function tick() {
  if (pad.view === "rest" || pad.busy) return;
  if (now() >= pad.until) timeUp();
  draw();
}

/** Untapped: no rating. A low score that was tapped was said: it goes as it stands, unless it could not be sent. */
function timeUp() {
  if (pad.view === "why" && !pad.trouble) send();
  else {
    pad.trouble = null;
    rest();
  }
}

// ------------------------------------------------------------------------------------------------ drawing

function note() {
  if (!line.connected) return { kind: "bad", zh: "连接中断，恢复后自动继续", en: "Connection lost; it goes on by itself" };
  const trouble = signature.asked ? signature.trouble : pad.trouble;
  if (trouble) return { kind: "bad", zh: trouble.zh, en: trouble.en };
  if (data.staff) return { kind: "info", zh: "工作人员查看：可以看，不能代群众评价", en: "Signed in as staff: to look at, not to rate" };
  return null;
}

function body() {
  if (!pad.seen) return connecting();
  const left = Math.max(0, (pad.until - now()) / 1000);
  // Somebody stands there with a clerk who waits: that goes before a rating, except one that is being written.
  if (signature.asked && pad.view !== "why") return signature.view();
  if (pad.view === "ask") return asking(pad.asked, data.scores, { left, total: pad.seen.seconds, busy: pad.busy }, acts);
  if (pad.view === "why") return why(pad.form, pad.seen, data.scores, { left, busy: pad.busy, length: COMMENT_LENGTH, most: data.most_tags }, acts);
  if (pad.view === "rest") return resting(pad.seen, data.scores);
  return thanking(pad.view === "already");
}

function draw() {
  render(html`${frame({ hall, window: pad.view === "rest" && !signature.asked ? null : pad.seen?.window, note: note(), body: body() })}`, root);
}

if (data.window) {
  connectHall({ onSnapshot: readSoon, onEvent, onStatus });
  setInterval(tick, TICK_MS);
  setInterval(() => signature.asked && !signature.busy && readSoon(), AGAIN_MS); // the clerk may have called it off
  draw();
} else {
  render(frame({ hall, window: null, note: null, body: choosing(data.windows) }), root);
}
