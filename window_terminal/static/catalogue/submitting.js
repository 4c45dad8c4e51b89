// A draft is submitted: first every fault with the way to it, then at least two reviewers by name.

import { html, nothing } from "lit";
import { get } from "ui/api.js";
import { t } from "ui/lang.js";

const LEAST = 2;
const SHOWN = 80;

export function submitView(desk, box) {
  const { draft } = desk;
  const { all } = desk.faults;
  if (!draft.v.may.submit) return html`<p class="notice">${t("草稿还在写，写好后由本部门送审。", "The draft is being written; its department submits it.")}</p>`;
  if (draft.missing.length || all.length) return faultList(desk);
  if (!box.reviewers) {
    for (const one of draft.v.reviewers) box.chosen.add(one.username); // sent back: the same people look again
    read(desk, box);
  }
  const find = box.find.trim().toLowerCase();
  const people = (box.reviewers ?? []).filter((one) => box.chosen.has(one.username) || `${one.name} ${one.username} ${one.department}`.toLowerCase().includes(find));
  const mine = (one) => (one.department === desk.item.department ? 0 : one.department ? 1 : 2);
  people.sort((a, b) => box.chosen.has(b.username) - box.chosen.has(a.username) || mine(a) - mine(b));
  const submit = async () => {
    if (!(await draft.save())) return;
    await box.run("submit", { revision: draft.v.revision, reviewers: [...box.chosen] }, t("已送审，评审人会在“待我评审”里看到。", "Submitted; the reviewers find it under what waits for them."));
  };
  return html`<section class="panel" data-submit><div class="panel-head"><h2>${t("没有要改的地方，可以送审", "Nothing stands against it")}</h2>
      <input class="input push narrow" type="search" placeholder=${t("按姓名、部门找", "Name or department")} aria-label=${t("按姓名、部门找评审人", "Find a reviewer")} .value=${box.find} @input=${(event) => {
        box.find = event.target.value;
        desk.draw();
      }}></div>
    <div class="panel-body pad"><p>${t("请选至少两位评审人（不能选自己）：", "Choose two reviewers at least, not yourself:")}</p>
      <div class="people scroll">${people.slice(0, SHOWN).map((one) => html`<label class="check person-check"><input type="checkbox" name="reviewer" value=${one.username} .checked=${box.chosen.has(one.username)} @change=${(event) => {
        if (event.target.checked) box.chosen.add(one.username);
        else box.chosen.delete(one.username);
        desk.draw();
      }}><span>${one.name}</span> <span class="muted small">${one.department || one.username}</span></label>`)}</div>${people.length > SHOWN ? html`<p class="muted small">${t(`还有 ${people.length - SHOWN} 位，请按姓名或部门找。`, `${people.length - SHOWN} more: search by name or department.`)}</p>` : nothing}</div>
    <div class="panel-foot"><span class="muted">${t(`已选 ${box.chosen.size} 位`, `${box.chosen.size} chosen`)}</span>
      <button class="button primary push" data-submit-now ?disabled=${box.chosen.size < LEAST || box.busy} @click=${submit}>${t("提交评审", "Submit for review")}</button></div></section>`;
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
