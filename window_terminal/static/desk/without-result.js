// One part of a bundle (一件事) wants what another part makes, and that is not there yet: why approve it all the same?

import { askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";

/** @param {string[]} names the parts that are waited for. @returns {Promise<string|null>} */
export function askWithoutResult(names) {
  const waits = names.map((name) => `“${name}”`).join("、");
  return askReason({
    title: t("不等结果就同意？", "Approve without the result?"), yes: t("继续", "Go on"), label: t("为什么不用等（记入办件经过）", "Why not to wait (kept in the history)"),
    text: t(`${waits}的结果还没有出来。`, `The result of ${waits} is not there yet.`),
    presets: [t("已在电子证照库核到", "seen in the registry of licences"), t("申请人已另行提交", "handed in by the applicant")],
  });
}
