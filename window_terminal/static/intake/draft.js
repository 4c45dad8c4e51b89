// Keeps the draft: a moment after the last change it goes to the server; until the server has it, this machine keeps it.
//
// The parts ticks, form, overrides and received are sent together, an answer to a question alone (it changes the list of materials
// that ticks belong to). A body that got no answer is sent again with its own key, so that nothing is saved twice.

import { get, intention, post } from "ui/api.js";
import { forget, recall, remember } from "./memory.js";
import { askConflict } from "./conflict.js";

const AFTER_TYPING_MS = 700;
const AFTER_TICK_MS = 250;
const RETRY_MS = 3000;

export class Draft {
  constructor(intake, username) {
    this.intake = intake;
    this.username = username;
    this.dirty = new Set();
    this.answers = null; // waiting to be sent
    this.sending = null; // {key, body}: without an answer so far
    this.saving = null; // the promise of the save under way
    this.state = "saved"; // saved | waiting | saving | lost | conflict | refused
    this.savedAt = null;
    this.sentence = "";
    this.timer = 0;
    addEventListener("online", () => this.soon(0));
  }

  get clean() {
    return !this.dirty.size && !this.answers && !this.sending;
  }

  touch(part) {
    this.dirty.add(part);
    this.keep();
    if (this.state !== "lost") this.state = "waiting";
    this.soon(part === "ticks" ? AFTER_TICK_MS : AFTER_TYPING_MS);
  }

  /** An answer is saved at once: the next question and the list come with it. */
  async answer(answers) {
    this.answers = answers;
    await this.flush();
  }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  /** Save everything now; throws when it cannot be. */
  async flush() {
    clearTimeout(this.timer);
    while (!this.clean && this.intake.editable) {
      await this.save();
      if (["lost", "refused", "conflict"].includes(this.state)) throw this.refusal;
    }
  }

  /** One save at a time; what changes meanwhile is saved next. */
  async save() {
    if (this.saving) return this.saving;
    this.saving = this.send().finally(() => {
      this.saving = null;
      this.intake.changed();
    });
    return this.saving;
  }

  async send() {
    while (!this.clean && this.intake.editable) {
      this.sending ??= { key: intention(), body: this.body() };
      this.say("saving");
      try {
        const answer = await post(`/cases/${this.intake.id}/draft`, this.sending.body, {
          key: this.sending.key, attempts: 2,
        });
        this.heard(answer);
      } catch (refusal) {
        this.refusal = refusal;
        if (await this.refused(refusal)) return;
      }
    }
    this.say("saved");
  }

  /** What to send next: the parts that changed, or else the answers. */
  body() {
    const { ticks, form, overrides, received, case: known } = this.intake;
    const body = { revision: known.revision };
    if (this.dirty.size) {
      if (this.dirty.has("ticks")) body.ticks = [...ticks].map(tickOf);
      if (this.dirty.has("form")) body.form = { ...form };
      if (this.dirty.has("overrides")) body.overrides = { ...overrides };
      if (this.dirty.has("received")) body.received = received;
      this.dirty.clear();
    } else {
      body.answers = this.answers;
      this.answers = null;
    }
    return body;
  }

  heard(answer) {
    const { body } = this.sending;
    this.sending = null;
    this.intake.hear(answer);
    if (body.answers && !this.dirty.has("ticks")) this.intake.takeTicks();
    this.savedAt = Date.now();
    if (this.clean) forget(this.intake.id);
    else this.keep();
  }

  /** @returns whether to stop trying for now */
  async refused(refusal) {
    if (refusal.offline || refusal.status >= 500 || refusal.status === 429) {
      this.keep();
      this.say("lost");
      this.soon(RETRY_MS);
      return true;
    }
    const { body } = this.sending;
    this.sending = null;
    if (refusal.code === "case_draft_changed") return this.settle(body);
    // Something in it is not acceptable: it stays on the page and on this machine, and goes with the next change.
    if (body.answers) this.intake.dispatchEvent(new CustomEvent("refused", { detail: refusal }));
    else this.again(body);
    this.keep();
    this.say("refused", refusal.sentence);
    return true;
  }

  /** Somebody else saved meanwhile: theirs, or ours over theirs? */
  async settle(body) {
    this.say("conflict");
    const theirs = await get(`/cases/${this.intake.id}`).catch(() => null);
    if (!theirs) {
      this.again(body);
      this.keep();
      this.say("lost");
      this.soon(RETRY_MS);
      return true;
    }
    const ours = await askConflict(theirs, this.intake);
    if (ours && theirs.may.save) {
      this.intake.hear(theirs);
      this.again(body);
      return false;
    }
    this.dirty.clear();
    this.answers = null;
    forget(this.intake.id);
    this.intake.take(theirs);
    return false;
  }

  again(body) {
    for (const part of ["ticks", "form", "overrides", "received"]) if (part in body) this.dirty.add(part);
    if (body.answers) this.answers ??= body.answers;
  }

  /** Write to this machine what the server does not have yet. */
  keep() {
    const { id, case: known, ticks, form, overrides, received } = this.intake;
    remember(id, {
      by: this.username, revision: known.revision, sending: this.sending, dirty: [...this.dirty], answers: this.answers,
      ticks: [...ticks], form, overrides, received,
    });
  }

  /** After a reload or a crash: what this machine kept is put back onto the page and saved. */
  async recover() {
    const kept = recall(this.intake.id);
    if (!kept) return;
    if (kept.by !== this.username) return; // theirs, for when they are back
    if (!this.intake.editable) return void forget(this.intake.id);
    const parts = new Set([...kept.dirty, ...Object.keys(kept.sending?.body ?? {})]);
    if (parts.has("ticks")) this.intake.ticks = new Set(kept.ticks);
    if (parts.has("form")) this.intake.form = kept.form;
    if (parts.has("received")) this.intake.received = kept.received;
    if (parts.has("overrides")) this.intake.overrides = kept.overrides;
    this.dirty = new Set(kept.dirty);
    this.answers = kept.answers;
    this.sending = kept.sending;
    if (!this.sending && !this.clean) this.sending = { key: intention(), body: { ...this.body(), revision: kept.revision } };
    await this.save();
  }

  say(state, sentence = "") {
    this.state = state;
    this.sentence = sentence;
    this.intake.changed();
  }
}

const tickOf = (key) => {
  const [material, checkpoint] = key.split(" ");
  return { material, checkpoint };
};
