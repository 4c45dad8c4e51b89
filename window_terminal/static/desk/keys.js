// A page's keys: function keys work everywhere but in an open dialog, ↑ ↓ only where nobody is typing.

import { dialogOpen } from "ui/dialog.js";

const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/**
 * @param {Record<string, () => unknown>} keys "F4": …; a value that is missing or a disabled command does nothing
 * @param {{up?: () => void, down?: () => void}} list
 */
export function wireKeys(keys, { up, down } = {}) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in keys) {
      event.preventDefault(); // also inside a dialog: F3 must never open the browser's search
      if (!event.repeat && !dialogOpen()) keys[event.key]();
      return;
    }
    if (dialogOpen() || typing(event.target)) return;
    const step = { ArrowUp: up, ArrowDown: down }[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  });
}

/** Choose the neighbour of `id` in `rows`; the first when nothing is chosen. */
export function neighbour(rows, id, by) {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) return rows[0] ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, at + by))];
}
