// One's own reminders (督办): a bell in the bar with how many are unseen, a panel with what they say.

import { html, nothing, render } from "lit";
import { get, post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";
import { dayText } from "./due.js";
import { LEVELS } from "./history-words.js";

const EVERY_MS = 60_000;
const KIND_STYLE = { yellow: "warn", due: "warn", overdue: "bad", urged: "bad", handover: "warn", result: "warn" };

/** Fill `[data-bell]` of the bar, where there is one. */
export function startBell(timeText, place = document.querySelector("[data-bell]")) {
  if (!place) return { refresh() {} };
  const bell = { unseen: 0, reminders: [], open: false, failed: null };
  const draw = () => render(bellView(bell, { toggle, seen, timeText }), place);
  async function refresh() {
    try {
      Object.assign(bell, await get("/reminders", { attempts: 1, background: true, stay: true }), { failed: null });
    } catch (refusal) {
      bell.failed = refusal;
    }
    draw();
  }
  function toggle(open = !bell.open) {
    bell.open = open;
    draw();
    if (open) place.querySelector(".bell-list")?.focus();
  }
  async function seen(reminder) {
    try {
      await post(`/reminders/${reminder.id}/seen`);
    } catch (refusal) {
      toastRefusal(refusal);
    }
    await refresh();
  }
  document.addEventListener("pointerdown", (event) => bell.open && !place.contains(event.target) && toggle(false));
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !bell.open) return;
    toggle(false);
    place.querySelector("button").focus();
  });
  refresh();
  setInterval(refresh, EVERY_MS);
  return { refresh };
}

function bellView(bell, acts) {
  const label = bell.unseen ? t(`督办提醒，${bell.unseen} 条未看`, `Reminders, ${bell.unseen} unseen`) : t("督办提醒", "Reminders");
  return html`<button class="plain bell-button" type="button" aria-expanded=${String(bell.open)} aria-label=${label} title=${label}
      @click=${() => acts.toggle()}>${t("提醒", "Bell")}${bell.unseen ? html`<b class="bell-count">${bell.unseen}</b>` : nothing}</button>
    ${bell.open ? html`<div class="bell-list" tabindex="-1" role="dialog" aria-label=${t("督办提醒", "Reminders")}>${listView(bell, acts)}</div>` : nothing}`;
}

const toWhom = (level) => t(`致${(LEVELS[level] ?? [level])[0]}`, `to the ${(LEVELS[level] ?? [level, level])[1]}`);

/** To where it is dealt with, for those whose bar leads there. */
function linked(one) {
  const [page, mark] = one.recipient === "manager" ? ["/supervision", "?view=all"] : ["/approvals", `#case${one.case}`];
  return document.querySelector(`.bar a[href="${page}"]`) ? html`<a href=${page + mark}>${one.item_name}</a>` : one.item_name;
}

function listView(bell, acts) {
  if (bell.failed) return html`<p class="empty">${bell.failed.sentence}</p>`;
  if (!bell.reminders.length) return html`<p class="empty">${t("没有督办提醒。办件快到期、超期，交接清单没签完，准予后没上传电子结果时，这里会提醒。", "No reminders. They come when a case is nearly due or overdue, a list is not signed, or an electronic result is missing.")}</p>`;
  return bell.reminders.map((one) => html`<article class="bell-one${one.seen_at ? " seen" : ""}" data-reminder=${one.id}>
    <p><span class="badge ${KIND_STYLE[one.kind] ?? ""}">${t(one.kind_zh, one.kind_en)}</span>
      <b>${linked(one)}</b> <span class="number" title=${one.code}>${one.board_number}</span></p>
    <p class="small">${one.handover ? html`<a href="/handovers#${one.handover}">${t(`打开清单 ${one.handover}`, `Open list ${one.handover}`)}</a>` : nothing} ${t("期限", "Due")} ${dayText(one.due_day)} · ${toWhom(one.level)} · ${acts.timeText(one.at)}</p>
    ${one.note ? html`<p class="small"><q>${one.note}</q></p>` : nothing}
    ${one.seen_at ? html`<p class="small muted">${t("已看", "seen")} ${acts.timeText(one.seen_at)}</p>`
      : html`<button class="button small" @click=${() => acts.seen(one)}>${t("知道了", "Got it")}</button>`}</article>`);
}
