// What a panel shows while it has nothing: still reading, refused with a way to try again, or simply empty.

import { html } from "lit";
import { t } from "ui/lang.js";

export const reading = () => html`<p class="empty"><span class="spinner"></span> ${t("正在读取…", "Loading…")}</p>`;

/** A refusal as a sentence, with a button that tries again. */
export const failed = (refusal, again) => html`<div class="retry" role="alert" data-failed>
  <p>${refusal?.sentence ?? String(refusal)}</p>
  <button class="button" type="button" @click=${again}>${t("重试", "Try again")}</button></div>`;
