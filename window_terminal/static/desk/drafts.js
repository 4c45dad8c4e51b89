// What is being typed survives a reload, a lost link or a crash: kept in this browser, a case at a time, until it is sent.
// Never personal data: opinions, reasons and notes only.

const PREFIX = "yichuang-draft:";
const MOST_DAYS = 30;

/** @param {string} name e.g. "task:31" */
export function draftOf(name) {
  const key = PREFIX + name;
  const load = () => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null")?.value ?? {};
    } catch {
      return {};
    }
  };
  return {
    get: (field, otherwise = "") => load()[field] ?? otherwise,
    set(field, value) {
      try {
        const all = { ...load(), [field]: value };
        const empty = Object.values(all).every((one) => !one || one.length === 0);
        if (empty) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ at: Date.now(), value: all }));
      } catch {
        // a full or forbidden storage: the draft lives in the page only
      }
    },
    clear: () => localStorage.removeItem(key),
  };
}

/** Drafts nobody came back to. */
export function sweepDrafts(now = Date.now()) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const { at = 0 } = JSON.parse(localStorage.getItem(key) || "{}");
    if (now - at > MOST_DAYS * 86_400_000) localStorage.removeItem(key);
  }
}
