// /apply/<item>: the questions, the phone, then a draft of one's own, whose page goes on. A draft begun before is offered.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, item = p.data("item"), walk = null, busy = false;
  var given = window.phoneWalk.fromFragment(location.hash);

  function show(view) {
    history.replaceState(null, "", location.pathname + window.phoneWalk.toFragment(walk.answers));
    p.title(t("网上申请：", "Apply: ") + (p.en ? view.about.name_en || view.name : view.name));
    if (!/^online/.test(view.about.kind)) {
      p.draw(make("section", { "class": "card" }, make("h2", {}, t("这个事项要到大厅办", "This is done in the hall")),
        make("a", { "class": "button main", href: "/g/" + encodeURIComponent(item) }, t("看看要带什么", "See what to bring"))));
    } else if (view.question) p.draw(again(), window.phoneWalk.question(walk));
    else phone(view);
    if (show.again) p.top();
    show.again = true;
  }
  /** The draft this phone began before, as long as it knows its address. */
  function again() {
    var link = p.kept("apply." + item);
    return link && make("section", { "class": "card" }, make("h2", {}, t("上次没填完？", "Not finished last time?")),
      make("a", { "class": "button main", id: "continue", href: link }, t("继续上次的申请", "Go on with it")));
  }
  function phone(view) {
    var token = window.phoneVerify.token(), n = view.materials.length;
    if (token) { open(token); return; }
    p.draw(again(), window.phoneVerify.card(t("结果和补正通知会发短信到这个手机号；下次凭手机号找回申请。", "Notices go to this phone, and with it you find your application again."), open),
      make("section", { "class": "card" }, make("h2", {}, t("要准备 " + n + " 样材料", n + " papers are needed")),
        make("ol", { "class": "things" }, view.materials.map(function (one, i) { return window.phoneWalk.material(one, i); }))));
  }
  function open(token) {
    if (busy) return;
    busy = true;
    p.draw(make("p", { "class": "loading" }, t("正在打开…", "Opening…")));
    p.command("/applications", { phone_token: token, item: item, answers: walk.answers }, function (status, answer) {
      var path;
      busy = false;
      if (status === 201) {
        path = "/c/" + answer.link.split("/").pop();
        p.keep("apply." + item, path);
        location.replace(path);
        return;
      }
      if (status === 401) window.phoneVerify.forget();
      p.problem(p.refusal(answer));
      walk.go(walk.answers);
    });
  }
  walk = window.phoneWalk(item, given.answers, show);
})();
