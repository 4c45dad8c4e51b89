// A result with something wrong goes back to its department, from the issue window's page or the department's own.

import { post } from "ui/api.js";
import { askReason } from "ui/dialog.js";
import { t } from "ui/lang.js";

/** Ask what is wrong; how to send it back, or null when nobody said. */
export async function askTakeBack(id) {
  const note = await askReason({ title: t("退回部门更正", "Back to the department"), yes: t("退回", "Send it back"),
    text: t("结果下架，列入下一班“退部门”清单；取件码停用，申请人收到短信。写明哪里不对，部门据此更正。", "It leaves the shelf by the next list back; its code opens nothing for now, and the applicant is told. Say what is wrong."),
    presets: [t("姓名有误", "wrong name"), t("证件号有误", "wrong ID number"), t("漏盖章", "not stamped"), t("内容不符", "wrong content")] });
  return note ? () => post(`/results/${id}/take-back`, { note }) : null;
}

export const tookBack = () => t("已下架，列入退部门清单", "Off the shelf, on the list back");
