// The parts around the windows: today's totals, the sections, the alarms, what the SMS do, and where issuing is stopped.

import { html, nothing } from "lit";
import { minutesText } from "ui/api.js";
import { t } from "ui/lang.js";
import { timeText, words } from "../desk/desk.js";

export function totals({ totals: today, sections, evaluations }, commands) {
  const waits = sections.filter((section) => section.waiting).map((section) => section.longest_wait_minutes);
  const figures = [
    ["taken", t("今日取号", "Taken"), today.taken],
    ["waiting", t("等候", "Waiting"), today.waiting],
    ["served", t("已办结", "Served"), today.served],
    ["no-shows", t("过号", "No-shows"), today.no_shows],
    ["cancelled", t("取消", "Cancelled"), today.cancelled],
    ["mean-wait", t("平均等候", "Mean wait"), minutesText(today.mean_wait_minutes)],
    ["longest-wait", t("现在最长等候", "Longest wait now"), waits.length ? minutesText(Math.max(...waits)) : "—"],
  ];
  return html`${figures.map(
    ([name, label, value]) => html`<div class="total" data-total=${name}><b class="number">${value ?? "—"}</b><span>${label}</span></div>`,
  )}<a class="total" data-total="rated" href="/manage/evaluations"><b class="number">${evaluations.rated}${evaluations.low
    ? html`<small class="bad-text">${t(`差评 ${evaluations.low}`, `${evaluations.low} low`)}</small>` : nothing}</b><span>${t("今日评价", "Rated")} ›</span></a>
    ${commands}`;
}

export function sectionTable({ overview, data }, acts) {
  const known = Object.fromEntries(data.sections.map((section) => [section.id, section]));
  return html`<table class="sections">
    <thead><tr>
      <th>${t("板块", "Sections")}</th><th>${t("等候", "Waiting")}</th><th>${t("最长", "Longest")}</th>
      <th>${t("预计", "Expect")}</th><th>${t("开窗", "Open")}</th><th></th>
    </tr></thead>
    <tbody>${overview.sections.map((section) => sectionRow(section, known[section.id], overview.stops, acts))}</tbody>
  </table>`;
}

function sectionRow(section, known, stops, acts) {
  const unstaffed = section.waiting > 0 && !section.open_windows;
  return html`<tr class=${section.stopped ? "stopped" : ""} data-section=${section.id}>
    <td><span class="letter">${known?.letter}</span>${words(known ?? section)}</td>
    <td class="waiting number">${section.waiting}</td>
    <td>${section.waiting ? short(section.longest_wait_minutes) : "—"}</td>
    <td>${short(section.expected_minutes)}</td>
    <td class=${unstaffed ? "unstaffed" : ""}>${section.open_windows}</td>
    <td>${stopButton(section, stops, acts)}</td>
  </tr>`;
}

function stopButton(section, stops, acts) {
  if (stops.some((stop) => stop.section === section.id)) {
    return html`<button class="button primary" @click=${() => acts.resume(section.id)}>${t("恢复", "Resume")}</button>`;
  }
  if (section.stopped) return html`<span class="badge warn">${t("已停", "stopped")}</span>`;
  return html`<button class="button quiet" @click=${() => acts.stop(section.id)}>${t("停号", "Stop")}</button>`;
}

const short = (minutes) => (minutes === null || minutes === undefined ? "—" : `${Math.round(minutes)}${t("分", "m")}`);

// These end when somebody has looked after them; the others when their cause does.
const LOOKED_AFTER = new Set(["assistance", "printer", "unheard"]);

// Alarms about cases lead to where they are looked after.
const PLACES = {
  handover_unsigned: ({ handover }) => [`/handovers#${handover}`, t("看清单", "List")],
  case_overdue: () => ["/supervision?view=overdue", t("看督办", "Supervision")],
  owner_left: () => ["/supervision?view=all", t("去移交", "Hand on")],
  holidays_missing: () => ["/calendar", t("工作日历", "Calendar")],
};

function placeOf(alarm) {
  const [href, word] = PLACES[alarm.kind]?.(alarm.data) ?? [];
  return href ? html`<a class="button quiet" href=${href}>${word}</a>` : nothing;
}

export function alarmList(alarms, acts) {
  if (!alarms.length) return html`<p class="empty">${t("没有告警", "No alarms")}</p>`;
  const ordered = [...alarms].sort(
    (a, b) => Number(Boolean(a.seen_by)) - Number(Boolean(b.seen_by)) || b.raised_at.localeCompare(a.raised_at),
  );
  return ordered.map(
    (alarm) => html`<div class="alarm${alarm.seen_by ? " seen" : ""}" data-alarm=${alarm.id}>
      <time>${timeText(alarm.raised_at)}</time>
      <span>${words(alarm)}</span>
      <span class="alarm-acts">
        ${alarm.data.window ? html`<button class="button quiet" @click=${() => acts.open(alarm.data.window)}>${t("看窗口", "Window")}</button>` : nothing}
        ${placeOf(alarm)}
        ${alarm.seen_by
          ? html`<span class="muted small">${t("已阅", "seen")}</span>`
          : html`<button class="button" @click=${() => acts.seen(alarm.id)}>${t("知道了", "Seen")}</button>`}
        ${LOOKED_AFTER.has(alarm.kind)
          ? html`<button class="button primary" data-done @click=${() => acts.done(alarm.id)}>${t("已处理", "Done")}</button>` : nothing}
      </span>
    </div>`,
  );
}

export function noticesState({ pending, failed, unknown }) {
  return html`<span class="notices-state" title=${t("短信通知", "SMS notices")}>
    <span>${t("短信", "SMS")}</span><span>${t("待发", "pending")} ${pending}</span>
    <span class=${failed ? "bad-text" : ""}>${t("失败", "failed")} ${failed}</span>
    <span class=${unknown ? "warn-text" : ""}>${t("未知", "unknown")} ${unknown}</span>
  </span>`;
}

export function stopStrips({ overview, data }, acts) {
  const names = Object.fromEntries(data.sections.map((section) => [section.id, words(section)]));
  return overview.stops.map((stop) => {
    const section = stop.section || "";
    const where = section ? names[section] ?? section : t("全厅", "Whole hall");
    return html`<div class="strip stopped" data-stop=${section || "hall"}>
      <b>${t("已暂停取号", "Not issuing")} · ${where}</b>
      <span class="strip-text cut">${words(stop)}</span>
      <button class="button primary" @click=${() => acts.resume(section)}>${t("恢复取号", "Resume issuing")}</button>
    </div>`;
  });
}
