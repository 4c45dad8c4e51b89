// How the intake page writes days and times.

import { lang, t } from "ui/lang.js";

export const data = JSON.parse(document.getElementById("page-data").textContent);
const timeZone = data.time_zone;
const time = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
const month = new Intl.DateTimeFormat("zh-CN", { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
const isoDay = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });

export const timeText = (at) => (at ? time.format(new Date(at)) : "");
export const dayTime = (at) => (at ? month.format(new Date(at)) : "");
/** The hall's day of a moment, "2026-11-23". */
export const dayOf = (at) => isoDay.format(new Date(at));

/** "2026-11-30" → "11月30日（周一）" or "Mon 30 Nov". */
export function dayText(day) {
  if (!day) return "—";
  const date = new Date(`${day}T12:00:00Z`);
  if (lang() === "en") return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日（周${"日一二三四五六"[date.getUTCDay()]}）`;
}

/** A promised day, and that it is not certain where next year's holidays are not known yet. */
export const promiseText = ({ day, provisional }) => (provisional ? t(`${dayText(day)}（暂定）`, `${dayText(day)} (provisional)`) : dayText(day));

/** A bundle has no limit of its own: each of its items keeps its own. */
export const promisedText = (c) => (c.bundle && c.children.length ? t("按各事项", "each item's own") : daysText(c.promised_days));

export const daysText = (days) => (days ? t(`${days}工作日`, `${days} working day${days === 1 ? "" : "s"}`) : t("当场办结", "on the spot"));

/** "08:42", or "1:08:42" from an hour on. */
export function clockText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

const PAPERS = {
  acceptance: ["受理通知书", "Acceptance receipt"],
  correction: ["一次性告知书", "Correction notice"],
  refusal: ["不予受理决定书", "Refusal decision"],
  commitment: ["容缺承诺书", "Commitment"],
  rejection: ["不予许可决定书", "Rejection decision"],
  supplement: ["补交（补正）回执", "Receipt of papers brought later"],
  withdrawal: ["撤回申请回执", "Withdrawal receipt"],
  application: ["网上申请表（签名用）", "Form to sign"],
};

/** Each notice and receipt is a paper of its own: `correction-2` is the second. */
export function paperName(paper) {
  const [kind, nth] = paper.split("-");
  return t(...(PAPERS[kind] ?? [kind, kind])) + (nth ? t(`（第${nth}次）`, ` no. ${nth}`) : "");
}
