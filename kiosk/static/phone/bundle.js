// /g/b/<bundle>: the questions of all its items, the one list without doubles, and where to go with it.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, walk = null, known = window.phoneWalk, given = known.fromFragment(location.hash);

  function show(view) {
    p.title(p.en ? view.name_en || view.name : view.name);
    // The address always says these answers: a reload, a bookmark or a friend sees the same list.
    history.replaceState(null, "", location.pathname + known.toFragment(walk.answers, given.extra));
    if (view.question) p.draw(back(), view.answered.length ? null : intro(view), known.question(walk));
    else p.draw(back(), list(view));
    if (show.again) p.top();
    show.again = true;
  }
  /** From a ticket's page: back to it. A ticket holds the answers of one item, so these stay on this phone. */
  function back() {
    return given.extra.t ? make("p", { "class": "back" }, make("a", { href: "/t/" + encodeURIComponent(given.extra.t) }, t("‹ 回到我的号票", "‹ Back to my number"))) : null;
  }
  function intro(view) {
    return make("section", { "class": "card", id: "bundle-intro" },
      make("h2", {}, t("一件事，一次办：" + view.items.length + " 个事项", "One visit for " + view.items.length + " errands")),
      make("ol", { "class": "bundle-items", lang: "zh-CN" }, view.items.map(function (one) { return make("li", {}, one.name); })),
      view.guide ? make("p", { "class": "soft", lang: "zh-CN" }, view.guide) : null);
  }
  function extra(one) {
    return [make("p", { "class": "soft of", lang: "zh-CN" }, p.en ? "For: " : "用于：", one.of.join("、")),
      one.blank_url || one.sample_url ? make("p", { "class": "chips" },
        one.blank_url ? make("a", { "class": "chip", href: one.blank_url, download: one.blank }, t("下载空白表格", "Blank form")) : null,
        one.sample_url ? make("a", { "class": "chip", href: one.sample_url, target: "_blank", rel: "noopener" }, t("看样例", "See a sample")) : null) : null];
  }
  function answered(view) {
    if (!view.answered.length) return null;
    return make("section", { "class": "card answers" }, make("h2", {}, t("您的情况", "Your situation")),
      view.answered.map(function (one) {
        return make("button", { type: "button", "class": "answer", onclick: function () { walk.again(one.question); } },
          make("span", { lang: "zh-CN" }, one.text), make("b", { lang: "zh-CN" }, one.chosen_text.join("、") || t("都没有", "none")), make("em", {}, t("修改", "Change")));
      }));
  }
  function where(view) {
    return make("section", { "class": "card" }, make("h2", {}, t("到哪里办", "Where")),
      make("p", {}, p.en ? view.hall_en || view.hall : view.hall, view.windows.length ? t("，" + view.windows.join("、") + " 号窗口", ", window " + view.windows.join(", ")) : ""),
      make("p", { "class": "soft" }, view.today.length ? t("今天 ", "Today ") + view.today.join("，") : t("今天不开放", "closed today")),
      make("p", { id: "say-bundle" }, t("到窗口请说：办一件事“" + view.name + "”。取一个号，一次交齐。", "At the window say: “" + view.name + "” (一件事). One number, one visit.")));
  }
  function list(view) {
    var n = view.materials.length;
    return [
      make("h2", { id: "count" }, n ? t("请带好 " + n + " 样材料", "Please bring " + n + (n === 1 ? " thing" : " things")) : t("不用带材料", "Nothing to bring")),
      make("p", { "class": "soft" }, t("相同的材料只带一份。", "What several errands ask for is needed once.")),
      make("ol", { "class": "things" }, view.materials.map(function (one, i) { return known.material(one, i, extra(one)); })),
      answered(view), where(view), intro(view),
      make("div", { "class": "buttons" }, make("button", { type: "button", id: "print", onclick: function () { window.print(); } }, t("打印或存成 PDF", "Print, or save as PDF")))
    ];
  }
  walk = known(p.data("bundle"), given.answers, show, known.bundle);
  window.addEventListener("hashchange", function () {
    given = known.fromFragment(location.hash);
    walk.go(given.answers);
  });
})();
