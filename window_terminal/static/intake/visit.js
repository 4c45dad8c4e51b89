// Who is at the window while the papers are taken in: the ticket, how long, who waits; and the keys that end the visit.

import { get, post, serverNow } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { connectHall } from "ui/hall-socket.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";

const LATER_MS = 1500;
const SAFETY_MS = 30_000;

export class Visit extends EventTarget {
  constructor(number) {
    super();
    this.number = number;
    this.view = null;
    this.connected = null;
    this.since = null;
    this.timer = 0;
    this.busy = false;
    this.started = false;
  }

  get ticket() {
    return this.view?.ticket ?? null;
  }

  get home() {
    return this.number === null ? "/cases" : `/terminal?window=${this.number}`;
  }

  async start() {
    if (this.started) return;
    this.started = true;
    connectHall({
      onSnapshot: () => this.soon(0),
      onEvent: (event) => {
        if (event.type === "result.signed") this.dispatchEvent(new CustomEvent("signed", { detail: event.data }));
        if (event.type === "ticket.form_filled" && event.data.id === this.ticket?.id) this.dispatchEvent(new Event("filled"));
        this.soon(LATER_MS);
      },
      onStatus: ({ connected, since }) => {
        this.connected = connected;
        this.since = connected ? null : (since ?? new Date(serverNow()));
        this.dispatchEvent(new Event("change"));
        if (connected) this.dispatchEvent(new Event("back"));
      },
    });
    setInterval(() => this.refresh(), SAFETY_MS);
    await this.refresh();
  }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), ms);
  }

  async refresh() {
    if (this.number === null) return;
    try {
      this.view = await get(`/windows/${this.number}`, { background: true, attempts: 1 });
      this.dispatchEvent(new Event("change"));
    } catch {
      // the strip says so when the line is down; the intake goes on
    }
  }

  /** F8, F9: the visit ends; drafts left open are named first. @param {string[]} unfinished */
  async finish(next, unfinished) {
    const { ticket } = this;
    if (!ticket || this.busy) return;
    if (unfinished.length) {
      const sure = await confirmDialog({
        title: t(`${ticket.number} 还有没办完的办件，要办结号票吗？`, `${ticket.number} has unfinished matters. End the visit?`),
        text: `${unfinished.join("\n")}\n${t("草稿都已保存，以后可在“办件”里继续。", "The drafts are kept; go on with them under Cases.")}`,
        yes: t("办结号票", "End the visit"),
      });
      if (!sure) return;
    }
    this.busy = true;
    try {
      if (next) await post(`/windows/${this.number}/next`, { finish: true, ticket: ticket.id });
      else await post(`/windows/${this.number}/finish`, { ticket: ticket.id });
      location.assign(this.home);
    } catch (refusal) {
      this.busy = false;
      toastRefusal(refusal);
      this.soon(0);
    }
  }
}
