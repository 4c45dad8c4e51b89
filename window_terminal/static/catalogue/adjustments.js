// 动态调整 on the page of what waits: requests that one's department answers, and one's own with what became of them.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { adjustmentBadge, adjustmentSheet } from "../desk/adjusting.js";
import { itemHref } from "./page.js";

export function adjustmentsView(desk) {
  const { adjustments, asked } = desk.inbox;
  return html`${adjustments.length || desk.mayAdd ? list(desk, "adjustments", t("待答复的调整建议", "Requests for changes to answer"), adjustments) : nothing}
    ${asked.length ? list(desk, "asked", t("我提的调整建议", "Changes I asked for"), asked) : nothing}`;
}

const list = (desk, name, title, found) => html`<section data-inbox=${name}><h3>${title} <b class="badge ${found.some((one) => one.overdue) ? "bad" : found.length ? "info" : ""}">${desk.inbox.counts[name]}</b></h3>
  ${found.length ? html`<ul class="inbox-list">${found.map((one) => html`<li><button type="button" data-request=${one.id} @click=${() => open(desk, one)}><span><b lang="zh-CN">${one.name}</b> ${adjustmentBadge(one)}</span>
      <span class="muted small" lang="zh-CN">${one.about_zh} · ${one.flaw_zh} · ${one.text}</span>
      <span class="muted small">${one.state === "open" ? t(`${one.asked_by_name} 提出 · ${one.due_day} 前答复`, `asked by ${one.asked_by_name} · answer by ${one.due_day}`) : `${one.answered_by_name}${one.answer ? `：${one.answer}` : ""}`}</span></button></li>`)}</ul>${desk.inbox.counts[name] > found.length ? html`<p class="muted small">${t(`还有 ${desk.inbox.counts[name] - found.length} 条，答复后依次显示。`, `${desk.inbox.counts[name] - found.length} more, shown as these are answered.`)}</p>` : nothing}`
    : html`<p class="muted small">${t("没有", "None")}</p>`}</section>`;

async function open(desk, one) {
  const said = await adjustmentSheet(one);
  if (!said) return;
  if (said.state === "accepted") location.assign(itemHref(said.item, said.draft));
  else {
    toast(t("已答复，提出的人会看到。", "Answered; whoever asked sees it."), { kind: "ok" });
    await desk.read();
  }
}
