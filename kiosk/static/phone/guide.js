// /g/<item>: questions, the exact list with blank forms and samples, a page to print, and where to go on from here.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, item = p.data("item");

  function nothingKnown(view) { return !view.question && !view.materials.length && !view.answered.length; }
  function text(heading, words) {
    return words ? make("details", {}, make("summary", {}, heading), make("p", { lang: "zh-CN" }, words)) : null;
  }
  /** Known by name alone: its department has written no list yet, which is not "nothing to bring". */
  function unwritten(view) {
    return make("section", { "class": "card", id: "unwritten" }, make("h2", {}, t("材料清单还没有发布", "No list published yet")),
      view.bring.length ? make("p", {}, t("一般要带：", "Usually asked for: "), make("b", { lang: "zh-CN" }, view.bring.join("、"))) : null,
      make("p", {}, t("请带上身份证原件；还要什么，请问导服台。", "Bring your ID card; for the rest please ask the guide desk.")));
  }
  window.phoneSheet(item, {
    sent: function (answers) { return answers; }, matter: { item: item },
    lead: function (view) { return view.answered.length ? window.phoneWalk.own("p", { "class": "soft", id: "situation" }, view.situation.name, view.situation.name_en) : null; },
    title: function (view) { return p.en ? view.about.name_en || view.name : view.name; },
    head: function (view) { return nothingKnown(view) ? null : window.phoneWalk.facts(view.about, view.promise); },
    unlisted: function (view) { return nothingKnown(view) ? unwritten(view) : null; },
    of: function () { return null; }, under: function () { return null; },
    place: function (view) { return make("p", { "class": "soft" }, t("办理部门：", "Department: "), view.about.department); },
    rest: function (view) {
      return make("section", { "class": "card" }, text(t("办理条件", "Conditions"), view.about.conditions), text(t("办事说明", "Guide"), view.about.guide),
        text(t("办理依据", "Legal basis"), view.about.basis), text(t("办好后得到", "Result"), view.about.result));
    },
    first: function (view, walk) {
      return /^online/.test(view.about.kind)
        ? make("a", { "class": "button main", id: "apply", href: "/apply/" + encodeURIComponent(item) + window.phoneWalk.toFragment(walk.answers) }, t("在手机上申请", "Apply on this phone")) : null;
    }
  });
})();
