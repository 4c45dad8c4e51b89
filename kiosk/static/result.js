// The number, as large as the screen allows, and what happens next; or why there is none.

import { html, nothing } from "lit";
import { t } from "/static/ui/lang.js";
import { aboutMinutes, sectionName } from "./hall.js";
import { maskPhone } from "./numbers.js";
import { paperSays } from "./paper.js";
import { qrSvg } from "/static/ui/qr.js";
import { clauses } from "./words.js";

export function resultScreen(app) {
  const { ticket, section } = app.state;
  const matter = app.state.bundle ?? app.state.item;
  const masked = ticket.phone || maskPhone(app.state.phone);
  return html`
    <section class="screen result" data-step="result" data-ticket=${ticket.id}>
      <p class="result-kind">${sectionName(section)}${matter ? html` · ${t(matter.name, matter.name_en || matter.name)}` : nothing}</p>
      <div class="slip card">
        <h1 class="slip-head"><span class="slip-label">${t("您的号码", "Your number")}</span>
          <span class="slip-number number" data-number>${ticket.number}</span></h1>
        ${ticket.priority ? html`<p class="slip-green"><span class="badge ok big">${place(ticket)}</span></p>` : nothing}
        <p class="slip-window">${planned(ticket)}</p>
        <div class="slip-facts">
          <div><b class="number">${ticket.ahead}</b><span>${t("人在您前面", "ahead of you")}</span></div>
          <div><b>${aboutMinutes(ticket.expected_minutes) || t("待开窗", "not yet known")}</b><span>${t("预计等候", "expected wait")}</span></div>
        </div>
      </div>
      ${paperSays(app)}
      <div class="after">
        ${ticket.link ? html`<div class="qr">${qrSvg(ticket.link)}<span>${t("手机扫码看进度", "Scan to follow")}</span></div>` : nothing}
        <p class="after-words">${masked
          ? html`<strong>${t("短信会通知您", "Text messages will tell you")}</strong><span class="number">${masked}</span>
            <span>${t("可以先坐下休息，快到您时会发短信。", "Take a seat: we text you when your turn is near.")}</span>`
          : html`<strong>${t("请记住号码，留意大屏叫号", "Remember your number and watch the big screen")}</strong>
            ${ticket.link ? html`<span>${t("扫左边的码，手机上也能看到叫号。", "Scan the code to see your call on your phone.")}</span>` : nothing}`}</p>
      </div>
      <div class="actions">
        <button type="button" class="button primary huge" data-done @click=${() => app.home()}>
          ${t("完成", "Done")} <span class="count">${app.state.left} ${t("秒", "s")}</span>
        </button>
      </div>
    </section>`;
}

const planned = (ticket) => (ticket.window
  ? t(`预计${ticket.window}号窗口，以叫号为准`, `Probably window ${ticket.window}; the call decides`)
  : t("开窗后安排窗口，以叫号为准", "A window will be assigned; the call decides"));

// The last of the hall's reasons says what the green channel gave, or that today's share is used up.
const place = (ticket) => t(ticket.reason, ticket.reason_en).split(/[；;]/).at(-1).trim();

/** A refusal in the hall's own sentence, with the ways on that make sense for it. */
export function refusedScreen(app) {
  const { refusal } = app.state;
  const wayOn = ways(app, refusal);
  return html`
    <section class="screen message-screen" data-step="refused" data-code=${refusal.code}>
      <div class="message-mark" aria-hidden="true">!</div>
      <h1 role="alert">${clauses(refusal.sentence)}</h1>
      <p class="lead">${t("没有取到新的号。需要帮助请找导服人员。", "No new number was taken. Please ask a guide for help.")}</p>
      <div class="actions">
        ${wayOn ? html`<button type="button" class="button primary huge" @click=${wayOn.act}>${wayOn.words}</button>` : nothing}
        <button type="button" class="button huge ${wayOn ? "" : "primary"}" @click=${() => app.home(false)}>${t("返回首页", "Back to the start")}</button>
      </div>
    </section>`;
}

function ways(app, refusal) {
  if (refusal.code === "phone_invalid") return { words: t("重新输入手机号", "Enter the number again"), act: () => app.go("phone") };
  if (refusal.code.startsWith("id_number")) return { words: t("重新输入身份证号", "Enter the ID number again"), act: () => app.go("identity", { idNumber: "" }) };
  if (/^(priority|too_young|green)/.test(refusal.code)) return { words: t("按普通号取", "Take an ordinary number"), act: () => app.go("confirm", { idNumber: "" }) };
  if (refusal.code === "item_not_offered" || refusal.code === "item_unknown") return { words: t("换一个事项", "Choose another errand"), act: () => app.go("find") };
  if (refusal.offline || refusal.status >= 500 || refusal.status === 429) return { words: t("再试一次", "Try again"), act: () => app.go("confirm") };
  return null;
}
