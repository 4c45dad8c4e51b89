// The sign-in form: asks the API, tells every refusal as its sentence, goes on to where the person wanted to be.

import { post } from "/static/ui/api.js";
import { t, wireLangButtons } from "/static/ui/lang.js";

const form = document.getElementById("signin");
const username = document.getElementById("username");
const password = document.getElementById("password");
const problem = document.getElementById("problem");
const go = document.getElementById("go");
const reveal = document.getElementById("reveal");

function say(sentence, field) {
  problem.textContent = sentence;
  for (const input of [username, password]) input.setAttribute("aria-invalid", String(input === field));
  field?.focus();
}

function busy(on) {
  go.disabled = on;
  go.setAttribute("aria-busy", String(on));
  go.textContent = on ? t("正在登录…", "Signing in…") : t("登录", "Sign in");
}

async function submit(event) {
  event.preventDefault();
  if (go.disabled) return;
  const name = username.value.trim();
  if (!name) return say(t("请输入账号。", "Enter your user name."), username);
  if (!password.value) return say(t("请输入密码。", "Enter your password."), password);
  say("", null);
  busy(true);
  try {
    await post("/sessions", { username: name, password: password.value }, { stay: true, attempts: 2 });
    location.replace(form.dataset.next);
  } catch (refusal) {
    busy(false);
    if (refusal.status === 401) password.value = "";
    say(refusal.sentence, password);
  }
}

function toggle() {
  const show = password.type === "password";
  password.type = show ? "text" : "password";
  reveal.textContent = show ? reveal.dataset.hide : reveal.dataset.show;
  reveal.setAttribute("aria-pressed", String(show));
  password.focus();
}

form.addEventListener("submit", submit);
go.disabled = false;
reveal.addEventListener("click", toggle);
password.addEventListener("keyup", (event) => {
  document.getElementById("caps").hidden = !event.getModifierState?.("CapsLock");
});
wireLangButtons();
