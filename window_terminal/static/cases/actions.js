// What can be done with the case shown: go on with its intake, pre-review it, hand it on, show its personal data.

import { html, nothing } from "lit";

import { post } from "ui/api.js";
import { askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { draftOf } from "../desk/drafts.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { askCorrection } from "../intake/correct-dialog.js";
import { askRefusal } from "../intake/refuse-dialog.js";

export function caseActions(page) {
  const { case: c } = page.open;
  const { may } = c;
  page.unmask ??= () => unmask(page);
  const button = (id, words, run, kind = "") => html`<button class="button small ${kind}" type="button" data-do=${id} ?disabled=${page.open.busy} @click=${run}>${words}</button>`;
  const review = may.pass_pre_review;
  return html`
    ${may.accept || may.supplement ? html`<a class="button small primary" data-do="intake" href=${`/intake/${c.id}${page.data.window === null ? "" : `?window=${page.data.window}`}`}>${intakeWords(c)}</a>` : nothing}
    ${review ? button("pass", t("预审通过", "Pass"), () => pass(page), "primary") : nothing}
    ${review && may.correct ? button("correct", t("一次性告知补正", "Ask for correction"), () => correct(page)) : nothing}
    ${review && may.refuse ? button("refuse", t("不予受理", "Refuse"), () => refuse(page), "danger") : nothing}
    ${may.hand_on ? button("hand-on", t("移交首办责任", "Hand on"), () => handOn(page)) : nothing}
    ${may.withdraw ? button("withdraw", t("申请人撤回", "Withdraw"), () => withdraw(page)) : nothing}`;
}

const intakeWords = (c) =>
  ({ draft: t("继续收件", "Go on with the intake"), correction: t("收补正材料", "Take in the correction"), awaiting_visit: t("核对交来的材料", "Check the papers brought") })[c.state] ?? t("收补交材料", "Take in what was to follow");

async function give(page, verb, body, said) {
  try {
    await page.open.command(verb, body);
    draftOf(`case:${page.open.id}`).clear();
    toast(said, { kind: "ok" });
    page.choose(page.view);
  } catch (refusal) {
    toastRefusal(refusal);
  }
}

async function pass(page) {
  const note = await askReason({
    title: t("预审通过？", "Pass the pre-review?"),
    text: t("全流程网上件随即受理；半流程的短信通知申请人到窗口交纸质材料。", "Wholly online matters are accepted at once; for the others the applicant is asked to bring the papers."),
    presets: [t("材料齐全、符合要求", "Complete and in order")], value: t("材料齐全、符合要求", "Complete and in order"), yes: t("通过", "Pass"),
  });
  if (note) await give(page, "pre-review/pass", { note }, t("已通过预审。", "Passed."));
}

async function correct(page) {
  const notice = await askCorrection(page.open, { chosen: false });
  if (notice) await give(page, "correction", notice, t("已一次性告知。", "The applicant is told."));
}

async function refuse(page) {
  const refusal = await askRefusal(page.open);
  if (refusal) await give(page, "refuse", refusal, t("已不予受理。", "Refused."));
}

async function withdraw(page) {
  const reason = await askReason({ title: t("申请人撤回这个办件？", "Does the applicant withdraw it?"), presets: [t("申请人不办了", "The applicant gave up"), t("重复申请", "A duplicate"), t("选错事项", "Wrong item")], yes: t("撤回", "Withdraw"), danger: true });
  if (reason) await give(page, "withdraw", { reason }, t("已撤回。", "Withdrawn."));
}

/** 首办责任移交: to whom and why; both are kept with the case. */
async function handOn(page) {
  const draft = draftOf(`hand-on:${page.open.id}`);
  const value = { to: draft.get("to"), reason: draft.get("reason") };
  await sheet(t("移交首办责任", "Hand the case on"), (state) => html`<form class="form" @submit=${(event) => event.preventDefault()}>
    <p class="dialog-text">${t("接手人从此负责这个办件到办结。移交会记入办件经过。", "From then on they answer for the case to its end. It is kept in its history.")}</p>
    <div class="field"><label for="hand-to">${t("接手人的账号", "User name of who takes over")}</label>
      <input id="hand-to" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" autofocus .value=${value.to} @input=${(event) => { value.to = event.target.value; draft.set("to", value.to); state.draw(); }} /></div>
    <div class="field"><label for="hand-why">${t("原因", "Reason")}</label>
      <input id="hand-why" autocomplete="off" maxlength="200" .value=${value.reason} @input=${(event) => { value.reason = event.target.value; draft.set("reason", value.reason); state.draw(); }} /></div>
    ${sheetActions(state, t("取消", "Cancel"), [t("移交", "Hand on"), async () => {
      await page.open.command("hand-on", { to: value.to.trim(), reason: value.reason.trim() });
      draft.clear();
      state.done(true);
      toast(t("已移交。", "Handed on."), { kind: "ok" });
      page.choose(page.view);
    }, { disabled: !value.to.trim() || !value.reason.trim() }])}
  </form>`);
}

async function unmask(page) {
  const reason = await askReason({ title: t("查看全部个人信息？", "Show the personal data?"), text: t("查看会记录在案。", "This is recorded."), presets: [t("核对身份", "Check the identity"), t("联系申请人", "Contact the applicant")], yes: t("查看", "Show") });
  if (!reason) return;
  try {
    page.open.form = (await post(`/cases/${page.open.id}/unmask`, { reason })).form;
    page.open.shown = true;
    page.draw();
  } catch (refusal) {
    toastRefusal(refusal);
  }
}
