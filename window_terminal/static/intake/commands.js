// What can be done with the case from here: keys, words, and why not now (null when it can be).
//
// F12 always carries the matter on. F1–F4 and F7 call people in the terminal; while somebody is being served those
// commands do not exist there, so their keys are free here. F8 and F9 mean the same on both pages.

import { t } from "ui/lang.js";
import { unwrittenDown } from "./received.js";
import { data, dayText } from "./words.js";

const open = (intake) => (intake.question ? t("请先回答情形问题（按数字键）。", "Answer the question first (number keys).") : null);
const ticksLeft = (intake) => {
  const { all, ticked } = intake.count;
  if (ticked === all) return null;
  return intake.missing.every((one) => one.deferrable)
    ? t(`还缺 ${intake.missing.map((one) => one.name).join("、")}，可以容缺受理（F2）或一次性告知（F3）。`, `${intake.missing.map((one) => one.name).join(", ")} missing: take it in with papers to follow (F2) or ask for correction (F3).`)
    : t(`还有 ${all - ticked} 个审查要点没有核对。`, `${all - ticked} checkpoints are not ticked.`);
};
const paperLeft = (intake) => {
  const name = unwrittenDown(intake);
  return name ? t(`“${name}”还没有登记，请按 Enter。`, `“${name}” is not written down yet: press Enter.`) : null;
};
const formLeft = (intake) => {
  const { faults } = intake;
  return faults.length ? t(`基本信息还差 ${faults.length} 项。`, `The form lacks ${faults.length} field(s).`) : null;
};
const stillMissing = (intake) =>
  intake.missing.length ? t(`“${intake.missing[0].name}”还没有核对完。`, `${intake.missing[0].name} is not checked yet.`) : null;
// A notice or a decision is made out to somebody.
const unnamed = (intake) => (intake.form.name?.trim() ? null : t("请先填写申请人。", "Fill in the applicant first."));
const whyNoDeferral = (intake) => {
  if (intake.case.unwritten) return t("清单还没有发布，没有可容缺的材料；登记收到的材料后直接受理（F12）。", "No list is published, so nothing may follow: write down what is there and accept it (F12).");
  if (!intake.missing.length) return t("材料齐全，直接受理（F12）。", "Nothing is missing: accept it (F12).");
  const [broken] = intake.case.broken_promises;
  if (broken && !data.me.leads) return t(`申请人以前的容缺材料没有补交（“${broken.item}”，应于${dayText(broken.day)}前），不再容缺；请一次性告知（F3），或由值班经理办理。`, `The applicant broke the commitment for “${broken.item}” (${dayText(broken.day)}): ask for correction (F3), or have a manager defer.`);
  const firm = intake.missing.filter((one) => !one.deferrable);
  return firm.length ? t(`“${firm[0].name}”不能容缺，请一次性告知补正（F3）。`, `${firm[0].name} may not follow later: ask for correction (F3).`) : null;
};

/** `lead`: the field to go to when it cannot be given. `may`: the server's word on whether the case allows it at all; a command it does not allow is not shown. */
export const COMMANDS = [
  { id: "accept", key: "F12", zh: "受理", en: "Accept", tone: "call", may: "accept", why: (it) => open(it) ?? ticksLeft(it) ?? paperLeft(it) ?? formLeft(it) },
  { id: "supplement", key: "F12", zh: "材料补齐", en: "Complete", tone: "call", may: "supplement", why: (it) => stillMissing(it) ?? paperLeft(it) },
  { id: "defer", key: "F2", zh: "容缺受理", en: "Accept, papers follow", may: "accept", why: (it) => open(it) ?? whyNoDeferral(it) ?? formLeft(it) },
  { id: "correct", key: "F3", zh: "一次性告知补正", en: "Ask for correction", may: "correct", lead: "name", why: unnamed },
  { id: "refuse", key: "F4", zh: "不予受理", en: "Refuse", tone: "danger", may: "refuse", lead: "name", why: unnamed },
  { id: "withdraw", key: "", zh: "撤回", en: "Withdraw", tone: "quiet", may: "withdraw", why: () => null },
];

/** What the case allows now, in the bar's order; accepting goes before supplementing. */
export function commands(intake) {
  const { may } = intake.case;
  return COMMANDS.filter((one) => may[one.may] && !(one.id === "supplement" && may.accept));
}

export function whyNot(command, intake) {
  if (intake.busy) return t("上一个操作正在进行，请稍候。", "The last command is still under way.");
  return command.why(intake);
}
