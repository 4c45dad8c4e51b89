// What has just come to the department is said, and counted in the tab's title until somebody looks: 部门收到信息提示后应及时处理办件.

import { t } from "ui/lang.js";
import { toast } from "ui/toast.js";

const INSTANT = ["instant_handover", "instant_single"]; // decided while the applicant waits
const SECONDS = 12;
const title = document.title;
const known = new Map(); // department → its newest task; ids grow, and a long list shows older ones as it is worked off
let unseen = 0;

/** Compare a list of open tasks with the one before. */
export function arrivals({ department, tasks }) {
  const before = known.get(department);
  known.set(department, Math.max(before ?? 0, ...tasks.map(({ id }) => id)));
  if (before === undefined) return;
  const fresh = tasks.filter(({ id }) => id > before);
  if (!fresh.length) return;
  const atOnce = fresh.filter(({ kind }) => INSTANT.includes(kind));
  const first = atOnce[0] ?? fresh[0];
  const more = fresh.length > 1 ? t(`等 ${fresh.length} 件`, ` and ${fresh.length - 1} more`) : "";
  toast(`${atOnce.length ? t("即办件，申请人在等", "While the applicant waits") : t("新到", "New")}：${first.item_name} ${first.board_number}${more}`,
    { kind: atOnce.length ? "warn" : "info", seconds: SECONDS, slot: "arrived" });
  if (document.hidden) unseen += fresh.length;
  show();
}

function show() {
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  show();
});
