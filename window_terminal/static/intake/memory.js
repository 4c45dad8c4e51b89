// What this machine keeps of an unsaved draft, so that a crash or a lost link loses nothing. It is deleted as soon as the
// server has it, and after a day whatever happened: a counter's machine is no place for personal data.

const NAME = "yichuang-intake-";
const A_DAY_MS = 86_400_000;

export function remember(id, kept) {
  try {
    localStorage.setItem(NAME + id, JSON.stringify({ ...kept, at: Date.now() }));
  } catch {
    // a full or forbidden storage: the server's copy is the one that counts
  }
}

export function recall(id) {
  sweep();
  try {
    return JSON.parse(localStorage.getItem(NAME + id));
  } catch {
    return null;
  }
}

export function forget(id) {
  try {
    localStorage.removeItem(NAME + id);
  } catch {
    // nothing was kept either
  }
}

function sweep() {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(NAME))) {
      const { at } = JSON.parse(localStorage.getItem(name));
      if (!(Date.now() - at < A_DAY_MS)) localStorage.removeItem(name);
    }
  } catch {
    // as above
  }
}
