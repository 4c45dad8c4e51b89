// Whose turn it is in the big panel. Lists change at once; only here calls wait for each other.

export const NEWS_MS = 20_000; // a call older than this is no longer news: it stays in the list
const GLOW_MS = 20_000;

const FULL_TURN_MS = 4_000;
const LEAST_TURN_MS = 1_500; // long enough to be read

// A queue shares the time left before its last call stops being news.
function turn(queue, now) {
  if (queue.length === 0) return FULL_TURN_MS;
  const left = NEWS_MS - 1_000 - (now - Date.parse(queue.at(-1).at));
  return Math.min(FULL_TURN_MS, Math.max(LEAST_TURN_MS, left / queue.length));
}

export class Panel {
  /** `now()`: the server's clock in ms. */
  constructor(now) {
    this.now = now;
    this.shown = null; // {call, fresh, at}: fresh ones flash
    this.queue = [];
    this.serial = 0;
  }

  /** A call just made. The same ticket called again while it waits here is shown once, while it is shown flashes again. */
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

  /** A ticket is no longer being called: it needs no turn any more. `instead`: what to show if it is shown now. */
  drop(id, gone, instead) {
    this.queue = this.queue.filter((one) => one.id !== id);
    if (gone && this.shown?.call.id === id) this.show(instead, false);
  }

  show(call, fresh) {
    this.serial += 1;
    this.shown = call ? { call, fresh, at: this.now(), key: this.serial } : null;
  }

  /** Let the next one have its turn when it is time. True when the panel changed. */
  tick() {
    const now = this.now();
    this.queue = this.queue.filter((one) => now - Date.parse(one.at) < NEWS_MS);
    const busy = this.shown?.fresh && now - this.shown.at < turn(this.queue, now);
    if (busy || this.queue.length === 0) return false;
    this.show(this.queue.shift(), true);
    return true;
  }

  /** Was the shown call made only just now? */
  get glowing() {
    return Boolean(this.shown?.fresh) && this.now() - this.shown.at < GLOW_MS;
  }
}
