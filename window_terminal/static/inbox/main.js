// The demo's inbox: messages by recipient, newest first, live. Messages are read again when the hall changes and
// every few seconds, because a gateway's answer is not an event of the hall.

import { html, nothing, render } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { coalesce, dayTimeText, pageData, startDesk, timeText } from "../desk/desk.js";
import { kindWords, NEVER_SENT, STATES } from "../desk/sms-words.js";

const EVERY_MS = 3_000;
const place = (name) => document.querySelector(`[data-${name}]`);
const data = pageData();
const MOST_SLIPS = 9;
const box = { slips: [], messages: null, find: "", who: null, seen: new Set() };
const keyOf = (message) => `${message.at}|${message.to}|${message.kind}|${message.number}`;

async function read() {
  try {
    const { messages } = await get("/inbox", { attempts: 1 });
    const first = box.messages === null;
    box.messages = [...messages].sort((a, b) => b.at.localeCompare(a.at));
    if (first) for (const message of box.messages) box.seen.add(keyOf(message));
    box.slips = (await get("/slips", { attempts: 1 })).slips;
    draw();
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
}

/** Newest recipient first: [phone, messages newest first]. */
function people() {
  const by = new Map();
  for (const message of box.messages ?? []) {
    const to = message.to || "—";
    by.set(to, [...(by.get(to) ?? []), message]);
  }
  const wanted = box.find.replace(/\s/g, "").toUpperCase();
  return [...by].filter(([to, list]) => !wanted || to.includes(wanted) || list.some((one) => one.number?.includes(wanted)));
}

function draw() {
  const list = people();
  const chosen = list.find(([to]) => to === box.who) ?? list[0];
  render(list.length ? list.map((one) => personView(one, chosen)) : emptyView(), place("people"));
  render(chosen ? phoneView(chosen) : html`<div class="phone-head">${t("没有短信", "No messages")}</div>`, place("phone"));
  render(slipsView(), place("slips"));
  const count = box.messages?.length ?? 0;
  place("count").textContent = t(`共 ${count} 条短信`, `${count} messages`);
}

const emptyView = () => html`<p class="empty">${box.find
  ? t("没有找到，换个号码试试。", "Nothing found; try another number.")
  : t("还没有短信。去取号机留手机号取个号，第一条就会到这里。", "No messages yet. Take a number with a phone at the kiosk and the first arrives here.")}</p>`;

function personView([to, messages], chosen) {
  const [last] = messages;
  const pick = () => {
    box.who = to;
    draw();
  };
  return html`<button class="person" aria-pressed=${String(chosen?.[0] === to)} data-person=${to} @click=${pick}>
    <span class="face">${to.slice(-4)}</span><b class="number">${to}</b><time>${dayTimeText(last.at)}</time>
    <span class="last cut">${about(last)}</span></button>`;
}

function slipsView() {
  if (!box.slips.length) return nothing;
  const number = (address) => address.slice(-8, -4);
  return html`<h2>${t("小票", "Slips")}</h2><div class="slips">${box.slips.slice(0, MOST_SLIPS).map((address) => html`<a href=${address} target="_blank"
    data-slip=${number(address)}><img src=${address} alt=${t(`${number(address)} 的小票`, `slip of ${number(address)}`)} loading="lazy"></a>`)}</div>`;
}

const about = (message) => [message.number, t(...kindWords(message.kind))].filter(Boolean).join(" · "); // a case has no number

function phoneView([to, messages]) {
  return html`<header class="phone-head"><b>【${data.signature}】</b><small>${t("发至", "to")} ${to}</small></header>
    <div class="thread">${messages.map(messageView)}</div>`;
}

function messageView(message) {
  const fresh = !box.seen.has(keyOf(message));
  box.seen.add(keyOf(message));
  const [zh, en, style] = STATES[message.state] ?? [message.state, message.state, ""];
  return html`<article class="sms${fresh ? " fresh" : ""}${NEVER_SENT.has(message.state) ? " unsent" : ""}" data-sms=${message.kind} data-number=${message.number}>
    <span class="sms-top"><time>${timeText(message.at)}</time><span>${about(message)}</span><span class="badge ${style}">${t(zh, en)}</span></span>
    <span class="sms-text">${withLinks(message.text)}</span></article>`;
}

/** The text with its address to press, as on a phone. */
function withLinks(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => i % 2
    ? html`<a href=${part} target="_blank" rel="noreferrer" title=${t("打开手机页", "Open the phone page")}>${part}</a>` : part);
}

place("search").addEventListener("input", (event) => {
  box.find = event.target.value;
  box.who = null;
  draw();
});
const refresh = coalesce(read, 700);
startDesk({ changed: refresh });
setInterval(refresh, EVERY_MS);
refresh();
