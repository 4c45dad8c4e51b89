// What is neither the case's state nor its form: leaving, the next matter, kept particulars, personal data in clear.

import { get, post } from "ui/api.js";
import { askReason, confirmDialog, showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";
import { toast, toastRefusal } from "ui/toast.js";
import { IDENTITY } from "./form-spec.js";
import { focusForm } from "./form.js";
import { data } from "./words.js";

const OPEN = ["draft", "awaiting_visit"];

export class Actions {
  constructor(visit, intake) {
    Object.assign(this, { visit, intake, profiles: [], others: [], filled: null });
  }

  /** What the citizen filled in while waiting, the particulars they keep, and the other matters of this visit. */
  async readVisit() {
    const ticket = this.intake.case?.ticket;
    if (!ticket) return;
    try {
      const kept = await get(`/tickets/${ticket}/cases`, { background: true });
      this.profiles = kept.profiles ?? [];
      this.filled = kept.filled ?? null;
      this.others = kept.cases.filter((one) => one.id !== this.intake.id);
      this.intake.changed();
      await this.prefillAlone();
    } catch {
      // a comfort: the form can be typed
    }
  }

  // Also to what is brought after acceptance; what the case was taken in with stays.
  get canAttach() {
    return Boolean(this.intake.case?.may.save || this.intake.case?.may.supplement);
  }

  get canRemove() {
    const { may, state } = this.intake.case ?? {};
    return Boolean(may?.save || (may?.supplement && state === "correction"));
  }

  // Its first handler's to offer: another window may have finished the intake (after a correction).
  get mayKeep() {
    const { case: c } = this.intake;
    const mine = c && (c.owner === null || c.owner === `staff:${data.me.username}` || c.may.hand_on);
    return Boolean(mine && c.phone_mask);
  }

  back = () => this.leave(this.visit.home);
  another = () => this.leave(`/intake?window=${this.visit.number}&another=1`);

  resume = () => {
    this.intake.decided = "";
    this.intake.changed();
  };

  // What is not saved yet goes first; when it cannot, this machine keeps it and the page may still be left.
  leave = async (to) => {
    await this.intake.draft.flush().catch(() => null);
    location.assign(to);
  };

  finish = async (next) => {
    await this.intake.draft.flush().catch(() => null);
    const { case: c } = this.intake;
    const unfinished = [c, ...this.others].filter((one) => one && OPEN.includes(one.state)).map((one) => one.name);
    await this.visit.finish(next, unfinished);
  };

  // One person's particulars are kept under this phone and nothing is typed yet: nobody has to ask for them.
  async prefillAlone() {
    const { case: c, form } = this.intake;
    if (c.state !== "draft" || !c.may.save || form.name || c.form_masked) return;
    if (this.filled) {
      await this.takeOver();
      return;
    }
    if (this.profiles.length !== 1) return;
    await this.intake.command("prefill", { profile: this.profiles[0].id });
    toast(t(`已填入 ${this.profiles[0].name_mask} 留存的信息，请与证件核对。`, `Filled in what ${this.profiles[0].name_mask} keeps with the hall. Compare with the ID card.`), { kind: "ok" });
  }

  /** What was typed on the phone while waiting, or sent again since. */
  takeOver = async () => {
    await this.fill({}, t("已填入手机上填的表，请与证件核对。", "Filled in from the phone. Compare with the ID card."), "take-over-form");
    if (this.filled) this.filled = { ...this.filled, used: true };
    this.intake.changed();
  };

  prefill = async () => {
    const profile = this.profiles.length === 1 ? this.profiles[0] : await this.pick();
    if (profile) await this.fill({ profile: profile.id }, t("已填入群众留存的信息。", "The kept details are filled in."));
  };

  /** 提取: from the applicant's own kept particulars, by the number just typed. */
  extract = () => this.fill({ identity: this.intake.form[IDENTITY[this.intake.form.applicant]] }, t("已提取留存的信息。", "The kept details are fetched."));

  async fill(body, said, verb = "prefill") {
    try {
      await this.intake.command(verb, body);
      toast(said, { kind: "ok" });
      focusForm(this.intake);
    } catch (refusal) {
      toastRefusal(refusal);
    }
  }

  pick() {
    return showDialog(t("填入哪一位的信息？", "Whose details?"), (box, done) => {
      for (const one of this.profiles) {
        const button = Object.assign(document.createElement("button"), { className: "button block", textContent: one.name_mask });
        button.addEventListener("click", () => done(one));
        box.append(button);
      }
    });
  }

  unmask = async () => {
    const reason = await askReason({
      title: t("查看全部个人信息？", "Show the personal data?"),
      text: t("查看会记录在案。", "This is recorded."),
      presets: [t("核对身份", "Check the identity"), t("核对材料", "Check the papers"), t("联系申请人", "Contact the applicant")],
      yes: t("查看", "Show"),
    });
    if (!reason) return;
    try {
      const { form } = await post(`/cases/${this.intake.id}/unmask`, { reason });
      this.intake.form = form;
      this.intake.shown = true;
      this.intake.changed();
    } catch (refusal) {
      toastRefusal(refusal);
    }
  };

  keepProfile = async () => {
    const said = await get("/consent", { background: true }).catch(() => null);
    const consent = await confirmDialog({
      title: t("留存申请人的基本信息？", "Keep the applicant's details?"),
      text: `${t("请读给申请人听，得到同意：", "Read it to the applicant, who must agree:")}\n${said ? t(said.keep_words, said.keep_words_en) : t("下次办事自动填入；可以在手机上随时删除。", "Filled in next time; deleted on the phone at any time.")}`,
      yes: t("申请人同意，留存", "They agree: keep"),
    });
    if (!consent) return;
    try {
      await post(`/cases/${this.intake.id}/keep-profile`, { consent: true });
      this.intake.kept = true;
      this.intake.changed();
      toast(t("已留存。", "Kept."), { kind: "ok" });
    } catch (refusal) {
      toastRefusal(refusal);
    }
  };
}
