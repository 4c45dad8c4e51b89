// Pair kiosks, displays and evaluation pads by the code they show, and revoke what is lost.

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { coalesce, dayTimeText, pageData, startDesk } from "../desk/desk.js";

const EVERY_MS = 10_000;
const ROLES = { kiosk: ["取号机", "Kiosk"], display: ["大屏", "Display"], pad: ["评价器", "Evaluation pad"] };
const place = (name) => document.querySelector(`[data-${name}]`);
const data = pageData();
const form = { code: "", name: "", role: "kiosk", area: "", window: "", error: "", busy: false };
let devices = null;

async function read() {
  try {
    ({ devices } = await get("/devices", { attempts: 1 }));
    render(deviceTable(), place("devices"));
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
}
const refresh = coalesce(read, 500);
const draw = () => render(pairForm(), place("pair"));
const roleWord = (role) => t(...(ROLES[role] ?? [role, role]));

function pairForm() {
  const set = (field) => (event) => {
    form[field] = event.target.value;
    form.error = "";
    draw();
  };
  return html`<ol class="steps">
      <li>${t("在设备上打开 /kiosk、/display 或 /pad，屏幕显示配对码", "Open /kiosk, /display or /pad on the device; it shows a code")}</li>
      <li>${t("在这里输入配对码和一个认得出的名字", "Enter the code here, with a name people will know")}</li>
      <li>${t("几秒后设备自己进入页面", "The device goes on by itself within seconds")}</li>
    </ol>
    <form class="form" @submit=${pair}>
      <div class="field"><label for="pair-code">${t("配对码", "Code")}</label>
        <input id="pair-code" class="code" name="code" autofocus autocomplete="off" maxlength="12" .value=${form.code} @input=${set("code")}></div>
      <div class="field"><label for="pair-name">${t("名称，如“东门取号机”", "Name, e.g. “Kiosk at the east door”")}</label>
        <input id="pair-name" name="name" maxlength="40" .value=${form.name} @input=${set("name")}></div>
      <div class="form-row">
        <div class="field"><label for="pair-role">${t("用途", "Use")}</label>
          <select id="pair-role" name="role" @change=${set("role")}>${Object.keys(ROLES).map(
            (role) => html`<option value=${role} ?selected=${form.role === role}>${roleWord(role)}</option>`)}</select></div>
        ${form.role === "pad" ? windowField(set) : areaField(set)}
      </div>
      ${form.error ? html`<p class="notice bad" role="alert">${form.error}</p>` : nothing}
      <button class="button primary large" type="submit" ?disabled=${form.busy || incomplete()}>${t("配对", "Pair")}</button>
    </form>`;
}

function areaField(set) {
  return html`<div class="field"><label for="pair-area">${t("所在区域", "Area")}</label>
    <select id="pair-area" name="area" @change=${set("area")}>
      <option value="">${t("不分区", "none")}</option>
      ${data.areas.map((area) => html`<option value=${area.id} ?selected=${form.area === area.id}>${area.name}</option>`)}</select></div>`;
}

/** A pad rates one window's services and no other's, so it must be said which. */
function windowField(set) {
  return html`<div class="field"><label for="pair-window">${t("放在几号窗口", "At window")}</label>
    <select id="pair-window" name="window" @change=${set("window")}>
      <option value="">${t("请选择", "choose")}</option>
      ${data.windows.map((number) => html`<option value=${number} ?selected=${form.window === String(number)}>${windowWord(number)}</option>`)}</select></div>`;
}

const windowWord = (number) => t(`${number} 号窗口`, `Window ${number}`);
const incomplete = () => !form.code.trim() || !form.name.trim() || (form.role === "pad" && !form.window);

async function pair(event) {
  event.preventDefault();
  if (form.busy) return;
  Object.assign(form, { busy: true, error: "" });
  draw();
  const body = { code: form.code.trim().toUpperCase(), name: form.name.trim(), role: form.role };
  if (form.role === "pad") body.window = Number(form.window);
  else if (form.area) body.area = form.area;
  try {
    await post("/devices", body);
    toast(t(`已配对：${body.name}`, `Paired: ${body.name}`), { kind: "ok" });
    Object.assign(form, { code: "", name: "", window: "" });
    refresh();
  } catch (refusal) {
    form.error = refusal.sentence;
  }
  form.busy = false;
  draw();
}

function deviceTable() {
  if (!devices.length) return html`<p class="empty">${t("还没有设备。", "No devices yet.")}</p>`;
  return html`<table class="table dense"><thead><tr>
      <th>${t("名称", "Name")}</th><th>${t("用途", "Use")}</th><th>${t("位置", "Place")}</th><th>${t("状态", "State")}</th>
      <th>${t("最近在线", "Last seen")}</th><th></th></tr></thead>
    <tbody>${devices.map(deviceRow)}</tbody></table>`;
}

function deviceRow(device) {
  const area = data.areas.find((one) => one.id === device.area)?.name ?? device.area ?? "—";
  const place_ = device.window ? windowWord(device.window) : area;
  const [style, word] = device.revoked_at
    ? ["bad", t("已停用", "revoked")]
    : device.paired_at ? ["ok", t("已配对", "paired")] : ["info", t("等待配对", "waiting")];
  return html`<tr class=${device.revoked_at ? "gone" : ""} data-device=${device.id}>
    <td>${device.name || "—"}</td><td>${roleWord(device.role)}</td><td>${place_}</td><td><span class="badge ${style}">${word}</span></td>
    <td>${dayTimeText(device.seen_at)}</td>
    <td class="num">${device.revoked_at ? nothing : html`<button class="button small danger" @click=${() => revoke(device)}>${t("停用", "Revoke")}</button>`}</td></tr>`;
}

async function revoke(device) {
  const sure = await confirmDialog({
    title: t(`停用“${device.name}”`, `Revoke “${device.name}”`), danger: true, yes: t("停用", "Revoke"),
    text: t("它立即断开，要用须重新配对。", "It is cut off at once and has to be paired again."),
  });
  if (!sure) return;
  await post(`/devices/${device.id}/revoke`).catch(toastRefusal);
  refresh();
}

draw();
startDesk();
setInterval(refresh, EVERY_MS);
refresh();
