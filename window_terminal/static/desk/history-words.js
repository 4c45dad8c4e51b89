// What a line of a case's history says beyond its name: the words somebody wrote, or whom the hall reminded of what.

import { t } from "ui/lang.js";

export const LEVELS = {
  holder: ["承办人", "holder"], head: ["负责人", "head"], manager: ["值班经理", "manager"], contact: ["交接联络人", "contact"],
};
const KINDS = {
  yellow: ["临近期限", "nearly due"], due: ["今天到期", "due today"], overdue: ["已超期", "overdue"],
  handover: ["交接清单未签", "list not signed"], result: ["电子结果未上传", "electronic result missing"],
};

/** What an applicant is asked to put right, in one line. */
export const askedText = (items) => items.map((one) => `${one.name ? `${one.name}：` : ""}${one.text}`).join("；");

/** What came, what may follow, and into whose hands it went. */
function papers(data) {
  const names = (list) => list.join(t("、", ", "));
  return [
    data?.received?.length ? t(`收到：${names(data.received)}`, `received: ${names(data.received)}`) : "",
    data?.deferred?.length ? t(`容缺：${names(data.deferred)}`, `to follow: ${names(data.deferred)}`) : "",
    data?.to_name ? t(`${data.from_name || "—"}交给${data.to_name}`, `from ${data.from_name || "—"} to ${data.to_name}`) : "",
  ];
}

/** One line of plain text; "" where there is no more to say. */
export function lineWords({ action, data }) {
  const level = LEVELS[data?.level];
  const to = level ? t(`致${level[0]}`, `to the ${level[1]}`) : "";
  if (action === "reminded") return [KINDS[data.kind] ? t(...KINDS[data.kind]) : "", to].filter(Boolean).join(t("，", ", "));
  const asked = action === "correction" ? askedText(data?.items ?? []) : "";
  const written = [data?.reason, data?.opinion, data?.note, ...(data?.reasons ?? []), asked, ...papers(data)];
  return [...written, action === "urged" ? to : ""].filter((one) => typeof one === "string" && one).join("；");
}
