// 即办件当场出件: the result is in the clerk's hands; who takes it signs on the pad, or the clerk says why not.

import { html, nothing } from "lit";

import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { sheet, sheetActions } from "../desk/sheet.js";

const WITHOUT = [
  ["没有评价器", "No pad here"],
  ["不便签名", "Cannot sign"],
  ["拒绝签名", "Declines to sign"],
];

/** Was it decided at this window, and is its result still to be handed over? */
export const toHandOut = (c, window) => c.kind === "instant_single" && ["approved", "rejected", "at_issue"].includes(c.state) && c.window === window;

/** Ask who takes the result; the pad asks for the signature meanwhile. Then the case is done. */
export async function handOut(visit, intake) {
  const value = { collector: intake.name, unsigned: "", signed: false };
  const path = `/results/${intake.id}`;
  let shown = null;
  const heard = ({ detail }) => {
    if (detail.id !== intake.id) return;
    value.signed = true;
    shown?.draw();
  };
  visit.addEventListener("signed", heard);
  const done = await sheet(t("当场出件", "Hand the result over"), (state) => {
    shown = state;
    const ask = () => state.run(async () => {
      await post(`${path}/ask-signature`, { window: visit.number, collector: value.collector.trim() });
      value.asked = true;
    });
    const give = async () => {
      await post(`${path}/hand-over`, { window: visit.number, collector: value.collector.trim(), unsigned_reason: value.signed ? "" : value.unsigned });
      state.done(true);
    };
    return view(state, value, ask, give);
  });
  visit.removeEventListener("signed", heard);
  if (!done) return;
  toast(t("结果已交付，办件完成。", "Handed over: the case is done."), { kind: "ok" });
  await intake.reload();
}

function view(state, value, ask, give) {
  const ready = value.collector.trim() && (value.signed || value.unsigned.trim());
  return html`<form class="form" data-hand-out @submit=${(event) => event.preventDefault()}>
    <div class="field"><label for="collector">${t("领取人", "Taken by")}</label>
      <input id="collector" maxlength="60" autocomplete="off" autofocus .value=${value.collector} @input=${(event) => { value.collector = event.target.value; state.draw(); }} /></div>
    ${value.signed
      ? html`<p class="notice ok" role="status">${t("已在评价器上签名。", "Signed on the pad.")}</p>`
      : html`<p><button class="button" type="button" data-ask-signature ?disabled=${!value.collector.trim() || state.busy} @click=${ask}>${t("请领取人在评价器上签名", "Ask for a signature on the pad")}</button>
            ${value.asked ? html`<span class="muted" role="status"><span class="spinner"></span> ${t("等待签名…", "waiting for it…")}</span>` : nothing}</p>
          <div class="field"><label for="unsigned">${t("不签名的原因", "Why it is not signed")}</label>
            <div class="presets">${WITHOUT.map(([zh, en]) => html`<button class="preset" type="button" aria-pressed=${String(value.unsigned === t(zh, en))} @click=${() => { value.unsigned = t(zh, en); state.draw(); }}>${t(zh, en)}</button>`)}</div>
            <input id="unsigned" maxlength="100" autocomplete="off" .value=${value.unsigned} @input=${(event) => { value.unsigned = event.target.value; state.draw(); }} /></div>`}
    ${sheetActions(state, t("取消", "Cancel"), [t("交付", "Hand over"), give, { disabled: !ready }])}
  </form>`;
}
