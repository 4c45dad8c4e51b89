// The desk as a whole: top bar, banner, the person at the window, the commands, the lines.

import { html, nothing } from "lit";

import { serverNow, signOut } from "/static/ui/api.js";
import { lang, setLang, t } from "/static/ui/lang.js";
import { actionBar } from "./action-bar.js";
import { whyNotMine } from "./commands.js";
import { plain } from "./desk.js";
import { lines } from "./lines.js";
import { person } from "./person.js";
import { clockText, sectionName, timeText, timeTextFull, windowKind, windowName, windowState } from "./words.js";

export function deskView(desk) {
  if (!desk.window) return desk.problem ? unreadable(desk) : html`<p class="empty"><span class="spinner"></span></p>`;
  return html`
    ${topBar(desk)} ${banner(desk)}
    <main class="desk-main">
      <section class="desk-left">${person(desk)} ${actionBar(desk)}</section>
      ${lines(desk)}
    </main>
  `;
}

function unreadable(desk) {
  return html`<main class="says card desk-says">
    <h1>${windowName(desk.number)}</h1>
    <p class="muted">${desk.problem.sentence}</p>
    <p class="dialog-actions">
      <button class="button" @click=${() => desk.refresh()}>${t("再试一次", "Try again")}</button>
      <a class="button primary" href="/terminal?window=choose">${t("选择其他窗口", "Choose another window")}</a>
    </p>
  </main>`;
}

function topBar(desk) {
  const { window: w } = desk;
  return html`<header class="top">
    <div class="top-window">
      <b class="top-number" data-testid="window-number">${desk.number}</b>
      <div class="top-names">
        <h1 title=${w.name}>${t(w.name, windowKind(w.kind)) || windowKind(w.kind)}</h1>
        <span class="muted small">${sectionNames(desk) || windowKind(w.kind)}</span>
      </div>
      <span class="badge ${w.state}" data-testid="window-state">${windowState(w.state)}</span>
      ${w.state !== "closed" && w.state_since
        ? html`<span class="muted small nowrap">${t(`${timeText(w.state_since)} 起`, `since ${timeText(w.state_since)}`)}</span>`
        : nothing}
    </div>
    ${today(desk)}
    <div class="top-end">
      <div class="top-clock number">${timeTextFull(serverNow())}</div>
      <details class="menu" @focusout=${closeMenu} @keydown=${escapeMenu}>
        <summary class="button quiet">${desk.me.name || desk.me.username} ▾</summary>
        <div class="menu-box">
          <a class="button quiet block" href="/cases">${t("办件", "Cases")}</a>
          <a class="button quiet block" href="/">${t("首页", "Start page")}</a>
          <a class="button quiet block" href="/terminal?window=choose">${t("换窗口", "Change window")}</a>
          <button class="button quiet block" @click=${() => setLang(lang() === "en" ? "zh" : "en")}>
            ${t("English", "中文")}
          </button>
          <button class="button quiet block" @click=${() => signOut()}>${t("退出登录", "Sign out")}</button>
        </div>
      </details>
    </div>
  </header>`;
}

function closeMenu(event) {
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}

function escapeMenu(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.stopPropagation();
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary").focus();
}

function sectionNames(desk) {
  return (desk.window.sections ?? []).map((id) => sectionName(desk.hall, id)).join(t("、", ", "));
}

function today(desk) {
  const { today: d } = desk.view;
  const figure = (label, value, unit = "") =>
    html`<div><dt>${label}</dt><dd><b class="number">${value}</b>${unit ? html`<small>${unit}</small>` : nothing}</dd></div>`;
  const minutes = (label, value) =>
    value === null || value === undefined ? figure(label, "—") : figure(label, Math.round(value), t("分", "min"));
  return html`<dl class="today" aria-label=${t("我今天", "My day")} data-testid="today">
    ${figure(t("今日办结", "Served"), d?.served ?? 0)} ${minutes(t("平均办理", "Mean service"), d?.mean_service_minutes)}
    ${minutes(t("平均等候", "Mean wait"), d?.mean_wait_minutes)}
    ${minutes(t("最长等候", "Longest wait"), d?.longest_wait_minutes)} ${figure(t("过号", "No-shows"), d?.no_shows ?? 0)}
  </dl>`;
}

function banner(desk) {
  if (desk.connected === false) {
    const since = desk.since ? timeTextFull(desk.since) : "";
    const long = desk.since ? clockText(serverNow() - desk.since.getTime()) : "";
    return html`<p class="desk-banner bad" role="alert" data-testid="offline">
      <b>${t("连接中断", "Connection lost")}</b>
      ${t(
        `自 ${since} 起（${long}）。画面可能不是最新，正在重新连接…`,
        `since ${since} (${long}). What you see may be old. Reconnecting…`,
      )}
    </p>`;
  }
  const { clerk, clerk_name: name } = desk.window;
  if (desk.me.leads && clerk && plain(clerk) !== desk.me.username) {
    return html`<p class="desk-banner warn" role="status">
      ${t(`值守人：${name || ""}（${plain(clerk)}）。您以管理者身份操作。`, `Held by ${name || ""} (${plain(clerk)}); you act as a leader of the hall.`)}
    </p>`;
  }
  const foreign = whyNotMine(desk);
  if (foreign) {
    return html`<p class="desk-banner warn" role="status">
      ${foreign} ${t("您只能查看。", "You can only look.")}
      <a href="/terminal?window=choose">${t("选择其他窗口", "Choose another window")}</a>
    </p>`;
  }
  return nothing;
}

