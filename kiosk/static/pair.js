// A screen nobody knows yet: shows a code until a manager types it, then becomes that screen.

import { post, Refusal } from "/static/ui/api.js";

const ASK_MS = 2_000;
const page = document.querySelector("#pair");
const say = (text) => {
  document.querySelector("#state").textContent = text;
};

async function pairing() {
  const role = page.dataset.role;
  const asked = await post("/pairings", { role, name: "" }, { stay: true });
  document.querySelector("#code").textContent = spaced(asked.code);
  const until = Date.parse(asked.expires_at);
  while (Date.now() < until) {
    say(`等待配对… 配对码 ${Math.max(1, Math.ceil((until - Date.now()) / 60_000))} 分钟内有效 · Waiting`);
    await pause(ASK_MS);
    if (await paired(asked)) return true;
  }
  return false;
}

async function paired({ device, secret }) {
  const answer = await post(`/pairings/${encodeURIComponent(device)}/token`, { secret }, { stay: true });
  if (!answer?.paired) return false;
  say("配对成功 · Paired");
  const next = new URL(page.dataset.next, location.origin);
  if (answer.area) next.searchParams.set("area", answer.area);
  location.replace(next);
  return true;
}

async function start() {
  for (;;) {
    try {
      if (await pairing()) return;
    } catch (problem) {
      // Not ours to hide: the sentence stays until the next try.
      say(problem instanceof Refusal ? problem.sentence : String(problem));
      await pause(problem.status === 404 || problem.status === 410 ? ASK_MS : ASK_MS * 5);
    }
  }
}

const spaced = (code) => code.replace(/^(\w{3})(\w{3})$/, "$1 $2");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

start();
