// One window, opened from its card: what it does, its line, and what a manager may order there.

import { html, nothing } from "lit";
import { get, minutesText, post } from "ui/api.js";
import { askReason, confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { dayTimeText, runningText, words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { clearForgotten } from "./clear.js";
import { moveTickets } from "./move.js";
import { faceWord } from "./windows.js";

const FORCEABLE = new Set(["last_open_window", "called_at_window", "parked_at_window"]);
const PAUSES = () => [t("人员离岗", "Clerk absent"), t("设备故障", "Equipment fault"), t("现场秩序", "Order in the hall"), t("临时会议", "Meeting")];

export async function openWindow(page, number) {
  const details = await get(`/windows/${number}`);
  const title = t(`${number} 号窗口`, `Window ${number}`);
  const order = await sheet(title, (state) => windowView(state, page, number, details), { wide: true });
  if (order) await ORDERS[order](page, number);
}

/** Each runs after the window's dialog has closed; a refusal is shown by the caller. */
const ORDERS = {
  async pause(_page, number) {
    const reason = await askReason({
      title: t(`强制暂停 ${number} 号窗口`, `Force-pause window ${number}`),
      text: t("窗口显示“暂停服务”，排在这里的号票改由其他窗口叫号。", "The window shows “paused” and its line goes to other windows."),
      presets: PAUSES(), yes: t("强制暂停", "Force-pause"), danger: true,
    });
    if (reason) await leave(number, "pause", { reason }, t("强制暂停", "Force-pause"), t("已暂停", "Paused"));
  },
  async open(_page, number) {
    await command(number, "open", {}, t("已开窗", "Open"));
  },
  async drain(_page, number) {
    await command(number, "drain", {}, t("已收号：办完队伍，不再接新号", "Draining: serves out its line, takes no more"));
  },
  async close(_page, number) {
    const sure = await confirmDialog({
      title: t(`关闭 ${number} 号窗口`, `Close window ${number}`), danger: true, yes: t("关闭窗口", "Close window"),
      text: t("排在这里的号票改由其他窗口叫号。", "Its line goes to other windows."),
    });
    if (sure) await leave(number, "close", {}, t("关闭窗口", "Close window"), t("已关闭", "Closed"));
  },
  move: (page, number) => moveTickets(page, number),
  clear: (page, number) => clearForgotten(page, number),
};

/** Pause or close; where people would be left without a window, the manager hears it and decides. */
async function leave(number, action, body, name, done) {
  try {
    await command(number, action, body, done);
  } catch (refusal) {
    if (!FORCEABLE.has(refusal.code)) throw refusal;
    const title = t(`仍要${name}？`, `${name} all the same?`);
    const sure = await confirmDialog({ title, text: refusal.sentence, yes: t(`仍要${name}`, `${name} anyway`), danger: true });
    if (sure) await command(number, action, { ...body, force: true }, done);
  }
}

async function command(number, action, body, done) {
  await post(`/windows/${number}/${action}`, body);
  toast(t(`${number} 号窗口：${done}`, `Window ${number}: ${done}`), { kind: "ok" });
}

function windowView(state, page, number, { window: details, line, today }) {
  const window = page.overview.windows.find((one) => one.number === number) ?? details;
  const names = Object.fromEntries(page.data.sections.map((s) => [s.id, words(s)]));
  const button = (order, label, style = "") =>
    html`<button type="button" class="button ${style}" data-order=${order} @click=${() => state.done(order)}>${label}</button>`;
  const { state: is } = window;
  return html`${facts(window, details, names, page.now)}
    ${today ? html`<p class="lead small">${t("今天", "Today")}：${t("办结", "served")} ${today.served ?? 0} ·
      ${t("平均办理", "mean service")} ${minutesText(today.mean_service_minutes)} · ${t("过号", "no-shows")} ${today.no_shows ?? 0}</p>` : nothing}
    ${lineTable(line)}
    <div class="chips">
      ${is === "open" || is === "draining" ? button("pause", t("强制暂停", "Force-pause"), "danger") : nothing}
      ${is === "open" ? button("drain", t("收号", "Drain")) : nothing}
      ${is === "paused" || is === "draining" ? button("open", t("恢复开窗", "Open again")) : nothing}
      ${is === "closed" ? button("open", t("开窗", "Open")) : nothing}
      ${is === "closed" ? nothing : button("close", t("关窗", "Close window"))}
      ${line.length ? button("move", t("移走号票", "Move its tickets")) : nothing}
      ${window.ticket ? button("clear", t("清场", "End its serving")) : nothing}
    </div>
    ${sheetActions(state, t("返回", "Back"))}`;
}

function facts(window, details, names, now) {
  const { ticket } = window;
  return html`<dl class="facts two window-facts">
    <dt>${t("状态", "State")}</dt><dd>${faceWord(window)}${window.reason ? ` · ${window.reason}` : ""}</dd>
    <dt>${t("自", "Since")}</dt><dd>${dayTimeText(window.state_since ?? details.state_since)}</dd>
    <dt>${t("当前号码", "Current")}</dt><dd>${ticket ? html`<b class="number">${ticket.number}</b> ${ticket.since ? runningText(ticket.since, now) : ""}` : "—"}</dd>
    <dt>${t("人员", "Clerk")}</dt><dd>${window.clerk_name ?? "—"}</dd>
    <dt>${t("板块", "Sections")}</dt><dd>${(details.sections ?? []).map((id) => names[id] ?? id).join("、") || "—"}</dd>
    <dt>${t("名称", "Name")}</dt><dd>${details.name || "—"}</dd>
  </dl>`;
}

function lineTable(line) {
  if (!line.length) return html`<p class="empty">${t("没有人排在这个窗口。", "Nobody is in this window's line.")}</p>`;
  return html`<div class="scroll"><table class="table dense">
    <thead><tr><th>${t("号码", "Number")}</th><th>${t("事项", "Item")}</th><th class="num">${t("已等", "Waited")}</th><th>${t("位次", "Place")}</th></tr></thead>
    <tbody>${line.map((ticket) => html`<tr><td class="number">${ticket.number}</td><td>${ticket.item_name ?? "—"}</td>
      <td class="num">${minutesText(ticket.waited_minutes)}</td><td class="small muted">${words({ zh: ticket.rank_reason, en: ticket.rank_reason_en })}</td></tr>`)}</tbody>
  </table></div>
  <br>`;
}
