// Which matter? The one named at the guide's desk or on the ticket stands chosen; any other is found by words or initials.

import { html, nothing, render } from "lit";

import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { strip } from "./strip.js";
import { dayTime, daysText } from "./words.js";

const SEARCH_AFTER_MS = 150;
const UNDER_WAY = new Set(["draft", "awaiting_visit", "correction"]); // whoever has one of these came for it

export class Chooser {
  constructor(visit, root, { fresh = false, opened }) {
    Object.assign(this, { visit, root, fresh, opened, gone: false, text: "", at: 0, found: null, near: [], bundles: [], kept: null, problem: null, busy: false, timer: 0 });
  }

  async start() {
    await this.visit.refresh();
    if (this.visit.ticket) await this.readTicket();
    if (this.gone) return;
    this.draw();
    this.root.querySelector("[data-search]")?.focus();
    const section = this.visit.ticket?.section;
    if (section) {
      get(`/catalogue/search?q=&section=${encodeURIComponent(section)}`, { background: true }).then(({ items }) => {
        this.near = items;
        this.draw();
      }, () => null);
    }
    get("/catalogue/bundles").then(({ bundles }) => {
      this.bundles = bundles.filter((one) => one.active);
      this.draw();
    }, () => null);
  }

  async readTicket() {
    try {
      this.kept = await get(`/tickets/${this.visit.ticket.id}/cases`);
      const draft = this.kept.cases.find((one) => UNDER_WAY.has(one.state));
      if (draft && !this.fresh) return this.go(draft.id);
      await this.readNamed();
    } catch (refusal) {
      this.problem = refusal;
    }
  }

  // The matter of the precheck, or of the ticket, with what an item card shows.
  async readNamed() {
    const { precheck } = this.kept;
    const id = precheck?.item ?? this.visit.ticket.item;
    if (!id || this.kept.cases.some((one) => one.item === id)) return;
    this.named = await get(`/catalogue/items/${encodeURIComponent(id)}`).catch(() => null);
  }

  go(id) {
    this.gone = true;
    this.opened(id);
  }

  async open(choice) {
    if (this.busy) return;
    this.busy = true;
    this.draw();
    try {
      const body = { window: this.visit.number, ...choice.body };
      const made = await post("/cases", body);
      this.go(made.id);
    } catch (refusal) {
      this.busy = false;
      this.draw();
      toastRefusal(refusal);
    }
  }

  type(text) {
    this.text = text.trim();
    this.at = 0;
    this.found = null;
    this.draw();
    clearTimeout(this.timer);
    if (this.text) this.timer = setTimeout(() => this.search(this.text), SEARCH_AFTER_MS);
  }

  async search(text) {
    try {
      const { items } = await get(`/catalogue/search?q=${encodeURIComponent(text)}`, { background: true, attempts: 2 });
      if (text !== this.text) return;
      this.found = items;
    } catch (refusal) {
      this.problem = refusal;
    }
    this.draw();
  }

  choices() {
    const lower = this.text.toLowerCase();
    const bundles = this.bundles
      .filter((one) => lower && [one.name, one.name_en].some((name) => name?.toLowerCase().includes(lower)))
      .map((one) => ({ body: { bundle: one.id }, id: one.id, bundle: one, name: t(one.name, one.name_en) }));
    if (!lower) {
      const near = this.near.filter((one) => one.id !== this.named?.id);
      return [...(this.named ? [this.item(this.named)] : []), ...near.map((one) => this.item(one)), ...this.allBundles()];
    }
    return [...bundles, ...(this.found ?? []).map((one) => this.item(one))];
  }

  allBundles = () => this.bundles.map((one) => ({ body: { bundle: one.id }, id: one.id, bundle: one, name: t(one.name, one.name_en) }));
  item = (one) => ({ body: { item: one.id }, id: one.id, item: one, name: t(one.name, one.name_en) });

  onKey(event) {
    const choices = this.choices();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = Math.min(choices.length - 1, Math.max(0, this.at + step));
    else if (event.key === "Enter" && !event.isComposing) this.enter();
    else return;
    event.preventDefault();
    this.draw();
    this.root.querySelector(".choice.at")?.scrollIntoView({ block: "nearest" });
  }

  /** Take what stands chosen; not while what is shown is older than what was typed. */
  enter() {
    const chosen = this.choices()[this.at];
    if (chosen && !(this.text && this.found === null)) this.open(chosen);
  }

  draw() {
    if (this.gone) return;
    render(this.view(), this.root);
  }

  view() {
    const choices = this.choices();
    return html`${strip(this.visit, null)}
      <main class="choose-matter">
        <section class="panel">
          <div class="choose-search">
            <label for="search">${t("办什么事？", "Which matter?")}</label>
            <input id="search" class="input" data-search autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="choices"
              aria-activedescendant=${choices.length ? `choice-${this.at}` : nothing} placeholder=${t("事项名称或拼音首字母，如 gjj", "Name or pinyin initials, such as gjj")}
              ?disabled=${!this.visit.ticket} @input=${(event) => this.type(event.target.value)} @keydown=${(event) => this.onKey(event)} />
          </div>
          ${this.said()}
          <ul id="choices" class="choices" role="listbox" aria-label=${t("事项", "Items")}>${choices.map((one, index) => this.row(one, index))}</ul>
        </section>
        ${this.visit.ticket && this.kept?.cases.length ? this.earlier() : nothing}
      </main>`;
  }

  said() {
    if (this.problem) return html`<p class="notice bad">${this.problem.sentence}</p>`;
    if (!this.visit.view && this.visit.number !== null) return html`<p class="empty"><span class="spinner"></span></p>`;
    if (!this.visit.ticket) return html`<p class="notice warn">${t("窗口没有正在办理的人。请先在窗口终端叫号并开始办理。", "Nobody is being served here. Call somebody and start serving first.")}</p>`;
    const { precheck } = this.kept ?? {};
    if (!this.text && precheck && this.named) {
      return html`<p class="notice ok">${t(`${precheck.by_name || "群众"} ${dayTime(precheck.at)} 已预检“${precheck.name}”`, `“${precheck.name}” was checked by ${precheck.by_name || "the citizen"} at ${dayTime(precheck.at)}`)}${precheck.note ? `：${precheck.note}` : ""}${precheck.ticks?.length ? t(`，已核对 ${precheck.ticks.length} 个要点`, `, ${precheck.ticks.length} checkpoints ticked`) : ""}。</p>`;
    }
    if (this.text && this.found?.length === 0 && !this.choices().length) return html`<p class="empty">${t("没有找到。换个说法，或输入拼音首字母。", "Nothing found. Try other words or initials.")}</p>`;
    return nothing;
  }

  row(choice, index) {
    const { item, bundle } = choice;
    const at = index === this.at;
    return html`<li id="choice-${index}" role="option" aria-selected=${String(at)} class="choice ${at ? "at" : ""}" data-choice=${choice.id} @click=${() => this.open(choice)}>
      <b>${choice.name}</b>
      ${bundle ? html`<span class="badge call-soft">${t("一件事", "bundle")}</span><span class="muted small">${bundle.items.map((one) => one.name).join(" + ")}</span>` : nothing}
      ${item ? html`<span class="badge">${t(item.kind_zh, item.kind_en)}</span><span class="muted small">${item.department}　${t("承诺", "promised")} ${daysText(item.promised_days)}${item.path?.length ? `　${item.path.join(" › ")}` : ""}</span>` : nothing}
      ${at ? html`<kbd>Enter</kbd>` : nothing}
    </li>`;
  }

  earlier() {
    return html`<section class="panel earlier"><header class="panel-head"><h2>${t("本次来访的办件", "Cases of this visit")}</h2></header>
      <ul>${this.kept.cases.map((one) => html`<li><a href="/intake/${one.id}?window=${this.visit.number}"><b>${one.name}</b></a>
        <span class="badge">${t(one.state_zh, one.state_en)}</span> <span class="muted small">${one.code ?? ""} ${one.applicant_mask}</span></li>`)}</ul></section>`;
  }
}
