// What a guide is entering survives a reload, a lost link or a crash: on this machine, for whoever was signed in, until the number is
// taken or the form is cleared, an hour at the latest. An ID number is not kept: this machine stands in the hall.

const NAME = "yichuang-guide";
const AN_HOUR_MS = 3_600_000;

/** @param {string} username */
export function createKept(username) {
  const load = () => {
    try {
      const found = JSON.parse(localStorage.getItem(NAME) ?? "{}");
      return found.by === username && Date.now() - found.at < AN_HOUR_MS ? found : {};
    } catch {
      return {};
    }
  };
  return {
    get: (part) => load()[part] ?? null,
    /** null: nothing of this part is being entered. */
    put(part, value) {
      try {
        const all = { ...load(), [part]: value };
        if (all.form || all.check) localStorage.setItem(NAME, JSON.stringify({ ...all, by: username, at: Date.now() }));
        else localStorage.removeItem(NAME);
      } catch {
        // a full or forbidden storage: what is entered lives in the page only
      }
    },
  };
}
