// /progress on a phone: everybody's cases by department, masked; or one's own, by its code and the phone's last digits.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, mine = location.hash !== "#all", scanned = /^#code=([0-9A-Za-z-]{4,60})$/.exec(location.hash), cases = null, department = "";
  var LOOK = { correction: "warn", suspended: "warn", approved: "ok", at_issue: "ok", sent: "ok", collected: "over", closed: "over", rejected: "bad", refused: "bad", terminated: "bad", withdrawn: "over" };

  function tab(words, value) {
    return make("button", { type: "button", "aria-pressed": String(mine === value), onclick: function () { mine = value; p.problem(""); draw(); } }, words);
  }
  function draw() {
    var tabs = make("div", { "class": "tabs" }, tab(t("查我的办件", "My case"), true), tab(t("进度公示", "All cases"), false));
    if (mine) {
      p.draw(tabs, form(), make("div", { id: "answer", "aria-live": "polite" }));
      if (scanned) p.el("last4").focus();
    } else all(tabs);
  }
  function own(tag, one) { return make(tag, { lang: p.en && one.item_name_en ? "en" : "zh-CN" }, p.en && one.item_name_en ? one.item_name_en : one.item_name); }
  function badge(one) { return make("span", { "class": "badge " + (LOOK[one.state] || "") }, p.word(one, "state")); }
  function due(one) { return one.due_day ? p.day(one.due_day) + (one.due_provisional ? t("（暂定）", " (provisional)") : "") : ""; }

  function form() {
    var code = make("input", { id: "code", autocomplete: "off", autocapitalize: "characters", maxlength: "60", value: scanned ? scanned[1] : "" }); // of a receipt's QR code: nobody types 43 characters
    var last = make("input", { id: "last4", inputmode: "numeric", autocomplete: "off", maxlength: "4" });
    return make("form", { "class": "card", novalidate: true, onsubmit: function (event) { event.preventDefault(); find(code.value.trim(), last.value.trim()); } },
      make("label", { "class": "label", "for": "code" }, t("办件编码（在受理通知书上）", "Code (on your receipt)")), code,
      make("label", { "class": "label", "for": "last4" }, t("手机号后四位", "Last four digits of your phone")), last,
      make("button", { type: "submit", "class": "main", id: "look" }, t("查询", "Look it up")),
      make("p", { "class": "more" }, make("a", { href: "/me" }, t("编码找不到了？用手机号查", "Code lost? Look up by phone"))));
  }
  function find(code, last4) {
    if (!code || !/^\d{4}$/.test(last4)) { p.problem(t("请填写编码和手机号后四位。", "Enter the code and the last four digits.")); return; }
    p.command("/progress/lookup", { code: code, last4: last4 }, function (status, one) {
      if (status !== 200) { p.fill(p.el("answer")); p.problem(p.refusal(one)); return; }
      p.problem("");
      p.fill(p.el("answer"), make("section", { "class": "card", id: "own" }, badge(one), own("h2", one),
        make("p", {}, one.department + " · " + one.applicant + " · " + t("公示号 ", "no. ") + one.board_number), one.decided_day ? make("p", {}, t("办结：", "Decided: "), make("b", {}, p.day(one.decided_day))) : one.due_day ? make("p", {}, t("最迟办好：", "Decided by: "), make("b", {}, due(one))) : null,
        one.courier && one.courier.waybill ? make("p", {}, t("快递单号 ", "Waybill ") + one.courier.waybill + " · " + t(one.courier.zh, one.courier.en)) : null,
        make("ul", { "class": "track" }, one.history.slice().reverse().map(function (line) { return make("li", {}, t(line.zh, line.en), make("span", { "class": "soft" }, " " + p.day(line.day))); }))));
    });
  }
  function all(tabs) {
    var list = make("ul", { "class": "cases" }), choose;
    if (!cases) {
      p.draw(tabs, make("p", { "class": "loading" }, t("正在打开…", "Loading…")));
      p.ask("GET", "/progress", null, function (status, answer) {
        if (status !== 200) { p.problem(p.refusal(answer)); return; }
        cases = answer.cases;
        draw();
      });
      return;
    }
    choose = make("select", { id: "department", "aria-label": t("部门", "Department"), onchange: function () { department = choose.value; rows(list); } },
      make("option", { value: "" }, t("全部部门（" + cases.length + " 件）", "All departments (" + cases.length + ")")),
      cases.map(function (one) { return one.department; }).filter(function (one, i, names) { return names.indexOf(one) === i; }).sort().map(function (one) { return make("option", { value: one }, one); }));
    choose.value = department;
    rows(list);
    p.draw(tabs, choose, list);
  }
  function rows(list) {
    var shown = cases.filter(function (one) { return !department || one.department === department; });
    p.fill(list, shown.map(function (one) {
      return make("li", {}, badge(one), own("strong", one), make("span", { "class": "soft whole" }, [one.applicant, t("公示号 ", "no. ") + one.board_number,
        one.decided_day ? t("办结 ", "decided ") + p.day(one.decided_day) : due(one) ? t("最迟 ", "by ") + due(one) : ""].filter(Boolean).map(function (part, i) { return [i ? " · " : "", make("span", {}, part)]; })));
    }));
    if (!shown.length) list.appendChild(make("li", {}, t("现在没有在办的。", "None right now.")));
  }
  draw();
})();
