// 容缺受理: what is missing, the commitment ready to be signed, and a day not past the promised one.

import { html, nothing, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { draftOf } from "../desk/drafts.js";
import { summary } from "./accept-dialog.js";
import { dayText } from "./words.js";

const addDays = (day, n) => new Date(Date.parse(`${day}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** @returns {Promise<{commitment: string, until: string}|null>} */
export function askDeferral(intake, today) {
  const latest = intake.case.promise?.day ?? addDays(today, 1);
  const first = addDays(today, 1);
  const missing = intake.missing;
  const draft = draftOf(`case:${intake.case.id}`);
  const named = missing.map((one) => one.id).join(" ");
  const kept = draft.get("commitment", {}); // for other papers, or until a day that is no more, it would be untrue
  const state = kept.of === named && kept.until >= first && kept.until <= latest ? { until: kept.until, own: kept.own } : { until: latest, own: null };
  const broken = intake.case.broken_promises;
  state.despite = kept.despite ?? "";
  const keep = () => draft.set("commitment", { of: named, until: state.until, own: state.own, despite: state.despite });
  const words = () => state.own ?? commitment(intake, missing, state.until);
  return showDialog(
    t("容缺受理", "Accept with papers to follow"),
    (box, done) => {
      const submit = (event) => {
        event.preventDefault();
        done({ commitment: words().trim(), until: state.until, despite: state.despite.trim() });
      };
      const draw = () =>
        render(
          html`<form @submit=${submit} data-defer class="form">
            ${summary(intake, missing)}
            <div class="field">
              <label for="until">${t("补交日期", "To be brought by")}</label>
              <input id="until" type="date" required min=${first} max=${latest} .value=${state.until} autofocus
                @input=${(event) => { state.until = event.target.value || latest; keep(); draw(); }} />
              <p class="hint">${t(`明天起，最迟 ${dayText(latest)}（承诺办结日）。到期未补交，办件终止。`, `From tomorrow, ${dayText(latest)} at the latest (the promised day). Not brought by then, the case ends.`)}</p>
            </div>
            <div class="field">
              <label for="commitment">${t("承诺内容（申请人签名后留存）", "Commitment (signed by the applicant)")}</label>
              <textarea id="commitment" rows="3" maxlength="500" required .value=${words()} @input=${(event) => { state.own = event.target.value; keep(); }}></textarea>
            </div>
            ${broken.length ? html`<p class="notice warn" data-broken>${t("申请人以前的容缺材料没有补交：", "Earlier commitments were not kept: ")}${broken.map((one) => t(`“${one.item}”应于${dayText(one.day)}前`, `${one.item} by ${dayText(one.day)}`)).join(t("、", ", "))}</p>
              <div class="field"><label for="despite">${t("仍然容缺的理由（记入办件经过）", "Why to trust this one (kept in the history)")}</label>
                <input id="despite" maxlength="200" required .value=${state.despite} @input=${(event) => { state.despite = event.target.value; keep(); }} /></div>` : nothing}
            <div class="dialog-actions">
              <button class="button" type="button" @click=${() => done(null)}>${t("取消", "Cancel")}</button>
              <button class="button primary" type="submit">${t("容缺受理", "Accept")}</button>
            </div>
          </form>`,
          box,
        );
      draw();
    },
    { wide: true },
  );
}

// The paper is Chinese whatever the screen's language: the applicant signs it.
const commitment = (intake, missing, until) =>
  `本人（单位）承诺于${dayInWords(until)}前补交${missing.map((one) => `《${one.name}》`).join("、")}，所提交的材料真实有效；逾期未补交，同意终止办理并承担相应责任。`;

function dayInWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}
