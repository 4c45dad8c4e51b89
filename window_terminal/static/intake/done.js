// After the decision: the code large, the promised day, what was sent, the papers to print, and what comes next.

import { html, nothing } from "lit";

import { t } from "ui/lang.js";
import { CaseSms } from "../desk/case-sms.js";
import { visitButtons } from "./bar.js";
import { decideAtOnce } from "./decide.js";
import { handOut, toHandOut } from "./hand-out.js";
import { askReasons } from "./refuse-dialog.js";
import { dayText, dayTime, paperName, promiseText } from "./words.js";

const SAID = {
  accepted: ["已受理", "Accepted", "ok"],
  reviewing: ["已受理，审查中", "Accepted, under review", "ok"],
  correction: ["已一次性告知补正", "Correction asked for", "warn"],
  refused: ["不予受理", "Refused", "bad"],
  withdrawn: ["已撤回", "Withdrawn", ""],
  collected: ["已领取", "Collected", "ok"],
  at_issue: ["已办结，待领取", "Decided, to be handed over", "ok"],
  approved: ["已办结：准予", "Decided: approved", "ok"],
  rejected: ["已办结：不予同意", "Decided: rejected", "bad"],
};

export function doneView(visit, intake, actions) {
  const { case: c } = intake;
  visit.sms ??= new CaseSms(() => intake.changed(), dayTime);
  const told = c.phone_mask && c.state !== "withdrawn" ? visit.sms.view(c.id, c.history.length) : nothing;
  const here = toHandOut(c, visit.number) || (c.may.decide_at_once && visit.number !== null); // this one is not done yet
  const brought = intake.decided === "supplement" ? ["材料已补齐，继续办理", "Papers complete, under way again", "ok"] : null;
  const [zh, en, kind] = brought ?? SAID[c.state] ?? [c.state_zh, c.state_en, ""];
  return html`<main class="done-view" data-testid="done" data-state=${c.state}>
    <section class="panel done-main ${kind}">
      <p class="done-state"><span class="badge ${kind}">${t(zh, en)}</span> ${c.name}</p>
      ${c.code ? html`<p class="done-label">${t("统一申报编码", "Case code")}</p><p class="done-code number ${c.code.length > 20 ? "long" : ""}" data-testid="code">${grouped(c.code)}</p>` : nothing}
      <dl class="done-facts">${facts(c, told)}</dl>
      ${atOnce(visit, intake)}
    </section>
    <section class="panel done-next">
      <h2>${t("打印", "Print")}</h2>
      ${papersOf(intake).map((paper, index) => html`<a class="button ${index ? "" : "primary"} block" target="_blank" rel="noopener" data-paper=${paper} href=${`/api/v1/cases/${c.id}/papers/${paper}.pdf`}>
        ${paperName(paper)}${index ? nothing : html` <kbd>P</kbd>`}</a>`)}
      ${c.papers.length ? nothing : html`<p class="muted small">${t("没有文书。", "No papers.")}</p>`}
      ${c.code && !c.ended_at && !intake.kept && actions.mayKeep ? html`<button class="button block" type="button" data-keep-profile @click=${actions.keepProfile}>${t("留存信息供下次自助填表", "Keep the details for next time")}</button>` : nothing}
      <h2>${t("接下来", "Next")}</h2>
      ${visit.ticket ? html`<button class="button ${here ? "" : "call"} block" type="button" data-another @click=${actions.another}><kbd>F12</kbd> ${t("同一来访再办一件", "Next matter of this visit")}</button>${visitButtons(actions)}` : nothing}
      ${c.may.accept || c.may.supplement ? html`<button class="button block" type="button" data-resume @click=${actions.resume}>${t("回到收件", "Back to the intake")}</button>` : nothing}
      <a class="button quiet block" href="/cases?case=${c.id}">${t("查看办件", "Open the case")}</a>
    </section>
  </main>`;
}

/** What was just done is printed first. */
function papersOf({ case: c, decided }) {
  const first = decided === "supplement" && c.papers.find((one) => one.startsWith("supplement"));
  return first ? [first, ...c.papers.filter((one) => one !== first)] : c.papers;
}

/** In groups of four, as people read a long number aloud; copied without the gaps. */
const grouped = (code) => code.match(/.{1,4}/g).map((part) => html`<span>${part}</span>`);

function facts(c, told) {
  const fact = (name, value, id = "") => (value ? html`<div data-fact=${id || nothing}><dt>${name}</dt><dd>${value}</dd></div>` : nothing);
  return html`
    ${fact(t("申请人", "Applicant"), c.applicant_mask)}
    ${c.due_day ? fact(t("承诺办结", "Promised by"), html`<b>${promiseText({ day: c.due_day, provisional: c.due_provisional })}</b>`, "due") : nothing}
    ${c.deferral_due ? fact(t("容缺补交", "To be brought by"), html`<b>${promiseText({ day: c.deferral_due, provisional: c.provisional.includes("deferral_due") })}</b> ${names(c, c.deferral.materials)}`, "deferral") : nothing}
    ${c.correction && c.state === "correction" ? fact(t("补正内容", "To correct"), html`<ol class="plain">${c.correction.items.map((one) => html`<li><b>${one.name}</b> ${one.text}</li>`)}</ol>`, "correction") : nothing}
    ${c.end_reason ? fact(t("理由", "Reasons"), c.end_reason, "reasons") : nothing}
    ${c.state === "withdrawn" ? nothing : fact(t("短信", "SMS"), html`${sms(c)} ${told}`, "sms")}
    ${fact(t("公示号", "Board number"), c.board_number ? html`<span class="number">${c.board_number}</span>` : "")}
    ${c.code ? fact(t("经办", "First handler"), c.owner_name) : nothing}
    ${c.children?.length ? fact(t("分办", "Parts"), html`<ol class="plain">${c.children.map((one) => html`<li><b>${one.name}</b> ${one.department} <span class="number">${one.code ?? ""}</span></li>`)}</ol>`) : nothing}`;
}

/** Of what was to follow, what has not come yet. */
const names = (c, ids) => c.materials.filter((one) => ids.includes(one.id) && !one.complete).map((one) => one.name).join(t("、", ", "));

function sms(c) {
  if (!c.phone_mask) return t("没有手机号，请打印文书交给申请人", "no phone: print the paper and hand it over");
  return t(`发往 ${c.phone_mask}，内含办件页面链接`, `to ${c.phone_mask}, with the link to the case's page`);
}

function atOnce(visit, intake) {
  if (toHandOut(intake.case, visit.number)) {
    return html`<div class="at-once"><h2>${t("当场出件", "Hand the result over")}</h2><div class="at-once-buttons">
      <button class="button call large" type="button" data-hand-out @click=${() => handOut(visit, intake)}><kbd>F2</kbd> ${t("交付结果，领取人签名", "Hand over, with a signature")}</button></div></div>`;
  }
  if (!intake.case.may.decide_at_once || visit.number === null) return nothing;
  return html`<div class="at-once" data-testid="at-once">
    <h2>${t("即办：当场审查决定", "Decide it on the spot")}</h2>
    <p class="muted small">${t("您有这个事项的授权委托，材料和表单都已核对。", "You are authorised for this item; papers and form are checked.")}</p>
    <div class="at-once-buttons">
      <button class="button call large" type="button" data-decide="approved" ?disabled=${intake.busy} @click=${() => decideAtOnce(intake, visit.number, "approved")}><kbd>F2</kbd> ${t("准予，当场出件", "Approve and hand out")}</button>
      <button class="button danger" type="button" data-decide="rejected" ?disabled=${intake.busy} @click=${() => reject(visit, intake)}><kbd>F4</kbd> ${t("不予同意", "Reject")}</button>
    </div>
  </div>`;
}

async function reject(visit, intake) {
  const given = await askReasons(intake, {
    title: t("不予同意", "Reject"),
    text: t("将出具书面决定，说明理由，告知复议、诉讼的权利。", "A written decision with reasons and remedies is made."),
    yes: t("不予同意", "Reject"),
  });
  if (given) await decideAtOnce(intake, visit.number, "rejected", { reasons: given.other ? [...given.reasons, given.other] : given.reasons });
}

/** @returns what a key does here, or undefined */
export function doneKey(event, visit, intake, actions) {
  const instant = intake.case.may.decide_at_once && visit.number !== null;
  const out = toHandOut(intake.case, visit.number);
  return {
    F12: () => visit.ticket && actions.another(),
    F2: out ? () => handOut(visit, intake) : instant ? () => decideAtOnce(intake, visit.number, "approved") : undefined,
    F4: instant ? () => reject(visit, intake) : undefined,
    F8: () => actions.finish(false),
    F9: () => actions.finish(true),
    p: () => document.querySelector("[data-paper]")?.click(),
    P: () => document.querySelector("[data-paper]")?.click(),
    Escape: () => actions.back(),
  }[event.key];
}
