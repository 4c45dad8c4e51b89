// The person at the window, large; or what the window is doing when nobody is there.

import { html, nothing } from "lit";

import { minutesText, serverNow } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";
import { correctPhone } from "./actions.js";
import { noShowGate } from "./commands.js";
import { showDecisions } from "./dialogs.js";
import { visitLine } from "./visit.js";
import { channel, clockText, itemName, people, sectionName, ticketState, timeText, windowName } from "./words.js";

export function person(desk) {
  return html`<article class="card person ${desk.ticket?.state ?? desk.window.state}" aria-live="polite">
    ${desk.ticket ? atWindow(desk, desk.ticket) : nobody(desk)}
  </article>`;
}

function atWindow(desk, ticket) {
  return html`
    <div class="person-head">
      <div>
        <p class="person-state">
          <span class="badge ${ticket.state}" data-testid="ticket-state">${ticketState(ticket.state)}</span>
          ${ticket.state === "called"
            ? html`<span>${t(`第 ${ticket.calls} 次呼叫`, `call ${ticket.calls}`)}</span>`
            : html`<span class="muted">${t(`叫过 ${ticket.calls} 次`, `${ticket.calls} call(s)`)}</span>`}
          ${priorityBadge(desk, ticket)}
        </p>
        <p class="person-number number" data-testid="current-number">${ticket.number}</p>
      </div>
      ${ticket.state === "serving" ? servingClock(desk, ticket) : calledClock(desk, ticket)}
    </div>
    <p class="person-item" data-testid="current-item">
      ${itemName(desk.hall, ticket) || t("未选具体事项", "No item chosen")}
      <span class="muted">${sectionName(desk.hall, ticket.section, ticket.section_name)}</span>
    </p>
    ${visitLine(desk)} ${facts(desk, ticket)}
  `;
}

function priorityBadge(desk, ticket) {
  if (!ticket.priority) return nothing;
  const known = desk.hall.priorities?.find((one) => one.id === ticket.priority);
  const name = known ? t(known.name, known.name_en) : t("绿色通道", "Priority");
  const reason = ticket.priority_reason;
  return html`<span class="badge person-priority">★ ${name}${reason ? html`：${reason}` : nothing}</span>`;
}

/** Expected minutes of service: what the ticket carries, else its item's, else the mean of its section's items. */
export function expectedMinutes(desk, ticket) {
  if (ticket.service_minutes) return ticket.service_minutes;
  const items = desk.hall.items ?? [];
  const own = items.find((item) => item.id === ticket.item);
  if (own) return own.expected_minutes;
  const section = items.filter((item) => item.section === ticket.section);
  return section.length ? section.reduce((sum, item) => sum + item.expected_minutes, 0) / section.length : null;
}

function servingClock(desk, ticket) {
  const elapsed = serverNow() - Date.parse(ticket.started_at) - (ticket.parked_seconds ?? 0) * 1000;
  const expected = expectedMinutes(desk, ticket);
  const part = expected ? elapsed / 60_000 / expected : 0;
  const tone = part > 1.5 ? "late" : part > 1 ? "over" : "";
  return html`<div class="clock ${tone}" data-testid="clock">
    <p class="clock-label">${t("办理用时", "Serving")}</p>
    <p class="clock-time number">${clockText(elapsed)}</p>
    ${expected
      ? html`<progress class="clock-bar" max="1" .value=${Math.min(1, part)}></progress>
          <p class="clock-note">
            ${t("预计", "expected")} ${minutesText(expected)}${part > 1
              ? html` · <b>${t("已超", "over by")} ${minutesText(elapsed / 60_000 - expected)}</b>`
              : nothing}
          </p>`
      : nothing}
  </div>`;
}

function calledClock(desk, ticket) {
  const { calls, wait } = noShowGate(desk);
  const seconds = Math.ceil(wait / 1000);
  let note = t("可以过号", "No-show allowed");
  if (calls > 0) note = t(`还要再叫 ${calls} 次才能过号`, `${calls} more call(s) before a no-show`);
  else if (seconds > 0) note = t(`${seconds} 秒后可以过号`, `No-show in ${seconds} s`);
  return html`<div class="clock called" data-testid="clock">
    <p class="clock-label">${t("距上次呼叫", "Since the last call")}</p>
    <p class="clock-time number">${clockText(serverNow() - Date.parse(ticket.called_at))}</p>
    <p class="clock-note">${note}</p>
  </div>`;
}

function facts(desk, ticket) {
  const fact = (label, value) => (value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : nothing);
  const waited = (Date.parse(ticket.called_at) - Date.parse(ticket.taken_at)) / 60_000;
  const planned = ticket.planned_window;
  return html`<div class="facts-row">
    <dl class="facts">
    <div>
      <dt>${t("手机", "Phone")}</dt>
      <dd>
        ${ticket.phone || t("未留", "none")}
        <button class="link" @click=${() => correctPhone(desk, ticket)}>${ticket.phone ? t("更正", "Correct") : t("补填", "Add")}</button>
      </dd>
    </div>
    ${fact(t("取号", "Taken"), `${timeText(ticket.taken_at)} ${channel(ticket.channel)}`)}
    ${fact(t("等候", "Waited"), Number.isNaN(waited) ? "" : minutesText(waited))}
    ${fact(
      t("预计窗口", "Planned window"),
      planned ? windowName(planned) + (planned === desk.number ? "" : t("（改由本窗叫）", " (called here)")) : "",
    )}
    ${fact(t("过号", "No-shows"), ticket.no_shows ? t(`${ticket.no_shows} 次`, String(ticket.no_shows)) : "")}
    </dl>
    <button class="button quiet" @click=${() => showDecisions(ticket)}>
      ${t("为什么由本窗叫", "Why this window")} <kbd>W</kbd>
    </button>
  </div>`;
}

function nobody(desk) {
  const { window: w, view } = desk;
  const first = (w.state === "draining" ? null : view.whole_line[0]) ?? view.line[0];
  const said = {
    open: () => ["空闲", "Free", upNext(desk, first)],
    draining: () => [
      "收号中",
      "Draining",
      view.line.length
        ? t(`本窗还有 ${people(view.line.length)}，叫完自动关窗。`, `${people(view.line.length)} left; the window then closes by itself.`)
        : t("本窗已经叫完。", "Your line is done."),
    ],
    paused: () => [
      "暂停中",
      "Paused",
      html`<b>${w.reason}</b>　${t("按 F1 恢复叫号。", "Press F1 to go on.")}`,
    ],
    closed: () => ["未开窗", "Closed", t("按 F1 开窗，开始叫号。", "Press F1 to open and start calling.")],
  }[w.state]?.() ?? [w.state, w.state, ""];
  return html`<div class="nobody">
    <p class="nobody-state" data-testid="nobody">${t(said[0], said[1])}</p>
    <p class="nobody-words">${said[2]}</p>
    ${w.state === "paused"
      ? html`<p class="nobody-clock number">${clockText(serverNow() - Date.parse(w.state_since))}</p>`
      : nothing}
  </div>`;
}

function upNext(desk, first) {
  if (!first) return t("现在没有人等候。", "Nobody is waiting.");
  const { line, whole_line: whole } = desk.view;
  return html`${t("本窗等候", "Your line")} <b>${people(line.length)}</b>　${t("可办理的共", "All you can serve")}
    <b>${people(whole.length)}</b>${first.item_name || first.number
      ? html`<span class="up-next">
          ${t("排在最前", "First in line")} <b class="number">${first.number}</b>
          ${itemName(desk.hall, first) || sectionName(desk.hall, first.section, first.section_name)}
        </span>`
      : nothing}`;
}
