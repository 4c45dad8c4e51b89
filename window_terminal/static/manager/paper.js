// After an outage: enter the reserved paper numbers that were handed out by hand, each with its own answer.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { todayAt, words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";

const MOST = 200;

/** "A901-A903, 907、A910" → ["A901","A902","A903","A907","A910"]; throws an Error with a sentence. */
export function expandNumbers(text, letter) {
  const numbers = [];
  const parts = text.toUpperCase().replace(/[－—–~～至]/g, "-").split(/[\s,，、;；]+/).filter(Boolean);
  for (const part of parts) {
    const match = /^([A-Z]?)(\d{3,4})(?:-([A-Z]?)(\d{3,4}))?$/.exec(part);
    if (!match) throw new Error(t(`看不懂“${part}”，请写成 ${letter}901 或 ${letter}901-${letter}905。`, `Cannot read “${part}”. Write ${letter}901 or ${letter}901-${letter}905.`));
    const [, first, from, second, to] = match;
    for (const given of [first, second]) {
      if (given && given !== letter) throw new Error(t(`“${part}”不是这个板块的号（应以 ${letter} 开头）。`, `“${part}” is not of this section (its letter is ${letter}).`));
    }
    const end = Number(to ?? from);
    if (end < Number(from)) throw new Error(t(`“${part}”的次序反了。`, `“${part}” runs backwards.`));
    for (let n = Number(from); n <= end && numbers.length <= MOST; n += 1) numbers.push(letter + String(n).padStart(3, "0"));
  }
  if (numbers.length > MOST) throw new Error(t(`一次最多 ${MOST} 个。`, `At most ${MOST} at a time.`));
  return [...new Set(numbers)];
}

export function enterPaperNumbers({ data }) {
  const form = { section: data.sections[0].id, text: "", time: "", results: null };
  return sheet(t("补录纸质号", "Enter paper numbers"), (state) => paperView(state, form, data), { wide: true });
}

function paperView(state, form, data) {
  const section = data.sections.find((one) => one.id === form.section);
  let numbers = [];
  let wrong = "";
  try {
    numbers = expandNumbers(form.text, section.letter);
  } catch (error) {
    wrong = error.message;
  }
  const set = (field) => (event) => {
    form[field] = event.target.value;
    state.draw();
  };
  const send = async () => {
    form.results = [];
    for (const number of numbers) {
      form.results.push(await enterOne(section.id, number, form.time));
      state.draw();
    }
    form.text = form.results.filter((result) => !result.ok).map((result) => result.number).join(" ");
  };
  const { first, last } = data.paper;
  const example = `${section.letter}${first}-${section.letter}${Math.min(first + 4, last)}`;
  return html`<p class="lead">${t(
      `停机时手工发出的备用号（每个板块 ${first} 至 ${last}）。按发出的次序补录，按发出时间排队。`,
      `The reserve numbers (${first} to ${last} in each section) handed out by hand. They join the line in the order given, as of the time they were handed out.`,
    )}</p>
    <div class="form">
      <div class="form-row">
      <div class="field"><label for="paper-section">${t("板块", "Section")}</label>
        <select id="paper-section" name="section" ?disabled=${state.busy} @change=${set("section")}>
          ${data.sections.map((s) => html`<option value=${s.id} ?selected=${s.id === form.section}>${s.letter} ${words(s)}</option>`)}
        </select></div>
      <div class="field"><label for="paper-time">${t("发出时间（不填按现在排）", "Handed out at (empty: now)")}</label>
        <input id="paper-time" name="time" type="time" ?disabled=${state.busy} .value=${form.time} @input=${set("time")}></div>
      </div>
      <div class="field${wrong ? " has-error" : ""}"><label for="paper-numbers">${t("号码，可写范围", "Numbers; ranges are fine")}</label>
        <input id="paper-numbers" name="numbers" autofocus autocomplete="off" placeholder=${`${example}, ${section.letter}${last}`} ?disabled=${state.busy}
          .value=${form.text} @input=${set("text")}>
        ${wrong ? html`<span class="error" role="alert">${wrong}</span>` : html`<span class="hint">${t(`共 ${numbers.length} 个`, `${numbers.length} number(s)`)}</span>`}
      </div>
      ${form.results ? resultList(form.results) : nothing}
    </div>
    ${sheetActions(state, t("关闭", "Close"), [t(`补录 ${numbers.length} 个`, `Enter ${numbers.length}`), send, { disabled: Boolean(wrong) || !numbers.length }])}`;
}

/** One number, so that one refusal does not hold up the others. */
async function enterOne(section, number, time) {
  const body = { section, numbers: [number] };
  if (time) body.taken_at = todayAt(time);
  try {
    const { tickets } = await post("/manage/paper-numbers", body);
    return { number, ok: true, window: tickets[0]?.planned_window ?? tickets[0]?.window ?? null };
  } catch (refusal) {
    if (refusal.offline) throw refusal;
    return { number, ok: false, sentence: refusal.sentence };
  }
}

function resultList(results) {
  return html`<div class="scroll" data-paper-results>${results.map(
    (result) => html`<div class="outcome" data-paper=${result.number}>
      <b class="number">${result.number}</b>
      ${result.ok
        ? html`<span class="ok-text">${result.window
            ? t(`已补录，预计 ${result.window} 号窗口`, `entered, planned for window ${result.window}`)
            : t("已补录，等待开窗", "entered, waiting for a window to open")}</span>`
        : html`<span class="bad-text">${result.sentence}</span>`}
    </div>`,
  )}</div>`;
}
