// "Call an attendant", on every screen: pressed once, shown until staff mark it as done.

import { html, svg } from "lit";
import { get, intention, post } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";

const WORDS = {
  none: ["呼叫工作人员", "Call an attendant"],
  calling: ["正在通知…", "Calling…"],
  called: ["已通知，请稍候", "On the way, please wait"],
  failed: ["没有通知到，请再按一次", "Not sent: press again"],
};

const icon = (path) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`;
const BELL = icon(svg`<path d="M5 17h14M7 17v-5a5 5 0 0 1 10 0v5M12 7V4.5M10 20h4" />`);
const TICK = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`);

export function attendantButton(app) {
  const step = app.state.attendant;
  return html`<button type="button" class="attendant ${step}" data-attendant=${step} aria-live="polite" aria-disabled=${step === "called"}
    @click=${() => call(app)}>${step === "called" ? TICK : BELL}${t(...WORDS[step])}</button>`;
}

async function call(app) {
  if (app.state.attendant === "called" || app.state.attendant === "calling") return;
  app.set({ attendant: "calling" });
  try {
    // The server keeps one open call a device, so trying again never calls twice.
    show(app, await post("/assistance", {}, { key: intention(), stay: true }));
  } catch {
    app.set({ attendant: "failed" });
  }
}

function show(app, answer) {
  app.attendantSubject = answer.subject;
  app.set({ attendant: answer.called ? "called" : "none" });
}

/** An event of the hall: staff came, or another page of this device called. */
export function attendantHeard(app, event) {
  if (!event.type.startsWith("alarm.") || event.data.kind !== "assistance") return;
  if (event.data.subject === app.attendantSubject) app.set({ attendant: event.type === "alarm.raised" ? "called" : "none" });
}

/** After a break nothing may be missed: ask how it stands. */
export async function attendantNow(app) {
  try {
    show(app, await get("/assistance", { stay: true, attempts: 1 }));
  } catch {
    // The next snapshot asks again.
  }
}
