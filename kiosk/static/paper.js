// The slip of paper: asked for after the number is on the screen, and never in its way.

import { html, nothing, render } from "lit";
import { intention, post } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";
import { qrSvg } from "/static/ui/qr.js";

const NO_PRINTER = "no_printer";

/** Print the slip of the number just taken, `after` what it says is known; what becomes of it is told in `app.state.paper`. */
export async function printSlip(app, ticket, after = null) {
  app.set({ paper: { step: "printing" } });
  await after;
  const says = await asked(`/tickets/${ticket.id}/slip`, {});
  if (app.state.ticket?.id === ticket.id) app.set({ paper: says });
}

/** Ask for a slip once; {step: "printed" | "none"} or {step: "failed", code, sentence}. */
export async function asked(path, body) {
  try {
    // One try: the person stands here and may press again. The server itself waits for the paper.
    const answer = await post(path, body, { key: intention(), stay: true, attempts: 1 });
    if (answer.browser) printHere(answer.slip);
    return { step: "printed" };
  } catch (refusal) {
    if (refusal.code === NO_PRINTER) return { step: "none" };
    return { step: "failed", code: refusal.code, sentence: refusal.sentence, told: refusal.code.startsWith("printer_") };
  }
}

/** The line under the number: is the slip coming, is it there, or what to do without it. */
export function paperSays(app) {
  const { paper, ticket } = app.state;
  if (!paper || paper.step === "none") return html`<div class="paper-says" role="status"></div>`;
  if (paper.step === "printing") return html`<div class="paper-says" role="status" data-paper="printing">
    <span class="spinner"></span> ${t("正在打印小票…", "Printing your slip…")}</div>`;
  if (paper.step === "printed") return html`<div class="paper-says ok" role="status" data-paper="printed">
    <strong>${t("请取走小票", "Please take your slip")}</strong></div>`;
  return html`<div class="paper-says bad" role="alert" data-paper="failed" data-code=${paper.code}>
    <span><strong>${t("未能打印小票，号码有效", "No slip, but your number stands")}</strong>
      <span>${t("请记住号码，或用手机扫下面的码。", "Remember the number, or scan the code below. ")}${paper.told
        ? t("已通知工作人员。", "Staff have been told.") : nothing}</span></span>
    <button type="button" class="button" data-print-again @click=${() => printSlip(app, ticket)}>${t("再试一次", "Try again")}</button>
  </div>`;
}

const page = new CSSStyleSheet();
document.adoptedStyleSheets.push(page);

/** Print through the browser: the page holds nothing but the slip while it prints, and is as long as the slip. */
export const printHere = (slip) => printSheet(sheet(slip));

/** Print any template on the strip. */
export function printSheet(content) {
  const paper = document.querySelector("#paper") ?? document.body.appendChild(Object.assign(document.createElement("section"), { id: "paper" }));
  render(content, paper);
  const millimetres = Math.ceil((paper.getBoundingClientRect().height * 25.4) / 96) + 8;
  page.replaceSync(`@page { size: 80mm ${millimetres}mm; margin: 2mm 4mm; }`);
  window.print();
}

function sheet(slip) {
  const row = (label, value, english) => (value
    ? html`<p class="paper-row"><span>${label}</span><span class="paper-words"><b>${value}</b>${english ? html`<br>${english}` : nothing}</span></p>` : nothing);
  return html`<h1>${slip.hall}</h1><p class="paper-en">${slip.hall_en}</p><hr>
    <p>您的号码 Your number</p><p class="paper-number">${slip.number}</p>
    ${slip.priority ? html`<p><b>绿色通道 · ${slip.priority}</b></p>` : nothing}
    <p class="paper-window"><b>${slip.window}</b><span>${slip.window_en}</span></p>
    ${slip.ahead === null ? nothing : html`<p class="paper-facts"><span><b>${slip.ahead} 人</b>前面人数 ahead</span><span><b>${slip.wait}</b>预计等候 expected</span></p>`}
    <hr>${row("板块", slip.section, slip.section_en)}${row("事项", slip.item, slip.item_en)}
    ${slip.bring.length ? html`<p class="paper-row"><b>请带好 Please bring</b></p><ul>${slip.bring.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
    <hr><div class="paper-foot">${qrSvg(slip.link)}<p><b>手机扫码看进度</b><br>${slip.phone ? html`短信通知 ${slip.phone}<br>` : nothing}取号 ${slip.taken}
      ${slip.reprinted ? html`<br>补打 ${slip.reprinted}` : nothing}</p></div>
    ${slip.note ? html`<p>${slip.note}</p>` : nothing}`;
}
