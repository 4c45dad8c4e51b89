// A case's limit in words: the light is never colour alone.

import { lang, t } from "ui/lang.js";

const LIGHTS = {
  red: ["超期", "overdue", "bad"], yellow: ["将到期", "due soon", "warn"], green: ["期限内", "in time", "ok"],
  stopped: ["停钟", "clock stopped", "info"], done: ["已办", "done", ""],
};

/** [words, badge style] of a light. */
export function lightWords(light) {
  const [zh, en, style] = LIGHTS[light] ?? [light ?? "", light ?? "", ""];
  return [t(zh, en), style];
}

/** "11月25日", "25 Nov", of another year with it; "—" for nothing. */
export function dayText(day) {
  if (!day) return "—";
  const date = new Date(`${day}T00:00:00Z`);
  const year = day.slice(0, 4) === String(new Date().getFullYear()) ? undefined : "numeric";
  return new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "zh-CN", { timeZone: "UTC", year, month: lang() === "en" ? "short" : "long", day: "numeric" }).format(date);
}

/** What is left, counted in working days: "还有 2 个工作日", "今天到期", "超期 3 个工作日". */
export function leftText(row) {
  if (row.state === "dropped") return t("不再需要", "no longer needed"); // a department's part: nobody decided it
  if (row.light === "stopped") return t("停止计时", "clock stopped");
  if (row.light === "done") return t("已作出决定", "decided");
  if (row.due_day === null || row.due_day === undefined) return t("期限未定", "no limit yet");
  const left = row.days_left;
  if (left === null || left === undefined) return dayText(row.due_day);
  if (left === 0 && row.light !== "red") return t("今天到期", "due today");
  const days = Math.max(1, Math.abs(left));
  const name = days === 1 ? "working day" : "working days";
  if (left < 0 || row.light === "red") return t(`超期 ${days} 个工作日`, `${days} ${name} over`);
  return t(`还有 ${left} 个工作日`, `${left} ${name} left`);
}

/** The due day with its warning when the calendar of that year is not known yet. */
export function dueText(row) {
  if (!row.due_day) return "—";
  return row.due_provisional ? t(`${dayText(row.due_day)}（暂定）`, `${dayText(row.due_day)} (provisional)`) : dayText(row.due_day);
}

/** A long code with its middle left out: start and end tell cases of one item apart, wherever a list cuts it. */
export const shortCode = (code) => (code && code.length > 20 ? `${code.slice(0, 4)}…${code.slice(-8)}` : code);
