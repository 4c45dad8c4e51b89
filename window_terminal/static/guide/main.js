// The guide's page: the form on the left takes a number; the list on the right finds one and puts it right.

import { html, render } from "lit";
import { get, minutesText } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { coalesce, pageData, startDesk, words } from "../desk/desk.js";
import { createCheck } from "./check.js";
import { createFloor } from "./floor.js";
import { createKept } from "./kept.js";
import { createTakeForm } from "./take.js";
import { openTicket } from "./ticket.js";

const place = (name) => document.querySelector(`[data-${name}]`);
const data = pageData();
const sections = Object.fromEntries(data.sections.map((section) => [section.id, section]));
const STATES = [
  ["waiting", "等候", "Waiting"],
  ["no_show", "过号", "No-shows"],
  ["called", "已叫号", "Called"],
  ["serving", "办理中", "Serving"],
];
const list = { state: "waiting", find: "", tickets: null };

async function read() {
  const asked = list.state;
  try {
    const { tickets } = await get(`/tickets?state=${asked}`, { attempts: 1 });
    if (asked !== list.state) return;
    list.tickets = tickets;
    draw();
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
}
const refresh = coalesce(read, 1000);

function draw() {
  render(head(), place("list-head"));
  render(body(), place("list"));
}

function head() {
  const choose = (state) => () => {
    Object.assign(list, { state, tickets: null });
    draw();
    read();
  };
  const find = (event) => {
    list.find = event.target.value.trim().toUpperCase();
    draw();
  };
  return html`<h2>${t("号票", "Tickets")}</h2>
    <div class="pick" role="group">${STATES.map(
      ([state, zh, en]) => html`<button aria-pressed=${String(list.state === state)} @click=${choose(state)}>${t(zh, en)}</button>`,
    )}</div>
    <input class="input list-search push" type="search" data-find placeholder=${t("按号码找，如 A012", "Number, e.g. A012")}
      aria-label=${t("按号码找", "Find by number")} @input=${find} @keydown=${openFirst}>`;
}

const shown = () => (list.tickets ?? []).filter((ticket) => ticket.number.includes(list.find));

function openFirst(event) {
  if (event.key === "Enter" && shown().length) show(shown()[0].id);
}

function body() {
  if (list.tickets === null) return html`<p class="empty"><span class="spinner"></span></p>`;
  const tickets = shown();
  if (!tickets.length) return html`<p class="empty">${list.find ? t("这里没有这个号，换一种状态找找。", "No such number here; try another state.") : t("现在没有。", "None right now.")}</p>`;
  return html`<table class="table dense tickets"><thead><tr>
      <th>${t("号码", "Number")}</th><th>${t("板块 · 事项", "Section · item")}</th><th>${t("窗口", "Window")}</th>
      <th class="num">${t("已等", "Waited")}</th><th></th></tr></thead>
    <tbody>${tickets.map(row)}</tbody></table>`;
}

function row(ticket) {
  const open = () => show(ticket.id);
  const onKey = (event) => event.key === "Enter" && open();
  return html`<tr tabindex="0" data-ticket=${ticket.number} @click=${open} @keydown=${onKey}>
    <td class="number">${ticket.number}</td>
    <td class="item">${errand(ticket)}</td>
    <td>${ticket.window ?? "—"}</td>
    <td class="num nowrap">${minutesText(ticket.waited_minutes)}</td>
    <td>${ticket.priority ? html`<span class="badge ok">${t("绿色通道", "green channel")}</span>` : ""}
      ${ticket.held ? html`<span class="badge">${t("正在别处办理", "held")}</span>` : ""}</td>
  </tr>`;
}

/** The section, and the item where the citizen named one. */
function errand(ticket) {
  const section = words(sections[ticket.section]) || ticket.section;
  return ticket.item_name ? html`${section} <span class="muted">· ${ticket.item_name}</span>` : section;
}

async function show(id) {
  try {
    await openTicket(id, data);
  } catch (refusal) {
    toastRefusal(refusal);
  }
  refresh();
}

const toPhone = () => place("take").querySelector("[name=phone]")?.focus();
const kept = createKept(data.me.username);
const check = createCheck(place("check"), { closed: refresh, onward: toPhone, kept });
const form = createTakeForm(place("take"), data, { taken: refresh, show, check, kept });
addEventListener("keydown", (event) => {
  if (dialogOpen()) return;
  if (event.key === "F2") {
    event.preventDefault();
    form.submit();
  } else if (event.key === "F4") {
    event.preventDefault();
    form.clear();
  }
});
const floor = createFloor(place("strips"));
function changed(event) {
  refresh();
  if (event?.type === "hall.reloaded") {
    form.anew();
    check.anew();
  }
  if (!event || event.type.startsWith("alarm.")) floor();
}
startDesk({ changed, quiet: () => form.empty() });
setInterval(refresh, 30_000);
draw();
refresh();
floor();
