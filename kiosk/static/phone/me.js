// /me: with the phone confirmed, all its cases (a lost link is found again), and what is kept to fill in forms with.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, KINDS = { person: ["个人", "Person"], company: ["企业", "Company"], organisation: ["非企业", "Organisation"] };

  function own(zh, en) { return make("strong", { lang: p.en && en ? "en" : "zh-CN" }, p.en && en ? en : zh); }
  function start() {
    var proof = window.phoneVerify.token();
    if (!proof) { p.draw(window.phoneVerify.card(t("验证后可以看到这个手机号的办件，以及保存的填表信息。", "Then you see this phone's cases and what is kept to fill in forms."), start)); return; }
    p.ask("POST", "/own-cases", { phone_token: proof }, function (status, cases) {
      if (status === 401) { window.phoneVerify.forget(); start(); return; }
      if (status !== 200) { p.problem(p.refusal(cases)); return; }
      p.ask("POST", "/profiles", { phone_token: proof }, function (second, kept) {
        if (second !== 200) { p.problem(p.refusal(kept)); return; }
        p.problem("");
        draw(cases.cases, kept.profiles, proof);
      });
    });
  }
  function draw(cases, profiles, proof) {
    p.draw(make("h2", {}, t("我的办件", "My cases")), cases.length ? null : make("p", { "class": "soft" }, t("这个手机号还没有办件。", "No cases of this phone.")),
      make("ul", { "class": "links", id: "cases" }, cases.map(function (one) {
        return make("li", {}, make("a", { href: "/c/" + one.link.split("/").pop() }, own(one.name, one.name_en),
          make("span", { "class": "soft" }, p.word(one, "state") + " · " + p.day(one.since) + (one.due_day ? t(" · 最迟 ", " · by ") + p.day(one.due_day) : ""))));
      })),
      make("section", { "class": "card", id: "kept" }, make("h2", {}, t("保存的填表信息", "Kept to fill in forms")),
        make("p", { "class": "soft" }, t("加密保存，只用来给您自动填表。删除后立即清除，等候中的号上填的也一起删。", "Kept encrypted, only to fill in your forms. Deleted at once when you say so, on waiting numbers, too.")),
        profiles.length ? null : make("p", {}, t("没有保存任何信息。", "Nothing is kept.")),
        profiles.map(function (one) {
          return make("div", { "class": "file kept", "data-profile": one.id }, make("span", {}, t(KINDS[one.applicant][0], KINDS[one.applicant][1]) + " " + one.name_mask + " " + one.identity_mask),
            make("button", { type: "button", "data-open": one.id, onclick: function () { window.phoneProfile.open(one, proof, start); } }, t("查看、更正", "See, correct")),
            make("button", { type: "button", "class": "danger", onclick: function () { remove(one, proof); } }, t("删除", "Delete")));
        })),
      make("button", { type: "button", "class": "quiet", id: "leave", onclick: function () { window.phoneVerify.forget(); start(); } }, t("换一个手机号", "Use another phone")));
  }
  function remove(one, proof) {
    p.command("/profiles/" + one.id + "/delete", { phone_token: proof }, function (status, answer) {
      if (status === 204) start(); else p.problem(p.refusal(answer));
    });
  }
  start();
})();
