// 一件事: several items put together; the joint list without doubles beside them. Leaders write, everybody reads.

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { materialsView } from "ui/guide-walk.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { carriedView } from "ui/bundle-walk.js";
import { moveIn } from "./body.js";
import { draftOf } from "../desk/drafts.js";
import { allItems, fitting } from "./finding.js";
import { data, failed, field, reachable, root, startPage, subnav } from "./page.js";

const LEAST = 2;
const page = { bundles: null, items: [], form: null, walk: null, find: "", busy: false, error: "", refusal: null };
const nameOf = (id) => page.items.find((one) => one.id === id)?.name ?? id;

async function read() {
  try {
    const [{ bundles }, items] = await Promise.all([get("/catalogue/bundles"), allItems()]);
    Object.assign(page, { bundles, items, refusal: null });
    if (!page.form && bundles.length) choose(bundles[0]);
  } catch (refusal) {
    page.refusal = refusal;
  }
  draw();
}

/** What is being written of a bundle is kept until it is saved, or put away. */
const draftOfBundle = (form) => draftOf(`bundle:${form.known ? form.id : "new"}`);
const WRITTEN = ["name", "name_en", "guide", "active", "items"];

function keep() {
  const { form } = page;
  form.restored = false;
  draftOfBundle(form).set("form", Object.fromEntries(WRITTEN.map((key) => [key, form[key]])));
}

function choose(bundle) {
  Object.assign(page, { form: bundle ? { ...bundle, items: bundle.items.map((one) => one.id), known: true } : { id: `bundle-${Date.now().toString(36)}`, name: "", name_en: "", guide: "", active: true, items: [], known: false }, walk: null, error: "", find: "" });
  const kept = data.me.leads && draftOfBundle(page.form).get("form", null);
  if (kept) Object.assign(page.form, kept, { restored: true });
  draw();
  if (bundle?.offered) preview(bundle.id);
}

/** The joint list as far as it holds without an answer. */
async function preview(id) {
  const walk = await post(`/catalogue/bundles/${encodeURIComponent(id)}/walk`, { answers: {} }).catch(() => null);
  if (page.form?.id !== id) return;
  page.walk = walk;
  draw();
}

async function save(event) {
  event.preventDefault();
  if (page.busy) return;
  Object.assign(page, { busy: true, error: "" });
  draw();
  const { id, name, name_en, guide, active, items } = page.form;
  try {
    const kept = await post("/catalogue/bundles", { id, name: name.trim(), name_en, guide, active, items });
    toast(t(`“${kept.name}”已保存。`, `“${kept.name}” is saved.`), { kind: "ok" });
    draftOfBundle(page.form).clear();
    await read();
    choose(page.bundles.find((one) => one.id === id));
  } catch (refusal) {
    page.error = refusal.sentence;
  }
  page.busy = false;
  draw();
}

function draw() {
  if (page.refusal) return render(failed(page.refusal, read), root);
  if (!page.bundles) return undefined;
  return render(html`<div class="catalogue-head">${subnav("bundles")}<span class="muted small">${t("群众眼里的一件事：几个事项一次办，一张表、一套材料。", "One matter in a citizen's eyes: several items, one form, one set of papers.")}</span></div>
    <div class="bundle-page">
      <section class="panel"><div class="panel-body"><ul class="tree">${page.bundles.map((one) => html`<li><button type="button" class="node" lang="zh-CN" data-bundle=${one.id} aria-current=${page.form?.id === one.id ? "true" : nothing} @click=${() => choose(one)}>
          <span class="cut">${one.name}</span><span class="node-end"><span class="tag">${t(`${one.items.length} 项`, `${one.items.length} items`)}</span>${one.active ? (one.offered ? nothing : html`<span class="tag">${t("有事项未发布", "not all published")}</span>`) : html`<span class="tag">${t("已停用", "off")}</span>`}</span></button></li>`)}</ul>
          ${page.bundles.length ? nothing : html`<p class="empty">${t("还没有一件事。", "No bundles yet.")}</p>`}</div>
        ${data.me.leads ? html`<div class="panel-foot"><button class="button small" data-new @click=${() => choose(null)}>${t("＋ 新的一件事", "+ A bundle")}</button></div>` : nothing}</section>
      <section class="panel">${page.form ? formView(page.form) : nothing}</section>
      <section class="panel"><div class="panel-head"><h2>${t("合并后的材料", "The joint list")}</h2></div><div class="panel-body pad" tabindex="0" data-joint>${joint()}</div></section></div>`, root);
}

function formView(form) {
  const writes = data.me.leads;
  const text = (key, most) => html`<input type="text" name=${key} maxlength=${most} .value=${form[key]} @input=${(event) => { form[key] = event.target.value; keep(); }}>`;
  return html`<form class="bundle-form" @submit=${save}><div class="panel-head"><h2 lang="zh-CN">${form.known ? form.name : t("新的一件事", "A new bundle")}</h2></div>
    <div class="panel-body pad" tabindex=${reachable(!writes)}><fieldset ?disabled=${!writes}>
      ${form.restored ? html`<p class="notice warn" data-restored><span>${t("这是上次没有保存的改动。", "These are changes that were not saved.")}</span> <button type="button" class="button small" @click=${() => {
        draftOfBundle(form).clear();
        choose(page.bundles.find((one) => one.id === form.id) ?? null);
      }}>${t("不要了", "Drop them")}</button></p>` : nothing}
      ${field(t("名称 *", "Name *"), text("name", 120))}${field(t("英文名称", "English name"), text("name_en", 120))}
      <div class="field"><span class="label">${t("包含的事项（按办理先后）", "Items, in their order")}</span><ol class="bundle-items">${form.items.map((id, i) => html`<li data-item=${id}><span lang="zh-CN">${nameOf(id)}</span><span class="push only-write">
          <button type="button" class="icon" aria-label=${t(`${nameOf(id)} 上移`, `${nameOf(id)} up`)} @click=${() => written(() => moveIn(form.items, i, -1))}>↑</button>
          <button type="button" class="icon" aria-label=${t(`${nameOf(id)} 下移`, `${nameOf(id)} down`)} @click=${() => written(() => moveIn(form.items, i, 1))}>↓</button>
          <button type="button" class="icon" aria-label=${t(`去掉 ${nameOf(id)}`, `Without ${nameOf(id)}`)} @click=${() => written(() => form.items.splice(i, 1))}>×</button></span></li>`)}</ol></div>
      ${writes ? finder(form) : nothing}
      ${field(t("办事说明（给群众看）", "Guide, as citizens read it"), html`<textarea rows="4" maxlength="4000" .value=${form.guide} @input=${(event) => { form.guide = event.target.value; keep(); }}></textarea>`)}
      <label class="check"><input type="checkbox" name="active" .checked=${form.active} @change=${(event) => { form.active = event.target.checked; keep(); }}>${t("向群众提供", "offered to citizens")}</label>
    </fieldset></div>
    ${writes ? html`<div class="panel-foot">${page.error ? html`<span class="error-text" role="alert">${page.error}</span>` : form.items.length < LEAST ? html`<span class="muted small">${t("至少选两个事项", "two items at least")}</span>` : nothing}
      <button class="button primary push" type="submit" data-save ?disabled=${page.busy}>${t("保存", "Save")}</button></div>` : html`<div class="panel-foot"><span class="muted small">${t("一件事由值班经理或管理员设置。", "Managers and administrators put bundles together.")}</span></div>`}</form>`;
}

function finder(form) {
  const found = fitting(page.items, page.find, form.items);
  return html`<div class="field"><input type="search" name="find" placeholder=${t("找事项加进来", "Find an item to add")} aria-label=${t("找事项加进来", "Find an item to add")} .value=${page.find} @input=${(event) => change(() => (page.find = event.target.value))}>
    ${found.map((one) => html`<button type="button" class="button small found" lang="zh-CN" data-found=${one.id} @click=${() => written(() => {
      form.items.push(one.id);
      page.find = "";
    })}>＋ ${one.name} <span class="muted small">${one.department}</span></button>`)}</div>`;
}

function written(work) {
  work();
  keep();
  draw();
}

function change(work) {
  work();
  draw();
}

function joint() {
  const { walk } = page;
  if (!walk) return html`<p class="empty">${page.form?.known && !page.form.offered ? t("其中有事项还没有发布，发布后这里显示合并的材料。", "Not all its items are published yet.") : t("保存后这里显示合并的材料。", "Shown once it is saved.")}</p>`;
  return html`${walk.complete ? nothing : html`<p class="notice"><span>${t("不看回答都要的材料；还有的看群众怎样回答：", "Asked of everybody; more by the answers to:")} ${walk.open.map((one) => html`<span lang="zh-CN">“${one.question.text}”</span> `)}</span></p>`}
    ${materialsView(walk.materials, (one) => html`<span class="muted small" lang="zh-CN">${one.of.join("、")}</span>`)}${carriedView(walk)}`;
}

read();
startPage();
