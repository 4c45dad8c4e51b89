// Another item of the tree, found by words in its name, department or id.

import { get } from "ui/api.js";

const FOUND = 8;
let asked = null;

/** Every item of the tree, read once a page. */
export const allItems = () => (asked ??= get("/catalogue/nodes").then(({ nodes }) => nodes.filter((one) => one.is_item)));

/** Those that fit the text, without those of `but` (ids). */
export function fitting(items, text, but) {
  const words = text.trim().toLowerCase();
  return words ? items.filter((one) => !but.includes(one.id) && `${one.name} ${one.department} ${one.id}`.toLowerCase().includes(words)).slice(0, FOUND) : [];
}
