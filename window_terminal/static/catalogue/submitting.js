// A draft is submitted: first every fault with the way to it, then at least two reviewers by name, who have not written at
// it: one of the hall's administration, which leads the review, and one of a department.

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";
import { data } from "./page.js";

const LEAST = 2;
const SHOWN = 80;

export function submitView(desk, box) {
  const { draft } = desk;
  const { all } = desk.faults;
  if (!draft.v.may.submit) return html`<p class="notice">${t("草稿还在写，写好后由本部门送审。", "The draft is being written; its department submits it.")}</p>`;
  if (draft.missing.length || all.length) return faultList(desk);
  const submit = async (reviewers) => {
    if (!(await draft.save())) return;
    await box.run("submit", { revision: draft.v.revision, reviewers }, t("已送审，评审人会在“待我评审”里看到。", "Submitted; the reviewers find it under what waits for them."));
  };
  return html`${unsaid(draft.body)}${panelView(desk, box, t("没有要改的地方，可以送审", "Nothing stands against it"), t("提交评审", "Submit for review"), submit, { self: false })}`;
}

/** What a reviewer would ask for first; an item may be without it, but seldom is. */
function unsaid(body) {
  const empty = [
    [!body.materials.length, "材料", "materials"], [!body.basis, "设定依据", "legal ground"], [!body.conditions, "受理条件", "conditions"],
    [!body.guide, "办事指南", "guide"], [!body.result, "办理结果", "result"],
  ].filter(([missing]) => missing);
  if (!empty.length) return nothing;
  return html`<p class="notice warn" data-unsaid><span>${t(`还没有写：${empty.map(([, zh]) => zh).join("、")}。确实没有的才这样送审，不清楚的会被退回。`,
    `Not written yet: ${empty.map(([, , en]) => en).join(", ")}. Submit it so only where there is none; what is unclear comes back.`)}</span></p>`;
}

/** Who reviews: chosen by name, two at least, of the hall's administration and of a department. `self`: may the chooser be one. */
export function panelView(desk, box, title, yes, give, { self = true } = {}) {
  const { draft } = desk;
  if (!box.reviewers) {
    for (const one of draft.v.reviewers) if (!wrote(draft, one)) box.chosen.add(one.username); // sent back: the same people look again
    read(desk, box);
  }
  const find = box.find.trim().toLowerCase();
  const known = (box.reviewers ?? []).filter((one) => !wrote(draft, one) && (self || one.username !== data.me.username));
  const lacking = lacks(known.filter((one) => box.chosen.has(one.username)));
  const people = known.filter((one) => box.chosen.has(one.username) || `${one.name} ${one.username} ${one.department}`.toLowerCase().includes(find));
  const mine = (one) => (one.of_hall ? 0 : one.department === desk.item.department ? 1 : one.department ? 2 : 3);
  people.sort((a, b) => box.chosen.has(b.username) - box.chosen.has(a.username) || mine(a) - mine(b));
  return html`<section class="panel" data-submit><div class="panel-head"><h2>${title}</h2>
      <input class="input push narrow" type="search" placeholder=${t("按姓名、部门找", "Name or department")} aria-label=${t("按姓名、部门找评审人", "Find a reviewer")} .value=${box.find} @input=${(event) => {
        box.find = event.target.value;
        desk.draw();
      }}></div>
    <div class="panel-body pad"><p>${t("评审由行政服务中心组织：请选至少两位没有写过这一版的评审人，其中有行政服务中心的，也有部门的业务骨干。", "The hall's administration leads the review: choose at least two who did not write this version, of the hall's administration and of a department.")}</p>
      <div class="people scroll">${repeat(people.slice(0, SHOWN), (one) => one.username, (one) => html`<label class="check person-check"><input type="checkbox" name="reviewer" value=${one.username} .checked=${box.chosen.has(one.username)} @change=${(event) => {
        if (event.target.checked) box.chosen.add(one.username);
        else box.chosen.delete(one.username);
        desk.draw();
      }}><span>${one.name}</span> <span class="muted small">${one.of_hall ? t("行政服务中心", "hall administration") : one.department || one.username}</span></label>`)}</div>${people.length > SHOWN ? html`<p class="muted small">${t(`还有 ${people.length - SHOWN} 位，请按姓名或部门找。`, `${people.length - SHOWN} more: search by name or department.`)}</p>` : nothing}</div>
    <div class="panel-foot"><span class="muted" data-lacking>${t(`已选 ${box.chosen.size} 位`, `${box.chosen.size} chosen`)}${lacking.length ? t(`，还缺：${lacking.map(([zh]) => zh).join("、")}`, `; still needed: ${lacking.map(([, en]) => en).join(", ")}`) : ""}</span>
      <button class="button primary push" data-submit-now ?disabled=${lacking.length || box.busy} @click=${() => give(known.map((one) => one.username).filter((name) => box.chosen.has(name)))}>${yes}</button></div></section>`;
}

const wrote = (draft, one) => draft.v.authors.some((each) => each.username === one.username);

/** What a panel still lacks, as [zh, en]. The server judges again. */
function lacks(panel) {
  return [
    [panel.length < LEAST, "至少两位", "two at least"],
    [!panel.some((one) => one.of_hall), "行政服务中心的一位", "one of the hall's administration"],
    [!panel.some((one) => one.department), "部门的一位", "one of a department"],
  ].filter(([missing]) => missing).map(([, zh, en]) => [zh, en]);
}

async function read(desk, box) {
  box.reviewers = [];
  box.reviewers = await get("/catalogue/reviewers").then((answer) => answer.reviewers, () => null);
  desk.draw();
}

/** Everything that stands against it, each with the way there. */
export function faultList(desk) {
  const { draft } = desk;
  const { all } = desk.faults;
  return html`<section class="panel" data-fault-list><div class="panel-head"><h2>${t(`还有 ${draft.missing.length + all.length} 处要改，改好才能提交`, `${draft.missing.length + all.length} places need work before it can be submitted`)}</h2></div>
    <div class="panel-body"><ul class="fault-list">${draft.missing.map(([zh, en]) => html`<li><span>${t(zh, en)}</span></li>`)}${all.map((one) => html`<li>
      <span><b lang="zh-CN">${one.place}</b>　${t(one.zh, one.en)}</span><a class="button small" href=${one.hash}>${t("去改", "Go there")}</a></li>`)}${nothing}</ul></div></section>`;
}
