// A lost slip again: the number, and the last four digits of the phone that was left with it.

import { html, nothing } from "lit";
import { t } from "/static/ui/lang.js";
import { asked } from "./paper.js";
import { digitPad } from "./pads.js";

const NUMBER = 4; // a letter and three digits
const WHOLE = 8;

export function reprintScreen(app) {
  const { lost, lostSaid, lostBusy, lostDone } = app.state;
  if (lostDone) return done(app);
  const press = (key) => !lostBusy && app.set(pressed(app, key));
  app.onKey = press;
  return html`
    <section class="screen entry reprint" data-step="reprint">
      <div class="ask">
        <h1>${t("补打小票", "Print a lost slip again")}</h1>
        <p class="lead">${t("先按号码（如 C012），再按取号时所留手机号的后四位。没有留手机号的，请到导服台补打。",
          "Enter the number (e.g. C012), then the last four digits of your phone. Without a phone, please ask the guide desk.")}</p>
      </div>
      <div class="typed ${lostSaid ? "has-error" : ""}" role="textbox" aria-readonly="true" aria-label=${t("号码和手机尾号", "Number and last digits")} data-typed=${lost}>
        ${part(lost, 0, NUMBER, t("号码", "Number"))}${part(lost, NUMBER, WHOLE, t("手机尾号", "Phone, last 4"))}
      </div>
      <p class="entry-says ${lostSaid ? "bad" : ""}" role=${lostSaid ? "alert" : "status"}>${lostSaid || nothing}</p>
      <div class="letter-keys ${app.state.hall.sections.length > 10 ? "many" : ""}" role="group" aria-label=${t("号码的字母", "The number's letter")}>
        ${app.state.hall.sections.map(({ letter }) => html`<button type="button" class="key" @click=${() => press(letter)}>${letter}</button>`)}
      </div>
      ${digitPad({ onKey: press })}
      <div class="actions"><button type="button" class="button primary huge" data-next ?disabled=${lostBusy} aria-busy=${Boolean(lostBusy)} @click=${() => send(app)}>
        ${lostBusy ? html`<span class="spinner"></span> ${t("正在打印…", "Printing…")}` : t("补打", "Print again")}</button></div>
    </section>`;
}

function part(text, from, to, label) {
  const places = Array.from({ length: to - from }, (_, i) => from + i);
  return html`<span class="typed-part"><span class="typed-group">${places.map((i) => html`<span class="typed-digit number ${i === text.length ? "here" : ""}">${text[i] ?? ""}</span>`)}</span>${label}</span>`;
}

function pressed(app, key) {
  const { lost } = app.state;
  if (key === "clear") return { lost: "", lostSaid: "" };
  if (key === "back") return { lost: lost.slice(0, -1), lostSaid: "" };
  const letter = /^[A-Z]$/i.test(key);
  if (letter) return { lost: lost.length > 1 ? lost : key.toUpperCase(), lostSaid: "" };
  if (!lost) return { lostSaid: t("请先按号码前面的字母。", "First press the letter of the number.") };
  return { lost: (lost + key).slice(0, WHOLE), lostSaid: "" };
}

async function send(app) {
  const { lost } = app.state;
  if (lost.length < WHOLE) {
    const what = lost.length < NUMBER ? t("号码还没有输完，例如 C012。", "The number is not complete, e.g. C012.") : t("请输入手机号的后四位。", "Enter the phone's last four digits.");
    return app.set({ lostSaid: what });
  }
  app.set({ lostBusy: true });
  const says = await asked("/slips", { number: lost.slice(0, NUMBER), phone_tail: lost.slice(NUMBER) });
  if (app.state.screen !== "reprint") return undefined;
  if (says.step === "printed") return app.go("reprint", { lostBusy: false, lostDone: true });
  const sentence = says.sentence ?? t("这里没有小票机，请到导服台补打。", "There is no printer here; please ask the guide desk.");
  return app.set({ lostBusy: false, lostSaid: sentence, lost: says.told ? lost : lost.slice(0, NUMBER) });
}

function done(app) {
  return html`<section class="screen message-screen" data-step="reprinted">
    <div class="message-mark ok" aria-hidden="true">✓</div>
    <h1>${t("已补打，请取走小票", "Printed: please take your slip")}</h1>
    <div class="actions"><button type="button" class="button primary huge" @click=${() => app.home()}>${t("完成", "Done")}</button></div>
  </section>`;
}
