// An item's version: six tabs over one draft that keeps itself. The address says the tab and the place (#materials/id-card).

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { createAcceptance } from "./acceptance.js";
import { basicsView } from "./basics.js";
import { conflictView } from "./conflict.js";
import { createDraft } from "./draft.js";
import { placed } from "./faults.js";
import { TABS, footView, headView } from "./frame.js";
import { materialsView } from "./materials.js";
import { data, failed, itemHref, itemPath, listWords, root, startPage, today } from "./page.js";
import { createPreview } from "./preview.js";
import { newQuestion, questionsView } from "./questions.js";
import { createVersions } from "./versions.js";

const UNDER_WAY = new Set(["draft", "review", "mock"]);
const ADDS = { F2: "multiple", F3: "single", F4: "condition" };

const desk = {
  item: data.item, words: null, versions: [], tab: "basics", place: "", point: null, drawing: null, uploading: null, refusal: null, focus: null, faults: placed([], null),
};
desk.draft = createDraft({ who: data.me.username, item: desk.item.id, changed: () => desk.draw() });
desk.versionsTab = createVersions(desk);
desk.preview = createPreview(desk);
desk.acceptance = createAcceptance(desk);

desk.focusSoon = (selector) => {
  desk.focus = selector;
  desk.draw();
};

desk.draw = () => {
  if (desk.refusal) render(failed(desk.refusal, start), root);
  else if (desk.draft.v) {
    desk.faults = placed(desk.draft.v.stage === "published" ? [] : desk.draft.v.faults, desk.draft.body);
    render(page(), root);
  }
  if (!desk.focus) return;
  const found = root.querySelector(desk.focus);
  if (!found) return;
  desk.focus = null;
  found.focus();
  (found.closest("[data-question], [data-point], [data-situation]") ?? found).scrollIntoView({ block: "nearest" });
};

function page() {
  return html`${headView(desk)}${desk.draft.conflict ? conflictView(desk) : nothing}
    <div class="tab-body" data-tab-body=${desk.tab}>${tabView()}</div>${footView(desk)}`;
}

function tabView() {
  const views = {
    basics: basicsView, questions: questionsView, materials: materialsView, preview: desk.preview.view, acceptance: desk.acceptance.view, versions: desk.versionsTab.view,
  };
  return views[desk.tab](desk);
}

/** The version to show: the one asked for, else the one under way, else the newest. */
async function start() {
  desk.refusal = null;
  try {
    desk.words ??= await listWords();
    desk.versions = (await get(itemPath(desk.item.id))).versions;
    const asked = Number(new URLSearchParams(location.search).get("version"));
    const best = desk.versions.find((one) => UNDER_WAY.has(one.stage)) ?? desk.versions.find((one) => one.stage === "published") ?? desk.versions[0];
    if (!best && desk.item.may_write) return await desk.newVersion();
    if (!best) return render(html`<p class="empty">${t("这个事项还没有写。", "Nothing is written of this item yet.")} <a href="/catalogue">${t("回到目录", "Back")}</a></p>`, root);
    const version = asked || best.version;
    desk.draft.load(await get(itemPath(desk.item.id, version)));
    if (desk.draft.restored) toast(t("上次没来得及保存的改动已找回。", "What was not saved last time is back."), { kind: "ok" });
    goTo();
  } catch (refusal) {
    desk.refusal = refusal;
    desk.draw();
  }
  return undefined;
}

/** A draft of what the newest version says. */
desk.newVersion = async () => {
  try {
    const v = await post(itemPath(desk.item.id), { note: "" });
    location.assign(itemHref(desk.item.id, v.version));
  } catch (refusal) {
    if (desk.draft.v) toastRefusal(refusal);
    else desk.refusal = refusal;
    desk.draw();
  }
};

/** Read the version and the list again; nothing unsaved is lost, for only what has no unsaved changes is read. */
desk.reload = async () => {
  if (desk.draft.dirty || desk.draft.saving || desk.draft.conflict) return;
  try {
    const { version, stage } = desk.draft.v;
    const [{ versions }, v] = await Promise.all([
      get(itemPath(desk.item.id), { attempts: 1, background: true }), get(itemPath(desk.item.id, version), { attempts: 1, background: true }),
    ]);
    if (desk.draft.dirty || desk.draft.saving) return;
    desk.versions = versions;
    if (v.stage === "published" && stage !== "published" && (v.effective_from ?? "") <= today()) desk.item.in_force = v.version;
    if (v.revision !== desk.draft.v.revision || v.stage !== stage) desk.draft.load(v);
    else desk.draft.v = v;
    desk.draw();
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
};

function goTo() {
  const [tab, place = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  const before = desk.tab;
  desk.tab = TABS.some(([name]) => name === tab) ? tab : "basics";
  if (place !== desk.place) desk.point = null;
  desk.place = place;
  if (before !== desk.tab || desk.tab === "preview") {
    if (desk.tab === "preview") desk.preview.open();
    if (desk.tab === "versions") desk.versionsTab.open();
    if (desk.tab === "acceptance" && desk.draft.dirty) desk.draft.save();
  }
  if (desk.tab === "materials" && place) desk.point ??= desk.draft.body.materials.find((one) => one.id === place)?.checkpoints[0]?.id ?? null;
  desk.draw();
  if (desk.tab === "questions" && place) root.querySelector(`#at-${CSS.escape(place)}`)?.scrollIntoView({ block: "center" });
  if (desk.tab === "basics" && place) root.querySelector(`[name="${CSS.escape(place)}"]`)?.focus();
}

addEventListener("hashchange", goTo);
addEventListener("keydown", (event) => {
  if (dialogOpen() || !desk.draft.v?.may.save) return;
  if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    desk.draft.save();
  } else if (ADDS[event.key] && desk.tab === "questions") {
    event.preventDefault();
    newQuestion(desk, ADDS[event.key]);
  }
});
start();
startPage(() => desk.draft.v && !dialogOpen() && desk.reload());
