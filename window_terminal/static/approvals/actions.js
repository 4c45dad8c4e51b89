// What may be done with the chosen case: an opinion and the commands, with their keys. A command that may not be given stays where it is, grey.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { draftOf } from "../desk/drafts.js";
import { askWithoutResult } from "../desk/without-result.js";
import { askCorrection } from "./correction.js";
import { mailingView } from "./mailing.js";
import { hasPictures, showPapers } from "./papers.js";
import { askRejection } from "./rejection.js";
import { resultView } from "./result.js";
import { takingBackView } from "./taking-back.js";
import { askSuspension } from "./suspension.js";

const PHRASES = [["同意。", "Approved."], ["经审查，符合法定条件，准予。", "Examined and found lawful; granted."]];

const COMMANDS = [
  { id: "hold", key: "F2", zh: "领取", en: "Take", run: (box, acts) => send(box, acts, "hold", {}, t("已领取", "Taken")) },
  { id: "approve", key: "F4", zh: "同意", en: "Approve", tone: "primary", run: approve },
  { id: "reject", key: "F6", zh: "不予同意", en: "Reject", tone: "danger", run: (box, acts) => asked(box, acts, "reject", askRejection, t("已作出不予同意决定", "Rejected")) },
  { id: "correct", key: "F7", zh: "一次性补正", en: "Correction", run: (box, acts) => asked(box, acts, "correction", askCorrection, t("已告知补正，停止计时", "Correction asked; the clock stands")) },
  { id: "suspend", key: "F8", zh: "特别程序", en: "Special procedure", run: (box, acts) => asked(box, acts, "suspend", askSuspension, t("已停止计时", "The clock stands")) },
  { id: "resume", key: "F9", zh: "恢复计时", en: "Clock on", run: resume },
  { id: "release", key: "", zh: "放回", en: "Put back", tone: "quiet", run: (box, acts) => send(box, acts, "release", {}, t("已放回，本部门其他人可领取", "Put back for others")) },
];

const OPEN = new Set(["on_its_way", "held"]);
const may = (box, id) => Boolean(box.task?.may?.[id]) && !box.busy;

/** The page's keys. */
export function commandKeys(box, acts) {
  const look = () => (box.task && hasPictures(box.task) ? showPapers(box.task) : box.task && toast(t("没有上传的图片；纸质材料随交接清单送来。", "No pictures; the papers come with the handover list."), { kind: "info", seconds: 4, slot: "why" }));
  const commands = Object.fromEntries(COMMANDS.filter(({ key }) => key).map((command) => [command.key, () => {
    if (may(box, command.id)) command.run(box, acts);
    else if (box.task && !box.busy) toast(whyNot(box.task, command), { kind: "warn", seconds: 4, slot: "why" });
  }]));
  return { ...commands, F3: look };
}

export function actionsView(box, acts) {
  const { task } = box;
  if (!OPEN.has(task.state)) return decidedView(box, acts);
  const anything = COMMANDS.some(({ id }) => task.may?.[id]);
  if (!anything) return html`<div class="acts"><p class="muted">${whyNothing(task)}</p></div>`;
  const hidden = (id) => (id === "resume" ? !task.may.resume : id === "suspend" ? task.may.resume : id === "hold" || id === "release" ? !task.may[id] : false);
  return html`<div class="acts decide">
    ${resultView(box, acts)}
    ${task.may.approve || task.may.reject ? opinionField(box) : nothing}
    ${COMMANDS.filter(({ id }) => !hidden(id)).map((one) => html`<button type="button" class="button ${one.tone ?? ""}" data-command=${one.id}
      ?disabled=${!may(box, one.id)} aria-keyshortcuts=${one.key || nothing} @click=${() => one.run(box, acts)}>${one.key ? html`<kbd>${one.key}</kbd>` : nothing}${t(one.zh, one.en)}</button>`)}</div>`;
}

function opinionField(box) {
  const draft = draftOf(`task:${box.task.id}`);
  return html`<div class="opinion"><textarea class="input" rows="2" name="opinion" maxlength="1000" aria-label=${t("审查意见", "Opinion")}
      placeholder=${t("审查意见（可不填，自动保存草稿）", "Opinion (optional; the draft is kept)")} .value=${draft.get("opinion")}
      @input=${(event) => draft.set("opinion", event.target.value)}></textarea>
    <span class="phrases">${PHRASES.map(([zh, en]) => html`<button type="button" class="button small quiet" @click=${(event) => {
      const field = event.target.closest(".opinion").querySelector("textarea");
      field.value = t(zh, en);
      draft.set("opinion", field.value);
      field.focus();
    }}>${t(zh, en)}</button>`)}</span></div>`;
}

const decidedView = (box, acts) => html`<div class="acts" data-decided><p><b>${t(box.task.state_zh, box.task.state_en)}</b> ${box.task.opinion} ${box.task.reasons.join("；")}</p>
    ${resultView(box, acts)}${mailingView(box, acts)}${takingBackView(box, acts)}</div>`;

function whyNothing(task) {
  if (task.state === "on_its_way") return t("材料还在交接途中，到“交接”页签收后即可办理。", "The papers are on their way; sign for them on the Handovers page first.");
  if (task.holder_name) return t(`${task.holder_name}正在办理。要接手请与其联系，或由部门负责人改派。`, `${task.holder_name} is working on it. Talk to them, or let the head of department take it over.`);
  return t("这一件现在不由您办理。", "There is nothing for you to do with this case now.");
}

function whyNot(task, { id, zh, en }) {
  if (id === "correct" && task.corrections) return t("已告知过一次补正。还有要补的，请部门负责人或值班经理写明理由后再次告知。", "Correction was asked for once already. If more is missing, the head or the duty manager says so, with a reason.");
  if (task.light === "stopped") return t(`停止计时期间不能“${zh}”。`, `While the clock stands: no “${en}”.`);
  return t(`现在不能“${zh}”。`, `“${en}” is not possible now.`);
}

async function approve(box, acts) {
  const waits = box.task.waits_for.length > 0;
  const why = waits && (await askWithoutResult(box.task.waits_for));
  if (waits && !why) return;
  const opinion = draftOf(`task:${box.task.id}`).get("opinion").trim();
  const others = box.task.joint.filter((part) => !part.decided_at).length;
  const sure = await confirmDialog({
    title: t(`同意：${box.task.item_name}`, `Approve: ${box.task.item_name}`), yes: t("同意", "Approve"),
    text: [t(`${box.task.applicant} · ${box.task.code}`, `${box.task.applicant} · ${box.task.code}`), opinion && `“${opinion}”`,
      others ? t(`另有 ${others} 个部门未决定，全部同意后出结果。`, `${others} more department(s) decide; the result comes with the last.`) : ""].filter(Boolean).join("\n"),
  });
  if (sure) await send(box, acts, "approve", { opinion: opinion || t("同意", "Approved"), without_result: why || "" }, t("已同意", "Approved"));
}

async function resume(box, acts) {
  const sure = await confirmDialog({ title: t("恢复计时", "Let the clock run on"), text: t("特别程序已结束，期限按停钟的天数顺延。", "The procedure is over; the limit moves by the days it took."), yes: t("恢复", "Go on") });
  if (sure) await send(box, acts, "resume", { note: "" }, t("已恢复计时", "The clock runs again"));
}

/** A dialog that sends by itself: a refusal stays in it, with everything typed. */
async function asked(box, acts, path, ask, said) {
  const { task } = box;
  const row = await ask(box, (body) => post(`/tasks/${task.id}/${path}`, body));
  if (row) await done(box, acts, row, said);
}

async function send(box, acts, path, body, said) {
  box.busy = true;
  acts.draw();
  try {
    const row = await post(`/tasks/${box.task.id}/${path}`, body);
    box.busy = false;
    await done(box, acts, row, said, path !== "hold" && path !== "release");
  } catch (refusal) {
    box.busy = false;
    toastRefusal(refusal);
    await acts.again();
  }
}

async function done(box, acts, row, said, ended = true) {
  if (ended) draftOf(`task:${row.id}`).clear();
  toast(said, { kind: "ok" });
  await acts.decided(row);
}
