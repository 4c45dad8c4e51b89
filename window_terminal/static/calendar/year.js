// Twelve months, Monday first; a day is a weekend, a holiday (休), a make-up day (班) or plain.

import { html } from "lit";
import { lang, t } from "ui/lang.js";

const WEEK = [["一", "M"], ["二", "T"], ["三", "W"], ["四", "T"], ["五", "F"], ["六", "S"], ["日", "S"]];
const two = (n) => String(n).padStart(2, "0");

/** @param {{date: string, name: string, works: boolean}[]} days what differs from an ordinary week */
export function yearView(year, days, today) {
  const special = new Map(days.map((day) => [day.date, day]));
  return html`<div class="year">${Array.from({ length: 12 }, (_, month) => monthView(year, month, special, today))}</div>`;
}

function monthView(year, month, special, today) {
  const first = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7; // Monday = 0
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const cells = [...Array(first).fill(null), ...Array.from({ length }, (_, i) => i + 1)];
  while (cells.length % 7) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
  const working = Array.from({ length }, (_, i) => i + 1).filter((day) => worksOn(year, month, day, special)).length;
  return html`<table class="month"><caption>${new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "zh-CN", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(year, month, 1)))}
      <span>${t(`${working} 个工作日`, `${working} working days`)}</span></caption>
    <thead><tr>${WEEK.map(([zh, en]) => html`<th scope="col">${t(zh, en)}</th>`)}</tr></thead>
    <tbody>${weeks.map((week) => html`<tr>${week.map((day, weekday) => cell(year, month, day, weekday, special, today))}</tr>`)}</tbody></table>`;
}

const dateOf = (year, month, day) => `${year}-${two(month + 1)}-${two(day)}`;

function worksOn(year, month, day, special) {
  const known = special.get(dateOf(year, month, day));
  return known ? known.works : ![0, 6].includes(new Date(Date.UTC(year, month, day)).getUTCDay());
}

function cell(year, month, day, weekday, special, today) {
  if (day === null) return html`<td></td>`;
  const date = dateOf(year, month, day);
  const known = special.get(date);
  const kind = known ? (known.works ? "works" : "off") : weekday > 4 ? "weekend" : "";
  const mark = known ? (known.works ? t("班", "on") : t("休", "off")) : "";
  return html`<td><span class="day ${kind}${date === today ? " today" : ""}" title=${known ? `${known.name} ${mark}` : ""} data-date=${date}>${day}${mark ? html`<small>${mark}</small>` : ""}</span></td>`;
}
