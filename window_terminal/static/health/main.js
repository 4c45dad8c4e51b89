// The health page: hear a call here, or through the server's own speaker; and is this computer's clock right?

import { t } from "ui/lang.js";
import { pageData, startDesk } from "../desk/desk.js";

const CLOCKS_DIFFER_MS = 60_000;
const said = document.querySelector("[data-said]");
const data = pageData();
let playing = null;

function say(text, bad = false) {
  said.textContent = text;
  said.classList.toggle("bad-text", bad);
}

async function refusalOf(response) {
  const body = await response.json().catch(() => ({}));
  const error = body.error ?? body;
  return t(error.message_zh, error.message_en) || t("没有成功，请重试。", "That did not work. Try again.");
}

// Asked for anew each time: what was heard before may have come from another engine.
async function play(button) {
  playing?.pause();
  say(t("正在准备…", "Preparing…"));
  button.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(button.dataset.play, { cache: "no-cache", headers: { Accept: "application/json" } });
    if (!response.ok) return say(await refusalOf(response), true);
    await response.blob(); // now the browser has it; the policy of this page allows no blob: as a source
    playing = new Audio(button.dataset.play);
    playing.addEventListener("ended", () => say(t("播完了。没听到？请检查本机音量。", "Played. Heard nothing? Check this computer's volume.")));
    await playing.play();
    say(t("正在播放…", "Playing…"));
  } catch {
    say(t("这台电脑放不出声音，或服务器没有应答。", "This computer cannot play sound, or the server does not answer."), true);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function tellSpeaker() {
  const token = document.querySelector("meta[name=csrf-token]").content;
  try {
    const response = await fetch("/voice/speaker", { method: "POST", headers: { "X-CSRF-Token": token, Accept: "application/json" } });
    if (!response.ok) return say(await refusalOf(response), true);
    say(t("已交给服务器的音箱。没听到？十秒后点“重新检查”看“本机音箱”一行。", "Given to the server's speaker. Heard nothing? Check again in ten seconds."));
  } catch {
    say(t("服务器没有应答。", "The server does not answer."), true);
  }
}

for (const button of document.querySelectorAll("[data-play]")) button.addEventListener("click", () => play(button));
document.querySelector("[data-speaker]")?.addEventListener("click", tellSpeaker);

const apart = Math.abs(Date.now() - data.now);
if (apart > CLOCKS_DIFFER_MS) {
  const note = document.querySelector("[data-clock-differs]");
  const minutes = Math.round(apart / 60_000);
  note.textContent = t(
    `这台电脑的时钟与服务器相差约 ${minutes} 分钟，请校准其中不对的一个。`,
    `This computer's clock and the server's are about ${minutes} min apart; set whichever is wrong.`,
  );
  note.hidden = false;
}
startDesk();
