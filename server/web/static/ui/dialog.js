// Accessible questions on the native <dialog>: focus is trapped and given back, Esc says no, Enter says yes.
//
//   if (await confirmDialog({title, text, yes, danger})) …
//   const reason = await askReason({title, text, presets: ["用餐", …], yes});     // null = no
//   const picked = await showDialog(title, (box, done) => { box.append(…); done(value); });

import { t } from "./lang.js";

/**
 * Open a dialog; `fill(box, done)` puts its content; resolves with what `done` was given, or null on Esc.
 * @param {{wide?: boolean, danger?: boolean}} options
 */
export function showDialog(title, fill, { wide = false, danger = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = element("dialog", `dialog${wide ? " wide" : ""}${danger ? " danger" : ""}`);
    const heading = element("h2", "dialog-title", title);
    heading.id = `dialog-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", heading.id);
    const box = element("div", "dialog-box");
    dialog.append(heading, box);
    let answer = null;
    const done = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus?.();
      resolve(answer);
    });
    document.body.append(dialog);
    fill(box, done);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("input, textarea, button"))?.focus();
  });
}

/** Is some dialog open? Pages with function keys ask this first. */
export const dialogOpen = () => document.querySelector("dialog[open]") !== null;

/** @returns {Promise<boolean>} */
export async function confirmDialog({ title, text = "", yes = t("确定", "OK"), no = t("取消", "Cancel"), danger = false }) {
  const answer = await showDialog(
    title,
    (box, done) => {
      const form = element("form");
      if (text) form.append(element("p", "dialog-text", text));
      form.append(buttons({ yes, no, danger, done }));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        done(true);
      });
      box.append(form);
      queueMicrotask(() => form.querySelector("[type=submit]").focus());
    },
    { danger },
  );
  return answer === true;
}

/** Ask for a reason: pick one of `presets` (also with 1–9) or write one. @returns {Promise<string|null>} */
export function askReason({ title, text = "", presets = [], label = "", yes = t("确定", "OK"), danger = false, value = "" }) {
  return showDialog(
    title,
    (box, done) => {
      const form = element("form");
      if (text) form.append(element("p", "dialog-text", text));
      const field = element("input", "input");
      Object.assign(field, { type: "text", maxLength: 100, required: true, value, autocomplete: "off" });
      field.placeholder = label || t("或者写明原因", "or write the reason");
      field.setAttribute("aria-label", label || t("原因", "Reason"));
      const choose = presetButtons(presets, field);
      if (presets.length) form.append(choose);
      form.append(field, buttons({ yes, no: t("取消", "Cancel"), danger, done }));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const reason = field.value.trim();
        if (reason) done(reason);
        else field.focus();
      });
      box.append(form);
      queueMicrotask(() => field.focus());
    },
    { danger },
  );
}

function presetButtons(presets, field) {
  const row = element("div", "presets");
  presets.forEach((preset, index) => {
    const button = element("button", "preset");
    button.type = "button";
    button.append(element("kbd", "", String(index + 1)), document.createTextNode(preset));
    const take = () => {
      field.value = preset;
      for (const other of row.children) other.setAttribute("aria-pressed", String(other === button));
      field.focus();
    };
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", take);
    row.append(button);
  });
  field.addEventListener("keydown", (event) => {
    const index = Number(event.key) - 1;
    if (field.value && !presets.includes(field.value)) return; // writing one's own words: digits are text
    if (Number.isInteger(index) && presets[index]) {
      event.preventDefault();
      row.children[index].click();
    }
  });
  return row;
}

function buttons({ yes, no, danger, done }) {
  const row = element("div", "dialog-actions");
  const cancel = element("button", "button", no);
  cancel.type = "button";
  cancel.addEventListener("click", () => done(null));
  const ok = element("button", `button primary${danger ? " danger" : ""}`, yes);
  ok.type = "submit";
  row.append(cancel, ok);
  return row;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
