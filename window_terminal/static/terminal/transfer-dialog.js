// Where should this person go? One field finds windows, sections and items, also by pinyin initials.

import { html, nothing, render } from "lit";

import { get } from "/static/ui/api.js";
import { showDialog } from "/static/ui/dialog.js";
import { t } from "/static/ui/lang.js";
import { SearchBox } from "../desk/search-box.js";
import { windowKind, windowName } from "./words.js";

const ITEMS_SHOWN = 30;

/** Resolves with {body, name} for POST …/transfer, or null. */
export function askTransfer(desk) {
  const { ticket } = desk;
  return showDialog(
    t(`${ticket.number} 转移到…`, `Transfer ${ticket.number} to…`),
    (box, done) => new Picker(desk, box, done).draw(),
    { wide: true },
  );
}

class Picker {
  constructor(desk, box, done) {
    Object.assign(this, { desk, box, done });
    this.search = new SearchBox({ list: "transfer", ask: items, changed: () => this.draw() });
    this.windows = desk.hall.windows;
    this.refreshWindows();
  }

  async refreshWindows() {
    try {
      this.windows = (await get("/hall", { background: true })).windows;
      this.draw();
    } catch {
      // the list read at the start is good enough; the server decides anyway
    }
  }

  choices() {
    const { desk } = this;
    const { text } = this.search;
    const lower = text.toLowerCase();
    const fits = (...words) => !lower || words.some((word) => String(word ?? "").toLowerCase().includes(lower));
    const sections = desk.hall.sections
      .filter((one) => !one.item_required && fits(one.name, one.name_en, one.letter))
      .map((one) => ({ body: { section: one.id }, tag: t("板块", "Section"), name: t(one.name, one.name_en), note: one.letter }));
    const windows = this.windows
      .filter((one) => one.state === "open" && one.number !== desk.number)
      .filter((one) => (/^\d+$/.test(text) ? String(one.number).startsWith(text) : fits(one.name, windowKind(one.kind))))
      .map((one) => this.windowChoice(one));
    // The server knows the initials (bdc → 不动产…); names are found here at once, without waiting for it.
    const found = this.search.found ?? (lower ? desk.hall.items.filter((one) => fits(one.name, one.name_en, one.initials)) : []);
    const items = found.slice(0, ITEMS_SHOWN).map((one) => ({
      body: { item: one.id },
      tag: t("事项", "Item"),
      name: t(one.name, one.name_en),
      note: t(...this.sectionNames(one.section)),
    }));
    return /^\d+$/.test(text) ? [...windows, ...sections, ...items] : [...sections, ...items, ...windows];
  }

  sectionNames(id) {
    const section = this.desk.hall.sections.find((one) => one.id === id);
    return [section?.name ?? "", section?.name_en ?? ""];
  }

  windowChoice(one) {
    const sections = (one.sections ?? []).map((id) => t(...this.sectionNames(id.id ?? id))).filter(Boolean);
    return {
      body: { window: one.number },
      tag: t("窗口", "Window"),
      name: windowName(one.number),
      note: sections.join(t("、", ", ")) || windowKind(one.kind),
    };
  }

  draw() {
    const choices = this.choices();
    this.search.within(choices.length);
    render(
      html`<form @submit=${(event) => this.submit(event, choices)}>
        ${this.search.field({
          count: choices.length, label: t("转移到", "Transfer to"), placeholder: t("输入窗口号、板块、事项名称或拼音首字母", "Window number, section, item or initials"),
        })}
        <ul class="pick scroll" id="transfer" role="listbox">
          ${choices.map((choice, index) => this.row(choice, index))}
          ${choices.length ? nothing : html`<li class="empty">${t("没有找到。只能转移到开放的窗口。", "Nothing found. Only open windows can be chosen.")}</li>`}
        </ul>
        <div class="dialog-actions">
          <span class="muted small transfer-hint"><kbd>↑</kbd><kbd>↓</kbd> ${t("选择", "choose")}　${t("保留原来的排队时间", "the place in line is kept")}</span>
          <button class="button" type="button" @click=${() => this.done(null)}>${t("取消", "Cancel")}</button>
          <button class="button primary" type="submit" ?disabled=${!choices.length}>
            ${t("转移到", "Transfer to")} ${choices[this.search.at]?.name ?? ""}
          </button>
        </div>
      </form>`,
      this.box,
    );
  }

  row(choice, index) {
    const chosen = index === this.search.at;
    return html`<li
      id="transfer-${index}"
      role="option"
      aria-selected=${chosen ? "true" : "false"}
      class="pick-row ${chosen ? "chosen" : ""}"
      @click=${() => {
        this.search.choose(index);
        this.box.querySelector("input").focus();
      }}
      @dblclick=${() => this.done(choice)}
    >
      <span class="badge">${choice.tag}</span> <b>${choice.name}</b> <span class="muted small">${choice.note}</span>
    </li>`;
  }

  submit(event, choices) {
    event.preventDefault();
    if (choices[this.search.at]) this.done(choices[this.search.at]);
  }
}

const items = async (text) => (await get(`/items?q=${encodeURIComponent(text)}`, { background: true, attempts: 2 })).items;
