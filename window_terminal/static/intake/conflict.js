// The same draft was changed elsewhere: say by whom and when, and let the clerk choose whose stays.

import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { dayTime } from "./words.js";

/** @returns {Promise<boolean>} true: what stands on this page goes over theirs */
export function askConflict(theirs, intake) {
  const last = theirs.may.save ? { by_name: theirs.saved_by_name, at: theirs.saved_at } : theirs.history?.at(-1);
  const who = last?.by_name || theirs.owner_name || t("另一个页面", "another page");
  const when = last?.at ? dayTime(last.at) : "";
  if (!theirs.may.save) {
    return confirmDialog({
      title: t("这个办件已经不能修改", "This case can no longer be changed"),
      text: t(`${who} ${when}：${theirs.state_zh}。将显示最新情况。`, `${who} ${when}: ${theirs.state_en}. The newest state will be shown.`),
      yes: t("知道了", "OK"),
    }).then(() => false);
  }
  return confirmDialog({
    title: t("这份草稿在别处改动过", "This draft was changed elsewhere"),
    text: t(
      `最近一次：${who} ${when}（第 ${theirs.revision} 稿，您的是第 ${intake.case.revision} 稿）。\n保留您这里的内容，还是改用对方的？`,
      `Last by ${who} ${when} (revision ${theirs.revision}, yours is ${intake.case.revision}).\nKeep what stands here, or take theirs?`,
    ),
    yes: t("保留我的", "Keep mine"),
    no: t("用对方的", "Take theirs"),
  });
}
