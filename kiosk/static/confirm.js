// Look once more, then take the number.

import { html, nothing } from "lit";
import { t } from "/static/ui/lang.js";
import { aboutMinutes, sectionName } from "./hall.js";
import { maskId, maskPhone } from "./numbers.js";

export function confirmScreen(app) {
  const { section, item, bundle, phone, idNumber, taking, uncertain } = app.state;
  const locked = taking || uncertain;
  return html`
    <section class="screen confirm" data-step="confirm">
      <div class="ask">
        <h1>${t("请确认", "Please check")}</h1>
        <p class="lead">${t("没有问题就按“确认取号”", "If all is right, press “Take my number”")}</p>
      </div>
      <dl class="summary card">
        ${line(t("板块", "Section"), html`<span class="letter number">${section.letter}</span> ${sectionName(section)}`)}
        ${bundle ? line(t("一件事", "One visit"), t(bundle.name, bundle.name_en || bundle.name)) : item ? line(t("事项", "Errand"), t(item.name, item.name_en || item.name)) : nothing}
        ${line(t("手机号", "Mobile"), phone ? html`<span class="number">${maskPhone(phone)}</span>` : t("不留手机号", "No phone number"),
          html`<button type="button" class="button" ?disabled=${locked} @click=${() => app.go("phone")}>${phone ? t("修改", "Change") : t("填写", "Enter one")}</button>`)}
        ${idNumber ? line(t("绿色通道", "Green channel"), html`<span class="number">${maskId(idNumber)}</span>`,
          html`<button type="button" class="button" ?disabled=${locked} @click=${() => app.set({ idNumber: "" })}>${t("取消", "Remove")}</button>`) : nothing}
        ${line(t("现在等候", "Waiting now"), waiting(section))}
      </dl>
      ${idNumber || !app.state.hall?.elderClass ? nothing : elderCard(app, locked)}
      ${uncertain ? html`<p class="notice warn big" role="alert" data-uncertain>${t("网络不稳，还不知道是否取到号。请按“再试一次”，不会重复取号。",
        "The network broke before the answer came. Press “Try again”: you will not get two numbers.")}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button primary huge take" data-take ?disabled=${taking} aria-busy=${taking} @click=${() => app.take()}>
          ${taking ? html`<span class="spinner"></span> ${t("正在取号…", "One moment…")}` : uncertain ? t("再试一次", "Try again") : t("确认取号", "Take my number")}
        </button>
      </div>
    </section>`;
}

const line = (label, value, action = nothing) => html`<div class="summary-line"><dt>${label}</dt><dd><span>${value}</span>${action}</dd></div>`;

function waiting(section) {
  const wait = aboutMinutes(section.minutes);
  const people = t(`${section.waiting} 人`, `${section.waiting}`);
  return wait && section.openWindows ? `${people} · ${wait}` : people;
}

function elderCard(app, locked) {
  const age = app.state.hall.elderClass.min_age;
  return html`<button type="button" class="elder-card" data-elder-channel ?disabled=${locked} @click=${() => app.go("identity")}>
    <strong>${t(`我已满 ${age} 周岁`, `I am ${age} or older`)}</strong>
    <span>${t("输入身份证号，优先办理（可不选）", "Enter your ID number to be served earlier (optional)")}</span>
  </button>`;
}
