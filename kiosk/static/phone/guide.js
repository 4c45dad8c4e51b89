// /g/<item>: questions, the exact list with blank forms and samples, a page to print, and where to go on from here.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, walk = null, given = window.phoneWalk.fromFragment(location.hash), told = "";
  var item = p.data("item"), ticket = given.extra.t || "";

  function show(view) {
    var fragment = window.phoneWalk.toFragment(walk.answers, given.extra);
    p.title(p.en ? view.about.name_en || view.name : view.name);
    // The address always says these answers: a reload, a bookmark or a friend sees the same list.
    history.replaceState(null, "", location.pathname + fragment);
    if (view.question) p.draw(ticketLine(), about(view), window.phoneWalk.question(walk));
    else { p.draw(ticketLine(), about(view), list(view)); attach(); }
    if (show.again) p.top();
    show.again = true;
  }
  function about(view) {
    if (!view.question && !view.materials.length && !view.answered.length) return null; // nothing is known yet, so nothing is said
    return window.phoneWalk.facts(view.about, view.promise);
  }
  function ticketLine() {
    if (!ticket) return null;
    return make("p", { "class": "back" }, make("a", { href: "/t/" + encodeURIComponent(ticket) }, t("‹ 回到我的号票", "‹ Back to my number")));
  }

  /** The window that will serve the ticket sees the answers. */
  function attach() {
    var now = JSON.stringify(walk.answers);
    if (!ticket || told === now) return;
    p.command("/links/" + encodeURIComponent(ticket) + "/precheck", { item: item, answers: walk.answers }, function (status, answer) {
      var box = p.el("attached");
      if (!box) return;
      if (status === 200) told = now;
      box.className = status === 200 ? "told ok" : "told bad";
      box.textContent = status === 200 ? t("✓ 您的情况已告诉窗口，到时不用再说一遍。", "✓ The window knows your answers: no need to say them again.") : p.refusal(answer);
    });
  }

  function papers(one) {
    var links = [];
    if (one.blank_url) links.push(make("a", { "class": "chip", href: one.blank_url, download: one.blank }, t("下载空白表格", "Blank form")));
    if (one.sample_url) links.push(make("a", { "class": "chip", href: one.sample_url, target: "_blank", rel: "noopener" }, t("看样例", "See a sample")));
    return links.length ? make("p", { "class": "chips" }, links) : null;
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
      make("p", { "class": "soft" }, t("办理部门：", "Department: "), view.about.department));
  }
  function text(heading, words) {
    return words ? make("details", {}, make("summary", {}, heading), make("p", { lang: "zh-CN" }, words)) : null;
  }
  /** Known by name alone: its department has written no list yet, which is not "nothing to bring". */
  function unwritten(view) {
    return make("section", { "class": "card", id: "unwritten" }, make("h2", {}, t("材料清单还没有发布", "No list published yet")),
      view.bring.length ? make("p", {}, t("一般要带：", "Usually asked for: "), make("b", { lang: "zh-CN" }, view.bring.join("、"))) : null,
      make("p", {}, t("请带上身份证原件；还要什么，请问导服台。", "Bring your ID card; for the rest please ask the guide desk.")));
  }
  function list(view) {
    if (!view.materials.length && !view.answered.length) return [unwritten(view), where(view)];
    var n = view.materials.length, online = /^online/.test(view.about.kind);
    return [
      make("h2", { id: "count" }, n ? t("请带好 " + n + " 样材料", "Please bring " + n + (n === 1 ? " thing" : " things")) : t("不用带材料", "Nothing to bring")),
      ticket ? make("p", { id: "attached", "class": "told", role: "status" }, t("正在告诉窗口…", "Telling the window…")) : null,
      make("ol", { "class": "things" }, view.materials.map(function (one, i) { return window.phoneWalk.material(one, i, papers(one)); })),
      answered(view),
      where(view),
      make("section", { "class": "card" }, text(t("办理条件", "Conditions"), view.about.conditions), text(t("办事说明", "Guide"), view.about.guide),
        text(t("办理依据", "Legal basis"), view.about.basis), text(t("办好后得到", "Result"), view.about.result)),
      make("div", { "class": "buttons" },
        online ? make("a", { "class": "button main", id: "apply", href: "/apply/" + encodeURIComponent(item) + window.phoneWalk.toFragment(walk.answers) }, t("在手机上申请", "Apply on this phone")) : null,
        make("button", { type: "button", id: "print", onclick: function () { window.print(); } }, t("打印或存成 PDF", "Print, or save as PDF")))
    ];
  }
  walk = window.phoneWalk(item, given.answers, show);
  window.addEventListener("hashchange", function () {
    given = window.phoneWalk.fromFragment(location.hash);
    ticket = given.extra.t || "";
    walk.go(given.answers);
  });
})();
