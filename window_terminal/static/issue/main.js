// 出件窗口: what waits on the shelf, what goes by courier, what was handed over; on the right one result and how it leaves.

import { html, render } from "lit";
import { get, post } from "ui/api.js";
import { dialogOpen } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { CaseSms } from "../desk/case-sms.js";
import { coalesce, dayTimeText, pageData, startDesk } from "../desk/desk.js";
import { neighbour, wireKeys } from "../desk/keys.js";
import { arrivalView } from "./arrivals.js";
import { byWhat, listView, shownRows } from "./list.js";
import { handOver, resultView } from "./result.js";

// A parcel that is still to be sent stands on the shelf.
const STATES = { waiting: ["waiting"], courier: ["waiting", "with_courier"], issued: ["collected", "returned"], arrivals: [] };
const data = pageData();
const place = (name) => document.querySelector(`[data-${name}]`);
const box = {
  data, view: "waiting", find: "", found: null, results: null, arrivals: [], failed: null, chosen: null, busy: false, form: blankForm(),
  window: data.at ?? data.windows[0] ?? null,
};

/** What is typed while handing over; personal, so it lives in this page only. */
function blankForm(proof = "") {
  return { collector: "", proof, by: "pad", asked: false, signature: null, unsigned: t("已在纸质签收单上签字", "signed on paper"), waybill: "" };
}

let turn = 0; // of reading: an answer asked for before something was done says how it was before

async function read(background = false) {
  const view = box.view;
  const mine = (turn += 1);
  try {
    const [{ handovers }, ...answers] = await Promise.all([get("/handovers?direction=issue", { attempts: 1, background }),
      ...STATES[view].map((state) => get(`/results?state=${state}`, { attempts: 1, background }))]);
    if (view !== box.view || mine !== turn) return;
    const results = answers.flatMap((answer) => answer.results).filter((row) => view !== "courier" || row.courier);
    Object.assign(box, { arrivals: handovers.filter(({ state }) => state === "sent"), results, failed: null });
    box.found = box.found?.map((old) => results.find((row) => row.case === old.case) ?? old) ?? null; // signed meanwhile
  } catch (refusal) {
    box.failed = refusal;
  }
  const rows = shownRows(box);
  if (!rows.some((row) => row.id === box.chosen)) choose(rows[0]?.id ?? null);
  draw();
}

function choose(id) {
  if (id !== box.chosen) box.form = blankForm();
  box.chosen = id;
  draw();
}

function set(change) {
  Object.assign(box, change);
  if ("view" in change) {
    Object.assign(box, { results: null, found: null, find: "", chosen: null, form: blankForm() });
    read();
  }
  draw();
}

/** By pick-up code, ID number or case code: the server looks, so that no number stands in a list. */
async function find() {
  const said = box.find.trim();
  if (!said || box.busy) return;
  box.busy = true;
  try {
    const by = byWhat(said);
    const { results } = await post("/results/find", by);
    if (box.view === "arrivals") Object.assign(box, { view: "waiting", results: [] }); // lists of arrivals are no place for a result
    box.found = results;
    box.chosen = results[0]?.case ?? null;
    box.form = blankForm(by.pickup_code ?? by.id_number ?? "");
    if (!results.length) toast(t("没有找到等候领取的结果，请核对号码。", "Nothing found; check the number."), { kind: "warn" });
  } catch (refusal) {
    toastRefusal(refusal);
  }
  box.busy = false;
  draw();
  place("detail").querySelector("[name=collector]")?.focus();
}

function clearFind() {
  Object.assign(box, { find: "", found: null, form: blankForm() });
  choose(shownRows(box)[0]?.id ?? null);
  place("list").querySelector("[name=find]")?.focus();
}

/** Do something with a result; a refusal is said, the list read again. */
async function give(work, said) {
  if (box.busy) return false;
  box.busy = true;
  turn += 1;
  draw();
  let done = false;
  try {
    const row = await work();
    toast(typeof said === "function" ? said(row) : said, { kind: "ok" });
    Object.assign(box, { found: null, find: "", form: blankForm() });
    done = true;
  } catch (refusal) {
    toastRefusal(refusal);
  }
  box.busy = false;
  await read();
  return done;
}

const sms = new CaseSms(() => draw(), dayTimeText);
const acts = { draw, sms, choose, set, find, clearFind, give, again: () => read() };
const chosen = () => (box.found ?? box.results ?? []).find((row) => row.case === box.chosen) ?? null;

function draw() {
  render(listView(box, acts), place("list"));
  render(detail(), place("detail"));
}

function detail() {
  if (box.failed && !box.results) return html``; // the list says it
  if (box.view === "arrivals") {
    const list = box.arrivals.find((one) => one.id === box.chosen);
    return list ? arrivalView(list, box, acts) : html`<p class="empty">${t("没有正在送来的结果。", "No results are on their way.")}</p>`;
  }
  const row = chosen();
  if (!row) return html`<p class="empty">${t("输入取件码、身份证号或申报编码，或在左边选一件。", "Type a pick-up code, ID number or case code, or choose on the left.")}</p>`;
  return resultView(row, box, acts);
}

function step(by) {
  const row = neighbour(shownRows(box), box.chosen, by);
  if (row) choose(row.id);
}

wireKeys({
  F2: () => place("list").querySelector("[name=find]")?.select(),
  F4: () => chosen() && handOver(chosen(), box, acts),
}, { up: () => step(-1), down: () => step(1) });
const ours = /^(case|handover|result)\./;
const refresh = coalesce(() => (dialogOpen() || box.busy ? undefined : read(true)), 1500);
startDesk({ changed: (event) => (!event || ours.test(event.type)) && refresh(), quiet: () => !box.form.collector });
draw();
refresh();
