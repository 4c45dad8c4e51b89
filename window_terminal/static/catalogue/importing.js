// A workbook becomes drafts: first what would happen, each row refused with its place and what would be right; then it is done.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { sheet, sheetActions } from "../desk/sheet.js";
import { sendFile } from "./upload.js";

export function importSheet(desk) {
  const form = { file: null, report: null, done: false };
  const send = async (dryRun) => {
    form.report = await sendFile(`/catalogue/import?name=${encodeURIComponent(form.file.name)}&dry_run=${dryRun}`, form.file);
    form.done = !dryRun;
    if (form.done) await desk.read();
  };
  return sheet(t("导入表格", "Import a workbook"), (state) => html`<div class="form">
    <p>${t("导入的事项都是草稿，不会马上生效；只导入本部门的。先看结果，再确定。", "Items come in as drafts of your own department; nothing is in force yet. Look first, then do it.")}</p>
    <input class="input" type="file" name="workbook" accept=".xlsx,.csv,.zip,.json" aria-label=${t("表格文件", "Workbook")} @change=${(event) => {
      Object.assign(form, { file: event.target.files[0] ?? null, report: null, done: false });
      state.draw();
      if (form.file) state.run(() => send(true));
    }}>
    ${form.report ? reportView(form) : nothing}
    ${form.done ? sheetActions(state, t("关闭", "Close"), null) : sheetActions(state, t("取消", "Cancel"), [t("导入为草稿", "Import as drafts"), () => send(false), { disabled: !form.report?.drafted.length }])}</div>`, { wide: true });
}

function reportView({ report, done }) {
  const rows = [...report.problems.map((one) => [one, "bad"]), ...report.hints.map((one) => [one, ""])];
  const count = report.drafted.length;
  return html`<p class="notice ${done ? "ok" : ""}" data-report>${done ? t(`已导入 ${count} 个事项为草稿`, `${count} items are drafts now`) : t(`会导入 ${count} 个事项为草稿`, `${count} items would become drafts`)}${t(
    `；没有变化 ${report.unchanged.length} 个；不能导入 ${report.refused} 个。`, `; ${report.unchanged.length} unchanged; ${report.refused} refused.`)}</p>
    ${rows.length ? html`<div class="scroll" tabindex="0"><table class="table dense"><thead><tr><th>${t("位置", "Place")}</th><th>${t("问题", "What is wrong")}</th><th>${t("应当", "What would be right")}</th></tr></thead>
      <tbody>${rows.map(([one, style]) => html`<tr><td class="small">${one.where}</td><td class="small ${style ? "bad-text" : ""}">${t(one.wrong_zh, one.wrong_en)}</td><td class="small">${t(one.right_zh, one.right_en)}</td></tr>`)}</tbody></table>
      ${report.more ? html`<p class="muted small">${t(`另有 ${report.more} 处`, `${report.more} more`)}</p>` : nothing}</div>` : nothing}`;
}
