// A phone is confirmed by a code sent to it; what proves it is kept in this tab until it runs out.
//   phoneVerify.token() → the proof or ""; phoneVerify.card(why, done) → the form that gets one; phoneVerify.forget()
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, SECONDS = 60;

  function token() {
    var kept = p.kept("phone", "session");
    return kept && kept.until > Date.now() + 20000 ? kept.token : "";
  }
  function forget() { p.keep("phone", null, "session"); }

  function field(id, label, attributes) {
    var input = make("input", Object.assign({ id: id, autocomplete: "off", inputmode: "numeric" }, attributes));
    return { input: input, box: make("div", {}, make("label", { "class": "label", "for": id }, label), input) };
  }

  function card(why, done) {
    var phone = field("phone", t("手机号", "Mobile number"), { type: "tel", autocomplete: "tel", maxlength: "13" });
    var code = field("code", t("短信验证码（6 位）", "Code from the SMS (6 digits)"), { maxlength: "6", autocomplete: "one-time-code" });
    var said = make("p", { "class": "field-error", role: "alert", id: "verify-error" }), second, send, timer = 0;

    function digits() { return phone.input.value.replace(/\D/g, ""); }
    function wait(left) {
      clearTimeout(timer);
      send.disabled = left > 0;
      send.textContent = left > 0 ? t(left + " 秒后可重新获取", "Again in " + left + " s") : t("获取验证码", "Send me a code");
      if (left > 0) timer = setTimeout(function () { wait(left - 1); }, 1000);
    }
    function sendCode() {
      said.textContent = /^1[3-9]\d{9}$/.test(digits()) ? "" : t("手机号应为 11 位，请检查。", "A mobile number has 11 digits; please check it.");
      if (said.textContent) { phone.input.focus(); return; }
      send.disabled = true;
      p.command("/phone-codes", { phone: digits() }, function (status, answer) {
        if (status !== 204) { said.textContent = p.refusal(answer); wait(0); return; }
        wait(SECONDS);
        second.hidden = false;
        code.input.focus();
      });
    }
    function confirm() {
      said.textContent = /^\d{6}$/.test(code.input.value.trim()) ? "" : t("请输入短信里的 6 位数字。", "Enter the 6 digits of the SMS.");
      if (said.textContent) return;
      p.command("/phone-codes/verify", { phone: digits(), code: code.input.value.trim() }, function (status, answer) {
        if (status !== 200) { said.textContent = p.refusal(answer); return; }
        p.keep("phone", { token: answer.phone_token, until: Date.now() + answer.minutes * 60000 }, "session");
        done(answer.phone_token);
      });
    }
    send = make("button", { type: "button", "class": "main", id: "send-code", onclick: sendCode }, t("获取验证码", "Send me a code"));
    second = make("div", { hidden: true }, code.box, make("button", { type: "button", "class": "main", id: "confirm-code", onclick: confirm }, t("确定", "Confirm")));
    return make("section", { "class": "card", id: "verify" }, make("h2", {}, t("先验证手机号", "First, confirm your phone")),
      make("p", { "class": "soft" }, why), phone.box, send, second, said);
  }
  window.phoneVerify = { token: token, forget: forget, card: card };
})();
