// One case as it was taken in: materials with their ticks, the form (masked), files, the other departments, stops and history.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { dayTimeText, words } from "../desk/desk.js";
import { dayText, dueText, leftText, lightWords } from "../desk/due.js";
import { formRows } from "../desk/form.js";
import { askedText, lineWords } from "../desk/history-words.js";
import { materialsView } from "./materials.js";

export function caseView(box, acts) {
  const { task } = box;
  const [word, style] = lightWords(task.light);
  return html`<header class="case-head" data-case=${task.case}>
      <h2>${task.item_name}</h2>${task.state === "dropped" ? nothing : html`<span class="badge ${style}" data-light-now=${task.light}>${["green", "yellow"].includes(task.light) ? `${word} · ` : ""}${leftText(task)}</span>`}
      <span class="badge">${words(box.data.kinds[task.kind])}</span>
      <span class="badge info" data-state=${task.state}>${t(task.state_zh, task.state_en)}</span>
      <p class="sub"><span>${t("申报编码", "Code")} <b class="number">${task.code}</b></span><span>${t("公示号", "Board number")} <b class="number">${task.board_number}</b></span><span>${t("申请人", "Applicant")} <b>${task.applicant}</b></span>
        <span>${t("期限", "Due")} <b>${dueText(task)}</b></span>
        <span>${t("承办人", "Holder")} <b>${task.holder_name || t("未领取", "nobody yet")}</b></span>
        ${task.received_at ? html`<span>${t("签收", "Received")} ${dayTimeText(task.received_at)}</span>` : nothing}</p>
    </header>
    <div class="panel-body case-body" tabindex="0" role="region" aria-label=${t("收件时的样子", "As it was taken in")}>
      <div class="case-left">${standing(task)}${answersView(task)}${materialsView(task)}</div>
      <div class="case-right">${formView(box, acts)}${jointView(task)}${historyView(task)}</div>
    </div>`;
}

/** What holds the decision up: a stop, a deferral, a calendar nobody knows yet. */
function standing(task) {
  const stop = task.stops.find((one) => !one.until_day);
  const notes = [];
  if (task.case_state === "correction" && task.correction) notes.push(["warn", correctionText(task, stop)]);
  else if (stop) notes.push(["warn", t(`停止计时：${stop.kind_zh}，${dayText(stop.since_day)}起。${stop.reason}`, `Clock stopped since ${dayText(stop.since_day)} (${stop.kind_en}). ${stop.reason}`)]);
  if (task.deferral_due) notes.push(["warn", t(`容缺受理，材料应于${dayText(task.deferral_due)}${task.provisional.includes("deferral_due") ? "（暂定）" : ""}前补交；补齐前不能同意。`, `Accepted with papers to follow by ${dayText(task.deferral_due)}${task.provisional.includes("deferral_due") ? " (provisional)" : ""}; approve only once they are there.`)]);
  if (task.waits_for.length) notes.push(["warn", t(`等待${task.waits_for.map((name) => `“${name}”`).join("、")}的结果；结果出来前不能同意，确实不用等的要写明理由。`, `Waits for the result of ${task.waits_for.map((name) => `“${name}”`).join(", ")}; to approve before it takes a reason.`)]);
  if (task.due_provisional) notes.push(["", t("期限为暂定：那一年的工作日历还没有导入。", "The limit is provisional: that year's calendar is not known yet.")]);
  return notes.map(([style, text]) => html`<p class="notice ${style} standing">${text}</p>`);
}

function correctionText(task, stop) {
  const since = stop ? dayText(stop.since_day) : "—";
  const until = dayText(task.correction_due) + (task.provisional.includes("correction_due") ? t("（暂定）", " (provisional)") : "");
  return t(`等申请人补正，${since}起停止计时，应于${until}前补正：`, `Clock stopped since ${since}; the applicant corrects by ${until}: `) + askedText(task.correction.items);
}

function answersView(task) {
  if (!task.situation_name && !task.answered?.length) return nothing;
  return html`<section class="block"><h3>${t("办事情形", "Situation")} <span class="muted small">${task.situation_name}</span></h3>
    ${task.answered?.length ? html`<dl class="facts">${task.answered.map((one) => html`<dt>${one.text}</dt><dd>${one.chosen_text.join("、")}</dd>`)}</dl>` : nothing}</section>`;
}

function formView(box, acts) {
  const { task } = box;
  const rows = formRows(box.form ?? task.form);
  return html`<section class="block" data-form><h3>${t("基本信息", "Particulars")}
      ${box.form ? html`<span class="badge warn">${t("完整信息，已记审计", "in clear, noted in the audit")}</span>`
        : html`<button class="button small quiet push" @click=${() => unmask(box, acts)}>${t("查看完整信息", "Show in clear")}</button>`}</h3>
    <dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}

async function unmask(box, acts) {
  const reason = await askReason({
    title: t("查看完整信息", "Show the particulars in clear"), text: t("为什么要看？会记入审计。", "Why? It is noted in the audit."),
    presets: [t("核对身份证号", "check the ID number"), t("联系申请人", "call the applicant"), t("核对地址", "check the address")], yes: t("查看", "Show"),
  });
  if (!reason) return;
  try {
    box.form = (await post(`/tasks/${box.task.id}/unmask`, { reason })).form;
  } catch (refusal) {
    toastRefusal(refusal);
  }
  acts.draw();
}

function jointView(task) {
  if (!task.joint.length) return nothing;
  const parts = [task, ...task.joint];
  return html`<section class="block" data-joint><h3>${t("并联审批", "Joint approval")} <span class="muted small">${t(`${parts.length} 个部门，共用一套材料和一个期限`, `${parts.length} departments, one set of papers, one limit`)}</span></h3>
    ${parts.map((part) => html`<p class="joint"><b>${part.department}</b> <span class="badge">${t(part.state_zh, part.state_en)}</span>
      <span class="small muted">${part.holder_name ?? ""} ${part.decided_at ? dayTimeText(part.decided_at) : ""}</span>
      ${part.opinion ? html`<span class="small">${part.opinion}</span>` : nothing}</p>`)}</section>`;
}

function historyView(task) {
  const lines = [...(task.history ?? [])].reverse();
  return html`<section class="block" data-history><h3>${t("经过", "History")}</h3><ol class="history">${lines.map((one) => html`<li>
      <time>${dayTimeText(one.at)}</time><span><b>${t(one.action_zh, one.action_en)}</b> ${one.by_name}${task.joint.length && one.data?.department ? html` <span class="muted">${one.data.department}</span>` : nothing}${said(one)}</span></li>`)}</ol></section>`;
}

function said(line) {
  const words = lineWords(line);
  if (!words) return nothing;
  return line.action === "reminded" ? html` <span class="muted">${words}</span>` : html`<br><q>${words}</q>`;
}
