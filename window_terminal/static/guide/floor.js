// What the floor should look after, above everything else: attendants called, printers, calls nobody's screen showed.

import { html, render } from "lit";
import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { coalesce, timeText, words } from "../desk/desk.js";

const KINDS = { assistance: ["呼叫", "Call"], printer: ["小票机", "Printer"], unheard: ["大屏", "Screen"] };

/** @returns a function that reads the alarms anew */
export function createFloor(box) {
  let known = null; // ids seen so far; what is there when the page opens makes no sound
  const busy = new Set();

  const read = async () => {
    try {
      const { alarms } = await get("/alarms", { attempts: 1 });
      if (known && alarms.some((alarm) => alarm.kind === "assistance" && !known.has(alarm.id))) chime();
      known = new Set(alarms.map((alarm) => alarm.id));
      draw(alarms);
    } catch (refusal) {
      if (!refusal.offline) toastRefusal(refusal);
    }
  };
  const refresh = coalesce(read, 300);

  const done = async (alarm) => {
    busy.add(alarm.id);
    try {
      await post(`/assistance/${alarm.id}/done`);
    } catch (refusal) {
      if (refusal.code !== "alarm_unknown") toastRefusal(refusal); // somebody else was quicker
    }
    busy.delete(alarm.id);
    refresh();
  };

  // Calls first: a person is waiting for them.
  const order = (alarm) => (alarm.kind === "assistance" ? 0 : 1);
  const draw = (alarms) => render([...alarms].sort((a, b) => order(a) - order(b)).map((alarm) => html`
    <div class="strip floor ${alarm.kind}" role=${alarm.kind === "assistance" ? "alert" : "status"} data-floor=${alarm.kind} data-alarm=${alarm.id}>
      <b class="floor-kind">${t(...(KINDS[alarm.kind] ?? [alarm.kind, alarm.kind]))}</b>
      <time>${timeText(alarm.raised_at)}</time>
      <span class="strip-text">${words(alarm)}</span>
      <button class="button" ?disabled=${busy.has(alarm.id)} @click=${() => done(alarm)}>${t("已处理", "Done")}</button>
    </div>`), box);
  return refresh;
}

let audio = null;

/** Two rising notes, if the browser lets a page sound before somebody touched it. */
function chime() {
  try {
    audio ??= new AudioContext();
    [[660, 0], [880, 0.22]].forEach(([pitch, after]) => {
      const note = audio.createOscillator();
      const loud = audio.createGain();
      const at = audio.currentTime + after;
      note.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
      note.connect(loud).connect(audio.destination);
      note.start(at);
      note.stop(at + 0.5);
    });
  } catch {
    // No sound; the strip is there.
  }
}
