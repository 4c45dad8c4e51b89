// /t/<token>/form: while waiting the citizen agrees, fills 003's form in, and the window that calls the number has it.
// The secret that opens it again is kept on this phone; the link alone opens nothing, as slips are thrown away.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, V = window.phoneVerify, token = p.data("token"), about = null, filling = false, keep = false;

  function path(more) { return "/links/" + encodeURIComponent(token) + "/form" + more; }
  function mine() { return p.kept("form." + token) || {}; }
  function proof(more) { return Object.assign({ key: mine().key || "", phone_token: V.token() }, more); }
  function back() { return make("p", { "class": "back" }, make("a", { href: "/t/" + encodeURIComponent(token) }, t("‹ 回到我的号票", "‹ Back to my number"))); }
  function card(id, heading) { return make.apply(null, ["section", { "class": "card", id: id }, make("h2", {}, heading)].concat(Array.prototype.slice.call(arguments, 2))); }
  function button(id, kind, words, act) { return make("button", { type: "button", id: id, "class": kind, onclick: act }, words); }

  function load() {
    p.ask("GET", path(""), null, function (status, answer) {
      if (status !== 200) { p.draw(back()); p.problem(p.refusal(answer)); return; }
      about = answer;
      p.title(t("先填表：", "My form: ") + about.number);
      p.problem("");
      if (!about.may) over();
      else if (about.state !== "none" && (mine().key || V.token())) open();
      else if (about.state === "none") agree();
      else locked();
    });
  }
  function over() {
    p.draw(back(), card("over", about.online ? t("不用再填", "Nothing to fill in") : t("这个号已经用完", "This number is over"),
      make("p", {}, about.online ? t("您在网上申请里已经填过，窗口能看到。", "Your online application has it already, and the window sees it.") : t("填表跟着号走，再来办事时重新填。", "A form goes with its number: fill in a new one next time."))), about.state !== "none" ? remove() : null);
  }

  // before anything is kept
  function agree(kept) {
    p.draw(back(), card("agree", t("填表前请看", "Before you begin"), make("p", {}, p.en ? about.consent.words_en : about.consent.words),
      (kept || []).map(function (one) {
        return make("button", { type: "button", "class": "main", "data-kept": one.id, onclick: function () { begin(one.id); } }, t("同意，用保存的信息填：", "I agree: fill in for "), one.name_mask, " ", one.identity_mask);
      }),
      kept && !kept.length ? make("p", { "class": "soft" }, t("这个手机号还没有保存过信息。", "Nothing is kept under this phone.")) : null,
      button("begin", kept && kept.length ? "" : "main", kept && kept.length ? t("同意，填别人的", "I agree: for somebody else") : t("同意，开始填", "I agree: begin"), function () { begin(null); }),
      kept ? null : button("use-kept", "", t("以前保存过？验证手机号自动填", "Kept before? Confirm your phone"), function () { ask(useKept); })),
      make("p", { "class": "more" }, make("a", { href: "/t/" + encodeURIComponent(token) }, t("不填，到窗口再说", "No: at the window"))));
    if (!kept && V.token()) useKept();
  }
  function ask(then, why) {
    p.draw(back(), V.card(why || t("以前同意保存过的，验证后自动填好。", "What you agreed to keep is filled in."), then));
    p.top();
  }
  function useKept() {
    p.ask("POST", "/profiles", { phone_token: V.token() }, function (status, answer) {
      if (status === 401) { V.forget(); agree(); return; }
      if (status !== 200) { p.problem(p.refusal(answer)); return; }
      agree(answer.profiles);
    });
  }
  function begin(profile) {
    p.command(path(""), { consent: about.consent.version, phone_token: V.token(), profile: profile }, function (status, answer) {
      if (status === 201) { p.keep("form." + token, { key: answer.key }); about.state = "draft"; open(); return; }
      if (status === 401) V.forget();
      p.problem(p.refusal(answer));
      if (status === 409) load();
    });
  }
  function locked() {
    p.draw(back(), card("locked", t("这个号已经填过表", "A form is filled in already"), make("p", {}, t("为了保护隐私，凭号票的链接看不到填了什么。用填表的那部手机打开，或者验证取号时留的手机号。", "To protect you, the link alone does not show it. Open it on the phone that filled it in, or confirm the phone given with the number."))),
      V.card(t("取号时留的手机号可以打开。", "The phone given with the number opens it."), open), remove());
  }

  // filling in
  /** What was sent is shown as sent, unless it is to be changed. */
  function open(change) {
    p.ask("POST", path("/open"), proof(), function (status, answer) {
      if (status === 200) { if (answer.sent_at && change !== true) done(null); else start(answer); return; }
      if (status === 404) { p.keep("form." + token, null); about.state = "none"; agree(); return; }
      if (status === 401) V.forget();
      if (status === 401 || status === 403) { p.keep("form." + token, null); locked(); }
      p.problem(p.refusal(answer));
    });
  }
  function start(answer) {
    if (filling) window.phoneForm.take(answer);
    else window.phoneForm.start({ name: "form." + token, view: answer, send: send, lost: lost });
    filling = true;
    fill();
    p.top();
  }
  function send(said, revision, then) { p.command(path("/draft"), proof({ revision: revision, form: said.form, documents: said.documents }), then); }
  function lost(status, answer) {
    if (status === 401) { V.forget(); locked(); }
    else if (answer && answer.error && answer.error.code === "own_form_changed") open(true);
    else if (status === 403 || status === 404 || status === 409) load();
  }
  function fill() {
    var box = make("input", { type: "checkbox", id: "keep", onchange: function () { keep = box.checked; p.problem(""); fill(); p.el("keep").focus(); } });
    box.checked = keep;
    p.draw(back(), make("p", { "class": "told" }, about.subject ? t(about.subject + "：", about.subject_en + ": ") : "", t("填好后窗口就有了，办事时带证件原件核对。", "The window will have it; bring the originals to compare.")),
      window.phoneForm.nodes(fill),
      card("send", t("填好了？", "Done?"), make("label", { "class": "check" }, box, make("span", {}, make("b", {}, t("下次也用。", "For the next time, too. ")), p.en ? about.consent.keep_words_en : about.consent.keep_words)),
        keep && !V.token() ? V.card(t("保存的信息只有这个手机号能用。", "Only this phone can use what is kept."), fill) : null,
        button("give", "main", t("填好了，交给窗口", "Send it to the window"), give)), remove());
  }
  function give() {
    p.problem("");
    if (keep && !V.token()) { p.problem(t("请先验证手机号，或不勾“下次也用”。", "Confirm your phone first, or do not keep it.")); return; }
    window.phoneForm.save(function (ok) {
      if (!ok) { p.problem(t("还没有保存成功，请看上面的提示。", "Not saved yet; see above.")); return; }
      p.command(path("/send"), proof({ revision: window.phoneForm.view().revision, keep: keep ? about.consent.version : "" }), sent);
    });
  }
  function sent(status, answer) {
    var fields = answer && answer.error && answer.error.detail && answer.error.detail.fields;
    if (status === 200) { p.keep("form." + token, Object.assign(mine(), { sent: true })); about.state = "sent"; done(keep ? answer.kept : null); p.top(); return; }
    if (fields) window.phoneForm.mark(fields);
    if (status === 401) V.forget();
    fill();
    p.problem(p.refusal(answer));
    if (fields && p.el("f-" + fields[0].field)) p.el("f-" + fields[0].field).focus();
  }
  /** `kept`: whether it was kept for the next time; null where nobody asked. */
  function done(kept) {
    p.draw(make("section", { "class": "state ok", id: "done", role: "status" }, make("b", {}, t("✓ 已交给窗口", "✓ The window has it")),
      make("p", {}, about.state === "used" ? t("窗口已经用它收件。还要改，请当面告诉窗口。", "The window has taken it over. Tell them in person what is to be changed.") : t("叫到您时，窗口已经填好。请带好证件原件，核对就行。", "It is filled in when you are called. Bring the originals: they are only compared."))),
      kept === null ? null : make("p", { "class": "told" + (kept ? " ok" : "") }, kept ? t("已保存，下次自动填好。", "Kept: it is filled in next time. ") : t("没有保存：这个人的信息由另一个手机号保存着。", "Not kept: this person's particulars are kept under another phone."), kept ? make("a", { href: "/me" }, t("查看、更正或删除", "See, correct or delete it")) : null),
      make("a", { "class": "button main", href: "/t/" + encodeURIComponent(token) }, t("回到我的号票", "Back to my number")),
      button("change", "", t("修改", "Change it"), function () { open(true); }), remove());
  }
  function remove() {
    return button("delete", "danger", t("删除这张表", "Delete this form"), function () {
      if (!window.confirm(t("确定删除吗？填的内容立即清除。", "Delete it? What you filled in is gone at once."))) return;
      p.command(path("/delete"), {}, function (status, answer) {
        if (status !== 204) { p.problem(p.refusal(answer)); return; }
        p.keep("form." + token, null);
        p.keepUnsaved("form." + token, null);
        keep = filling = false;
        load();
      });
    });
  }
  p.beforeReload = function () { if (filling) window.phoneForm.save(); };
  load();
})();
