// One list: its lines, what the other side found, both signatures. Printed, it is the paper that goes along.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { dayTimeText } from "../desk/desk.js";
import { dayText } from "../desk/due.js";
import { directionText, stateWords } from "./lists.js";

const LINES = { listed: ["已列", "listed", "info"], sent: ["已交出", "sent", "warn"], received: ["已收", "received", "ok"], missing: ["缺", "missing", "bad"] };
const COUNTER = ["clerk", "guide", "manager", "admin"];

/** Who may sign what: the side that sends, and the side that receives. */
function rights(box, list) {
  const { me } = box.data;
  const counter = me.roles.some((role) => COUNTER.includes(role));
  const department = me.leads || (me.department === list.department && me.roles.some((role) => ["approver", "head"].includes(role)));
  const [sender, receiver] = list.direction === "issue" ? [department, counter] : [counter, department];
  const left = list.lines.some(({ state }) => state === "sent" || state === "missing");
  return { send: sender && list.state === "open", receive: receiver && list.state !== "open" && left };
}

export function commandKeys(box, acts) {
  const on = (what, run) => () => {
    const list = acts.current();
    if (list && !box.busy && rights(box, list)[what]) run(box, list, acts);
  };
  return { F2: on("send", send), F4: on("receive", receive), F6: on("receive", markAll), F8: () => acts.current() && print() };
}

export function sheetView(box, list, acts) {
  const may = rights(box, list);
  const [word, style] = stateWords(list.state);
  const pieces = list.lines.reduce((sum, line) => sum + line.pieces, 0);
  return html`<header class="case-head">
      <h2><span class="only-print">${box.data.hall} </span>${t("材料交接清单", "Handover list")}</h2><span class="badge ${style} no-print" data-list-state=${list.state}>${word}</span>
      <span class="push no-print"><button class="button small" @click=${() => print()}><kbd>F8</kbd>${t("打印", "Print")}</button></span>
      <p class="sub"><span>${t("编号", "No.")} <b class="number">${list.id}</b></span><span>${t("部门", "Department")} <b>${list.department}</b></span><span>${directionText(list.direction)}</span>
        <span>${dayText(list.day)} <b class="number">${list.slot}</b></span><span>${t(`${list.lines.length} 件，材料 ${pieces} 份`, `${list.lines.length} case(s), ${pieces} paper(s)`)}</span>
        ${list.contacts.length ? html`<span data-contacts>${t("交接联络人", "Contact")} ${list.contacts.map((one, index) => html`${index ? t("、", ", ") : nothing}<b>${one.name}</b>${one.phone ? html` <span class="number">${one.phone}</span>` : nothing}`)}</span>` : nothing}</p>
    </header>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("清单内容", "Lines")}>
      <table class="table dense lines"><thead><tr><th class="num">#</th><th>${t("申报编码", "Code")}</th><th>${t("事项", "Item")}</th><th>${t("申请人", "Applicant")}</th>
        <th class="num">${t("材料", "Papers")}</th><th>${t("状态", "State")}</th><th>${may.receive ? t("签收", "Received?") : t("说明", "Note")}</th></tr></thead>
        <tbody>${list.lines.map((line, index) => lineView(box, line, index, may, acts))}</tbody></table>
      ${signatures(list)}
    </div>
    <div class="acts no-print">${actions(box, list, may, acts)}</div>`;
}

function lineView(box, line, index, may, acts) {
  const [zh, en, style] = LINES[line.state] ?? [line.state, line.state, ""];
  const open = may.receive && (line.state === "sent" || line.state === "missing");
  return html`<tr data-line=${line.case}><td class="num">${index + 1}</td><td class="number">${line.code}<br><span class="small muted">${t("公示号", "Board number")} ${line.board_number}</span></td><td>${line.item_name}${line.later ? html` <span class="badge info" data-later>${t("补交材料", "papers brought later")}</span>` : nothing}${line.shared_with.length ? html`<br><span class="small muted" data-shared>${t(`并联：与${line.shared_with.join("、")}共用一套材料`, `joint: one set of papers with ${line.shared_with.join(", ")}`)}</span>` : nothing}${line.papers.length ? html`<br><span class="small muted" data-papers>${line.papers.join("、")}</span>` : nothing}</td><td>${line.applicant}</td>
    <td class="num">${line.pieces}</td><td><span class="badge ${style}">${t(zh, en)}</span></td><td>${open ? markView(box, line, acts) : line.note || nothing}</td></tr>`;
}

function markView(box, line, acts) {
  const mark = box.marks.get(line.case);
  const set = (received) => () => acts.mark(line.case, { received, note: mark?.note ?? line.note ?? "" });
  return html`<div class="mark"><span class="pick" role="group" aria-label=${t(`${line.item_name}签收`, `${line.item_name} received?`)}>
      <button aria-pressed=${String(mark?.received === true)} data-mark="received" @click=${set(true)}>${t("收到", "Yes")}</button>
      <button aria-pressed=${String(mark?.received === false)} data-mark="missing" @click=${set(false)}>${t("没有", "Missing")}</button></span>
    ${mark?.received === false ? html`<input class="input" name="note" maxlength="200" placeholder=${t("缺什么，例：缺收入证明", "What is missing")} aria-label=${t("缺什么", "What is missing")}
      .value=${mark.note} @input=${(event) => acts.mark(line.case, { received: false, note: event.target.value })}>` : line.note ? html`<span class="small muted">${line.note}</span>` : nothing}</div>`;
}

const signature = (title, name, at) => html`<div><dt>${title}</dt><dd>${name ? html`<b>${name}</b> <span class="small">${dayTimeText(at)}</span>` : html`<span class="muted no-print">${t("未签", "not signed")}</span>`}</dd></div>`;
const signatures = (list) => html`<dl class="signatures">${signature(t("移交人", "Handed over by"), list.sent_by_name, list.sent_at)}
  ${signature(t("接收人", "Received by"), list.received_by_name, list.received_at)}</dl>`;

function actions(box, list, may, acts) {
  const unmarked = list.lines.filter((line) => ["sent", "missing"].includes(line.state) && !box.marks.has(line.case)).length;
  if (may.send) {
    return html`<button class="button primary" data-sign="send" ?disabled=${box.busy} aria-keyshortcuts="F2" @click=${() => send(box, list, acts)}><kbd>F2</kbd>${t("清点无误，签字交出", "Counted: sign and send")}</button>
      <span class="muted small">${t("签字后由对方逐件签收", "The other side then signs line by line")}</span>`;
  }
  if (may.receive) {
    return html`<button class="button" data-mark-all ?disabled=${!unmarked} aria-keyshortcuts="F6" @click=${() => markAll(box, list, acts)}><kbd>F6</kbd>${t("其余全部收到", "All others received")}</button>
      <button class="button primary" data-sign="receive" ?disabled=${box.busy || !box.marks.size} aria-keyshortcuts="F4" @click=${() => receive(box, list, acts)}><kbd>F4</kbd>${t("签收", "Sign for them")}</button>
      <span class="muted small">${unmarked ? t(`还有 ${unmarked} 件没有标`, `${unmarked} not marked yet`) : t("已逐件标好", "Every line is marked")}</span>`;
  }
  if (list.state === "received") return html`<span class="muted small">${t("双方已签字", "Both sides have signed")}</span>`;
  return html`<span class="muted small">${list.state === "open" ? t("等对方签字交出", "Waits for the other side to sign and send") : t("等对方签收", "Waits for the other side to sign")}</span>`;
}

function markAll(box, list, acts) {
  for (const line of list.lines) {
    if (["sent", "missing"].includes(line.state) && !box.marks.has(line.case)) acts.mark(line.case, { received: true, note: "" });
  }
}

async function send(box, list, acts) {
  const sure = await confirmDialog({ title: t("签字交出", "Sign and send"), yes: t("签字", "Sign"),
    text: t(`${list.department}，${list.lines.length} 件。以“${box.data.me.name}”签字。`, `${list.department}, ${list.lines.length} case(s), signed by “${box.data.me.name}”.`) });
  if (sure) await give(box, acts, () => post(`/handovers/${list.id}/send`), t("已签字交出", "Signed and sent"));
}

async function receive(box, list, acts) {
  const open = new Set(list.lines.filter(({ state }) => state === "sent" || state === "missing").map((line) => line.case));
  const lines = [...box.marks].filter(([id]) => open.has(id)).map(([id, { received, note }]) => (received ? { case: id, received } : { case: id, received, note: note.trim() }));
  if (!lines.length) return;
  if (lines.some((line) => !line.received && !line.note)) return void toast(t("没有收到的，请写明缺什么。", "Say what is missing."), { kind: "warn" });
  const missing = lines.filter((line) => !line.received).length;
  await give(box, acts, () => post(`/handovers/${list.id}/receive`, { lines }), missing ? t(`已签收，${missing} 件缺`, `Signed; ${missing} missing`) : t("已签收", "Signed for"));
}

async function give(box, acts, work, said) {
  box.busy = true;
  acts.draw();
  try {
    const list = await work();
    toast(said, { kind: "ok" });
    box.busy = false;
    acts.signed(list);
  } catch (refusal) {
    box.busy = false;
    toastRefusal(refusal);
    acts.again();
  }
}
