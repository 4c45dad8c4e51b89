// /g/b/<bundle>: the questions of all its items, the one list without doubles, and where to go with it.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, bundle = p.data("bundle"), kind = window.phoneWalk.bundle;

  function intro(view) {
    return make("section", { "class": "card", id: "bundle-intro" },
      make("h2", {}, t("一件事，一次办：" + view.items.length + " 个事项", "One visit for " + view.items.length + " errands")),
      make("ol", { "class": "bundle-items", lang: "zh-CN" }, view.items.map(function (one) { return make("li", {}, one.name); })),
      view.guide ? make("p", { "class": "soft", lang: "zh-CN" }, view.guide) : null);
  }
  /** What nobody brings, as an item of the bundle makes it. */
  function carried(view) {
    if (!view.carried.length) return null;
    return make("section", { "class": "card", id: "carried" }, make("h2", {}, t("不用带", "Not needed")),
      view.carried.map(function (one) {
        return make("p", {}, make("b", { lang: "zh-CN" }, one.name), t("：", ": "), make("span", { "class": "soft" }, t(one.zh, one.en)));
      }));
  }
  /** The list is not whole where a department has written none: never as if nothing more were needed. */
  function unlisted(view) {
    if (!view.unlisted.length) return null;
    return make("section", { "class": "card", id: "unlisted" }, make("h2", {}, t("清单还没有发布", "No list published yet")),
      make("p", {}, make("b", { lang: "zh-CN" }, view.unlisted.join("、")), t("：还要带什么，请问导服台。", ": please ask the guide desk what else to bring.")));
  }
  window.phoneSheet(bundle, {
    kind: kind, sent: kind.sent, matter: { bundle: bundle },
    title: function (view) { return p.en ? view.name_en || view.name : view.name; },
    head: function (view) { return view.question && !view.answered.length ? intro(view) : null; },
    unlisted: function () { return null; },
    lead: function () { return make("p", { "class": "soft" }, t("相同的材料只带一份。", "What several errands ask for is needed once.")); },
    of: function (one) { return make("p", { "class": "soft of", lang: "zh-CN" }, p.en ? "For: " : "用于：", one.of.join("、")); },
    place: function (view) {
      return make("p", { id: "say-bundle" }, t("到窗口请说：办一件事“" + view.name + "”。取一个号，一次交齐。", "At the window say: “" + view.name + "” (一件事). One number, one visit."));
    },
    under: function (view) { return [unlisted(view), carried(view)]; }, rest: intro,
    first: function () { return null; }
  });
})();
