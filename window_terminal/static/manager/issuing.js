// Stop and resume issuing numbers, for a section or the hall, with the sentence that kiosk and wall show; and 'seen'.

import { html } from "lit";
import { post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { lang, t } from "ui/lang.js";
import { toast } from "ui/toast.js";
import { words } from "../desk/desk.js";
import { sheet, sheetActions } from "../desk/sheet.js";

// Ready-made sentences: [short name zh, en, sentence zh, sentence en]. Each says what the citizen should do.
const SENTENCES = [
  ["系统故障", "System fault", "系统故障，暂停取号，恢复后将广播通知，请稍候。",
    "The system is down and issues no numbers. Please wait for the announcement."],
  ["人数已满", "Full for today", "今日号已取完，请于下一个工作日再来。",
    "All numbers for today are taken. Please come again on the next working day."],
  ["上午已满", "Full this morning", "上午号已取完，请于下午上班后再来取号。",
    "All numbers for the morning are taken. Please come again this afternoon."],
  ["临时停电", "Power cut", "临时停电，暂停取号，请向导服台领取纸质号。",
    "Power cut: no numbers are issued here. Please ask the guide desk for a paper number."],
];

export async function stopIssuing({ data }, section) {
  const form = { section, zh: SENTENCES[0][2], en: SENTENCES[0][3] };
  const stopped = await sheet(
    t("暂停取号", "Stop issuing numbers"),
    (state) => stopForm(state, form, data.sections),
    { wide: true },
  );
  if (stopped) toast(t("已暂停取号，取号机和大屏正在显示这句话。", "Issuing is stopped; kiosks and wall show the sentence."), { kind: "ok" });
}

function stopForm(state, form, sections) {
  const set = (field) => (event) => {
    form[field] = event.target.value;
    state.draw();
  };
  const use = (sentence) => () => {
    [, , form.zh, form.en] = sentence;
    state.draw();
  };
  const send = async () => {
    const body = { message_zh: form.zh.trim() };
    if (form.section) body.section = form.section;
    if (form.en.trim()) body.message_en = form.en.trim();
    await post("/manage/stop-issuing", body);
    state.done(true);
  };
  const isUsed = (sentence) => String(form.zh === sentence[2] && form.en === sentence[3]);
  return html`<div class="form">
    <div class="field"><label for="stop-section">${t("范围", "Where")}</label>
      <select id="stop-section" name="section" @change=${set("section")}>
        <option value="" ?selected=${!form.section}>${t("全厅", "The whole hall")}</option>
        ${sections.map((s) => html`<option value=${s.id} ?selected=${form.section === s.id}>${s.letter} ${words(s)}</option>`)}
      </select></div>
    <div class="field"><span class="label">${t("现成的话", "Ready-made")}</span><div class="chips">
      ${SENTENCES.map((s) => html`<button type="button" class="button small" aria-pressed=${isUsed(s)} @click=${use(s)}>${t(s[0], s[1])}</button>`)}
    </div></div>
    <div class="field"><label for="stop-zh">${t("告诉群众的话（中文）", "Sentence in Chinese")}</label>
      <textarea id="stop-zh" name="message_zh" maxlength="120" .value=${form.zh} @input=${set("zh")}></textarea></div>
    <div class="field"><label for="stop-en">${t("英文（可不填）", "Sentence in English (optional)")}</label>
      <textarea id="stop-en" name="message_en" maxlength="200" .value=${form.en} @input=${set("en")}></textarea></div>
    <p class="muted small">${t("已取的号照常叫号，只是不再发新号。", "Numbers already taken are still called; only new ones are not issued.")}</p>
  </div>
  ${sheetActions(state, t("不停了", "Never mind"), [t("暂停取号", "Stop issuing"), send, { danger: true, disabled: !form.zh.trim() }])}`;
}

export async function resumeIssuing({ data }, section) {
  const name = section ? words(data.sections.find((s) => s.id === section)) : t("全厅", "the whole hall");
  const sure = await confirmDialog({
    title: t("恢复取号", "Resume issuing"),
    text: t(`${name}重新开始发号，取号机和大屏撤下停号说明。`, `Numbers are issued again for ${name}; kiosks and wall drop the sentence.`),
    yes: t("恢复取号", "Resume issuing"),
  });
  if (!sure) return;
  await post("/manage/resume-issuing", section ? { section } : {});
  toast(lang() === "en" ? `Issuing again: ${name}` : `${name}已恢复取号`, { kind: "ok" });
}

export async function seeAlarm(_page, id) {
  await post(`/manage/alarms/${id}/seen`);
}

/** An attendant was there, or the printer was mended. */
export async function alarmDone(_page, id) {
  await post(`/assistance/${id}/done`);
}
