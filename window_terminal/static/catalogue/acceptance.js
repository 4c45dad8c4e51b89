// 评审与发布: the way from draft to published, what stands at this moment, and what this person can do about it.

import { html, nothing } from "lit";
import { confirmDialog, askReason } from "ui/dialog.js";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { dayTimeText } from "../desk/desk.js";
import { itemPath, wordOf } from "./page.js";
import { publishView, retiredView } from "./publishing.js";
import { gradesTable, reviewForm } from "./reviewing.js";
import { panelView, submitView } from "./submitting.js";

const STEPS = [["draft", "写草稿", "Draft"], ["review", "业务评审", "Review"], ["mock", "模拟受理", "Mock intake"], ["published", "发布", "Published"]];

export function createAcceptance(desk) {
  const box = { reviewers: null, chosen: new Set(), find: "", grades: {}, reasons: {}, from: "", busy: false, error: "", organizing: false };

  /** Do one thing at a time; then everything is read anew. */
  box.run = async (path, body, done) => {
    if (box.busy) return false;
    Object.assign(box, { busy: true, error: "" });
    desk.draw();
    let ok = false;
    try {
      await post(path.startsWith("/") ? path : `${itemPath(desk.item.id, desk.draft.v.version)}/${path}`, body);
      ok = true;
      toast(done, { kind: "ok" });
    } catch (refusal) {
      box.error = refusal.sentence;
    }
    box.busy = false;
    if (ok) await desk.reload();
    desk.draw();
    return ok;
  };

  function view() {
    const { v } = desk.draft;
    const at = STEPS.findIndex(([stage]) => stage === v.stage);
    const left = (stage) => at === 3 && ((stage === "review" && !v.reviews.length) || (stage === "mock" && !v.trials.length)); // published as it was imported
    return html`<div class="acceptance">
      ${at < 0 ? nothing : html`<ol class="steps" aria-label=${t("进度", "Progress")}>${STEPS.map(([stage, zh, en], i) => html`<li class=${left(stage) ? "" : i < at ? "past" : i === at ? "here" : ""} aria-current=${i === at ? "step" : nothing}>
        <b>${left(stage) ? "–" : i < at ? "✓" : i + 1}</b><span>${t(zh, en)}${left(stage) ? t("：没有经过", ": left out") : ""}</span></li>`)}</ol>`}
      ${box.error ? html`<p class="notice bad" role="alert">${box.error}</p>` : nothing}
      ${v.note && v.stage === "draft" ? html`<p class="notice warn" data-returned><span>${v.note}</span></p>` : nothing}
      ${{ draft: () => submitView(desk, box), review: reviewing, mock: trying, published: () => publishView(desk, box), retired: () => retiredView(desk) }[v.stage]()}
      ${v.stage !== "review" && v.reviews.length ? html`<section class="panel"><div class="panel-head"><h2>${t("评审记录", "Reviews")}</h2></div><div class="panel-body">${gradesTable(desk, v.reviews)}</div></section>` : nothing}
    </div>`;
  }

  function reviewing() {
    const { v } = desk.draft;
    const said = v.reviews.filter((one) => one.round === v.round);
    const waiting = v.reviewers.filter((one) => !said.some((each) => each.reviewer === one.username));
    return html`<section class="panel"><div class="panel-head"><h2>${t("业务评审", "Review")}</h2>
        <span class="muted small">${waiting.length ? t(`还在等：${waiting.map((one) => one.name).join("、")}`, `Waiting for: ${waiting.map((one) => one.name).join(", ")}`) : ""}</span>
        ${v.may.organize ? html`<span class="push"></span><button class="button small" data-organize aria-pressed=${String(box.organizing)} @click=${() => {
          box.organizing = !box.organizing;
          desk.draw();
        }}>${t("换评审人", "Change the reviewers")}</button>` : nothing}</div>
      <div class="panel-body">${v.may.review ? reviewForm(desk, box) : nothing}
        ${said.length ? gradesTable(desk, v.reviews) : v.may.review ? nothing : html`<p class="empty">${t("评审人还没有打分。全部打“高”就进入模拟受理；有“中”或“低”会退回，并写明理由。", "No grades yet. All 高: on to mock intake; any 中 or 低 sends it back with its reason.")}</p>`}</div></section>
      ${box.organizing && v.may.organize ? panelView(desk, box, t("换评审人：已经打的分保留", "Change the reviewers: what was said stays"), t("就由他们评审", "Have these review it"), async (reviewers) => {
        if (await box.run("reviewers", { reviewers }, t("评审人已换。", "The reviewers are changed."))) box.organizing = false;
        desk.draw();
      }) : nothing}`;
  }

  function trying() {
    const { v } = desk.draft;
    const now = v.trials.filter((one) => one.round === v.round);
    const { needed, missing } = v.mock;
    const object = async () => {
      const objection = await askReason({ title: t("提出异议，退回修改", "Object, and send it back"), text: t("请写清哪里不对、怎样才对。", "Say what is wrong and what would be right."), label: t("异议", "Objection"), yes: t("退回", "Send back"), danger: true });
      if (objection) await box.run("trials", { objection }, t("已退回修改。", "Sent back."));
    };
    return html`<section class="panel"><div class="panel-head"><h2>${t(`模拟受理：${needed - missing} / ${needed} 个窗口没有异议`, `Mock intake: ${needed - missing} of ${needed} windows without objection`)}</h2>
        <span class="push"></span>${v.may.object ? html`<button class="button small danger" @click=${object}>${t("我有异议", "I object")}</button>` : nothing}
        ${v.may.try ? html`<a class="button primary small" href="/catalogue/items/${desk.item.id}/trial">${t("到我的窗口模拟受理", "Try it at my window")}</a>` : nothing}</div>
      <div class="panel-body">${trialsTable(now)}
        ${v.publishable ? nothing : missingTrials(v.mock)}</div></section>
      ${v.publishable ? publishView(desk, box) : nothing}`;
  }
  return { view, box };
}

/** How many trials are still missing, and at which windows, by whom, they can be had now. */
export function missingTrials({ needed, missing, windows }) {
  const named = (one) => (one.clerk_name ? t(`${one.number} 号 ${one.clerk_name}`, `No. ${one.number} ${one.clerk_name}`) : t(`${one.number} 号`, `No. ${one.number}`));
  const groups = [
    [t("现在就可以试", "Can try it now"), windows.filter((one) => one.ready)],
    [t("要换没有试过、也没有写过的人", "Needs another clerk there"), windows.filter((one) => one.clerk_name && !one.ready)],
    [t("还没有开窗", "Not open"), windows.filter((one) => !one.clerk_name)],
  ].filter(([, list]) => list.length);
  return html`<div class="pad" data-missing-trials><p>${t(`还差 ${missing} 次：要 ${needed} 位不同的受理人员，在 ${needed} 个不同的综合窗口各试一遍。窗口人员登录后打开“事项”，在“待模拟受理”里找到它。`,
      `${missing} more: ${needed} different clerks try it at ${needed} different comprehensive windows. They find it under Items, “to be tried”.`)}</p>
    <dl class="facts trial-windows">${groups.map(([label, list]) => html`<dt>${label}</dt><dd>${list.map(named).join(t("、", ", "))}</dd>`)}</dl></div>`;
}

export function trialsTable(trials) {
  if (!trials.length) return html`<p class="empty">${t("还没有窗口试过。", "No window has tried it yet.")}</p>`;
  return html`<table class="table dense" data-trials><thead><tr><th>${t("窗口", "Window")}</th><th>${t("谁", "Who")}</th><th>${t("结果", "Result")}</th><th>${t("时间", "When")}</th></tr></thead>
    <tbody>${trials.map((one) => html`<tr><td>${one.window ? t(`${one.window} 号`, `No. ${one.window}`) : t("审批部门", "approver")}</td><td>${one.name}</td>
      <td>${one.objection ? html`<span class="badge bad">${t("有异议", "objection")}</span> ${one.objection}` : html`<span class="badge ok">${t("没有异议", "no objection")}</span>`}</td><td class="small">${dayTimeText(one.at)}</td></tr>`)}</tbody></table>`;
}

/** Discard the draft, after a question. */
export async function dropDraft(desk) {
  const { v } = desk.draft;
  const sure = await confirmDialog({ title: t("放弃这份草稿？", "Discard this draft?"), text: t("草稿会留在版本记录里，但不能再改。现行的版本不受影响。", "It stays in the history but can no longer be changed. What is in force stays."), yes: t("放弃草稿", "Discard"), danger: true });
  if (!sure) return;
  try {
    await post(`${itemPath(desk.item.id, v.version)}/drop`, { revision: v.revision });
    location.assign("/catalogue");
  } catch (refusal) {
    toastRefusal(refusal);
  }
}

export const gradeWord = (words, grade) => wordOf(words.grades, grade);
