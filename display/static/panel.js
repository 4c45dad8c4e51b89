// Whose turn it is in the big panel. Lists change at once; only here, and in the loudspeaker, calls wait for each other.

export const NEWS_MS = 20_000; // a call older than this is shown briefly and not spoken
const OLD_MS = 60_000; // one older than this is left to the list
const GLOW_MS = 20_000;
const STUCK_MS = 45_000; // no call is spoken for longer: something hangs

const FULL_TURN_MS = 4_000;
const SILENT_TURN_MS = 8_000; // where nothing is heard, the eye needs longer
const LEAST_TURN_MS = 1_500; // long enough to be read

/** One line of turns. With `speak(call, waiting) → speech` a turn lasts until the speech is over, too. */
export class Panel {
  /** `now()`: the server's clock in ms. */
  constructor(now, { speak = null, fullTurn = FULL_TURN_MS, freshMs = () => NEWS_MS } = {}) {
    Object.assign(this, { now, speak, fullTurn, freshMs });
    this.shown = null; // {call, fresh, at, key}: fresh ones flash
    this.queue = [];
    this.serial = 0;
    this.speech = null;
  }

  /** A call just made. The same ticket called again while it waits here has one turn, while it is shown another. */
  push(call) {
    if (this.shown?.call.id === call.id && this.queue.length === 0) return this.show(call, true);
    this.queue = [...this.queue.filter((one) => one.id !== call.id), call];
    return this.tick();
  }

  /** Show a call that is not news (after a snapshot or a break), or nothing. */
  settle(call) {
    this.queue = [];
    this.show(call, false);
  }

  /** They have come: shown in their turn, but no longer called out. */
  arrive(id) {
    this.queue = this.queue.map((one) => (one.id === id ? { ...one, arrived: true } : one));
    if (this.shown?.call.id === id) this.speech?.finish();
  }

  /** A ticket is no longer being called: it needs no turn any more. `gone`: not even the one it has. */
  drop(id, gone) {
    this.queue = this.queue.filter((one) => one.id !== id);
    if (this.shown?.call.id !== id) return;
    this.speech?.finish();
    if (gone) this.show(null, false);
  }

  show(call, fresh) {
    this.speech?.stop();
    this.serial += 1;
    this.shown = call ? { call, fresh, at: this.now(), key: this.serial } : null;
    const speaks = fresh && this.speak && !call.arrived;
    this.speech = speaks ? this.speak(call, () => this.queue.length) : null;
  }

  /** Let the next one have its turn when it is time. True when the panel changed. */
  tick() {
    const now = this.now();
    this.queue = this.queue.filter((one) => now - Date.parse(one.at) < OLD_MS);
    if (this.queue.length === 0 || this.busy) return false;
    this.show(this.queue.shift(), true);
    return true;
  }

  /** Does the shown call still have its turn? */
  get busy() {
    if (!this.shown?.fresh) return false;
    const lasted = this.now() - this.shown.at;
    if (lasted < this.#turn()) return true;
    return Boolean(this.speech) && !this.speech.over && lasted < STUCK_MS;
  }

  // A queue shares the time left before its last call stops being news; what is old already is only just shown.
  #turn() {
    const fresh = this.freshMs();
    if (Date.parse(this.shown.call.at) + fresh <= this.shown.at) return LEAST_TURN_MS;
    if (this.queue.length === 0) return this.fullTurn;
    const left = fresh - 1_000 - (this.now() - Date.parse(this.queue.at(-1).at));
    return Math.min(this.fullTurn, Math.max(LEAST_TURN_MS, left / this.queue.length));
  }

  /** Was the shown call made only just now? */
  get glowing() {
    return Boolean(this.shown?.fresh) && this.now() - this.shown.at < GLOW_MS;
  }
}

/**
 * The whole page's turns: areas that speak wait for the one loudspeaker, silent ones flash without delaying them.
 * While both have a turn the panel is shared.
 */
export class Panels {
  /** `silent(call)`: is nothing heard in that call's area? */
  constructor(now, { speak, silent, freshMs }) {
    this.silent = silent;
    this.voiced = new Panel(now, { speak, freshMs });
    this.quiet = new Panel(now, { fullTurn: SILENT_TURN_MS, freshMs });
    this.lanes = [this.voiced, this.quiet];
  }

  push(call) {
    (this.silent(call) ? this.quiet : this.voiced).push(call);
  }

  settle(call) {
    this.quiet.settle(null);
    this.voiced.settle(call);
  }

  arrive(id) {
    for (const lane of this.lanes) lane.arrive(id);
  }

  /** `instead`: what to show when nothing else is shown any more. */
  drop(id, gone, instead) {
    for (const lane of this.lanes) lane.drop(id, gone);
    if (!this.lanes.some((lane) => lane.shown)) this.voiced.settle(instead);
  }

  tick() {
    for (const lane of this.lanes) lane.tick();
  }

  /** What the panel shows now, one or two: [{call, fresh, glowing, silent, key}]. */
  get shown() {
    const full = this.lanes.filter((lane) => lane.shown);
    const busy = full.filter((lane) => lane.busy);
    const last = full.reduce((newest, lane) => (newest && newest.shown.at >= lane.shown.at ? newest : lane), null);
    return (busy.length ? busy : [last]).filter(Boolean).map((lane) => ({
      ...lane.shown,
      glowing: lane.glowing,
      silent: lane === this.quiet,
      key: `${lane === this.quiet ? "quiet" : "voiced"}-${lane.shown.key}`,
    }));
  }
}
