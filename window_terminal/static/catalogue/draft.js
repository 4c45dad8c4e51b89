// A draft that keeps itself: each change is kept in this browser at once and on the server a moment later, by revision.
// Where somebody else saved meanwhile nothing is overwritten: `conflict` holds theirs until one of the two is chosen.

import { get, post } from "ui/api.js";
import { cleaned, unfinished } from "./body.js";
import { itemPath } from "./page.js";

const AFTER_MS = 1200;
const AGAIN_MS = 8000;
const SAME_STROKE_MS = 2500; // changes of one field within this time are undone together
const MOST_UNDO = 60;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** @param {{who: string, item: string, changed: () => void}} options `changed` draws again */
export function createDraft({ who, item, changed }) {
  const draft = {
    v: null, body: null, opened: null, undo: [], dirty: false, saving: null, problem: null, missing: [], conflict: null, savedAt: null, restored: false,
  };
  const key = () => `yichuang-draft:catalogue:${who}:${item}:${draft.v.version}`; // swept with the desks' other drafts
  let timer = 0;
  let stroke = { field: null, at: 0 };

  const keep = () => {
    try {
      localStorage.setItem(key(), JSON.stringify({ at: Date.now(), revision: draft.v.revision, body: draft.body }));
    } catch {
      // a full or forbidden storage: until it is saved the draft lives in the page only
    }
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key()) ?? "null");
    } catch {
      return null;
    }
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), ms);
  };

  /** Show a version; what this browser still holds of it comes back. */
  function load(v) {
    clearTimeout(timer);
    Object.assign(draft, { v, body: structuredClone(v.body), undo: [], dirty: false, problem: null, missing: [], conflict: null, restored: false });
    draft.opened = JSON.stringify(v.body);
    const local = kept();
    if (!local) return;
    if (same(cleaned(local.body), v.body)) localStorage.removeItem(key());
    else if (v.may.save && local.revision === v.revision) {
      Object.assign(draft, { body: local.body, dirty: true, restored: true });
      later(AFTER_MS);
    } else Object.assign(draft, { body: local.body, dirty: true, conflict: v });
  }

  /** Change the body. `field` names what is being typed in, so that one undo takes a stroke back, not a letter. */
  function change(work, field = null) {
    if (!draft.v?.may.save) return undefined;
    const now = Date.now();
    if (!field || field !== stroke.field || now - stroke.at > SAME_STROKE_MS) {
      draft.undo.push(JSON.stringify(draft.body));
      draft.undo.splice(0, draft.undo.length - MOST_UNDO);
    }
    stroke = { field, at: now };
    const answer = work(draft.body);
    touched();
    return answer;
  }

  function touched() {
    Object.assign(draft, { dirty: true, problem: null });
    keep();
    changed();
    later(AFTER_MS);
  }

  function undo() {
    if (!draft.undo.length) return;
    draft.body = JSON.parse(draft.undo.pop());
    stroke = { field: null, at: 0 };
    touched();
  }

  /** As it was when this page was opened. */
  function cancel() {
    if (JSON.stringify(draft.body) === draft.opened) return;
    change((body) => Object.assign(body, JSON.parse(draft.opened)));
  }

  /** Save what is not saved yet. @returns true when the server has everything */
  async function save() {
    clearTimeout(timer);
    if (draft.saving) {
      await draft.saving;
      return draft.dirty ? save() : !draft.problem;
    }
    if (!draft.dirty || !draft.v.may.save) return !draft.conflict;
    draft.missing = unfinished(cleaned(draft.body));
    if (draft.conflict || draft.missing.length) {
      changed();
      return false;
    }
    draft.saving = send();
    changed();
    await draft.saving;
    draft.saving = null;
    changed();
    return !draft.dirty;
  }

  async function send() {
    const before = JSON.stringify(draft.body);
    try {
      const v = await post(`${itemPath(item, draft.v.version)}/save`, { revision: draft.v.revision, body: cleaned(draft.body) }, { attempts: 2 });
      Object.assign(draft, { v, problem: null, savedAt: new Date(), restored: false });
      draft.dirty = JSON.stringify(draft.body) !== before;
      if (draft.dirty) {
        keep();
        later(AFTER_MS);
      } else localStorage.removeItem(key());
    } catch (refusal) {
      draft.problem = refusal;
      if (refusal.code === "draft_changed" || refusal.code === "not_a_draft") await meet(refusal);
      else if (refusal.offline || refusal.status >= 500) later(AGAIN_MS);
    }
  }

  async function meet() {
    const theirs = await get(itemPath(item, draft.v.version)).catch(() => null);
    if (theirs && same(theirs.body, cleaned(draft.body))) {
      Object.assign(draft, { v: theirs, dirty: false, problem: null });
      localStorage.removeItem(key());
    } else if (theirs) Object.assign(draft, { conflict: theirs, problem: null });
  }

  /** Mine goes over theirs. */
  function takeMine() {
    Object.assign(draft, { v: draft.conflict, conflict: null, dirty: true });
    keep();
    return save();
  }

  /** Theirs is taken; mine can still be brought back by undo. */
  function takeTheirs() {
    draft.undo.push(JSON.stringify(draft.body));
    Object.assign(draft, { v: draft.conflict, body: structuredClone(draft.conflict.body), conflict: null, dirty: false });
    localStorage.removeItem(key());
    changed();
  }

  return Object.assign(draft, { load, change, undoLast: undo, cancel, save, takeMine, takeTheirs });
}
