// 授权委托: whom a department lets decide at the window by themselves, for which items, from when to when, by which document.

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { pageData, startDesk } from "../desk/desk.js";
import { draftOf } from "../desk/drafts.js";
import { dayText } from "../desk/due.js";
import { failed, reading } from "../desk/states.js";
import { blank, formView } from "./form.js";

const data = pageData();
const today = new Intl.DateTimeFormat("en-CA", { timeZone: data.time_zone }).format(Date.now());
const place = (name) => document.querySelector(`[data-${name}]`);
const box = { data, today, list: null, items: [], failed: null, find: "", past: false, form: { ...blank(data, today), ...draftOf("authorization").get("form", {}) }, error: "", busy: false };

async function read() {
  try {
    box.list = (await get("/authorizations", { attempts: 1 })).authorizations;
    box.failed = null;
  } catch (refusal) {
    box.failed = refusal;
  }
  draw();
}

/** The items there are, by name and to choose from; without them “all” can still be chosen. */
async function readItems() {
  const { nodes } = await get("/catalogue/tree", { attempts: 2 }).catch(() => ({ nodes: [] }));
  box.items = nodes.filter((node) => node.is_item);
  draw();
}

function set(change) {
  Object.assign(box.form, change);
  if ("department" in change) box.form.items = [];
  draftOf("authorization").set("form", box.form);
  draw();
}

async function add(event) {
  event.preventDefault();
  if (box.busy) return;
  Object.assign(box, { busy: true, error: "" });
  draw();
  const { department, staff, all, items, document: paper, from_day, to_day } = box.form;
  try {
    await post("/authorizations", { department: department || null, staff: staff.trim(), items: all ? ["*"] : items, document: paper.trim(), from_day, to_day: to_day || null });
    toast(t("已登记", "Registered"), { kind: "ok" });
    draftOf("authorization").clear();
    box.form = { ...blank(data, today), department };
  } catch (refusal) {
    box.error = refusal.sentence;
  }
  box.busy = false;
  await read();
}

async function revoke(one) {
  const sure = await confirmDialog({ title: t(`撤销 ${one.staff_name} 的授权`, `Revoke ${one.staff_name}'s authorization`), danger: true, yes: t("撤销", "Revoke"),
    text: t(`${one.department} · ${one.document}\n撤销后立即生效，已办结的不受影响。`, `${one.department} · ${one.document}\nIt ends at once; what was decided stands.`) });
  if (!sure) return;
  await post(`/authorizations/${one.id}/revoke`).catch(toastRefusal);
  await read();
}

function draw() {
  render(listView(), place("page"));
  render(formView(box, { set, add }), place("aside"));
}

function listView() {
  const count = (box.list ?? []).filter((one) => one.in_force).length;
  return html`<div class="panel-head"><h2>${t("授权委托登记", "Register of authorizations")}</h2><span class="muted small">${box.list ? t(`有效 ${count} 份`, `${count} in force`) : ""}</span>
      <label class="check small push"><input type="checkbox" .checked=${box.past} @change=${(event) => { box.past = event.target.checked; draw(); }}>${t("含已撤销、已到期", "Also past ones")}</label>
      <input class="input find" type="search" placeholder=${t("姓名、部门、文号", "Name, department, document")} aria-label=${t("查找", "Find")} @input=${(event) => { box.find = event.target.value; draw(); }}></div>
    <div class="panel-body" tabindex="0" role="region" aria-label=${t("登记", "Register")} data-rows>${rows()}</div>`;
}

function rows() {
  if (box.failed && !box.list) return failed(box.failed, read);
  if (!box.list) return reading();
  const words = box.find.trim().toLowerCase();
  const shown = box.list.filter((one) => (box.past || one.in_force || (!one.revoked_at && one.from_day > today)) &&
    (!words || `${one.staff} ${one.staff_name} ${one.department} ${one.document}`.toLowerCase().includes(words)));
  if (!shown.length) {
    return html`<p class="empty">${box.list.length ? t("没有符合的登记。", "Nothing fits.") : t("还没有登记。前台一人通办的即办件，须由部门授权给窗口人员后才能当场决定。", "None yet. A clerk may decide at the window only what a department has authorized.")}</p>`;
  }
  return html`<table class="table dense"><thead><tr><th>${t("被授权人", "Clerk")}</th><th>${t("部门", "Department")}</th><th>${t("事项", "Items")}</th><th>${t("文书", "Document")}</th>
    <th>${t("起止", "From – to")}</th><th>${t("状态", "State")}</th><th></th></tr></thead><tbody>${shown.map(row)}</tbody></table>`;
}

function row(one) {
  const [style, word] = one.revoked_at ? ["bad", t("已撤销", "revoked")] : one.in_force ? ["ok", t("有效", "in force")]
    : one.from_day > today ? ["info", t("未生效", "not yet")] : ["", t("已到期", "expired")];
  return html`<tr data-authorization=${one.id}><td><b>${one.staff_name || one.staff}</b> <span class="small muted">${one.staff}</span></td><td>${one.department}</td>
    <td>${one.items.some(({ id }) => id === "*") ? t("全部事项", "all items") : one.items.map(({ name }) => name).join("、")}</td><td>${one.document}</td>
    <td class="nowrap">${dayText(one.from_day)} – ${one.to_day ? dayText(one.to_day) : t("长期", "open")}</td><td><span class="badge ${style}">${word}</span></td>
    <td class="num nowrap">${one.revoked_at ? nothing : html`<button class="button small danger" @click=${() => revoke(one)}>${t("撤销", "Revoke")}</button>`}</td></tr>`;
}

startDesk({ quiet: () => !box.form.staff && !box.form.document });
draw();
read();
readItems();
