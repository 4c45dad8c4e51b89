// Whether a case's SMS arrived: each with its state and time, the newest first; one that did not arrive may go again.

import { html, nothing } from "lit";
import { get, post } from "ui/api.js";
import { confirmDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { kindWords, STATES } from "./sms-words.js";

const ON_THE_WAY = new Set(["pending", "sending"]);
const UNREACHED = new Set(["failed", "unknown", "expired"]);
const LOOK_MS = 3_000; // a gateway's answer is no event of the hall
const LOOKS = 20;

/** A badge for a row whose last SMS did not arrive; nothing otherwise. */
export const unreachedBadge = (state) => (state ? html`<span class="badge bad" data-sms-unreached=${state}>${t("短信未送达", "SMS not delivered")}</span>` : nothing);

export class CaseSms {
  /** `changed`: draw the page again; `time`: a moment in the words of the page's clock. */
  constructor(changed, time) {
    Object.assign(this, { changed, time, key: "", case: null, list: null, busy: false, looks: 0, timer: 0 });
  }

  /** The messages of a case; `stamp` changes whenever there may be another one. */
  view(id, stamp) {
    const key = `${id}:${stamp}`;
    if (key !== this.key) {
      if (id !== this.case) this.list = null;
      Object.assign(this, { key, case: id, looks: 0 });
      queueMicrotask(() => this.read());
    }
    if (!this.list) return html`<p class="muted small">${t("正在读取…", "Loading…")}</p>`;
    if (!this.list.length) return html`<p class="muted small">${t("没有发过短信", "No messages were sent")}</p>`;
    return html`<ol class="sms-list" data-testid="sms">${[...this.list].reverse().map((one) => this.line(one))}</ol>`;
  }

  line(one) {
    const [zh, en, style] = STATES[one.state] ?? [one.state, one.state, ""];
    const bad = UNREACHED.has(one.state);
    return html`<li class=${bad ? "unreached" : ""} data-sms=${one.kind} data-sms-state=${one.state}>
      <time class="muted">${this.time(one.delivered_at ?? one.sent_at ?? one.at)}</time><b>${t(...kindWords(one.kind))}</b><span class="badge ${style}">${t(zh, en)}</span>
      ${bad ? html`<span class="small why">${one.phone ?? ""} ${one.error}</span>` : nothing}
      ${one.may_again ? html`<button class="button small" type="button" data-sms-again ?disabled=${this.busy} @click=${() => this.again(one)}>${t("重发", "Send again")}</button>` : nothing}</li>`;
  }

  async read() {
    clearTimeout(this.timer);
    const id = this.case;
    try {
      const list = await get(`/cases/${id}/notices`, { attempts: 1, background: true });
      if (id !== this.case) return;
      this.list = list;
    } catch {
      return; // the page itself says what is wrong with its line
    }
    this.looks += 1;
    if (this.looks < LOOKS && this.list.some((one) => ON_THE_WAY.has(one.state))) this.timer = setTimeout(() => this.read(), LOOK_MS);
    this.changed();
  }

  async again(one) {
    if (one.state === "unknown") {
      const text = t("不知道这条短信有没有送到，申请人可能已经收到。请先问一下申请人。", "Nobody knows whether this message arrived. Ask the applicant first.");
      if (!(await confirmDialog({ title: t("再发一次？", "Send it once more?"), text, yes: t("重发", "Send again") }))) return;
    }
    this.busy = true;
    this.changed();
    try {
      this.list = await post(`/cases/${this.case}/notices/${one.id}/send-again`, {});
      this.looks = 0;
      toast(t("已重新排队发送。", "It is on its way again."), { kind: "ok" });
      this.timer = setTimeout(() => this.read(), LOOK_MS);
    } catch (refusal) {
      toastRefusal(refusal);
      this.read();
    }
    this.busy = false;
    this.changed();
  }
}
