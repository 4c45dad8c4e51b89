// An item's questions on a phone, one at a time, and the list they lead to. A classic script, like phone.js.
//   window.phoneWalk(item, answers, show): show(view, walk) after each answer; walk.back(), walk.again(question)
//   window.phoneWalk(bundle, answers, show, window.phoneWalk.bundle): the same through the items of a 一件事
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t;

  /** Answers as they stand in an address's fragment: "house=new&more=a,b"; keys that begin with "~" are not answers. */
  function fromFragment(text) {
    var found = { answers: {}, extra: {} };
    text.replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("="), key = decodeURIComponent(pair.slice(0, at)), value = decodeURIComponent(pair.slice(at + 1));
      if (at < 1) return;
      if (key.charAt(0) === "~") found.extra[key.slice(1)] = value;
      else found.answers[key] = value ? value.split(",") : [];
    });
    return found;
  }
  function toFragment(answers, extra) {
    var parts = Object.keys(answers).map(function (key) { return key + "=" + answers[key].join(","); });
    Object.keys(extra || {}).forEach(function (key) { parts.push("~" + key + "=" + encodeURIComponent(extra[key])); });
    return parts.length ? "#" + parts.join("&") : "";
  }

  var ITEM = {
    path: function (id) { return "/catalogue/items/" + encodeURIComponent(id) + "/guide"; },
    sent: function (answers) { return answers; },
    seen: function (view) { return view; }
  };

  window.phoneWalk = function (item, answers, show, kind) {
    var walk = { answers: answers, view: null, item: item };
    kind = kind || ITEM;

    function go(next) {
      p.ask("POST", kind.path(item), { answers: kind.sent(next) }, function (status, view) {
        if (status === 422 && Object.keys(next).length) { go({}); return; } // an old address: the questions have changed
        if (status !== 200) { lost(); p.problem(p.refusal(view)); return; }
        p.problem("");
        walk.answers = next;
        walk.view = kind.seen(view);
        show(walk.view, walk);
      });
    }
    /** Nothing was ever shown: not left as if it were still on its way. */
    function lost() {
      if (!walk.view) p.draw(make("p", { "class": "more" }, make("a", { href: "/g" }, t("查其他事项", "Other items"))));
    }
    walk.go = go;
    walk.answer = function (chosen) {
      var next = {};
      Object.keys(walk.answers).forEach(function (key) { next[key] = walk.answers[key]; });
      next[walk.view.question.id] = chosen;
      go(next);
    };
    /** Answer `question` anew: what came after it is forgotten. */
    walk.again = function (question) {
      var next = {}, i, one;
      for (i = 0; i < walk.view.answered.length; i += 1) {
        one = walk.view.answered[i];
        if (one.question === question) break;
        next[one.question] = one.chosen;
      }
      go(next);
    };
    walk.back = function () {
      var asked = walk.view.answered;
      if (asked.length) walk.again(asked[asked.length - 1].question);
      return asked.length > 0;
    };
    function version(view) {
      return view.items ? view.items.map(function (one) { return one.version; }).join() : view.version;
    }
    /** Looked at again, it is the list as it is published now. */
    document.addEventListener("visibilitychange", function () {
      if (document.hidden || !walk.view) return;
      p.ask("POST", kind.path(item), { answers: kind.sent(walk.answers) }, function (status, view) {
        if (status === 422 || status === 200 && version(view) !== version(walk.view)) go(walk.answers);
      });
    });
    go(answers);
    return walk;
  };

  // The items' questions of a 一件事, one after another: a question is called "item/question" here.
  window.phoneWalk.bundle = {
    path: function (id) { return "/catalogue/bundles/" + encodeURIComponent(id) + "/walk"; },
    sent: function (answers) {
      var found = {};
      Object.keys(answers).forEach(function (key) {
        var at = key.indexOf("/"), item = key.slice(0, at);
        found[item] = found[item] || {};
        found[item][key.slice(at + 1)] = answers[key];
      });
      return found;
    },
    seen: function (view) {
      var open = view.open[0];
      view.question = open ? {
        id: open.item + "/" + open.question.id, of: open.name, text: open.question.text, text_en: open.question.text_en, kind: open.question.kind, options: open.question.options
      } : null;
      view.answered.forEach(function (one) { one.question = one.item + "/" + one.question; });
      return view;
    }
  };

  /** A department's words: in English where the page speaks it and somebody has written it. */
  function own(tag, attributes, zh, en) {
    attributes.lang = p.en && en ? "en" : "zh-CN";
    return make(tag, attributes, p.en && en ? en : zh);
  }
  window.phoneWalk.own = own;

  /** The open question, as one card of big buttons. */
  window.phoneWalk.question = function (walk) {
    var question = walk.view.question, several = question.kind === "multiple", chosen = {}, next;
    function label() {
      var n = Object.keys(chosen).length;
      return n ? t("选好了（" + n + " 项），下一步", n + " chosen: next") : t("都没有，下一步", "None of these: next");
    }
    function press(option) {
      return function (event) {
        var button = event.currentTarget;
        if (!several) { walk.answer([option.id]); return; }
        if (chosen[option.id]) delete chosen[option.id]; else chosen[option.id] = true;
        button.setAttribute("aria-pressed", String(Boolean(chosen[option.id])));
        next.textContent = label();
      };
    }
    next = several && make("button", { type: "button", "class": "main", id: "walk-next", onclick: function () { walk.answer(Object.keys(chosen)); } }, label());
    return make("section", { "class": "card question", "data-question": question.id },
      make("p", { "class": "soft" }, t("第 " + (walk.view.answered.length + 1) + " 问", "Question " + (walk.view.answered.length + 1)),
        several ? t(" · 可选多项", " · any number") : ""),
      question.of ? make("p", { "class": "soft of", lang: "zh-CN" }, question.of) : null,
      own("h2", {}, question.text, question.text_en),
      question.options.map(function (option) {
        return make("button", { type: "button", "class": "option-button", "data-option": option.id, "aria-pressed": several ? "false" : null, onclick: press(option) },
          several ? make("i", { "aria-hidden": "true" }) : null, own("span", {}, option.text, option.text_en));
      }), next,
      walk.view.answered.length ? make("button", { type: "button", "class": "quiet", id: "walk-back", onclick: walk.back }, t("上一问", "Previous question")) : null);
  };

  function wanted(one) {
    if (one.form === "verified_copy") return t("带上原件，交复印件 " + one.copies + " 份", "show the original, hand in " + one.copies + (one.copies === 1 ? " copy" : " copies"));
    return t(one.form_zh + " " + one.copies + " 份", one.form_en + " × " + one.copies);
  }
  /** One thing to bring; `extra` nodes follow its words. */
  window.phoneWalk.material = function (one, i, extra) {
    return make("li", { "data-material": one.id },
      make("b", { "class": "nth", "aria-hidden": "true" }, i + 1),
      make("div", { "class": "thing" },
        own("strong", {}, one.name, one.name_en),
        p.en && one.name_en ? make("p", { "class": "soft", lang: "zh-CN" }, one.name) : null,
        make("p", { "class": "tags" }, make("span", {}, wanted(one)), one.medium === "electronic" ? make("span", {}, t("电子版", "electronic")) : null,
          one.deferrable ? make("span", { "class": "ok" }, t("可以后补", "may follow later")) : null),
        one.source ? make("p", { "class": "soft" }, t("来源：", "From: "), make("span", { lang: "zh-CN" }, one.source)) : null,
        one.note ? make("p", { "class": "soft", lang: "zh-CN" }, one.note) : null,
        one.result_of_name ? make("p", { "class": "soft" }, t("是这个事项的办理结果：", "It is the result of: "), make("span", { lang: "zh-CN" }, one.result_of_name)) : null, extra));
  };
  /** How long, by when, what it costs. */
  window.phoneWalk.facts = function (about, promise) {
    var days = about.promised_days;
    function fact(label, value) { return make("div", {}, make("dt", {}, label), make("dd", {}, value)); }
    return make("dl", { "class": "facts" },
      fact(t("多久办好", "How long"), days ? t(days + " 个工作日", days + (days === 1 ? " working day" : " working days")) : t("当场办好", "At once")),
      promise && days ? fact(t("今天办，最迟", "If today, by"), p.day(promise.day) + (promise.provisional ? t("（暂定）", " (prov.)") : "")) : null,
      fact(t("收费", "Fee"), about.fee.yuan ? t(about.fee.yuan + " 元", "CNY " + about.fee.yuan) : t("不收费", "Free")));
  };
  window.phoneWalk.fromFragment = fromFragment;
  window.phoneWalk.toFragment = toFragment;
})();
