// Short messages in the corner. Errors stay longer and are announced at once to a screen reader.

const SECONDS = { ok: 3.5, info: 5, warn: 7, bad: 9 };
const AT_MOST = 4;

function shelf() {
  let element = document.querySelector(".toasts");
  if (!element) {
    element = document.createElement("div");
    element.className = "toasts";
    // A popover shows above an open <dialog>; without it the message would lie behind the backdrop.
    element.popover = "manual";
    document.body.append(element);
  }
  return element;
}

/**
 * @param {string} text
 * @param {{kind?: "ok"|"info"|"warn"|"bad", seconds?: number, slot?: string}} options
 *   slot: a message of the same slot takes the older one's place
 */
export function toast(text, { kind = "info", seconds = SECONDS[kind], slot = text } = {}) {
  const place = shelf();
  for (const old of [...place.children]) if (old.dataset.slot === slot) old.remove();
  while (place.children.length >= AT_MOST) place.firstElementChild.remove();
  const note = document.createElement("div");
  note.className = `toast ${kind}`;
  note.dataset.slot = slot;
  note.setAttribute("role", kind === "bad" ? "alert" : "status");
  note.textContent = text;
  note.addEventListener("click", () => close(note));
  place.append(note);
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
  setTimeout(() => close(note), seconds * 1000);
}

/** Show a refusal (or any error) as a sentence. */
export function toastRefusal(error) {
  toast(error?.sentence ?? String(error?.message ?? error), { kind: "bad" });
}

/** Take away what was said before: something new begins. */
export function clearToasts() {
  for (const note of document.querySelectorAll(".toast")) close(note);
}

function close(note) {
  const place = note.parentElement;
  note.remove();
  if (place && !place.children.length && place.matches(":popover-open")) place.hidePopover();
}
