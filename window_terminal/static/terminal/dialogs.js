// Questions only the terminal asks: which parked person, who takes over, why this window.

import { html, nothing, render } from "lit";

import { get } from "/static/ui/api.js";
import { showDialog } from "/static/ui/dialog.js";
import { lang, t } from "/static/ui/lang.js";
import { timeText, timeTextFull } from "./words.js";

/** Which of several parked people comes back? Resolves with the ticket or null. Keys 1–9 pick. */
export function askParked(parked) {
  return showDialog(t("取回哪一位？", "Bring back whom?"), (box, done) => {
    render(
      html`<ol class="pick" @keydown=${(event) => parked[Number(event.key) - 1] && done(parked[Number(event.key) - 1])}>
        ${parked.map(
          (ticket, index) => html`<li>
            <button class="pick-row" ?autofocus=${index === 0} @click=${() => done(ticket)}>
              <kbd>${index + 1}</kbd> <b class="number">${ticket.number}</b> <span>${ticket.item_name ?? ""}</span>
              <span class="muted small">${timeText(ticket.taken_at)}</span>
            </button>
          </li>`,
        )}
      </ol>`,
      box,
    );
    box.addEventListener("keydown", moveFocus);
  });
}

// ↑ and ↓ walk through the rows of a dialog.
function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const rows = [...event.currentTarget.querySelectorAll(".pick-row")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}

/** Who takes over? Resolves with {username, here} (here: they sit down at this machine) or null. */
export function askHandOver(desk) {
  const title = t(`${desk.number}号窗口交接`, `Hand over window ${desk.number}`);
  return showDialog(title, (box, done) => {
    const submit = (event) => {
      event.preventDefault();
      const form = event.currentTarget;
      const username = form.username.value.trim();
      if (username) done({ username, here: form.here.checked });
      else form.username.focus();
    };
    const stays = desk.ticket
      ? t(`${desk.ticket.number} 留在窗口，由接班人继续办理。`, `${desk.ticket.number} stays at the window.`)
      : t("本窗的队列和挂起的号都留给接班人。", "The line and parked people stay with the window.");
    render(
      html`<form @submit=${submit}>
        <p class="dialog-text">${stays}</p>
        <div class="field">
          <label for="hand-over-to">${t("接班人的账号", "User name of the next clerk")}</label>
          <input id="hand-over-to" name="username" maxlength="64" autocomplete="off" autocapitalize="none" spellcheck="false" autofocus required />
        </div>
        <label class="check"><input type="checkbox" name="here" checked /> ${t("接班人就在这台电脑登录（我退出）", "They sign in on this computer (I sign out)")}</label>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => done(null)}>${t("取消", "Cancel")}</button>
          <button class="button primary" type="submit">${t("交接", "Hand over")}</button>
        </div>
      </form>`,
      box,
    );
  });
}

/** Another mobile number for a ticket: resolves with its digits ("" removes it), or null. */
export function askPhone(ticket) {
  return showDialog(t(`${ticket.number} 的手机号`, `Phone of ${ticket.number}`), (box, done) => {
    const submit = (event) => {
      event.preventDefault();
      done(event.currentTarget.phone.value.replace(/[\s-]/g, ""));
    };
    render(
      html`<form @submit=${submit}>
        <div class="field">
          <label for="new-phone">${t("新手机号", "New mobile number")}</label>
          <input id="new-phone" name="phone" inputmode="tel" maxlength="20" autocomplete="off" autofocus />
          <p class="hint">${ticket.phone ? t(`原来：${ticket.phone}。留空则不再发短信。`, `Now ${ticket.phone}. Leave empty for no messages.`) : t("11 位，1 开头。", "11 digits, beginning with 1.")}</p>
        </div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => done(null)}>${t("取消", "Cancel")}</button>
          <button class="button primary" type="submit">${t("更正", "Correct")}</button>
        </div>
      </form>`,
      box,
    );
  });
}

/** Everything decided about a ticket and why, newest last. What a clerk wrote is in the ticket, never in the log. */
export function showDecisions(ticket) {
  const title = t(`${ticket.number} 为什么由这个窗口叫`, `${ticket.number}: why this window`);
  return showDialog(
    title,
    (box, done) => {
      const show = (body) =>
        render(
          html`${ticket.reason ? html`<p class="dialog-text">${t(ticket.reason, ticket.reason_en)}</p>` : nothing}
            <div class="decisions" tabindex="-1" autofocus>${body}</div>
            <div class="dialog-actions"><button class="button primary" @click=${() => done(null)}>${t("关闭", "Close")}</button></div>`,
          box,
        );
      show(html`<p class="empty"><span class="spinner"></span></p>`);
      get(`/tickets/${ticket.id}/decisions`).then(
        ({ decisions }) => show(decisionList(decisions)),
        (refusal) => show(html`<p class="notice bad">${refusal.sentence}</p>`),
      );
    },
    { wide: true },
  );
}

const KINDS = {
  rank: ["排位", "place"],
  "ticket.taken": ["取号", "taken"],
  "ticket.assigned": ["派号", "assigned"],
  "ticket.rehomed": ["改派", "moved"],
  "ticket.called": ["叫号", "called"],
  "ticket.recalled": ["重呼", "called again"],
  "ticket.started": ["开始", "started"],
  "ticket.parked": ["挂起", "parked"],
  "ticket.unparked": ["取回", "brought back"],
  "ticket.transferred": ["转移", "transferred"],
  "ticket.no_show": ["过号", "no-show"],
  "ticket.returned": ["回队", "back in line"],
  "ticket.finished": ["办结", "finished"],
  "ticket.cancelled": ["取消", "cancelled"],
  "ticket.expired": ["失效", "expired"],
};

function decisionList(decisions) {
  if (!decisions.length) return html`<p class="empty">${t("还没有记录。", "Nothing recorded yet.")}</p>`;
  return html`<ol class="decision-list">
    ${decisions.map(
      (one) => html`<li>
        <time class="number">${timeTextFull(one.at)}</time>
        <span class="badge">${KINDS[one.type] ? t(...KINDS[one.type]) : one.type}</span>
        <span>${t(one.zh, one.en) || t("—", "—")}${lang() === "zh" && one.en ? html`<small class="en" lang="en">${one.en}</small>` : nothing}</span>
      </li>`,
    )}
  </ol>`;
}
