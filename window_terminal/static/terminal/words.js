// The terminal's words and how it writes times.

import { t } from "/static/ui/lang.js";

export const windowState = (state) =>
  ({
    open: t("开放", "Open"),
    paused: t("暂停", "Paused"),
    draining: t("收号中", "Draining"),
    closed: t("未开窗", "Closed"),
  })[state] ?? state;

export const windowKind = (kind) =>
  ({
    intake: t("综合受理窗口", "Intake window"),
    issue: t("综合出件窗口", "Issue window"),
    agency: t("投诉代办窗口", "Agency window"),
  })[kind] ?? kind;

export const ticketState = (state) =>
  ({
    waiting: t("等候中", "Waiting"),
    called: t("已叫号", "Called"),
    serving: t("办理中", "Serving"),
    parked: t("已挂起", "Parked"),
    no_show: t("已过号", "No-show"),
    done: t("已办结", "Finished"),
    cancelled: t("已取消", "Cancelled"),
    expired: t("已失效", "Expired"),
  })[state] ?? state;

export const channel = (name) =>
  ({
    kiosk: t("自助机取号", "kiosk"),
    guide: t("导服台取号", "guide desk"),
    counter: t("窗口取号", "counter"),
    paper: t("纸质备用号", "paper number"),
    phone: t("手机取号", "phone"),
    api: t("外部系统取号", "outside system"),
  })[name] ?? "";

/** "08:42", or "1:08:42" from an hour on. */
export function clockText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

// The hall's time zone, whatever this computer's is set to.
const { time_zone: timeZone } = JSON.parse(document.getElementById("page-data").textContent);
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
const format = new Intl.DateTimeFormat("zh-CN", clock);
const formatFull = new Intl.DateTimeFormat("zh-CN", { ...clock, second: "2-digit" });

/** "09:41" of an API time, of a Date or of ms; empty when there is none. */
export const timeText = (at) => (at ? format.format(new Date(at)) : "");
export const timeTextFull = (at) => (at ? formatFull.format(new Date(at)) : "");

/** Whole minutes for a column: "18" ; "1:05" from an hour on. */
export function shortMinutes(minutes) {
  if (minutes === null || minutes === undefined) return "—";
  const whole = Math.max(0, Math.floor(minutes));
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A ticket's item in this screen's language (tickets carry the Chinese name; the hall knows the English one). */
export function itemName(hall, ticket) {
  const known = hall.items.find((one) => (ticket.item ? one.id === ticket.item : one.name === ticket.item_name));
  return t(ticket.item_name ?? "", known?.name_en || ticket.item_name || "");
}

/** A section's name in this screen's language. */
export function sectionName(hall, id, known = "") {
  const section = hall.sections.find((one) => one.id === id);
  return section ? t(section.name, section.name_en) : known || id;
}

export const windowName = (number) => t(`${number}号窗口`, `Window ${number}`);
export const people = (n) => t(`${n} 人`, n === 1 ? "1 person" : `${n} people`);
