// What the kiosk knows of the hall: sections with their lines, items, and whether numbers are given at all.

import { get } from "/static/ui/api.js";
import { t } from "/static/ui/lang.js";

/** GET /hall as the kiosk needs it: {sections, stop, elderClass}. Throws api.js's Refusal. */
export async function loadHall() {
  return picture(await get("/hall?items=false", { stay: true, attempts: 1 }));
}

function picture(hall) {
  const stops = hall.stops ?? [];
  const sections = hall.sections.map((section) => ({
    ...section,
    openWindows: section.open_windows,
    minutes: section.expected_minutes,
    stop: stops.find((stop) => stop.section === section.id) ?? null,
  }));
  return {
    sections,
    elderClass: hall.priorities.find((one) => one.min_age) ?? null,
    stop: stops.find((stop) => !stop.section) ?? null,
  };
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
