// 办件: lists left, one case right; the address says which, so that a reload and a link find it again.

import { html, render } from "lit";

import { get, post } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { coalesce, pageData, startDesk } from "../desk/desk.js";
import { CaseSms } from "../desk/case-sms.js";
import { Intake } from "../intake/model.js";
import { dayTime } from "../intake/words.js";
import { detailView } from "./detail.js";
import { listView, viewsFor } from "./list.js";
import { asked } from "./search.js";

const data = pageData();
const address = new URLSearchParams(location.search);
const page = {
  data,
  views: viewsFor(data.me),
  view: address.get("view") ?? viewsFor(data.me)[0].id,
  text: "",
  cases: null, // null while they are read
  problem: "",
  open: null, // the Intake of the case shown
  sms: new CaseSms(() => draw(), dayTime),
  choose,
  show,
  find,
  draw,
};

const place = (name) => document.querySelector(`[data-${name}]`);

function draw() {
  render(listView(page), place("list"));
  render(page.open ? detailView(page) : html`<p class="empty">${t("选一个办件查看。", "Choose a case to see it.")}</p>`, place("detail"));
}

function remember() {
  const query = new URLSearchParams();
  if (page.view !== "found") query.set("view", page.view);
  if (page.open) query.set("case", page.open.id);
  history.replaceState(null, "", `/cases?${query}`);
}

function choose(view) {
  Object.assign(page, { view, cases: null, problem: "", text: view === "found" ? page.text : "" });
  remember();
  draw();
  return read();
}

async function read() {
  if (page.view === "found") return undefined;
  const { view } = page;
  try {
    const answer = await get(view === "pre-review" ? "/pre-reviews" : `/cases?view=${view}`, { background: true });
    if (view !== page.view) return undefined;
    page.cases = answer.cases;
    page.problem = "";
  } catch (refusal) {
    page.problem = refusal.sentence;
  }
  return draw();
}

/** Search by code, phone, ID number or credit code: what was typed says which. It is audited, so only when asked. */
async function find(text) {
  const body = asked(text);
  if (!body) return;
  Object.assign(page, { view: "found", text, cases: null, problem: "" });
  draw();
  try {
    page.cases = (await post("/cases/search", body)).cases;
    if (page.cases.length === 1) await show(page.cases[0].id);
  } catch (refusal) {
    page.problem = refusal.sentence;
    page.cases = [];
  }
  draw();
}

async function show(id) {
  page.open = new Intake(id, data.me.username);
  page.open.addEventListener("change", draw);
  remember();
  draw();
  // Looked at here, not filled in: what this machine keeps of a draft stays for the intake page.
  await page.open.look();
}

const again = coalesce(() => {
  if (dialogOpen()) return undefined;
  page.open?.look(true);
  return read();
}, 2000);

draw();
startDesk({ changed: (event) => (!event || event.type.startsWith("case.")) && again(), quiet: () => !page.text });
if (!page.views.some((one) => one.id === page.view)) page.view = page.views[0].id;
choose(page.view);
if (/^\d+$/.test(address.get("case") ?? "")) show(Number(address.get("case")));
