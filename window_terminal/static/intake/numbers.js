// Numbers checked as they are typed, so that a slip is seen at once. The server has the last word (server/domain).

const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ]/g;

/** Without spaces and hyphens, in plain capitals. */
export const compact = (text) =>
  String(text ?? "")
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s-]/g, "")
    .toUpperCase();

// Of a province there is (GB/T 2260; 83 for residents from Taiwan), as the server has it.
const ID_SHAPE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{15}[\dX]$/;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A resident's ID number by its shape, birth date and check digit (GB 11643). */
export function idOk(text) {
  const number = compact(text);
  if (!ID_SHAPE.test(number) || !birthOf(number)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return "10X98765432"[sum % 11] === number[17];
}

function birthOf(number) {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && date.getTime() < Date.now() ? date : null;
}

/** What an ID number says of its holder: {woman, born "1990-01-01", age}; null when it is not one. */
export function holder(text) {
  if (!idOk(text)) return null;
  const number = compact(text);
  const born = birthOf(number);
  const today = new Date();
  const passed = today.getMonth() - born.getUTCMonth() || today.getDate() - born.getUTCDate();
  return {
    woman: Number(number[16]) % 2 === 0,
    born: born.toISOString().slice(0, 10),
    age: today.getFullYear() - born.getUTCFullYear() - (passed < 0 ? 1 : 0),
  };
}

const CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A unified social credit code by its alphabet and check character (GB 32100). */
export function creditOk(text) {
  const code = compact(text);
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = CREDIT_WEIGHTS.reduce((total, weight, at) => total + weight * CREDIT.indexOf(code[at]), 0);
  return CREDIT[(31 - (sum % 31)) % 31] === code[17];
}

/** Any certificate's number; one that looks like a credit code must be one. */
export const documentOk = (text) => (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(compact(text)) ? creditOk(text) : compact(text).length > 0);

export const phoneOk = (text) => /^1[3-9]\d{9}$/.test(compact(text).replace(/^(\+86|0086)/, ""));
export const postcodeOk = (text) => /^\d{6}$/.test(compact(text));
