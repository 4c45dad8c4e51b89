// /g: find an item by words or pinyin initials. A ticket's token in the fragment (~t) goes along to the guide.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, turn = 0, timer = 0, carry = location.hash;
  var input = make("input", { id: "q", type: "search", autocomplete: "off", enterkeyhint: "search",
    placeholder: t("名称或拼音首字母，如 sfz", "Chinese name or pinyin initials, e.g. sfz"), oninput: later });
  var list = make("ul", { "class": "links", id: "found", "aria-live": "polite" });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  }
  function search() {
    var mine = turn += 1, q = "?q=" + encodeURIComponent(input.value.trim());
    p.ask("GET", "/catalogue/search" + q, null, function (status, answer) {
      if (mine !== turn) return;
      if (status !== 200) { p.problem(p.refusal(answer)); return; }
      p.problem("");
      p.ask("GET", "/catalogue/bundles" + q, null, function (also, more) {
        if (mine === turn) found(also === 200 ? more.bundles : [], answer.items);
      });
    });
  }
  function found(bundles, items) {
    var offered = bundles.filter(function (one) { return one.offered; });
    p.fill(list, offered.map(bundleRow), items.map(row));
    if (!items.length && !offered.length) list.appendChild(make("li", { "class": "soft" }, t("没有找到。可以换几个字，或问问导服台。", "Nothing found. Try other words, or ask the guide desk.")));
  }
  function bundleRow(one) {
    return make("li", {}, make("a", { href: "/g/b/" + encodeURIComponent(one.id) + carry, "data-bundle": one.id },
      make("strong", {}, make("em", { "class": "mark" }, t("一件事", "One visit")), " ", p.en ? one.name_en || one.name : one.name),
      make("span", { "class": "soft", lang: "zh-CN" }, one.items.map(function (item) { return item.name; }).join(" + "))));
  }
  function row(item) {
    var days = item.promised_days ? t(item.promised_days + " 个工作日", item.promised_days + " working days") : t("当场办好", "at once");
    return make("li", {}, make("a", { href: "/g/" + encodeURIComponent(item.id) + carry, "data-item": item.id },
      make("strong", {}, p.en ? item.name_en || item.name : item.name),
      make("span", { "class": "soft" }, [p.en && item.name_en ? item.name : item.path[item.path.length - 1] || item.department, days].join(" · "))));
  }
  p.draw(make("p", { "class": "soft" }, t("先看清楚要带什么，少跑一趟。", "See what to bring before you come.")),
    make("label", { "class": "label", "for": "q" }, t("您要办什么？", "What is your errand?")), input, list,
    make("p", { "class": "more" }, make("a", { href: "/progress" }, t("查我的办件进度", "Where is my case?")), " · ", make("a", { href: "/me" }, t("我的办件和信息", "My cases"))));
  search();
})();
