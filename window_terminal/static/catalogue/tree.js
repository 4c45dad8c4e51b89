// 事项目录: the tree on the left; what waits for whoever looks, or the chosen entry, on the right.

import { html, render } from "lit";
import { get } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { sweepDrafts } from "../desk/drafts.js";
import { addSheet } from "./node-sheets.js";
import { nodeView, waitingView } from "./node-view.js";
import { data, failed, listWords, root, startPage, subnav } from "./page.js";
import { flat, rows } from "./tree-rows.js";

const desk = { me: data.me, mayAdd: data.may_add, nodes: null, often: {}, inbox: null, words: null, open: new Set(), chosen: null, find: "", found: null, retired: true, refusal: null };
let asked = 0;

const INBOX_MS = 45_000;
const TREE_MS = 180_000; // a large tree takes the server a moment; what waits for somebody is small and asked for more often
let treeAt = 0;

async function read(all = true) {
  if (!all && desk.nodes && Date.now() - treeAt < TREE_MS) return readInbox();
  treeAt = Date.now();
  try {
    const [tree, inbox, often] = await Promise.all([
      get("/catalogue/nodes", { attempts: 1, background: true, kept: true }), get("/catalogue/inbox", { attempts: 1, background: true }),
      desk.nodes ? null : get("/catalogue/frequencies", { attempts: 1 }),
    ]);
    desk.words ??= await listWords();
    if (often) desk.often = Object.fromEntries(often.items.map((one) => [one.item, one.frequency]));
    const first = !desk.nodes;
    Object.assign(desk, { nodes: tree.nodes, inbox, refusal: null });
    if (first) openFirst();
  } catch (refusal) {
    if (!desk.nodes) desk.refusal = refusal;
    else if (!refusal.offline) toastRefusal(refusal);
  }
  draw();
  return undefined;
}
desk.read = () => read();

async function readInbox() {
  try {
    desk.inbox = await get("/catalogue/inbox", { attempts: 1, background: true });
  } catch (refusal) {
    if (!refusal.offline) toastRefusal(refusal);
  }
  draw();
}

/** Open the way to what the address names, else to one's own department's items. */
function openFirst() {
  const named = decodeURIComponent(location.hash.slice(1));
  if (desk.nodes.some((one) => one.id === named)) return choose(named);
  for (const node of desk.nodes) if (desk.me.department && node.department === desk.me.department) openTo(node.id);
  return undefined;
}

function openTo(id) {
  const byId = Object.fromEntries(desk.nodes.map((one) => [one.id, one]));
  for (let at = byId[id]?.parent; at; at = byId[at]?.parent) desk.open.add(at);
}

function choose(id) {
  desk.chosen = id;
  history.replaceState(null, "", id ? `#${id}` : location.pathname);
  if (id) openTo(id);
  draw();
  root.querySelector(`[data-node="${CSS.escape(id ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
}

function toggle(id) {
  if (!desk.open.delete(id)) desk.open.add(id);
  draw();
}

/** Words are looked for in the tree itself, as are the initials of drafts; those of what is in force are asked of the server. */
async function find(event) {
  desk.find = event.target.value.trim();
  desk.found = null;
  draw();
  const mine = (asked += 1);
  if (!/^[a-z]{2,}$/i.test(desk.find)) return;
  const answer = await get(`/catalogue/search?q=${encodeURIComponent(desk.find)}`, { attempts: 1 }).catch(() => null);
  if (mine !== asked || !answer) return;
  desk.found = new Set(answer.items.map((one) => one.id));
  draw();
}

desk.acts = { choose, toggle };

function draw() {
  if (desk.refusal) return render(failed(desk.refusal, desk.read), root);
  if (!desk.nodes) return undefined;
  const node = desk.nodes.find((one) => one.id === desk.chosen);
  const list = flat(desk);
  return render(html`<div class="catalogue-head">${subnav("tree")}</div>
    <div class="tree-page">
      <section class="panel" aria-label=${t("目录", "Tree")}>
        <div class="panel-head"><input class="input" type="search" data-find placeholder=${t("按名称、编码、拼音首字母找", "Name, code or initials")} aria-label=${t("找事项", "Find an item")} .value=${desk.find} @input=${find}></div>
        <div class="panel-body" data-tree>${rows(desk, list)}</div>
        ${desk.mayAdd ? html`<div class="panel-foot"><button class="button small" data-add-item @click=${() => addSheet(desk, true)}>${t("＋ 新事项", "+ Item")}</button>
          <button class="button small quiet" data-add-folder @click=${() => addSheet(desk, false)}>${t("＋ 新目录", "+ Folder")}</button></div>` : ""}
      </section>
      <section class="panel" aria-live="polite">${node ? nodeView(desk, node) : waitingView(desk)}</section>
    </div>`, root);
}
desk.draw = draw;

addEventListener("hashchange", () => desk.nodes && choose(decodeURIComponent(location.hash.slice(1)) || null));
sweepDrafts();
read();
startPage(() => dialogOpen() || read(false), INBOX_MS);
