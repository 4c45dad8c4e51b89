// Which window? One's own list, by mouse, or by typing the number and Enter.

import { html, nothing, render } from "lit";

import { get, signOut } from "/static/ui/api.js";
import { lang, setLang, t } from "/static/ui/lang.js";
import { windowKind, windowState } from "./words.js";

export async function chooseWindow(root, me) {
  root.replaceChildren();
  const page = { me, typed: "", hall: null, problem: null };
  const draw = () => render(view(page, draw), root);
  draw();
  try {
    page.hall = await get("/hall");
  } catch (refusal) {
    page.problem = refusal;
  }
  draw();
  addEventListener("keydown", (event) => onKey(event, page, draw));
}

const mine = (page) =>
  (page.hall?.windows ?? []).filter((one) => page.me.leads || !page.me.windows.length || page.me.windows.includes(one.number));

const go = (number) => location.assign(`/terminal?window=${number}`);

function onKey(event, page, draw) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^\d$/.test(event.key)) page.typed = (page.typed + event.key).slice(-4);
  else if (event.key === "Backspace") page.typed = page.typed.slice(0, -1);
  else if (event.key === "Escape") page.typed = "";
  else if (event.key === "Enter" && page.typed) {
    event.preventDefault();
    const found = mine(page).find((one) => one.number === Number(page.typed));
    if (found) return go(found.number);
    page.typed = "";
  } else return undefined;
  return draw();
}

function view(page, draw) {
  return html`<main class="choose">
    <header class="choose-head">
      <div>
        <h1>${t(`${page.me.name || page.me.username}，您好。请选择窗口`, `Hello ${page.me.name || page.me.username}. Choose your window`)}</h1>
        <p class="muted">${t("点选，或输入窗口号后按 Enter", "Click one, or type its number and press Enter")}</p>
      </div>
      <output class="choose-typed number" aria-live="polite">${page.typed || nothing}</output>
      <div class="choose-tools">
        <button class="button quiet" @click=${() => setLang(lang() === "en" ? "zh" : "en")}>${t("English", "中文")}</button>
        <button class="button quiet" @click=${() => signOut()}>${t("退出登录", "Sign out")}</button>
      </div>
    </header>
    ${page.problem ? html`<p class="notice bad">${page.problem.sentence}</p>` : nothing}
    ${page.hall ? grid(page) : page.problem ? nothing : html`<p class="empty"><span class="spinner"></span></p>`}
  </main>`;
}

function grid(page) {
  const windows = mine(page);
  if (!windows.length) {
    return html`<p class="notice warn">${t("没有为您安排窗口，请联系管理员。", "No window is assigned to you. Ask the manager.")}</p>`;
  }
  return html`<ul class="choose-grid">
    ${windows.map(
      (one) => html`<li>
        <a
          class="choose-card ${one.state} ${page.typed && String(one.number).startsWith(page.typed) ? "match" : ""}"
          href="/terminal?window=${one.number}"
        >
          <b class="number">${one.number}</b>
          <span class="choose-what">
            <span>${t(one.name, sections(page, one)) || sections(page, one) || windowKind(one.kind)}</span>
            <span class="badge ${one.state}">${windowState(one.state)}</span>
          </span>
        </a>
      </li>`,
    )}
  </ul>`;
}

function sections(page, one) {
  const named = (one.sections ?? []).map((id) => page.hall.sections.find((section) => section.id === (id.id ?? id)));
  return named
    .filter(Boolean)
    .map((section) => t(section.name, section.name_en))
    .join(t("、", ", "));
}
