// How often one call is said. The same rule as server/domain/announcement.py; tests/data/turns.json holds both to it.

/**
 * @param {number} waiting how many others wait for their turn
 * @param {number} age seconds since the call was made
 * @param {{repeat: number, english: boolean, fresh_seconds: number}} rules the hall's [voice]
 * @returns {{zh: number, en: number}} 0 and 0: on the panel only
 */
export function turn(waiting, age, { repeat, english, fresh_seconds: fresh }) {
  if (age > fresh) return { zh: 0, en: 0 };
  if (waiting > 0) return { zh: 1, en: 0 };
  return { zh: repeat, en: english ? 1 : 0 };
}
