// 半流程: once the review is passed, what to print and sign, what to bring with it, where, and until when.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, SIGNED = "signed-application";

  function windows(bring) { return bring.windows.length ? t("，" + bring.windows.join("、") + " 号窗口", ", window " + bring.windows.join(", ")) : ""; }
  function sign(token, verify) {
    function go() { window.phoneResult.save(token, "/application.pdf", t("申请表", "application") + ".pdf", function () { verify(go); }); }
    return make("li", {}, make("b", {}, t("打印申请表，亲笔签名", "Print the form and sign it by hand")),
      make("p", { "class": "soft" }, t("写明日期，单位加盖公章。打印后不要改；内容有误请先联系大厅。没有打印机，到窗口打印、当面签。", "With the date; organisations add their seal. Do not change it by hand. No printer? The window prints it, and you sign there.")),
      make("button", { type: "button", id: "application-form", onclick: go }, t("下载申请表（PDF）", "Save the form (PDF)")));
  }
  /** `verify(then)` asks for the phone: the form says everything in clear. */
  function card(view, token, verify) {
    var bring = view.bring, papers;
    if (!bring) return null;
    papers = view.materials.filter(function (one) { return one.id !== SIGNED && one.medium !== "electronic"; });
    return make("section", { "class": "card", id: "bring" }, make("h2", {}, t("带什么、到哪里", "What to bring, and where")),
      make("ol", { "class": "steps" },
        view.materials.some(function (one) { return one.id === SIGNED; }) ? sign(token, verify) : null,
        papers.length ? make("li", {}, make("b", {}, t("带上 " + papers.length + " 样纸质材料", papers.length + " papers")), make("ul", { "class": "soft" }, papers.map(function (one) {
          return make("li", {}, window.phoneWalk.own("span", {}, one.name, one.name_en), t("（" + one.form_zh + (one.copies > 1 ? "，" + one.copies + "份" : "") + "）", " (" + one.form_en + (one.copies > 1 ? " × " + one.copies : "") + ")"));
        }))) : null,
        make("li", {}, make("b", {}, t("到大厅“" + bring.section + "”" + windows(bring), "To the hall: " + bring.section_en + windows(bring))),
          make("p", { "class": "soft" }, bring.today.length ? t("今天 ", "Today ") + bring.today.join("，") : t("今天不开放", "closed today"), t("；请在 " + p.day(bring.until) + " 前交来，逾期终止。", "; by " + p.day(bring.until) + ", or the application ends.")))));
  }
  window.phoneBring = { card: card };
})();
