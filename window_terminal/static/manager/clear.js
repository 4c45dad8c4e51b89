// 清场: end servings that somebody forgot to finish, after looking at the list.

import { html } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { runningText } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { faceWord } from "./windows.js";

/** @param {number|null} window tick what this window serves at once */
export async function clearForgotten(page, window = null) {
  const rows = page.overview.windows
    .filter((window) => window.ticket)
    .map((window) => ({ window, ticket: window.ticket, start: window.ticket.since ?? "" }))
    .sort((a, b) => a.start.localeCompare(b.start));
  const chosen = new Set(rows.filter((row) => row.ticket.forgotten || row.window.number === window).map(({ ticket }) => ticket.id));
  const ended = await sheet(t("清场：结束遗忘的办理", "Clear: end forgotten servings"), (state) => clearView(state, page, rows, chosen), { wide: true });
  if (ended) toast(t(`已结束 ${ended.length} 个：${ended.join("、")}`, `Ended ${ended.length}: ${ended.join(", ")}`), { kind: "ok" });
}

function clearView(state, page, rows, chosen) {
  const send = async () => {
    const { ended } = await post("/manage/clear-forgotten", { tickets: [...chosen] });
    const numbers = new Map(rows.map(({ ticket }) => [ticket.id, ticket.number]));
    state.done(ended.map((id) => numbers.get(id) ?? id));
  };
  const pick = (id) => (event) => {
    if (event.target.checked) chosen.add(id);
    else chosen.delete(id);
    state.draw();
  };
  const label = t(`结束 ${chosen.size} 个`, `End ${chosen.size}`);
  return html`<p class="lead">${t(
      "勾选确已离开的。结束后窗口空出来，号票记为已办结（清场）；正在办的不要勾。",
      "Tick those who have really gone. Their windows become free and the tickets count as finished (cleared). Do not tick anyone still being served.",
    )}</p>
    ${rows.length
      ? html`<div class="scroll"><table class="table dense"><thead><tr>
          <th></th><th>${t("窗口", "Window")}</th><th>${t("号码", "Number")}</th><th>${t("状态", "State")}</th>
          <th class="num">${t("已用时", "Time")}</th><th>${t("人员", "Clerk")}</th></tr></thead>
          <tbody>${rows.map((row) => clearRow(row, page.now, chosen, pick))}</tbody></table></div>`
      : html`<p class="empty">${t("没有窗口在叫号或办理。", "No window is calling or serving.")}</p>`}
    ${sheetActions(state, t("取消", "Cancel"), [label, send, { danger: true, disabled: !chosen.size }])}`;
}

function clearRow({ window, ticket, start }, now, chosen, pick) {
  return html`<tr data-clear=${ticket.number}>
    <td><input type="checkbox" aria-label=${ticket.number} .checked=${chosen.has(ticket.id)} @change=${pick(ticket.id)}></td>
    <td>${window.number}</td><td class="number">${ticket.number}</td><td>${faceWord(window)}</td>
    <td class="num${window.over_long ? " bad-text" : ""}">${start ? runningText(start, now) : "—"}</td><td>${window.clerk_name ?? ""}</td>
  </tr>`;
}
