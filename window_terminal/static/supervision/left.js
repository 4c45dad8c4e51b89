// 首办责任 of a closed account: what it still has in hand, and to whom the manager gives it.

import { html, nothing } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { dueText } from "../desk/due.js";
import { sheet, sheetActions } from "../desk/sheet.js";

/** A strip for each closed account with cases in hand; `again`: read the page anew. */
export function leftView(left, again) {
  return (left?.owners ?? []).map((owner) => html`<p class="notice bad left-strip" role="status" data-left=${owner.username}>
    <span>${t(`${owner.name} 的账号已停用，名下还有 ${owner.cases.length} 件没有办完，没有人负责。`, `The account of ${owner.name} is closed with ${owner.cases.length} case(s) in hand that nobody answers for.`)}</span>
    <button class="button small" data-hand-on @click=${() => handOn(owner, left.clerks, again)}>${t("移交…", "Hand on…")}</button></p>`);
}

async function handOn(owner, clerks, again) {
  const value = { to: "", reason: "", chosen: new Set(owner.cases.map((one) => one.case)) };
  const pick = (id, state) => {
    if (!value.chosen.delete(id)) value.chosen.add(id);
    state.draw();
  };
  const all = (state) => {
    value.chosen = new Set(value.chosen.size ? [] : owner.cases.map((one) => one.case));
    state.draw();
  };
  const given = await sheet(t(`移交 ${owner.name} 名下的办件`, `Hand on the cases of ${owner.name}`), (state) => html`<form class="form" @submit=${(event) => event.preventDefault()}>
    <p class="dialog-text">${t("接手人从此负责到办结；每一件的经过里都会记下由谁移交、为什么。可以分几次交给不同的人。", "From then on they answer for the cases to their end; each history says who handed it on and why. They may go to several people.")}</p>
    <button type="button" class="button small" data-all @click=${() => all(state)}>${value.chosen.size ? t("全不选", "Tick none") : t("全选", "Tick all")}</button>
    <div class="scroll"><table class="table dense"><tbody>${owner.cases.map((one) => html`<tr><td><label class="check"><input type="checkbox" .checked=${value.chosen.has(one.case)} @change=${() => pick(one.case, state)}> ${one.item_name}</label></td>
      <td class="nowrap">${one.applicant} · <span class="number">${one.code ? one.board_number : t("草稿", "draft")}</span></td><td class="nowrap">${one.due_day ? dueText(one) : nothing}</td></tr>`)}</tbody></table></div>
    <div class="form-row">
      <label class="field"><span class="label">${t("交给", "To")}</span><select class="input" name="to" autofocus @change=${(event) => { value.to = event.target.value; state.draw(); }}>
        <option value="">${t("请选择窗口人员", "Choose a clerk")}</option>${clerks.map((one) => html`<option value=${one.username}>${one.name}（${one.username}）</option>`)}</select></label>
      <label class="field"><span class="label">${t("原因", "Reason")}</span><input name="reason" maxlength="200" .value=${value.reason} @input=${(event) => { value.reason = event.target.value; state.draw(); }}></label></div>
    <div class="presets">${[t("调离", "moved away"), t("离职", "left"), t("长期休假", "on long leave")].map((words) => html`<button type="button" class="preset" @click=${() => { value.reason = words; state.draw(); }}>${words}</button>`)}</div>
    ${sheetActions(state, t("取消", "Cancel"), [t(`移交 ${value.chosen.size} 件`, `Hand on ${value.chosen.size}`), async () => {
      const cases = value.chosen.size === owner.cases.length ? [] : [...value.chosen];
      state.done(await post("/supervision/hand-on", { owner: owner.username, to: value.to, reason: value.reason.trim(), cases }));
    }, { disabled: !value.to || !value.reason.trim() || !value.chosen.size }])}</form>`, { wide: true });
  if (!given) return;
  toast(t("已移交。", "Handed on."), { kind: "ok" });
  await again();
}
