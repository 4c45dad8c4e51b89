// 模拟受理: a clerk takes the version in as if a citizen stood there: answers, then every checkpoint, then says whether it works.

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { askReason } from "ui/dialog.js";
import { createWalk, own, questionView, wantedView } from "ui/guide-walk.js";
import { t } from "ui/lang.js";
import { missingTrials, trialsTable } from "./acceptance.js";
import { draftOf } from "../desk/drafts.js";
import { markedPicture } from "./marks.js";
import { data, failed, itemHref, itemPath, root, stageBadge, startPage } from "./page.js";
import { answered } from "./preview.js";
import { isPicture } from "./upload.js";

const desk = { v: null, walk: null, ticks: new Set(), shown: null, point: null, busy: false, error: "", said: null, refusal: null };

async function start() {
  desk.refusal = null;
  try {
    const { versions } = await get(itemPath(data.item.id));
    const mock = versions.find((one) => one.stage === "mock") ?? versions[0];
    desk.v = await get(itemPath(data.item.id, mock.version));
    desk.walk = createWalk(data.item.id, { changed: draw, path: `${itemPath(data.item.id, mock.version)}/walk` });
    const draft = kept();
    desk.ticks = new Set(draft.get("ticks", []));
    await desk.walk.start(draft.get("answers", {}));
  } catch (refusal) {
    desk.refusal = refusal;
  }
  draw();
}

/** A trial begun is there again after a reload. */
const kept = () => draftOf(`trial:${data.item.id}:${desk.v.version}:${desk.v.round}`);

const points = () => (desk.walk.done ? desk.walk.view.materials.flatMap((one) => one.checkpoints.map((point) => `${one.id}/${point.id}`)) : []);

async function send(objection) {
  if (desk.busy) return;
  Object.assign(desk, { busy: true, error: "" });
  draw();
  try {
    const said = await post(`${itemPath(data.item.id, desk.v.version)}/trials`, { window: data.window, objection });
    kept().clear();
    desk.v = said;
    desk.said = objection ? "objection" : "fine";
  } catch (refusal) {
    desk.error = refusal.sentence;
  }
  desk.busy = false;
  draw();
}

async function object() {
  const objection = await askReason({ title: t("有什么不对？", "What is wrong?"), text: t("事项会退回部门修改。请写清哪份材料、哪条要点看不懂或用不了。", "It goes back to the department. Say which material or checkpoint does not work."), label: t("异议", "Objection"), yes: t("提出异议", "Object"), danger: true });
  if (objection) await send(objection);
}

function draw() {
  if (desk.refusal) return render(failed(desk.refusal, start), root);
  if (!desk.v || !(desk.walk?.view || desk.walk?.problem)) return undefined;
  if (desk.walk.view && !desk.said) {
    kept().set("answers", Object.keys(desk.walk.answers).length ? desk.walk.answers : null);
    kept().set("ticks", [...desk.ticks]);
  }
  return render(html`<header class="item-head"><a class="button small quiet" href="/catalogue">← ${t("待我处理", "What waits for me")}</a><h1 class="cut"><span class="muted">${t("模拟受理", "Mock intake")}</span> <span lang="zh-CN">${desk.v.body.name}</span></h1>
      <span class="nowrap">${t(`第 ${desk.v.version} 版`, `version ${desk.v.version}`)} ${stageBadge(desk.v)}</span><span class="push nowrap">${data.window ? t(`在 ${data.window} 号窗口`, `at window ${data.window}`) : ""}</span></header>
    <div class="trial">${desk.said ? thanks() : stage()}</div>`, root);
}

const thanks = () => html`<section class="panel pad said" data-said=${desk.said}><h2>${desk.said === "fine" ? t("记下了：没有异议。谢谢！", "Noted: no objection. Thank you.") : t("记下了，事项已退回部门修改。谢谢！", "Noted; the item went back to its department. Thank you.")}</h2>
  ${trialsTable(desk.v.trials.filter((one) => one.round === desk.v.round))}${desk.v.mock?.missing ? missingTrials(desk.v.mock) : nothing}<p><a class="button" href="/catalogue">${t("回到待我处理", "Back")}</a> <a class="button quiet" href=${itemHref(data.item.id, desk.v.version)}>${t("看这个事项", "See the item")}</a></p></section>`;

function stage() {
  if (desk.v.stage !== "mock") return html`<p class="notice">${t("这个事项现在不在模拟受理。", "This item is not in mock intake now.")} <a href=${itemHref(data.item.id)}>${t("看这个事项", "See the item")}</a></p>`;
  if (!data.window) return html`<p class="notice warn" data-no-window>${t("请先在窗口终端开窗（综合受理窗口），再来模拟受理。", "Open your comprehensive window at the terminal first.")} <a href="/terminal">${t("去窗口终端", "To the terminal")}</a></p>`;
  const why = desk.v.mock.refusal;
  if (why) return html`<section class="panel said"><p class="notice warn" data-not-here>${t(why.zh, why.en)}</p>${missingTrials(desk.v.mock)}</section>`;
  const { walk } = desk;
  if (walk.problem) return html`<p class="notice bad">${walk.problem.sentence}</p>`;
  const wanted = points();
  const done = walk.done && wanted.every((one) => desk.ticks.has(one));
  return html`<section class="panel"><div class="panel-head"><h2>${walk.done ? t("照着要点逐条打勾", "Tick each checkpoint") : t("像群众来办一样，先问清情形", "Ask as if a citizen stood here")}</h2></div>
      <div class="panel-body pad">${answered(walk)}${walk.done ? checklist(walk.view) : questionView(walk)}</div>
      <div class="panel-foot">${desk.error ? html`<span class="error-text" role="alert">${desk.error}</span>` : html`<span class="muted small">${walk.done ? t(`已核对 ${wanted.filter((one) => desk.ticks.has(one)).length} / ${wanted.length} 条`, `${wanted.filter((one) => desk.ticks.has(one)).length} of ${wanted.length} ticked`) : ""}</span>`}
        <button class="button danger push" data-object ?disabled=${desk.busy} @click=${object}>${t("有异议…", "I object…")}</button>
        <button class="button primary" data-fine ?disabled=${!done || desk.busy} @click=${() => send("")}>${t("没有异议", "No objection")}</button></div></section>
    <section class="panel sample"><div class="panel-head"><h2>${t("示例", "Sample")}</h2></div><div class="panel-body pad" tabindex="0">${sample(walk)}</div></section>`;
}

function checklist(view) {
  return html`<p><b>${own(view.situation.name, view.situation.name_en)}</b> · ${t(`${view.materials.length} 份材料`, `${view.materials.length} materials`)}</p><ol class="trial-list">${view.materials.map((one) => html`<li data-material=${one.id} class=${desk.shown === one.id ? "shown" : ""}>
    <p class="trial-name"><button type="button" class="link" lang="zh-CN" @click=${() => show(one.id)}>${one.name}</button>${wantedView(one)}</p>
    ${one.checkpoints.map((point) => html`<label class="check" lang="zh-CN"><input type="checkbox" data-tick="${one.id}/${point.id}" .checked=${desk.ticks.has(`${one.id}/${point.id}`)}
      @focus=${() => show(one.id, point.id)} @change=${(event) => {
        if (event.target.checked) desk.ticks.add(`${one.id}/${point.id}`);
        else desk.ticks.delete(`${one.id}/${point.id}`);
        show(one.id, point.id);
      }}>${point.text}</label>`)}</li>`)}</ol>`;
}

function show(material, point = null) {
  Object.assign(desk, { shown: material, point });
  draw();
}

function sample(walk) {
  const one = walk.view.materials.find((each) => each.id === desk.shown) ?? (walk.done ? walk.view.materials[0] : null);
  if (!one) return html`<p class="empty">${t("问清情形后，这里看示例。", "Samples are shown here.")}</p>`;
  if (!one.sample || !isPicture(one.sample)) return html`<p class="empty"><span lang="zh-CN">${one.name}</span><br>${t("没有示例图。", "No sample picture.")}</p>`;
  return html`<p lang="zh-CN"><b>${one.name}</b></p><div class="marked">${markedPicture(data.item.id, one, desk.point, nothing)}</div>`;
}

start();
startPage();
