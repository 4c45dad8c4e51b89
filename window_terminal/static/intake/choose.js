// Which matter? The one named at the guide's desk or on the ticket stands chosen; any other is found by words or initials.

import { html, nothing, render } from "lit";

import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { SearchBox } from "../desk/search-box.js";
import { strip } from "./strip.js";
import { dayTime, daysText } from "./words.js";

const UNDER_WAY = new Set(["draft", "awaiting_visit", "correction"]); // whoever has one of these came for it

export class Chooser {
  constructor(visit, root, { fresh = false, opened }) {
    Object.assign(this, { visit, root, fresh, opened, gone: false, near: [], bundles: [], kept: null, named: null, problem: null, busy: false });
    this.box = new SearchBox({ list: "choices", ask: search, changed: () => this.draw(), failed: (refusal) => { this.problem = refusal; } });
  }

  async start() {
    const bundles = get("/catalogue/bundles", { background: true }).then((found) => found.bundles.filter((one) => one.active), () => []);
    await this.visit.refresh();
    if (this.visit.ticket) await this.readTicket(bundles);
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
    this.bundles = await bundles;
    this.draw();
  }

  async readTicket(bundles) {
    try {
      this.kept = await get(`/tickets/${this.visit.ticket.id}/cases`);
      const draft = this.kept.cases.find((one) => UNDER_WAY.has(one.state));
      if (draft && !this.fresh) return this.go(draft.id);
      await this.readNamed(bundles);
    } catch (refusal) {
      this.problem = refusal;
    }
  }

  // The matter of the precheck, or of the ticket, with what an item card shows.
  async readNamed(bundles) {
    const { precheck } = this.kept;
    const id = precheck?.item ?? this.visit.ticket.item;
    if (!id || this.kept.cases.some((one) => one.item === id)) return;
    const found = precheck?.bundle ? (await bundles).find((one) => one.id === id) : await get(`/catalogue/items/${encodeURIComponent(id)}`).catch(() => null);
    if (found) this.named = precheck?.bundle ? bundleChoice(found) : itemChoice(found);
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

  choices() {
    if (this.box.text) return this.box.found ?? [];
    const near = [...this.near.map(itemChoice), ...this.bundles.map(bundleChoice)];
    return [...(this.named ? [this.named] : []), ...near.filter((one) => one.id !== this.named?.id)];
  }

  /** Take what stands chosen; not while what is shown is older than what was typed. */
  enter() {
    const chosen = this.choices()[this.box.at];
    if (chosen && !this.box.behind) this.open(chosen);
  }

  onKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.enter();
  }

  draw() {
    if (this.gone) return;
    render(this.view(), this.root);
  }

  view() {
    const choices = this.choices();
    this.box.within(choices.length);
    return html`${strip(this.visit, null)}
      <main class="choose-matter">
        <section class="panel">
          <div class="choose-search">
            <label for="choices-field">${t("办什么事？", "Which matter?")}</label>
            ${this.box.field({
              count: choices.length, label: t("办什么事？", "Which matter?"), placeholder: t("事项名称或拼音首字母，如 gjj", "Name or pinyin initials, such as gjj"),
              disabled: !this.visit.ticket, keydown: (event) => this.onKey(event),
            })}
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
    if (!this.box.text && precheck && this.named) {
      return html`<p class="notice ok">${t(`${precheck.by_name || "群众"} ${dayTime(precheck.at)} 已预检“${precheck.name}”`, `“${precheck.name}” was checked by ${precheck.by_name || "the citizen"} at ${dayTime(precheck.at)}`)}${precheck.note ? `：${precheck.note}` : ""}${precheck.ticks?.length ? t(`，已核对 ${precheck.ticks.length} 个要点`, `, ${precheck.ticks.length} checkpoints ticked`) : ""}。</p>`;
    }
    if (this.box.found?.length === 0) return html`<p class="empty">${t("没有找到。换个说法，或输入拼音首字母。", "Nothing found. Try other words or initials.")}</p>`;
    return nothing;
  }

  row(choice, index) {
    const { item, bundle } = choice;
    const at = index === this.box.at;
    return html`<li id="choices-${index}" role="option" aria-selected=${String(at)} class="choice ${at ? "at" : ""}" data-choice=${choice.id} @click=${() => this.open(choice)}>
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

const bundleChoice = (one) => ({ body: { bundle: one.id }, id: one.id, bundle: one, name: t(one.name, one.name_en || one.name) });
const itemChoice = (one) => ({ body: { item: one.id }, id: one.id, item: one, name: t(one.name, one.name_en || one.name) });

/** Bundles and items that fit, by words or initials. */
async function search(text) {
  const find = (path) => get(`${path}?q=${encodeURIComponent(text)}`, { background: true, attempts: 2 });
  const [{ bundles }, { items }] = await Promise.all([find("/catalogue/bundles"), find("/catalogue/search")]);
  return [...bundles.filter((one) => one.active).map(bundleChoice), ...items.map(itemChoice)];
}
