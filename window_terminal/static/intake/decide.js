// What each command of the case does: ask what must be asked, then tell the server.

import { serverNow } from "ui/api.js";
import { confirmDialog, askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { askAccept } from "./accept-dialog.js";
import { supplementBody } from "./asked.js";
import { askCorrection } from "./correct-dialog.js";
import { askDeferral } from "./defer-dialog.js";
import { focusForm } from "./form.js";
import { askRefusal } from "./refuse-dialog.js";
import { draftOf } from "../desk/drafts.js";
import { askWithoutResult } from "../desk/without-result.js";
import { dayOf } from "./words.js";

/** Give a command that is allowed now (commands.js). */
export const give = (id, intake) => GIVEN[id](intake);

const GIVEN = {
  async accept(intake) {
    if (await askAccept(intake)) await tell(intake, "accept", (c) => ({ revision: c.revision, deferral: null }));
  },
  async defer(intake) {
    const deferral = await askDeferral(intake, dayOf(serverNow()));
    if (deferral) await tell(intake, "accept", (c) => ({ revision: c.revision, deferral }));
  },
  async correct(intake) {
    const notice = await askCorrection(intake);
    if (notice) await tell(intake, "correction", notice);
  },
  async refuse(intake) {
    const refusal = await askRefusal(intake);
    if (refusal) await tell(intake, "refuse", refusal);
  },
  async withdraw(intake) {
    const reason = await askReason({
      title: t("撤回这个办件？", "Withdraw this case?"),
      presets: [t("选错事项", "Wrong item"), t("申请人不办了", "The applicant gave up"), t("重复申请", "A duplicate")],
      yes: t("撤回", "Withdraw"), danger: true,
    });
    if (reason) await tell(intake, "withdraw", { reason });
  },
  async supplement(intake) {
    const sure = await confirmDialog({
      title: t("材料已经补齐？", "Is everything here now?"),
      text: intake.case.state === "correction" ? t("办理时限从现在起继续计算。", "The clock runs on from now.") : t("容缺的材料都已核对，部门可以审批了。", "What was to follow is checked: the departments may decide."),
      yes: t("补齐", "Complete"),
    });
    if (sure) await tell(intake, "supplement", supplementBody(intake));
  },
};

async function tell(intake, verb, body) {
  try {
    const answer = await intake.command(verb, body);
    if (answer) draftOf(`case:${intake.id}`).clear();
    return answer;
  } catch (refusal) {
    toastRefusal(refusal);
    if (refusal.code === "form_incomplete") focusForm(intake);
    return null;
  }
}

/** 即办: decide on the spot what was just accepted; without another part's result only with the reason. */
export async function decideAtOnce(intake, window, decision, more) {
  const waits = decision === "approved" ? intake.case.awaited.filter((one) => !one.here).map((one) => one.item_name) : [];
  if (waits.length) {
    const why = await askWithoutResult([...new Set(waits)]);
    if (!why) return null;
    more = { ...more, without_result: why };
  }
  const answer = await tell(intake, "decide-at-once", { window, decision, opinion: "", reasons: [], ...more });
  if (answer) toast(decision === "approved" ? t("已当场办结：准予。", "Decided: approved.") : t("已当场办结：不予同意。", "Decided: rejected."), { kind: "ok" });
  return answer;
}
