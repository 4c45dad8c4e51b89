// Chinese has no spaces to break a line at; these say where a line may end without tearing a word apart.

import { html } from "lit";

/** A name: break before 及, 与, 和 and brackets. For an element with `word-break: keep-all`. */
export const phrases = (name) => (name ?? "").split(/(?=[及与和（])/).map((part, i) => (i ? html`<wbr>${part}` : part));

/** A sentence: break after its commas. */
export const clauses = (sentence) => (sentence ?? "").split(/(?<=[，；。：？！])/).map((part) => html`<span class="clause">${part}</span>`);
