// On /me: what is kept to fill in forms with, in clear for its confirmed phone, and put right. Whose it is stays.
//   phoneProfile.open(one, proof, back): draws the form; back() returns to the list
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t;
  var MATTER = ["project_name", "project_code", "quantity", "remark"], WHO = ["id_number", "credit_code", "document_number"];

  function open(one, proof, back) {
    p.ask("POST", "/profiles/" + one.id + "/open", { phone_token: proof }, function (status, answer) {
      if (status === 401) { window.phoneVerify.forget(); back(); return; }
      if (status !== 200) { p.problem(p.refusal(answer)); return; }
      p.problem("");
      window.phoneForm.start({
        name: "profile." + one.id, byHand: true, without: MATTER, fixed: WHO, title: t("保存的信息", "What is kept"),
        view: { id: one.id, revision: 0, form: answer.form, documents: answer.documents, required: answer.required, applicants: [answer.form.applicant] },
        send: function (said, revision, done) { p.command("/profiles/" + one.id + "/correct", { phone_token: proof, form: said.form, documents: said.documents }, function (status, answer) { done(status === 204 ? 200 : status, answer); }); },
        lost: function (why) { if (why === 401) { window.phoneVerify.forget(); back(); } }
      });
      draw(back);
      p.top();
    });
  }
  function draw(back) {
    function again() { draw(back); }
    p.draw(make("p", { "class": "back" }, make("a", { href: "/me" }, t("‹ 返回，不改", "‹ Back, nothing changed"))),
      window.phoneForm.nodes(again),
      make("p", { "class": "soft" }, t("证件号码不能改：填错了请删除，再重新填。", "The number cannot be changed: delete this and fill it in anew.")),
      make("button", { type: "button", "class": "main", id: "correct", onclick: function () { save(back, again); } }, t("保存更正", "Save")));
  }
  function save(back, again) {
    window.phoneForm.save(function (ok, answer) {
      var fields = answer && answer.error && answer.error.detail && answer.error.detail.fields;
      if (ok) { back(); return; }
      if (fields) window.phoneForm.mark(fields);
      again();
      p.problem(p.refusal(answer));
      if (fields && p.el("f-" + fields[0].field)) p.el("f-" + fields[0].field).focus();
    });
  }
  window.phoneProfile = { open: open };
})();
