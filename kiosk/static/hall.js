// What the kiosk knows of the hall: sections with their lines, items, and whether numbers are given at all.

import { get } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";

const WORKING = new Set(["open", "calling", "serving", "called", "busy"]);

/** GET /hall and /board as one picture: {name, sections: [...], stop, priorities}. Throws api.js's Refusal. */
export async function loadHall() {
  const [hall, board] = await Promise.all([get("/hall", { stay: true }), get("/board", { stay: true })]);
  return picture(hall, board);
}

export function picture(hall, board) {
  const stops = board.stops ?? [];
  const sections = hall.sections.map((section) => ({
    ...section,
    waiting: board.waiting?.[section.id] ?? section.waiting ?? 0,
    openWindows: section.open_windows ?? openWindows(hall, section.id),
    minutes: section.expected_minutes ?? null,
    stop: stops.find((stop) => stop.section === section.id) ?? null,
  }));
  return {
    hall: hall.hall ?? {},
    sections,
    hours: hall.hours ?? null,
    elderClass: (hall.priority?.classes ?? hall.priority_classes ?? []).find((one) => one.min_age) ?? null,
    stop: stops.find((stop) => !stop.section) ?? null,
  };
}

function openWindows(hall, section) {
  return hall.windows.filter((one) => WORKING.has(one.state) && (one.sections ?? []).includes(section)).length;
}

/** A stop's own sentence in this screen's language. */
export function stopSentence(stop) {
  const otherwise = t("暂停取号，请留意大厅通知。", "Numbers are not given out for now. Please watch the hall's notices.");
  return t(stop.message_zh, stop.message_en) || otherwise;
}

export const sectionName = (section) => t(section.name, section.name_en || section.name);

/** "约 12 分钟": rounded so that it never pretends to know the minute. */
export function aboutMinutes(minutes) {
  if (minutes === null || minutes === undefined) return "";
  if (minutes < 1.5) return t("几乎不用等", "almost no wait");
  if (minutes < 10) return t(`约 ${Math.round(minutes)} 分钟`, `≈ ${Math.round(minutes)} min`);
  const five = Math.round(minutes / 5) * 5;
  if (five < 90) return t(`约 ${five} 分钟`, `≈ ${five} min`);
  const half = Math.round(minutes / 30) / 2;
  return t(`约 ${half} 小时`, `≈ ${half} h`);
}
