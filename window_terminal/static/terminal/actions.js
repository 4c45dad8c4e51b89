// What each command does: ask what must be asked first, then tell the server.

import { post, serverNow, signOut } from "/static/ui/api.js";
import { askReason, confirmDialog } from "/static/ui/dialog.js";
import { t } from "/static/ui/lang.js";
import { toast } from "/static/ui/toast.js";
import { askHandOver, askParked, askPhone } from "./dialogs.js";
import { askTransfer } from "./transfer-dialog.js";
import { people, windowName } from "./words.js";

const JUST_CALLED_MS = 20_000; // shorter visits teach the hall nothing either

const path = (desk, verb) => `/windows/${desk.number}/${verb}`;
const tell = (desk, verb, body) => desk.run(verb, () => post(path(desk, verb), body));

/** Give a command that is allowed now (see commands.js). */
export function give(id, desk) {
  return (GIVEN[id] ?? ((it) => tell(it, id)))(desk);
}

const GIVEN = {
  next: async (desk) => said(desk, await tell(desk, "next")),
  "finish-next": async (desk) => {
    const ticket = desk.ticket.id; // a press that arrives late must not finish whoever was called since
    if (!(await reallyServed(desk))) return;
    said(desk, await desk.run("finish-next", () => post(path(desk, "next"), { finish: true, ticket })));
  },
  finish: async (desk) => {
    const ticket = desk.ticket.id;
    return (await reallyServed(desk)) && tell(desk, "finish", { ticket });
  },
  intake: (desk) => location.assign(`/intake?window=${desk.number}`),
  transfer,
  unpark,
  pause,
  drain,
  close,
  "hand-over": handOver,
};

// Somebody called a moment ago and not yet served is hardly finished: a slip of the hand would lose them their turn.
async function reallyServed(desk) {
  const { number, state, first_called_at: first, called_at: called } = desk.ticket;
  if (state !== "called" || serverNow() - Date.parse(first ?? called) > JUST_CALLED_MS) return true;
  return confirmDialog({
    title: t(`${number} 刚刚叫到，已经办完了？`, `${number} was called just now. Finished already?`),
    text: t("还没有按“开始办理”。没来的人请重呼或过号。", "Service was not started. Recall or mark a no-show if nobody came."),
    yes: t("已办完", "Finished"),
  });
}

// 204: nobody waits. Say it, because an unchanged screen looks like a key that was not heard.
function said(desk, outcome) {
  if (outcome && outcome.value === null) toast(t("现在没有等候的人。", "Nobody is waiting."), { kind: "ok" });
  return outcome;
}

async function transfer(desk) {
  const { number } = desk.ticket;
  const target = await askTransfer(desk);
  if (!target) return;
  const outcome = await tell(desk, "transfer", target.body);
  if (outcome) toast(t(`${number} 已转移到${target.name}。`, `${number} went to ${target.name}.`), { kind: "ok" });
}

async function unpark(desk) {
  const parked = desk.view.parked;
  const ticket = parked.length === 1 ? parked[0] : await askParked(parked);
  if (ticket) await bringBack(desk, ticket);
}

/** Bring a parked person back to the window. */
export const bringBack = (desk, ticket) => tell(desk, "unpark", { ticket: ticket.id });

async function pause(desk) {
  const reason = await askReason({
    title: t("暂停窗口", "Pause the window"),
    text: t("大屏和窗口屏会显示“暂停”。本窗等候的人会改派到其他窗口。", "Screens show “paused”. Your line moves to other windows."),
    presets: [
      t("短暂离开", "Back shortly"),
      t("用餐", "Meal"),
      t("整理材料", "Paperwork"),
      t("设备故障", "Equipment failure"),
      t("系统故障", "System failure"),
      t("开会", "Meeting"),
    ],
    yes: t("暂停", "Pause"),
  });
  if (reason) await tell(desk, "pause", { reason });
}

async function drain(desk) {
  const waiting = desk.view.line.length;
  const sure = await confirmDialog({
    title: t("收号？", "Drain the line?"),
    text: waiting
      ? t(`不再接新的号，把本窗剩下的 ${people(waiting)}叫完。`, `No new people; serve the ${people(waiting)} left in your line.`)
      : t("本窗没有人等候，收号后窗口会直接关闭。", "Nobody waits in your line: the window will close at once."),
    yes: t("收号", "Drain"),
  });
  if (sure) await tell(desk, "drain");
}

async function close(desk) {
  const waiting = desk.view.line.length;
  const sure = await confirmDialog({
    title: t(`关闭${windowName(desk.number)}？`, `Close window ${desk.number}?`),
    text: waiting
      ? t(`本窗还有 ${people(waiting)}等候，会改派到其他窗口。`, `${people(waiting)} in your line will move to other windows.`)
      : t("本窗没有人等候。", "Nobody waits in your line."),
    yes: t("关窗", "Close"),
    danger: waiting > 0,
  });
  if (sure) await tell(desk, "close");
}

async function handOver(desk) {
  const answer = await askHandOver(desk);
  if (!answer) return;
  const outcome = await tell(desk, "hand-over", { username: answer.username });
  if (!outcome) return;
  if (!answer.here) {
    toast(t(`已交给 ${answer.username}。`, `Handed over to ${answer.username}.`), { kind: "ok" });
    return;
  }
  const next = encodeURIComponent(`/terminal?window=${desk.number}`);
  await signOut(`/sign-in?next=${next}&username=${encodeURIComponent(answer.username)}`);
}

/** Call one chosen person out of turn: always with a reason, which is kept with the call. */
export async function callChosen(desk, row) {
  const reason = await askReason({
    title: t(`不按顺序叫 ${row.number}？`, `Call ${row.number} out of turn?`),
    text: t("前面还有人等候。原因会记录在案。", "Others wait before this person. The reason is kept on record."),
    presets: [
      t("老弱病残孕", "Frail or unwell"),
      t("现役军人", "In uniform"),
      t("补材料回来", "Back with papers"),
      t("约定时间已到", "Agreed time"),
      t("导服转来", "Sent by the guide"),
      t("值班经理安排", "Manager's order"),
    ],
    yes: t("叫此号", "Call"),
  });
  if (reason) await desk.run("call", () => post(path(desk, "call"), { ticket: row.id, reason }));
}

/** Put a no-show back into the line. */
export async function returnToLine(desk, row) {
  const outcome = await desk.run("return", () => post(`/tickets/${row.id}/return`));
  if (outcome) toast(t(`${row.number} 已回到队列。`, `${row.number} is back in the line.`), { kind: "ok" });
}

/** Write down another mobile number: what is still to be sent goes there. */
export async function correctPhone(desk, ticket) {
  const phone = await askPhone(ticket);
  if (phone === null) return;
  const outcome = await desk.run("phone", () => post(`/tickets/${ticket.id}/phone`, { phone: phone || null }));
  if (outcome) toast(t("手机号已更正，后面的短信发到新号码。", "Corrected: messages go to the new number."), { kind: "ok" });
}
