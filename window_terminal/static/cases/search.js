// One field for every number a citizen may say: its shape tells what it is.

import { compact, creditOk, idOk, phoneOk } from "../intake/numbers.js";

/** The body of POST /cases/search for what was typed; null for nothing. */
export function asked(text) {
  const plain = compact(text);
  if (!plain) return null;
  if (phoneOk(plain)) return { phone: plain };
  if (idOk(plain)) return { id_number: plain };
  return creditOk(plain) ? { credit_code: plain } : { code: plain };
}
