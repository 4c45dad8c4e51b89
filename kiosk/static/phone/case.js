// /c/<token>: a case's own page. A draft is filled in here; later it says where the case stands and what can be done.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, S = window.phoneState, token = p.data("token"), view = null, opened = false, inHall = /[?&]hall\b/.test(location.search);

  function path(more) { return "/case-links/" + encodeURIComponent(token) + more; }
  function reload() {
    p.ask("GET", path(""), null, function (status, answer) {
      if (status !== 200) { p.draw(make("p", { "class": "more" }, make("a", { href: "/me" }, t("用手机号找回我的办件", "Find my cases by my phone")))); p.problem(p.refusal(answer)); return; }
      take(answer, false);
      if (window.phoneVerify.token() && (answer.may.save || answer.state === "at_issue" || answer.state === "correction")) open();
    });
  }
  function take(answer, whole) {
    view = answer;
    opened = whole;
    if (whole && answer.may.save) {
      if (!take.started) { take.started = true; window.phoneForm.start({ name: "draft." + token, view: answer, send: send, lost: lost }); }
      else window.phoneForm.take(answer);
    }
    draw();
  }
  function send(said, revision, done) { p.command(path("/draft"), { phone_token: window.phoneVerify.token(), revision: revision, form: said.form, documents: said.documents }, done); }
  function lost(status) {
    if (status === 401) { window.phoneVerify.forget(); open(); }
    else if (status === 409) reload();
  }
  /** With the phone confirmed: the form in clear, the pick-up code, the right to change something. */
  function open() {
    var proof = window.phoneVerify.token();
    if (!proof) { verify(); return; }
    p.ask("POST", path("/open"), { phone_token: proof }, function (status, answer) {
      if (status === 200) { p.problem(""); take(answer, true); return; }
      if (status === 401 || status === 403) window.phoneVerify.forget();
      p.problem(p.refusal(answer));
      draw();
    });
  }
  function verify(then) {
    p.draw(S.head(view), window.phoneVerify.card(t("只有申请时用的手机能打开这一步。", "Only the phone that applied can go on here."), function () { open(); if (then) then(); }));
    p.el("verify").scrollIntoView();
    p.el("phone").focus();
  }
  function needPhone(act) { return function () { if (window.phoneVerify.token()) act(); else verify(); }; }

  function draw() {
    p.title(p.en && view.name_en ? view.name_en : view.name, p.en && view.name_en ? "en" : "zh-CN");
    if (view.may.save && opened) { drawDraft(); return; }
    p.draw(S.head(view), S.pickup(view, open), window.phoneResult.card(view, token, verify), window.phoneBring.card(view, token, verify), S.deferral(view), actions(), S.correction(view), corrected(), S.courier(view), S.facts(view), S.papers(view, token), S.history(view), withdraw(),
      make("p", { "class": "more" }, make("a", { href: "/me" }, t("我的全部办件", "All my cases")), " · ", make("a", { href: "/g" }, t("办事指南", "What to bring"))));
    rate();
  }

  // a draft: questions, form, papers, then it is sent
  function drawDraft() {
    var question = view.question || (view.questions[0] && view.questions[0].question);
    if (question) { window.phoneWalk(view.item, view.answers, answered); return; }
    p.draw(S.head(view), S.correction(view), S.papers(view, token), window.phoneForm.nodes(drawDraft), window.phoneUploads.list(token, view, files), sendCard(), withdraw());
  }
  function answered(found, walk) {
    if (found.question) { p.draw(S.head(view), window.phoneWalk.question(walk)); return; }
    p.command(path("/draft"), { phone_token: window.phoneVerify.token(), revision: view.revision, answers: walk.answers }, function (status, answer) {
      if (status === 200) { take(answer, true); p.top(); } else p.problem(p.refusal(answer));
    });
  }
  function files(now) {
    p.problem(""); // mostly: that this very file was missing
    view.files = now;
    drawDraft.typing = document.activeElement;
    draw();
  }
  /** The hall's own words, asked for once. */
  function consent(then) {
    if (consent.said) then(consent.said);
    else p.ask("GET", "/consent", null, function (status, said) { if (status === 200) then(consent.said = said); });
  }
  function sendCard() {
    var words = make("span", {}, t("保存这些信息，下次自动填好（随时可以删除）", "Keep my particulars to fill in forms next time (you may delete them)"));
    consent(function (said) { p.fill(words, p.en ? said.keep_words_en : said.keep_words); });
    var keep = make("input", { type: "checkbox", id: "keep" }), paper = make("input", { type: "checkbox", id: "paper" }), half = view.kind === "online_half";
    return make("section", { "class": "card", id: "send" }, make("h2", {}, t("提交", "Submit")),
      make("label", { "class": "check" }, keep, words),
      view.kind === "online_full" ? make("label", { "class": "check" }, paper, make("span", {}, t("还要一份纸质结果，到大厅出件窗口领（选了快递就不用勾）", "A paper copy, too, to collect at the hall (not with the courier)"))) : null,
      make("button", { type: "button", "class": "main", id: "submit", onclick: function () { submit(keep.checked, false, paper.checked); } }, view.state === "correction" ? t("补好了，重新提交", "Corrected: submit again") : t("提交申请", "Submit")),
      half ? make("button", { type: "button", id: "submit-hall", "class": inHall ? "main" : "", onclick: function () { submit(keep.checked, true); } }, t("我就在大厅：提交并取受理号", "I am in the hall: submit and take a number")) : null);
  }
  function submit(keep, hall, paper) {
    p.problem("");
    window.phoneForm.save(function (ok) {
      if (!ok) { p.problem(t("还没有保存成功，请看上面的提示。", "Not saved yet; see above.")); return; }
      var body = { phone_token: window.phoneVerify.token(), revision: window.phoneForm.view().revision, in_hall: hall, keep: keep, paper: Boolean(paper) };
      p.command(path("/submit"), body, function (status, answer) {
        var fields = answer && answer.error && answer.error.detail && answer.error.detail.fields;
        if (status === 200) { p.keep("apply." + view.item, null); p.problem(""); take(answer, false); p.top(); return; }
        if (fields) window.phoneForm.mark(fields);
        view = Object.assign({}, window.phoneForm.view(), { files: view.files });
        draw();
        p.problem(p.refusal(answer));
        if (status === 401) { window.phoneVerify.forget(); verify(); }
        if (fields && p.el("f-" + fields[0].field)) p.el("f-" + fields[0].field).focus();
      });
    });
  }

  // afterwards
  function actions() {
    var link = view.visit && view.visit.link;
    if (view.may.save) return make("button", { type: "button", "class": "main", id: "go-on", onclick: needPhone(open) }, view.state === "draft" ? t("继续填写", "Go on filling in") : t("去补正", "Correct it"));
    if (link && view.state === "awaiting_visit") return make("a", { "class": "button main", id: "visit", href: "/t/" + link.split("/").pop() }, t("我的受理号 " + view.visit.number, "My number: " + view.visit.number));
    if (view.may.check_in) return make("button", { type: "button", "class": "main", id: "check-in", onclick: checkIn }, t("我到大厅了，取受理号", "I am in the hall: take my number"));
    return null;
  }
  function checkIn() {
    p.command(path("/check-in"), {}, function (status, answer) {
      if (status === 200) { p.problem(""); take(answer, false); p.top(); } else p.problem(p.refusal(answer));
    });
  }
  /** A correction after acceptance: what was asked for is sent in here; the window looks at it. */
  function corrected() {
    if (view.state !== "correction" || view.may.save) return null;
    var note = make("textarea", { id: "note", rows: 3, maxlength: 200, oninput: function () { p.keepUnsaved("note." + token, note.value || null); } });
    note.value = p.unsaved("note." + token) || "";
    if (!opened) return make("button", { type: "button", "class": "main", id: "send-in", onclick: needPhone(open) }, t("在手机上补交材料", "Send in papers by phone"));
    return make("section", { "class": "card" }, view.correction.items.map(function (one) {
      var purpose = one.material ? "material:" + one.material : "other";
      return make("div", {}, S.material(view, one, "h3"), window.phoneUploads.box(token, purpose, view.files, files));
    }), view.may.supplement ? make("label", { "class": "field" }, make("span", {}, t("书面说明（可不写；没有文件要交的，在这里写明）", "A note (optional; say it here if there is nothing to upload)")), note) : null,
    view.may.supplement ? make("button", { type: "button", "class": "main", id: "supplement", onclick: supplement }, t("补好了，交上去", "Done: send it")) :
      make("p", { "class": "soft" }, t("传好后窗口会核对，通过了接着办。", "The window checks what you sent, then it goes on.")));
  }
  function supplement() {
    p.command(path("/supplement"), { phone_token: window.phoneVerify.token(), note: p.unsaved("note." + token) || "" }, function (status, answer) {
      if (status === 200) { p.keepUnsaved("note." + token, null); p.problem(""); take(answer, false); p.top(); } else p.problem(p.refusal(answer));
    });
  }
  function withdraw() {
    if (!view.may.withdraw) return null;
    return make("details", { "class": "card" }, make("summary", {}, t("不想办了？", "No longer wanted?")),
      make("button", { type: "button", "class": "danger", id: "withdraw", onclick: needPhone(function () {
        if (!window.confirm(t("确定撤回吗？撤回后要重新申请。", "Withdraw it? You would have to apply again."))) return;
        p.command(path("/withdraw"), { phone_token: window.phoneVerify.token() }, function (status, answer) {
          if (status === 200) { p.keep("apply." + view.item, null); take(answer, false); p.top(); } else p.problem(p.refusal(answer));
        });
      }) }, t("撤回这个申请", "Withdraw it")));
  }
  var rating = null;
  function rate(anew) {
    var issued = view.state === "collected" || view.state === "closed";
    if (issued && (anew || !rating)) p.ask("GET", "/case-evaluations/" + encodeURIComponent(token), null, function (status, answer) {
      if (status === 200) { rating = answer; if (answer.open || answer.score) rate(); }
    });
    if (rating) window.ticketRating.draw({ evaluation: rating }, window.ticketWords.pick(p.en ? "en" : "zh"), p.en ? "en" : "zh");
  }
  window.ticketRating.start({ token: token, path: "/case-evaluations", command: p.command, refusal: p.refusal, refresh: function () { rate(true); }, redraw: function () { rate(); } });
  window.phoneCase = { open: open };
  window.phone.beforeReload = function () { if (view && view.may.save && opened) window.phoneForm.save(); };
  document.addEventListener("visibilitychange", function () { if (!document.hidden && view && !(view.may.save && opened)) reload(); });
  reload();
})();
