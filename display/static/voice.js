// The page's one loudspeaker: a chime, then the call in Mandarin and English, from the server's recordings.
//
// What cannot be played (no engine, a late answer, a browser that wants a tap first, a muted page) is passed over in
// the time it would have taken, or with a chime: the panel's turns never hang on the sound.

import { turn } from "./turns.js";

const LATE_MS = 2_000; // a recording not here by then is not waited for
const GAP_MS = 350; // between two sentences
const USUAL_MS = { chime: 1_100, zh: 3_500, en: 3_200 };
const MOST_KEPT = 40;
const REMEMBERED = "yichuang.voice";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const within = (promise, ms) => Promise.race([promise, pause(Math.max(0, ms)).then(() => null)]);

export class Voice {
  /** `rules`: the hall's [voice] with `languages`; `now()` in ms; `onChange()`: the state is another. */
  constructor({ rules, now, onChange = () => {} }) {
    Object.assign(this, { rules, now, onChange });
    this.clips = new Map(); // address → promise of a buffer or null
    this.muted = startsMuted();
    this.context = makeContext();
    this.context?.addEventListener("statechange", onChange);
    const unlock = () => this.context?.resume().catch(() => null);
    for (const gesture of ["pointerdown", "keydown", "touchend"]) addEventListener(gesture, unlock, { passive: true });
    unlock();
    if (!this.muted) this.#chime();
  }

  /** "on" · "off" (muted here) · "blocked" (the browser waits for a tap) · "none" (cannot play at all) */
  get state() {
    if (!this.context) return "none";
    if (this.muted) return "off";
    return this.context.state === "running" ? "on" : "blocked";
  }

  /** Mute or unmute this page, and remember it. */
  toggle() {
    this.muted = !this.muted;
    remember(this.muted ? "off" : "on");
    this.playing?.stop();
    this.onChange();
  }

  /** Fetch a call's recordings before its turn. */
  prefetch(call) {
    if (this.muted || !this.context) return;
    this.#clip(call, "zh");
    if (this.rules.english) this.#clip(call, "en");
  }

  /** Say a call while `waiting()` others wait: {over, finish(), stop()}; null when it is too old to be spoken. */
  say(call, waiting) {
    const plan = turn(waiting(), (this.now() - Date.parse(call.at)) / 1_000, this.rules);
    if (plan.zh + plan.en === 0) return null;
    const speech = new Speech();
    this.#speak(speech, call, plan, waiting)
      .catch(() => null)
      .finally(() => {
        speech.over = true;
      });
    return speech;
  }

  async #speak(speech, call, plan, waiting) {
    const began = Date.now();
    const sentences = [...Array(plan.zh).fill("zh"), ...Array(plan.en).fill("en")];
    const first = this.#clip(call, "zh");
    if (this.rules.chime) await this.#play(speech, "chime", await this.#chime());
    let spoken = 0;
    for (const [index, language] of sentences.entries()) {
      if (speech.ending || (index > 0 && waiting() > 0)) break; // others wait meanwhile: once is enough
      const clip = language === "zh" ? first : this.#clip(call, language);
      const buffer = await within(clip, index === 0 ? LATE_MS - (Date.now() - began) : LATE_MS / 2);
      if (this.state === "on" && !buffer) continue;
      if (spoken > 0) await pause(GAP_MS);
      await this.#play(speech, language, buffer);
      spoken += 1;
    }
    if (spoken === 0 && !this.rules.chime && !speech.ending) await this.#play(speech, "chime", await this.#chime());
  }

  // Resolves when it has been heard, or would have been.
  async #play(speech, what, buffer) {
    if (speech.stopped) return;
    if (this.state !== "on" || !buffer) {
      await Promise.race([pause(USUAL_MS[what]), speech.silence]);
      return;
    }
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    const ended = new Promise((done) => source.addEventListener("ended", done, { once: true }));
    this.playing = speech;
    source.start();
    await Promise.race([ended, speech.silence, pause(buffer.duration * 1_000 + 1_500)]);
    try {
      source.stop();
    } catch {
      // it has ended by itself
    }
    source.disconnect();
  }

  #clip({ number, window }, language) {
    if (this.muted || !this.context || !this.rules.languages.includes(language)) return Promise.resolve(null);
    return this.#keep(`/voice/${language}/${encodeURIComponent(number)}/${window}.wav`);
  }

  async #chime() {
    if (!this.context) return null;
    const recorded = this.muted ? null : await within(this.#keep("/voice/chime.wav"), LATE_MS);
    return recorded ?? ownChime(this.context);
  }

  // Failures are not kept: the next call asks again.
  #keep(address) {
    let clip = this.clips.get(address);
    if (!clip) {
      clip = this.#fetch(address).catch(() => null);
      clip.then((buffer) => buffer || this.clips.delete(address));
      this.clips.set(address, clip);
      if (this.clips.size > MOST_KEPT) this.clips.delete([...this.clips.keys()].find((one) => !one.endsWith("chime.wav")));
    }
    return clip;
  }

  async #fetch(address) {
    const answer = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout?.(10_000) });
    if (!answer.ok) return null;
    return this.context.decodeAudioData(await answer.arrayBuffer());
  }
}

class Speech {
  constructor() {
    this.over = this.ending = this.stopped = false;
    this.silence = new Promise((done) => {
      this.hush = done;
    });
  }

  /** Say this sentence to its end and no more. */
  finish() {
    this.ending = true;
  }

  /** Be silent now. */
  stop() {
    this.ending = this.stopped = true;
    this.hush();
  }
}

function makeContext() {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  try {
    return Context ? new Context() : null;
  } catch {
    return null; // no sound device
  }
}

// Two falling tones, for when the server's chime cannot be had.
function ownChime(context) {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, Math.round(rate * 1.1), rate);
  const wave = buffer.getChannelData(0);
  for (const [from, pitch] of [[0, 784], [0.42, 587]]) {
    for (let i = Math.round(from * rate); i < wave.length; i += 1) {
      const t = i / rate - from;
      wave[i] += 0.3 * Math.exp(-4.5 * t) * Math.min(1, t * 200) * Math.sin(2 * Math.PI * pitch * t);
    }
  }
  return buffer;
}

// ?voice=off or on decides; else what key M last said here.
function startsMuted() {
  const wanted = new URLSearchParams(location.search).get("voice");
  if (wanted === "on" || wanted === "off") remember(wanted);
  try {
    return (wanted ?? localStorage.getItem(REMEMBERED)) === "off";
  } catch {
    return wanted === "off";
  }
}

function remember(wanted) {
  try {
    localStorage.setItem(REMEMBERED, wanted);
  } catch {
    // storage is switched off: the address can still say it
  }
}
