// What the terminal knows: the window as the server last told it, and what is under way. It renders nothing.

import { get, serverNow } from "/static/ui/api.js";
import { connectHall } from "/static/ui/hall-socket.js";

const SOON_MS = 80; // an event at this window
const LATER_MS = 1500; // an event somewhere in the lines this window shares
const SAFETY_MS = 30_000; // ask anyway, should an event ever be lost
const LOST_MS = 3_000; // ask while the line is down

export class Desk extends EventTarget {
  constructor(number, me) {
    super();
    this.number = number;
    this.me = me;
    this.hall = { sections: [], items: [], windows: [] };
    this.view = null;
    this.problem = null; // a Refusal: the window could not be read
    this.pending = null; // id of the command under way
    this.connected = null; // null until the socket has said
    this.since = null;
    this.tab = "own";
    this.selected = null; // id of the unfolded row
    this.timer = 0;
    this.due = Infinity;
    this.queued = null;
    this.reading = null;
    this.latest = 0;
  }

  get window() {
    return this.view?.window ?? null;
  }

  get ticket() {
    return this.view?.ticket ?? null;
  }

  /** May this person command the window (it is theirs, or nobody's, or they lead the hall)? */
  get mine() {
    const { window, me } = this;
    if (!window) return false;
    if (me.leads) return true;
    if (window.clerk) return plain(window.clerk) === me.username;
    return me.windows.length === 0 || me.windows.includes(this.number);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  async start() {
    this.listen();
    setInterval(() => this.ask(0), SAFETY_MS);
    setInterval(() => this.connected === false && this.ask(0), LOST_MS);
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask(0));
    await Promise.all([this.refresh(), this.loadHall()]);
  }

  async loadHall() {
    try {
      this.hall = await get("/hall", { background: true });
      this.changed();
    } catch {
      // names of items and sections are a comfort; the window's own view carries what is needed
    }
  }

  listen() {
    connectHall({
      onSnapshot: () => this.ask(0),
      onEvent: (event) => this.hear(event),
      onStatus: ({ connected, since }) => {
        this.connected = connected;
        this.since = connected ? null : (since ?? new Date(serverNow()));
        this.changed();
        if (connected) this.ask(0);
      },
    });
  }

  hear(event) {
    const { data, type } = event;
    if (type === "hall.reloaded") this.loadHall();
    if (type === "ticket.form_filled" && data.id === this.ticket?.id) this.dispatchEvent(new Event("filled"));
    if (data.window === this.number || data.id === this.ticket?.id || type === "hall.reloaded") this.ask(SOON_MS);
    else if (this.shares(data)) this.ask(LATER_MS);
  }

  // Another window's doings matter when they touch a line this window can serve.
  shares(data) {
    if (data.id === undefined) return false;
    const known = [this.view?.line, this.view?.whole_line, this.view?.parked, this.view?.no_shows];
    if (known.some((list) => list?.some((row) => row.id === data.id))) return true;
    return this.servedSections().has(data.section);
  }

  /** Sections served here, as a whole or in part; what slips through is seen at the next safety read. */
  servedSections() {
    const items = this.hall.windows.find((one) => one.number === this.number)?.items ?? [];
    const partly = this.hall.items.filter((one) => items.includes(one.id)).map((one) => one.section);
    return new Set([...(this.window?.sections ?? []), ...partly]);
  }

  /** Read the window again within `ms`; many calls become one. */
  ask(ms) {
    const due = performance.now() + ms;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = Infinity;
      this.refresh(true);
    }, ms);
  }

  /** Resolves when a read that began after this call is done; reads never overlap. */
  refresh(background = false) {
    this.queued ??= (this.reading ?? Promise.resolve()).then(() => {
      this.queued = null;
      return this.read(background);
    });
    this.reading = this.queued;
    return this.reading;
  }

  /**
   * Do one command: nothing else may start meanwhile, and it ends only when the window has been read again.
   * @returns {Promise<{value: any}|null>} null when it was refused (the sentence has been shown)
   */
  async run(id, action) {
    if (this.pending) return null;
    this.pending = id;
    this.changed();
    try {
      return { value: await action() };
    } catch (refusal) {
      // "Somebody is at the window" comes with that somebody: show them even before the next read.
      const there = refusal.detail?.ticket;
      if (there?.number && this.view) this.view = { ...this.view, ticket: there };
      this.dispatchEvent(new CustomEvent("refused", { detail: refusal }));
      return null;
    } finally {
      await this.refresh();
      this.pending = null;
      this.changed();
    }
  }

  async read(background) {
    try {
      this.take(await get(`/windows/${this.number}`, { background, attempts: 1 }));
      this.problem = null;
    } catch (refusal) {
      if (!refusal.offline || !this.view) this.problem = refusal;
      this.changed();
      this.ask(LOST_MS);
    }
  }

  // An answer read before a newer one must not bring back the past.
  take(view) {
    if (view.epoch === this.view?.epoch && view.seq < this.latest) return;
    this.latest = view.seq ?? 0;
    this.view = view;
    this.problem = null;
    this.changed();
  }
}

/** "staff:clerk1" and "clerk1" name the same person. */
export const plain = (clerk) => String(clerk).replace(/^staff:/, "");
