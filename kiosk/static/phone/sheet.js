// What /g/<item> and /g/b/<bundle> share: the questions, the exact list with blank forms and samples, where to go, and
// the answers on their way to the window. A classic script, like phone.js.
//   window.phoneSheet(id, about): about says what is its own of an item or of a 一件事:
//     kind (of phoneWalk), title(view), matter (of a precheck: {item} or {bundle}), sent(answers),
//     head(view), unlisted(view), lead(view), of(material), under(view) the list, place(view), rest(view), first(view, walk)
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, known = window.phoneWalk;

  window.phoneSheet = function (id, about) {
    var walk = null, given = known.fromFragment(location.hash), told = "";

    function ticket() { return given.extra.t || ""; }
    function show(view) {
      p.title(about.title(view));
      // The address always says these answers: a reload, a bookmark or a friend sees the same list.
      history.replaceState(null, "", location.pathname + known.toFragment(walk.answers, given.extra));
      if (view.question) p.draw(back(), about.head(view), known.question(walk));
      else { p.draw(back(), about.head(view), list(view)); attach(); }
      if (show.again) p.top();
      show.again = true;
    }
    function back() {
      return ticket() ? make("p", { "class": "back" }, make("a", { href: "/t/" + encodeURIComponent(ticket()) }, t("‹ 回到我的号票", "‹ Back to my number"))) : null;
    }

    /** The window that will serve the ticket sees the answers. */
    function attach() {
      var now = JSON.stringify(walk.answers), body = { answers: about.sent(walk.answers) }, key;
      if (!ticket() || told === now) return;
      for (key in about.matter) body[key] = about.matter[key];
      p.command("/links/" + encodeURIComponent(ticket()) + "/precheck", body, function (status, answer) {
        var box = p.el("attached");
        if (!box) return;
        if (status === 200) told = now;
        box.className = status === 200 ? "told ok" : "told bad";
        box.textContent = status === 200 ? t("✓ 您的情况已告诉窗口，到时不用再说一遍。", "✓ The window knows your answers: no need to say them again.") : p.refusal(answer);
      });
    }

    function papers(one) {
      if (!one.blank_url && !one.sample_url) return null;
      return make("p", { "class": "chips" },
        one.blank_url ? make("a", { "class": "chip", href: one.blank_url, download: one.blank }, t("下载空白表格", "Blank form")) : null,
        one.sample_url ? make("a", { "class": "chip", href: one.sample_url, target: "_blank", rel: "noopener" }, t("看样例", "See a sample")) : null);
    }
    function answered(view) {
      if (!view.answered.length) return null;
      return make("section", { "class": "card answers" }, make("h2", {}, t("您的情况", "Your situation")),
        view.answered.map(function (one) {
          return make("button", { type: "button", "class": "answer", onclick: function () { walk.again(one.question); } },
            known.own("span", {}, one.text, one.text_en), make("b", {}, (p.en ? one.chosen_text_en.join(", ") : one.chosen_text.join("、")) || t("都没有", "none")), make("em", {}, t("修改", "Change")));
        }));
    }
    function where(view) {
      return make("section", { "class": "card" }, make("h2", {}, t("到哪里办", "Where")),
        make("p", {}, p.en ? view.hall_en || view.hall : view.hall, view.windows.length ? t("，" + view.windows.join("、") + " 号窗口", ", window " + view.windows.join(", ")) : ""),
        make("p", { "class": "soft" }, view.today.length ? t("今天 ", "Today ") + view.today.join("，") : t("今天不开放", "closed today")),
        about.place(view));
    }
    function list(view) {
      var n = view.materials.length, unlisted = about.unlisted(view);
      if (unlisted) return [unlisted, where(view)];
      return [
        make("h2", { id: "count" }, n ? t("请带好 " + n + " 样材料", "Please bring " + n + (n === 1 ? " thing" : " things")) : t("不用带材料", "Nothing to bring")),
        about.lead(view),
        ticket() ? make("p", { id: "attached", "class": "told", role: "status" }, t("正在告诉窗口…", "Telling the window…")) : null,
        ticket() ? make("div", { "class": "buttons" }, make("a", { "class": "button", id: "fill", href: "/t/" + encodeURIComponent(ticket()) + "/form" }, t("先填表，到窗口不用再写", "Fill in the form now"))) : null,
        make("ol", { "class": "things" }, view.materials.map(function (one, i) { return known.material(one, i, [about.of(one), papers(one), window.phonePoints(one)]); })),
        about.under(view), answered(view), where(view), about.rest(view),
        make("div", { "class": "buttons" }, about.first(view, walk),
          make("button", { type: "button", id: "print", onclick: function () { window.print(); } }, t("打印或存成 PDF", "Print, or save as PDF")))
      ];
    }
    walk = known(id, given.answers, show, about.kind);
    // What is folded is printed, too: nobody can open it on paper.
    window.addEventListener("beforeprint", function () {
      Array.prototype.forEach.call(document.querySelectorAll("details:not(.points)"), function (one) { one.open = true; });
    });
    window.addEventListener("hashchange", function () {
      given = known.fromFragment(location.hash);
      walk.go(given.answers);
    });
  };
})();
