// The commands as buttons. A button that cannot be pressed stays where it is and says why on hover and focus.

import { html, nothing } from "lit";

import { t } from "/static/ui/lang.js";
import { COMMANDS, likely, noShowGate, whyNot } from "./commands.js";

export function actionBar(desk) {
  const best = likely(desk);
  const row = (number) => COMMANDS.filter((command) => command.row === number).map((one) => button(one, desk, best));
  return html`<div class="card actions">
    <div class="actions-person" role="group" aria-label=${t("办事人", "The person")}>${row(1)}</div>
    <div class="actions-window" role="group" aria-label=${t("窗口", "The window")}>
      <span class="actions-label">${t("窗口", "Window")}</span>${row(2)}
    </div>
  </div>`;
}

function button(command, desk, best) {
  const why = whyNot(command, desk);
  const busy = desk.pending === command.id;
  const tone = command.id === best ? (command.id === "next" || command.id === "finish-next" ? "call" : "primary") : "";
  return html`<button
    type="button"
    class="button act act-${command.id} ${tone}"
    data-command=${command.id}
    aria-disabled=${why ? "true" : "false"}
    aria-busy=${busy ? "true" : "false"}
    aria-keyshortcuts=${command.key}
    data-why=${why && !desk.pending ? why : nothing}
    @click=${(event) => give(event, command, desk)}
  >
    <kbd>${command.key}</kbd>
    <span class="act-words">
      <span class="act-name">${t(name(command, desk).zh, name(command, desk).en)}</span>
      ${note(command, desk)}
    </span>
  </button>`;
}

// "Open" is "go on" when the window was open a moment ago.
function name(command, desk) {
  const resumes = command.id === "open" && ["paused", "draining"].includes(desk.window.state);
  return resumes ? { zh: "恢复叫号", en: "Go on" } : command;
}

function note(command, desk) {
  if (desk.pending === command.id) return html`<span class="act-note"><span class="spinner"></span></span>`;
  if (command.id === "recall" && desk.ticket?.state === "called") {
    const { wait } = noShowGate(desk);
    if (wait > 0) return html`<span class="act-note">${t(`${Math.ceil(wait / 1000)} 秒后计次`, `counts in ${Math.ceil(wait / 1000)} s`)}</span>`;
  }
  if (command.id === "no-show" && desk.ticket?.state === "called") {
    const { calls, wait } = noShowGate(desk);
    if (calls > 0) return html`<span class="act-note">${t(`再叫 ${calls} 次`, `${calls} more call(s)`)}</span>`;
    if (wait > 0) return html`<span class="act-note">${t(`${Math.ceil(wait / 1000)} 秒后`, `in ${Math.ceil(wait / 1000)} s`)}</span>`;
  }
  if (command.id === "unpark" && desk.view.parked.length) {
    return html`<span class="act-note">${t(`${desk.view.parked.length} 人`, `${desk.view.parked.length} parked`)}</span>`;
  }
  return nothing;
}

function give(event, command, desk) {
  // Enter on a focused button that was just pressed must not press it again by key repeat.
  if (event.detail === 0 && desk.pending) return;
  event.currentTarget.dispatchEvent(new CustomEvent("command", { bubbles: true, detail: { command, desk } }));
}
