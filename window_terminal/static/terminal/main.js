// Starts the page: without a window in the address, the choice of one; with one, the desk.

import { render } from "lit";

import { clearToasts, toast, toastRefusal } from "/static/ui/toast.js";
import { dialogOpen } from "/static/ui/dialog.js";
import { give } from "./actions.js";
import { chooseWindow } from "./choose.js";
import { commandOf, whyNot } from "./commands.js";
import { Desk } from "./desk.js";
import { onListKey } from "./lines.js";
import { deskView } from "./screen.js";
import { followVisit } from "./visit.js";
import { windowName } from "./words.js";

const root = document.getElementById("desk");
const { window: number, me } = JSON.parse(document.getElementById("page-data").textContent);

if (number === null) chooseWindow(root, me);
else work(new Desk(number, me));

function work(desk) {
  let queued = false;
  const draw = () => {
    queued = false;
    render(deskView(desk), root);
    const waiting = desk.view?.line.length;
    document.title = `${waiting ? `(${waiting}) ` : ""}${windowName(desk.number)}`;
  };
  const redraw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(draw);
  };
  root.replaceChildren();
  followVisit(desk);
  desk.addEventListener("change", redraw);
  desk.addEventListener("refused", ({ detail }) => toastRefusal(detail));
  addEventListener("keydown", (event) => onKey(event, desk));
  draw();
  setInterval(redraw, 1000);
  desk.start();
}

function onKey(event, desk) {
  const command = commandOf(event, desk);
  if (!command) return void (dialogOpen() || onListKey(event, desk));
  event.preventDefault(); // also inside a dialog: F1 must never open the browser's help
  if (event.repeat || dialogOpen()) return undefined;
  return attempt(command, desk);
}

const BOUNCE_MS = 700;
let last = { id: "", at: -Infinity };

// A double click, or a held Enter on a button, is one press: else F9 twice would finish whoever F9 has just called.
function bounced(id) {
  const at = performance.now();
  const again = last.id === id && at - last.at < BOUNCE_MS;
  last = { id, at };
  return again;
}

/** Give a command, or say why not. */
function attempt(command, desk) {
  if (bounced(command.id)) return undefined;
  const why = whyNot(command, desk);
  // A second press while the first is under way is an accident: nothing to say about it.
  if (why) return void (desk.pending || toast(why, { kind: "warn", seconds: 4, slot: "why" }));
  clearToasts();
  return give(command.id, desk);
}

root.addEventListener("command", ({ detail }) => attempt(detail.command, detail.desk));
