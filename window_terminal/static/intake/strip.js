// The strip on top: the window and its number, the matter, its promise, and whether the draft is saved.

import { html, nothing } from "lit";

import { serverNow } from "ui/api.js";
import { lang, setLang, t } from "ui/lang.js";
import { askSheet } from "../desk/adjusting.js";
import { clockText, promisedText, promiseText, timeText } from "./words.js";

export function strip(visit, intake) {
  const c = intake?.case;
  return html`<header class="strip-top">
    <a class="button quiet small back" href=${visit.home} data-back>← ${t("返回", "Back")} <kbd>Esc</kbd></a>
    ${atWindow(visit)}
    <div class="matter">
      <h1 class="cut" data-testid="matter">${c ? c.name : t("收件受理", "Intake")}</h1>
      ${c
        ? html`<span class="muted small cut">${c.department}　${t(c.kind_zh, c.kind_en)}　${t("承诺", "promised")} ${promisedText(c)}${c.fee?.yuan ? html`　${t(`收费 ${c.fee.yuan} 元`, `fee ¥${c.fee.yuan}`)}` : nothing}</span>` : nothing}
    </div>
    ${c && !intake.decided && !c.ended_at ? html`<dl class="promise"><div>${promise(c)}</div></dl>` : nothing}
    ${intake?.case ? html`<button class="button quiet small" type="button" data-adjust @click=${() => adjust(intake)}>${t("事项有误？", "Item wrong?")}</button>${saved(intake)}` : nothing}
    <button class="button quiet small" type="button" data-language @click=${() => setLang(lang() === "en" ? "zh" : "en")}>${t("English", "中文")}</button>
  </header>
  ${visit.connected === false
    ? html`<p class="lost-line" role="alert" data-testid="offline"><b>${t("连接中断", "Connection lost")}</b>
        ${t("可以继续填写，内容先存在本机，恢复后自动保存。", "Go on: what you enter is kept on this machine and saved once the line is back.")}
        ${visit.since ? t(`（自 ${timeText(visit.since)} 起）`, `(since ${timeText(visit.since)})`) : nothing}</p>` : nothing}`;
}

// Before acceptance what is promised today; after it the limit, or while the clock stands until when it waits.
function promise(c) {
  const day = (words, on, provisional) => html`<dt>${words}</dt><dd data-testid="promise">${promiseText({ day: on, provisional })}</dd>`;
  if (c.due_day) return day(t("应办结", "Due"), c.due_day, c.due_provisional);
  if (!c.start_day) return c.promise ? day(t("现在受理则办结于", "If accepted now, by"), c.promise.day, c.promise.provisional) : nothing;
  return c.correction_due ? day(t("停止计时，补正期限", "Clock stands; to be corrected by"), c.correction_due, c.provisional.includes("correction_due")) : html`<dt>${t("停止计时", "The clock stands")}</dt>`;
}

// Of the material that is being looked at, and of the items of a bundle, whichever it is.
function adjust(intake) {
  const c = intake.case;
  const material = intake.at ? intake.material(intake.at.material) : null;
  const items = c.children.length ? c.children.map((one) => ({ id: one.item, name: one.name })) : [{ id: c.item, name: c.name }];
  return askSheet(items, material ? `“${material.name}”：` : "");
}

function atWindow(visit) {
  const { ticket, view } = visit;
  if (visit.number === null) return nothing;
  const first = view?.line?.[0];
  return html`<div class="at-window">
    <b class="window-number number" title=${t("窗口", "Window")}>${visit.number}</b>
    ${ticket
      ? html`<b class="ticket number" data-testid="ticket">${ticket.number}</b>
          <span class="ticket-clock number">${ticket.started_at ? clockText(serverNow() - Date.parse(ticket.started_at) - (ticket.parked_seconds ?? 0) * 1000) : ""}</span>`
      : html`<span class="muted">${view ? t("窗口没有办事人", "nobody at the window") : ""}</span>`}
    ${view ? html`<span class="waiting small muted nowrap">${t(`本窗等候 ${view.line.length}`, `${view.line.length} waiting`)}${first ? html` · ${t("下一位", "next")} <b>${first.number}</b>` : nothing}</span>` : nothing}
  </div>`;
}

function saved(intake) {
  const { state, savedAt, sentence } = intake.draft;
  if (!intake.editable) return html`<span class="badge" data-testid="saved">${t(intake.case.state_zh, intake.case.state_en)}</span>`;
  const [kind, words] = {
    saved: ["ok", savedAt ? t(`已保存 ${timeText(savedAt)}`, `Saved ${timeText(savedAt)}`) : t("草稿已保存", "Draft saved")],
    waiting: ["", t("未保存", "Unsaved")],
    saving: ["", t("正在保存…", "Saving…")],
    lost: ["bad", t("未保存 · 已存本机", "Unsaved · kept here")],
    conflict: ["warn", t("别处有改动", "Changed elsewhere")],
    refused: ["bad", t("未保存", "Not saved")],
  }[state];
  return html`<span class="badge ${kind} saved-state" role="status" data-testid="saved" data-state=${state} title=${sentence || nothing}>${words}</span>`;
}
