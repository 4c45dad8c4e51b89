// 工作日历: a year's working days with holidays and make-up days, which years are known, and the import of the published file.

import { html, render } from "lit";
import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { pageData, startDesk } from "../desk/desk.js";
import { failed, reading } from "../desk/states.js";
import { yearView } from "./year.js";

const data = pageData();
const today = new Intl.DateTimeFormat("en-CA", { timeZone: data.time_zone }).format(Date.now());
const place = (name) => document.querySelector(`[data-${name}]`);
const box = { data, today, year: Number(today.slice(0, 4)), holidays: null, failed: null, error: "", busy: false };

async function read() {
  try {
    box.holidays = await get("/holidays", { attempts: 1 });
    box.failed = null;
  } catch (refusal) {
    box.failed = refusal;
  }
  draw();
}

/** The published file, as it is: {"year": 2026, "days": [{"name", "date", "isOffDay"}]}. */
async function bring(event) {
  const [chosen] = event.target.files;
  if (!chosen || box.busy) return;
  Object.assign(box, { busy: true, error: "" });
  draw();
  try {
    const file = JSON.parse(await chosen.text());
    box.holidays = await post("/holidays", { file: { year: file.year, days: file.days } });
    box.year = file.year;
    toast(t(`已导入 ${file.year} 年`, `${file.year} is known now`), { kind: "ok" });
  } catch (refusal) {
    box.error = refusal.sentence ?? t("这不是一个 JSON 文件，请选公布的节假日文件（例：2026.json）。", "This is not a JSON file; choose the published holiday file (e.g. 2026.json).");
  }
  box.busy = false;
  event.target.value = "";
  draw();
}

function draw() {
  render(calendarView(), place("page"));
  render(asideView(), place("aside"));
}

function calendarView() {
  if (box.failed && !box.holidays) return failed(box.failed, read);
  if (!box.holidays) return reading();
  const now = Number(today.slice(0, 4));
  const years = [...new Set([...box.holidays.years, ...(box.holidays.missing ?? []), now, now + 1])].sort();
  const known = box.holidays.years.includes(box.year);
  return html`<div class="panel-head"><h2>${t(`${box.year} 年`, `${box.year}`)}</h2>
      <div class="pick" role="group" aria-label=${t("年份", "Year")}>${years.map((year) => html`<button data-year=${year} aria-pressed=${String(year === box.year)} @click=${() => { box.year = year; draw(); }}>${year}</button>`)}</div>
      <p class="legend push small"><span class="day off">${t("休", "off")}</span>${t("放假", "holiday")} <span class="day works">${t("班", "on")}</span>${t("调休上班", "make-up day")} <span class="day weekend">6</span>${t("周末", "weekend")}</p></div>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("全年日历", "The year")}>
      ${known ? "" : html`<p class="notice warn unknown" data-unknown>${t(`${box.year} 年的节假日还没有导入：这一年的期限只按周一至周五暂算，并标为“暂定”。`, `The holidays of ${box.year} are not known yet: its limits count Monday to Friday and are marked provisional.`)}</p>`}
      ${yearView(box.year, box.holidays.days, today)}</div>`;
}

function asideView() {
  const { holidays } = box;
  const admin = data.me.roles.includes("admin");
  const named = [...new Set((holidays?.days ?? []).filter((day) => day.date.startsWith(String(box.year)) && !day.works).map((day) => day.name))];
  return html`<div class="panel-head"><h2>${t("已知年份", "Years known")}</h2></div>
    <div class="panel-body years">
      ${holidays?.years.length ? html`<p class="chips">${holidays.years.map((year) => html`<span class="badge ok" data-known=${year}>${year}</span>`)}</p>` : html`<p class="muted">${t("还没有任何一年", "None yet")}</p>`}
      ${(holidays?.missing ?? []).length ? html`<p class="notice warn" data-missing>${t(`还缺 ${holidays.missing.join("、")} 年。国务院办公厅公布后（通常在 11 月）请管理员导入。`, `Missing: ${holidays.missing.join(", ")}. An administrator imports it once published, usually in November.`)}</p>` : ""}
      ${named.length ? html`<h3>${t(`${box.year} 年节假日`, `Holidays of ${box.year}`)}</h3><p>${named.join("、")}</p>` : ""}
      <h3>${t("导入", "Import")}</h3>
      ${admin ? html`<p class="small muted">${t("选择公布的 JSON 文件；同一年再导入即更正，在办办件的期限随之重算。", "Choose the published JSON file; the same year again corrects it, and running cases' limits follow.")}</p>
        <label class="button primary bring">${t("选择文件…", "Choose a file…")}<input type="file" name="holidays" accept="application/json,.json" class="visually-hidden" ?disabled=${box.busy} @change=${bring}></label>`
        : html`<p class="small muted">${t("由系统管理员导入。", "Imported by an administrator.")}</p>`}
      ${box.error ? html`<p class="notice bad" role="alert" data-error>${box.error}</p>` : ""}</div>`;
}

startDesk();
draw();
read();
