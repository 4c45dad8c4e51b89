// The front door: is the hall running? Asked again every ten seconds.

import { signOut } from "ui/api.js";
import { t, wireLangButtons } from "ui/lang.js";

const place = document.querySelector("[data-health]");
const EVERY_MS = 10_000;

async function check() {
  let well = false;
  try {
    well = (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    // not reachable: not well
  }
  place.className = `health ${well ? "ok" : "bad"}`;
  place.textContent = well ? t("大厅运行正常", "The hall is running") : t("大厅没有响应", "The hall does not answer");
}

wireLangButtons();
document.querySelector("[data-sign-out]")?.addEventListener("click", () => signOut());
check();
setInterval(check, EVERY_MS);
