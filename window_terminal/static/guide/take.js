// The form with which a guide takes a number for a citizen: item or section, phone, green channel, override.

import { html, nothing, render } from "lit";
import { get, intention, minutesText, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { words } from "../desk/desk.js";

const SEARCH_MS = 150;
const EMPTY = {
  query: "", found: null, foundBundles: [], item: null, bundle: null, section: null, phone: "", priority: "", reason: "", id_number: "", override: "",
  overridable: false, error: "", busy: false,
};
const KEPT = ["item", "bundle", "section", "phone", "priority", "reason", "override", "overridable", "key"]; // the key: pressed again, it is one number
const OVERRIDABLE = new Set(["too_many_tickets", "same_item_twice"]);
const PHONE = /^1[3-9]\d{9}$/;
const digits = (text) => text.replace(/\D/g, "").replace(/^86(?=1\d{10}$)/, "").slice(0, 11);
const grouped = (phone) => [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].filter(Boolean).join(" ");

export function createTakeForm(box, data, { taken, show, check, kept }) {
  const form = { ...EMPTY, issued: null, key: intention(), ...kept.get("form") };
  const entered = () => Boolean(form.item || form.section || form.phone || form.priority);
  const draw = () => {
    render(view(form, data, acts), box);
    kept.put("form", entered() ? Object.fromEntries(KEPT.map((name) => [name, form[name]])) : null);
  };
  let timer = 0;
  let asked = 0;

  const search = async () => {
    const mine = (asked += 1);
    const find = (path) => (form.query ? get(`${path}?q=${encodeURIComponent(form.query)}`, { attempts: 1 }).catch(() => null) : null);
    const [answer, also] = await Promise.all([find("/items"), find("/catalogue/bundles")]);
    if (mine !== asked) return;
    form.found = answer ? answer.items ?? answer : null;
    form.foundBundles = (also?.bundles ?? []).filter((one) => one.offered);
    draw();
  };
  const acts = {
    query(event) {
      form.query = event.target.value.trim();
      clearTimeout(timer);
      timer = setTimeout(search, SEARCH_MS);
      draw();
    },
    queryKey(event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (form.foundBundles.length) acts.choose({ bundle: form.foundBundles[0] });
      else if (form.found?.length) acts.choose({ item: form.found[0] });
    },
    /** A bundle's number is taken for its first item. */
    choose({ bundle = null, item = bundle?.items[0] ?? null, section = null }) {
      Object.assign(form, { item, bundle, section, query: "", found: null, foundBundles: [], error: "", issued: null });
      draw();
      // With a list of its own the item is looked at first; its panel leads on to the phone.
      if (!check.open({ item, bundle })) box.querySelector("[name=phone]")?.focus();
    },
    forget() {
      check.close();
      Object.assign(form, { item: null, bundle: null, section: null });
      draw();
      box.querySelector("[name=query]")?.focus();
    },
    set: (field) => (event) => {
      form[field] = event.target.value;
      form.error = "";
      draw();
    },
    phone(event) {
      form.phone = digits(event.target.value);
      event.target.value = grouped(form.phone);
      form.error = "";
      draw();
    },
    reason: (words_) => () => {
      form.reason = words_;
      draw();
    },
    clear() {
      Object.assign(form, EMPTY, { issued: null, key: intention() });
      check.close();
      draw();
      box.querySelector("[name=query]")?.focus();
    },
    submit,
    show,
  };

  async function submit() {
    if (form.busy) return;
    form.error = problem(form);
    if (!form.error) {
      form.busy = true;
      draw();
      try {
        const issued = await post("/tickets", body(form), { key: form.key });
        check.attach(issued);
        Object.assign(form, EMPTY, { issued: { ...issued, item_name: form.bundle ? words(form.bundle) : issued.item_name } });
        taken();
        queueMicrotask(() => box.querySelector("[name=query]")?.focus());
      } catch (refusal) {
        form.error = refusal.sentence;
        form.overridable ||= OVERRIDABLE.has(refusal.code);
        queueMicrotask(() => box.querySelector(form.overridable ? "[name=override]" : "[data-take-error]")?.scrollIntoView({ block: "center" }));
        form.busy = false;
      }
      form.key = intention(); // the next press is a new intention: its body differs, or its number
    }
    draw();
  }

  const before = kept.get("check");
  draw();
  if (form.item || form.bundle) check.open(form, before);
  const empty = () => !form.busy && !form.item && !form.section && !form.query && !form.phone && !form.id_number;
  /** Names found are today's, also when an item is published while they are looked at. */
  const anew = () => form.query && search();
  return { submit, clear: acts.clear, empty, anew };
}

function problem(form) {
  if (!form.item && !form.section) return t("请先选事项或板块。", "Choose an item or a section first.");
  if (form.phone && !PHONE.test(form.phone)) return t("手机号应为 11 位、1 开头（第二位 3 至 9），或者留空。", "A mobile number has 11 digits starting 13 to 19; or leave it empty.");
  if (form.priority && !form.reason.trim()) return t("开绿色通道要写明理由。", "The green channel needs a reason.");
  return "";
}

function body(form) {
  const sent = { channel: "guide", ...(form.bundle ? { bundle: form.bundle.id } : form.item ? { item: form.item.id } : { section: form.section.id }) };
  if (form.phone) sent.phone = form.phone;
  if (form.priority) Object.assign(sent, { priority: form.priority, reason: form.reason.trim() });
  if (form.id_number.trim()) sent.id_number = form.id_number.trim();
  if (form.overridable && form.override.trim()) sent.override_reason = form.override.trim();
  return sent;
}

function view(form, data, acts) {
  return html`${form.issued ? issuedView(form.issued, acts) : nothing}
    <form class="form" autocomplete="off" @submit=${(event) => { event.preventDefault(); acts.submit(); }}>
      ${form.item || form.section ? chosenView(form, data, acts) : searchView(form, data, acts)}
      <div class="field"><label for="take-phone">${t("手机号（收短信用，可不留）", "Mobile (for SMS; optional)")}</label>
        <input id="take-phone" name="phone" inputmode="numeric" maxlength="17" placeholder="138 0013 8000" .value=${grouped(form.phone)} @input=${acts.phone}></div>
      ${greenView(form, data, acts)}
      ${form.overridable ? overrideView(form, data, acts) : nothing}
      ${form.error ? html`<p class="notice bad" role="alert" data-take-error>${form.error}</p>` : nothing}
      <div class="take-actions">
        <button class="button primary large" type="submit" ?disabled=${form.busy} aria-busy=${String(form.busy)}>${t("取号", "Take a number")} <kbd>F2</kbd></button>
        <button class="button large" type="button" @click=${acts.clear}>${t("清空", "Clear")} <kbd>F4</kbd></button>
      </div>
    </form>`;
}

function searchView(form, data, acts) {
  return html`<div class="field"><label for="take-query">${t("查事项（名称或拼音首字母）", "Find an item (name or pinyin initials)")}</label>
      <input id="take-query" name="query" type="search" autofocus placeholder=${t("如：不动产 或 bdc", "e.g. 不动产 or bdc")}
        .value=${form.query} @input=${acts.query} @keydown=${acts.queryKey}></div>
    ${form.query ? foundView(form, data, acts) : sectionView(data, acts)}`;
}

function foundView({ found, foundBundles }, data, acts) {
  if (!found) return html`<p class="muted small">${t("正在查…", "Searching…")}</p>`;
  if (!found.length && !foundBundles.length) return html`<p class="muted small">${t("没有找到，换个词，或清空后按板块取号。", "Nothing found. Try another word, or clear it and choose a section.")}</p>`;
  const names = Object.fromEntries(data.sections.map((s) => [s.id, words(s)]));
  return html`<div class="results" data-found>${foundBundles.map((bundle) => html`<button class="result" type="button" data-bundle=${bundle.id} @click=${() => acts.choose({ bundle })}>
      <span>${words(bundle)}</span><span class="badge call-soft">${t("一件事", "bundle")}</span><small>${bundle.items.map((one) => one.name).join(" + ")}</small></button>`)}
    ${found.slice(0, 30).map(
    (item) => html`<button class="result" type="button" data-item=${item.id} @click=${() => acts.choose({ item })}>
      <span>${words(item)}</span><span class="muted small nowrap">${minutesText(item.expected_minutes)}</span>
      <small>${names[item.section] ?? item.section}</small></button>`,
  )}</div>`;
}

function sectionView(data, acts) {
  return html`<div class="field"><span class="label">${t("或直接选板块", "or choose a section")}</span>
    <div class="section-grid">${data.sections.map(
      (section) => html`<button class="button" type="button" data-section=${section.id} @click=${() => acts.choose({ section })}>
        <span class="letter">${section.letter}</span>${words(section)}</button>`,
    )}</div></div>`;
}

function chosenView({ item, bundle, section }, data, acts) {
  const of = section ?? data.sections.find((one) => one.id === (bundle ?? item).section);
  return html`<div class="chosen" data-chosen><span class="letter">${of?.letter ?? ""}</span>
    <span><b>${words(bundle ?? item ?? section)}</b>${item ? html`<small>${words(of)}</small>` : nothing}</span>
    <button class="button small" type="button" @click=${acts.forget}>${t("重选", "Change")}</button></div>`;
}

function greenView(form, { classes }, acts) {
  if (!classes.length) return nothing;
  const chosen = classes.find((one) => one.id === form.priority);
  return html`<fieldset class="green"><legend>${t("绿色通道", "Green channel")}</legend>
    <div class="form-row">
      <div class="field"><label for="take-class">${t("类别", "Class")}</label>
        <select id="take-class" name="priority" @change=${acts.set("priority")}>
          <option value="" ?selected=${!chosen}>${t("不用", "None")}</option>
          ${classes.map((one) => html`<option value=${one.id} ?selected=${one === chosen}>${words(one)}</option>`)}
        </select></div>
      <div class="field"><label for="take-id">${t("身份证号（核年龄，可不填）", "ID number (age; optional)")}</label>
        <input id="take-id" name="id_number" maxlength="20" .value=${form.id_number} @input=${acts.set("id_number")}></div>
    </div>
    ${chosen
      ? html`<div class="field"><label for="take-reason">${t("理由（记入审计）", "Reason (audited)")} · ${creditText(chosen)}</label>
          <input id="take-reason" name="reason" maxlength="100" .value=${form.reason} @input=${acts.set("reason")}>
          <div class="chips">${reasons(chosen).map((one) => html`<button class="button small" type="button" @click=${acts.reason(one)}>${one}</button>`)}</div></div>`
      : nothing}
  </fieldset>`;
}

const creditText = (one) => (one.first ? t("优先叫号", "first") : t(`提前 ${one.credit_minutes} 分钟`, `${one.credit_minutes} min earlier`));
const reasons = (one) => [t(`${words(one)}，已看证件`, `${words(one)}, document seen`), t("当面确认", "seen in person")];

function overrideView(form, data, acts) {
  return html`<div class="field"><label for="take-override">${t(
      `仍要取号的理由（超过每个手机号 ${data.per_phone} 张的限额）`, `Reason to go past the limit (${data.per_phone} per phone)`)}</label>
    <input id="take-override" name="override" maxlength="100" placeholder=${t("如：替同行老人代取", "e.g. for an elderly companion")} .value=${form.override} @input=${acts.set("override")}></div>`;
}

function issuedView(issued, acts) {
  const ahead = issued.ahead === 0 ? t("前面没有人", "nobody ahead") : t(`前面 ${issued.ahead} 人`, `${issued.ahead} ahead`);
  const window = issued.planned_window ?? issued.window;
  return html`<div class="issued" role="status" data-issued>
    <div class="issued-head"><span>${t("取号成功", "Number taken")} · ${issued.item_name ?? issued.section_name ?? ""}</span>
      <button class="button small" type="button" @click=${() => acts.show(issued.id)}>${t("查看", "Show")}</button></div>
    <div class="issued-row"><b class="number issued-number">${issued.number}</b>
      <span class="issued-facts">${window ? t(`预计 ${window} 号窗口，以叫号为准`, `probably window ${window}; the call decides`) : t("等待开窗", "waiting for a window to open")}<br>
        ${ahead}${issued.expected_minutes === null || issued.expected_minutes === undefined ? nothing : html` · ${t("约", "about")} ${minutesText(issued.expected_minutes)}`}</span></div>
    ${issued.reason ? html`<p class="muted small">${t(issued.reason, issued.reason_en)}</p>` : nothing}
  </div>`;
}
