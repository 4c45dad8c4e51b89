// A new authorization: department, clerk, items, document, days.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";

export const blank = (data, today) => ({ department: data.me.department, staff: "", all: false, items: [], document: "", from_day: today, to_day: "" });

export function formView(box, acts) {
  const { form, data } = box;
  const put = (field) => (event) => acts.set({ [field]: event.target.value });
  const flip = (id) => () => acts.set({ items: form.items.includes(id) ? form.items.filter((one) => one !== id) : [...form.items, id] });
  const items = box.items.filter((item) => item.department === form.department);
  const named = data.clerks.find((one) => one.username === form.staff.trim());
  const incomplete = !form.staff.trim() || !form.document.trim() || !form.from_day || !(form.all || form.items.length) || !form.department;
  return html`<div class="panel-head"><h2>${t("登记授权", "Register one")}</h2></div>
    <form class="panel-body form" @submit=${acts.add}>
      <div class="field"><span class="label">${t("授权部门", "Department")}</span>${data.me.department && !data.me.leads ? html`<b>${data.me.department}</b>`
        : html`<select name="department" aria-label=${t("授权部门", "Department")} @change=${put("department")}><option value="">${t("请选择", "choose")}</option>
          ${data.departments.map((name) => html`<option ?selected=${form.department === name}>${name}</option>`)}</select>`}</div>
      <label class="field"><span class="label">${t("窗口人员（账号）", "Clerk (account)")}</span><input name="staff" autocomplete="off" maxlength="40" list="clerks" placeholder=${t("输入姓名或账号选择", "Name or account")} .value=${form.staff} @input=${put("staff")}>
        ${named ? html`<span class="small muted" data-named>${named.name}</span>` : nothing}</label>
      <datalist id="clerks">${data.clerks.map((one) => html`<option value=${one.username} label="${one.name} · ${one.username}"></option>`)}</datalist>
      <fieldset class="items"><legend>${t("可以当场决定的事项", "Items they may decide")}</legend>
        <label class="check"><input type="checkbox" name="all" .checked=${form.all} @change=${(event) => acts.set({ all: event.target.checked })}>${t("本部门全部事项", "all of the department's items")}</label>
        ${form.all ? nothing : html`<div class="scroll item-list">${items.length ? items.map((item) => html`<label class="check"><input type="checkbox" value=${item.id} .checked=${form.items.includes(item.id)}
          @change=${flip(item.id)}>${item.name}</label>`) : html`<p class="muted small">${form.department ? t("这个部门没有已发布的事项", "No published items") : t("先选部门", "Choose a department first")}</p>`}</div>`}</fieldset>
      <label class="field"><span class="label">${t("委托书文号", "Document")}</span><input name="document" autocomplete="off" maxlength="100" placeholder=${t("委托书〔2026〕3号", "No. 3 of 2026")} .value=${form.document} @input=${put("document")}></label>
      <div class="form-row"><label class="field"><span class="label">${t("自", "From")}</span><input type="date" name="from_day" .value=${form.from_day} @change=${put("from_day")}></label>
        <label class="field"><span class="label">${t("至（空为长期）", "To (empty: open)")}</span><input type="date" name="to_day" min=${form.from_day} .value=${form.to_day} @change=${put("to_day")}></label></div>
      ${box.error ? html`<p class="notice bad" role="alert">${box.error}</p>` : nothing}
      <button class="button primary" type="submit" ?disabled=${incomplete || box.busy}>${t("登记", "Register")}</button>
    </form>`;
}
