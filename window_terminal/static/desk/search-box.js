// One field over a list: the server is asked after a pause in typing, an older answer never replaces a newer one, and the
// arrow keys choose a row. Rows carry the id `${list}-${index}` and the class of the page; the chosen one is `at`.

import { html, nothing } from "lit";

const SEARCH_AFTER_MS = 150;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

export class SearchBox {
  /** `list`: the list's element id; `ask(text)` resolves with what fits; `changed()` draws; `failed(refusal)` says it, if anybody does. */
  constructor({ list, ask, changed, failed = () => null }) {
    Object.assign(this, { list, ask, changed, failed, text: "", at: 0, found: null, timer: 0 });
  }

  /** Is what the server found older than what was typed? */
  get behind() {
    return Boolean(this.text) && this.found === null;
  }

  type(text) {
    Object.assign(this, { text: text.trim(), at: 0, found: null });
    this.changed();
    clearTimeout(this.timer);
    if (this.text) this.timer = setTimeout(() => this.search(this.text), SEARCH_AFTER_MS);
  }

  async search(text) {
    try {
      const found = await this.ask(text);
      if (text !== this.text) return;
      this.found = found;
    } catch (refusal) {
      this.failed(refusal);
    }
    this.changed();
  }

  /** The list has `count` rows now: what is chosen is one of them. */
  within(count) {
    this.at = Math.min(this.at, Math.max(0, count - 1));
  }

  /** An arrow key chooses. @returns whether the key was used */
  move(event, count) {
    const step = STEPS[event.key];
    if (!step || event.isComposing) return false;
    this.at = Math.max(0, Math.min(count - 1, this.at + step));
    event.preventDefault();
    this.changed();
    document.getElementById(`${this.list}-${this.at}`)?.scrollIntoView({ block: "nearest" });
    return true;
  }

  choose(index) {
    this.at = index;
    this.changed();
  }

  field({ count, label, placeholder, disabled = false, keydown = () => null }) {
    return html`<input id="${this.list}-field" class="input" data-search autofocus autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls=${this.list}
      aria-activedescendant=${count ? `${this.list}-${this.at}` : nothing} aria-label=${label} placeholder=${placeholder} ?disabled=${disabled}
      @input=${(event) => this.type(event.target.value)} @keydown=${(event) => this.move(event, count) || keydown(event)}>`;
  }
}
