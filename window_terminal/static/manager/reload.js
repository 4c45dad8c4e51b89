// Read the hall file again: what changed, or every problem of a bad file (and the hall goes on with the old one).

import { html } from "lit";
import { post } from "ui/api.js";
import { t } from "ui/lang.js";
import { words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";

export function reloadHall() {
  const outcome = { result: null, problems: null };
  return sheet(t("重载大厅文件", "Reload the hall file"), (state) => reloadView(state, outcome), { wide: true });
}

function reloadView(state, outcome) {
  const close = t("关闭", "Close");
  if (outcome.result) return html`${changesView(outcome.result)}${sheetActions(state, close)}`;
  const load = async () => {
    try {
      outcome.problems = null;
      outcome.result = await post("/manage/reload");
    } catch (refusal) {
      const { problems } = refusal.detail;
      if (!Array.isArray(problems) || !problems.length) throw refusal;
      outcome.problems = problems;
    }
  };
  const again = outcome.problems ? t("改好了，再读一次", "Corrected: read again") : t("读取并启用", "Read and apply");
  return html`${outcome.problems ? problemsView(outcome.problems) : introduction()}
    ${sheetActions(state, close, [again, load])}`;
}

const introduction = () => html`<p class="lead">${t(
  "重新读取大厅文件（板块、窗口、事项、短信等）。文件有错就一处不改，逐条列出错误；没有错就立即启用，已在等候的群众按新的对应关系重新安排，一个都不会落下。",
  "Reads the hall file again (sections, windows, items, SMS …). If it has mistakes nothing changes and every one is listed; otherwise it applies at once, also to those already waiting, and strands nobody.",
)}</p>`;

function changesView({ version, changes, rehomed }) {
  const unchanged = !changes.length;
  const title = unchanged
    ? t("文件没有变化。", "The file has not changed.")
    : t(`已启用第 ${version} 版，共 ${changes.length} 处变化：`, `Version ${version} is in use. ${changes.length} change(s):`);
  return html`<div data-changes>
    <p class="notice ok">${title}</p><br>
    ${unchanged ? "" : html`<div class="scroll"><ul class="changes">${changes.map((change) => html`<li>${words(change)}</li>`)}</ul></div>`}
    ${rehomed ? html`<p class="lead">${t(`${rehomed} 位等候者换了窗口安排。`, `${rehomed} waiting people were given other windows.`)}</p>` : ""}
  </div>`;
}

function problemsView(problems) {
  return html`<div data-problems>
    <p class="notice bad">${t(
      `大厅文件有 ${problems.length} 处错误，没有启用；大厅仍按原来的文件运行。`,
      `The hall file has ${problems.length} mistake(s) and was not applied; the hall goes on with the old one.`,
    )}</p>
    <div class="scroll"><ol class="problems">${problems.map((problem) => html`<li>${words(problem)}</li>`)}</ol></div>
  </div>`;
}
