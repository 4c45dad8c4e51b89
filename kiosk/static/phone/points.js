// What the window looks at in a paper (审查要点), by its sample with the places marked: seen before anybody comes.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t;

  /** Where a point is seen on the picture: set as properties, since the page's policy takes no style attributes. */
  function mark(point, n) {
    var place = make("span", { "class": "point-mark", "aria-hidden": "true" }, make("b", {}, n)), at = point.mark;
    place.style.left = at.x * 100 + "%";
    place.style.top = at.y * 100 + "%";
    place.style.width = at.width * 100 + "%";
    place.style.height = at.height * 100 + "%";
    return place;
  }
  function picture(one) {
    return make("div", { "class": "sample" }, make("img", { src: one.sample_url, alt: t("“" + one.name + "”的样例", "Sample of " + (one.name_en || one.name)) }),
      one.checkpoints.map(function (point, i) { return point.mark ? mark(point, i + 1) : null; }));
  }
  /** Folded; the picture is fetched when it is opened. */
  window.phonePoints = function (one) {
    var drawn = false, box;
    if (!one.checkpoints.length) return null;
    box = make("details", { "class": "points", "data-points": one.id, ontoggle: function () {
      if (drawn || !box.open || !one.sample_url || !/\.(png|jpe?g|webp)$/i.test(one.sample)) return;
      drawn = true;
      box.appendChild(picture(one));
    } }, make("summary", {}, t("窗口会核对 " + one.checkpoints.length + " 点", "What the window checks (" + one.checkpoints.length + ")")),
      make("ol", { lang: "zh-CN" }, one.checkpoints.map(function (point) { return make("li", {}, point.text); })));
    return box;
  };
})();
