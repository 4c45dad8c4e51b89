// A dialog drawn by Lit: `view({draw, done, run})` returns its template and is drawn again by `draw()`.

import { html, nothing, render } from "lit";
import { showDialog } from "ui/dialog.js";

/**
 * @param {string} title
 * @param {(sheet: {draw: () => void, done: (value?: unknown) => void, busy: boolean, error: string,
 *   run: (work: () => Promise<unknown>) => Promise<void>}) => unknown} view
 *   run: do something once at a time; a refusal becomes `error`, shown by `sheetActions`.
 * @returns what `done` was given, or null
 */
export function sheet(title, view, options = {}) {
  return showDialog(
    title,
    (box, done) => {
      const state = { busy: false, error: "", done };
      state.draw = () => box.isConnected && render(view(state), box);
      state.run = async (work) => {
        if (state.busy) return;
        Object.assign(state, { busy: true, error: "" });
        state.draw();
        try {
          await work();
        } catch (refusal) {
          state.error = refusal.sentence ?? String(refusal);
        }
        state.busy = false;
        state.draw();
      };
      state.draw();
    },
    options,
  );
}

/** The row of buttons at a dialog's foot, with the last refusal above it. `yes` = [label, action, {danger, disabled}]. */
export function sheetActions(state, no, yes) {
  const [label, action, { danger = false, disabled = false } = {}] = yes ?? [];
  return html`${state.error ? html`<p class="notice bad sheet-error" role="alert">${state.error}</p>` : nothing}
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => state.done(null)}>${no}</button>
      ${yes
        ? html`<button class="button primary${danger ? " danger" : ""}" ?disabled=${disabled || state.busy}
            aria-busy=${String(state.busy)} @click=${() => state.run(action)}>${label}</button>`
        : nothing}
    </div>`;
}
