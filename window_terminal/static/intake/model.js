// What the page knows of one case: the server's last word, and what was ticked and typed since. It renders nothing.

import { get, post } from "ui/api.js";
import { forgetTicks, keepTicks, keptPapers, keptTicks, rowsInWords } from "./asked.js";
import { Draft } from "./draft.js";
import { missingFields } from "./form-spec.js";
import { compact } from "./numbers.js";

const DECISIONS = new Set(["accept", "correction", "refuse", "withdraw", "supplement", "decide-at-once"]);

export const tickKey = (material, checkpoint) => `${material} ${checkpoint}`;

export class Intake extends EventTarget {
  constructor(id, username) {
    super();
    this.id = id;
    this.case = null;
    this.ticks = new Set();
    this.form = {};
    this.received = []; // where no list is published: {id, name, form, copies}
    this.paper = null; // the one being written
    this.overrides = {};
    this.problem = null; // a Refusal: the case could not be read
    this.at = null; // {material, checkpoint}: the row the keys are on; checkpoint null = the material's head
    this.refused = {}; // field → sentence: what the server said of the form
    this.busy = false;
    this.decided = ""; // what was just done to it here: its paper is shown before anything else
    this.contactFollows = false; // F1: whoever is asked is the applicant
    this.name = ""; // the applicant's, as long as this page knows it
    this.shown = false; // the form was asked for in clear
    this.kept = false; // the applicant's particulars were kept just now
    this.draft = new Draft(this, username);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  async start() {
    try {
      this.take(await get(`/cases/${this.id}`));
      for (const key of keptTicks(this)) this.ticks.add(key);
      this.received = [...this.received, ...keptPapers(this)];
      await this.draft.recover();
    } catch (refusal) {
      this.problem = refusal;
    }
    this.changed();
  }

  /** Only look at it, now or `again`: nothing this machine keeps is put back or saved. */
  async look(again = false) {
    try {
      const answer = await get(`/cases/${this.id}`, { background: again });
      if (again && this.shown) this.hear(answer); // personal data asked for stays in sight
      else this.take(answer);
    } catch (refusal) {
      if (!again) this.problem = refusal;
    }
    this.changed();
  }

  /** The server's word replaces everything on the page. */
  take(answer) {
    this.case = answer;
    if (answer.form_masked) this.shown = false;
    this.takeTicks();
    this.form = { ...answer.form };
    if (!answer.form_masked) this.name = this.form.name;
    this.overrides = { ...answer.overrides };
    this.received = answer.received;
    this.refused = {};
    this.hear(answer);
  }

  /** The server's word, without touching what somebody may be typing. */
  hear(answer) {
    this.case = answer;
    this.problem = null;
    const rows = this.rows();
    if (!rows.some((row) => same(row, this.at))) this.at = rows.find((row) => this.open(row)) ?? rows[0] ?? null;
  }

  takeTicks() {
    this.ticks = new Set(
      this.case.materials.flatMap((one) => one.checkpoints.filter((point) => point.ticked).map((point) => tickKey(one.id, point.id))),
    );
  }

  /** May anything of it still be changed here? */
  get editable() {
    return Boolean(this.case?.may.save);
  }

  /** May the form be typed in? Not while it is masked: the marks would be saved over what they hide. */
  get writable() {
    return this.editable && (!this.case.form_masked || this.shown);
  }

  /** The rows the arrow keys walk: each material's head and its checkpoints. */
  rows() {
    return this.list.flatMap((material) => [
      { material: material.id, checkpoint: null },
      ...material.checkpoints.map((point) => ({ material: material.id, checkpoint: point.id })),
    ]);
  }

  open = (row) => row.checkpoint !== null && !this.ticked(row.material, row.checkpoint);
  ticked = (material, checkpoint) => this.ticks.has(tickKey(material, checkpoint));
  complete = (material) => material.checkpoints.every((point) => this.ticked(material.id, point.id));
  material = (id) => this.list.find((one) => one.id === id) ?? null;

  /** What is to be looked at: the case's list, and what was asked for in words. */
  get list() {
    return this.case ? [...rowsInWords(this.case), ...this.case.materials] : [];
  }

  get missing() {
    return this.list.filter((one) => !this.complete(one));
  }

  /** How many checkpoints there are, and how many are ticked. */
  get count() {
    const all = this.list.flatMap((one) => one.checkpoints.map((point) => tickKey(one.id, point.id)));
    return { all: all.length, ticked: all.filter((key) => this.ticks.has(key)).length };
  }

  /** Fields of the form still to be filled in or put right: [{field, message}]. */
  get faults() {
    return this.case.form_masked && !this.shown ? [] : missingFields(this.form, this.overrides, this.refused);
  }

  /** The question to be answered now, of this case or of one of a bundle's. */
  get question() {
    const first = this.case.bundle ? this.case.questions[0] : null;
    return first ? { ...first.question, item: first.item, itemName: first.name } : this.case.question;
  }

  /** May checkpoints be ticked? Also of what is brought after acceptance, which is told with 补交 and kept in no draft. */
  get tickable() {
    return this.editable || Boolean(this.case?.may.supplement);
  }

  set(material, checkpoint, on) {
    if (!this.tickable) return;
    if (on) this.ticks.add(tickKey(material, checkpoint));
    else this.ticks.delete(tickKey(material, checkpoint));
    if (this.editable) this.draft.touch("ticks");
    else keepTicks(this);
    this.changed();
  }

  /** Tick all of a material; untick all where all were. */
  setMaterial(material) {
    const on = !this.complete(material);
    for (const point of material.checkpoints) this.set(material.id, point.id, on);
  }

  fill(values) {
    if (!this.writable) return;
    this.unpass(values);
    Object.assign(this.form, values);
    this.follow(values);
    for (const field of Object.keys(values)) delete this.refused[field];
    this.draft.touch("form");
    this.changed();
  }

  // A number was let pass with a reason; another one wants its own.
  unpass(values) {
    for (const [field, text] of Object.entries(values)) {
      if (this.overrides[field] && compact(text) !== compact(this.form[field])) this.override(field, "");
    }
  }

  // Once the contact is the applicant, a correction of one corrects the other; typing in the contact's field ends that.
  follow(values) {
    this.receive(values);
    if ("contact_name" in values || "contact_id" in values) this.contactFollows = false;
    if (!this.contactFollows) return;
    const { form } = this;
    const same = form.applicant === "person" ? { contact_name: form.name, contact_id: form.id_number } : { contact_name: form.legal_person };
    Object.assign(form, same);
  }

  // Who is asked also receives, until somebody else is written there.
  receive(values) {
    const { form } = this;
    if (values.courier !== true) return;
    form.recipient_name ||= form.contact_name;
    form.recipient_phone ||= form.contact_phone;
  }

  override(field, reason) {
    if (reason) this.overrides[field] = reason;
    else delete this.overrides[field];
    this.draft.touch("overrides");
    this.changed();
  }

  /** Answer a question, or with `chosen` null take its answer back (and with it those that followed). */
  async answer(question, chosen, item = null) {
    const before = item ? (this.case.answers[item] ?? {}) : this.case.answers;
    const own = { ...before };
    if (chosen) own[question] = chosen;
    else delete own[question];
    await this.draft.answer(item ? { ...this.case.answers, [item]: own } : own);
  }

  /** Save what is unsaved, then do one thing to the case; its answer is the new case. A refusal is thrown. */
  async command(verb, body = {}) {
    if (this.busy) return null;
    this.busy = true;
    this.changed();
    try {
      if (this.editable) await this.draft.flush();
      if (!this.case.form_masked || this.shown) this.name = this.form.name;
      const answer = await post(`/cases/${this.id}/${verb}`, typeof body === "function" ? body(this.case) : body);
      this.take(answer);
      if (DECISIONS.has(verb)) this.decided = verb;
      if (verb === "supplement") forgetTicks(this);
      return answer;
    } catch (refusal) {
      for (const one of refusal.detail?.fields ?? []) this.refused[one.field] = { zh: one.message_zh, en: one.message_en };
      throw refusal;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  /** Read it again: files were added, or somebody else did something. */
  async reload() {
    this.hear(await get(`/cases/${this.id}`));
    this.changed();
  }
}

export const same = (a, b) => Boolean(a && b) && a.material === b.material && a.checkpoint === b.checkpoint;
