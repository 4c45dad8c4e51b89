// One ticket on a phone. A classic script in old JavaScript: it must run in WeChat's WebView on old phones.
// Live over the socket; asks every few seconds when the socket is not there.
(function () {
  "use strict";
  var POLL_MS = 5000, CALM_MS = 120000, OVER = { done: 1, cancelled: 1, expired: 1 };
  var page = document.getElementById("page"), token = page.getAttribute("data-token");
  var view = null, socket = null, live = false, updated = 0, failing = false, sending = false, polled = 0, tries = 0;

  function el(id) { return document.getElementById(id); }
  function say(id, text) { if (el(id).textContent !== text) el(id).textContent = text; }
  function show(id, on) { el(id).hidden = !on; }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function clock(ms) { var d = new Date(ms); return two(d.getHours()) + ":" + two(d.getMinutes()); }
  function key() {
    return "t" + Date.now().toString(36) + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  }

  function ask(method, path, idempotency, done) {
    var request = new XMLHttpRequest();
    request.open(method, "/api/v1/links/" + encodeURIComponent(token) + path);
    request.timeout = 12000;
    request.setRequestHeader("Accept", "application/json");
    if (idempotency) {
      request.setRequestHeader("Content-Type", "application/json");
      request.setRequestHeader("Idempotency-Key", idempotency);
    }
    request.onload = function () {
      var body = null;
      try { body = JSON.parse(request.responseText); } catch (e) { /* not ours */ }
      done(request.status, body);
    };
    request.onerror = request.ontimeout = function () { done(0, null); };
    request.send(idempotency ? "{}" : null);
  }

  // words
  function state(v) {
    var at = v.called_window || v.window;
    if (v.state === "waiting" && v.held) return ["您正在窗口办理，这个号为您保留", "Kept for you while you are at a window"];
    if (v.state === "waiting" && v.ahead <= 1) return ["快到您了，请到窗口附近等候", "Almost your turn: please come near"];
    if (v.state === "waiting") return ["等候中", "Waiting"];
    if (v.state === "called") return ["请到 " + at + " 号窗口", "Please go to window " + at];
    if (v.state === "serving") return ["正在 " + at + " 号窗口办理", "Being served at window " + at];
    if (v.state === "parked") return ["已挂起，请按窗口的安排回来", "On hold: come back as agreed at the window"];
    if (v.state === "no_show") return ["已过号", "Your call was missed"];
    return [v.state_zh, v.state_en];
  }
  function note(v) {
    if (v.state === "waiting") {
      return (v.window ? "预计" + v.window + "号窗口，以叫号为准。" : "窗口即将安排，以叫号为准。") + (v.phone ? "短信会发到 " + v.phone + "。" : "");
    }
    if (v.state === "called") return "已叫 " + Math.max(1, v.calls) + " 次，请尽快前往。";
    if (v.state === "no_show") return v.may_return ? "按下面的按钮重新排队，或到导服台。" : "已不能在手机上恢复，请到导服台。";
    if (v.state === "cancelled" || v.state === "expired") return "再来办理请重新取号。";
    if (v.state === "done") return "感谢您的光临。";
    return "";
  }
  function minutes(v) {
    var m = v.expected_minutes;
    if (m === null || m === undefined) return "待窗口开放";
    if (m < 2) return "马上";
    return "约 " + (m < 10 ? Math.round(m) : Math.round(m / 5) * 5) + " 分钟";
  }

  // drawing
  function draw() {
    var words;
    show("loading", !view && el("problem").hidden);
    show("slip", !!view);
    if (!view) return;
    words = state(view);
    page.className = "is-" + view.state + (OVER[view.state] ? " is-over" : "");
    say("section", view.section_name + (view.item_name ? " · " + view.item_name : ""));
    say("number", view.number);
    say("state-zh", words[0]);
    say("state-en", words[1]);
    show("facts", view.state === "waiting" && !view.held);
    say("ahead", view.ahead + " 人");
    say("minutes", minutes(view));
    say("note", note(view));
    show("note", !!note(view));
    show("cancel", view.may_cancel);
    show("return", view.may_return);
    el("cancel").disabled = el("return").disabled = sending;
    document.title = view.number + " " + words[0];
    drawLive();
  }
  function drawLive() {
    var old = failing && updated;
    el("live").className = "live" + (old ? " is-old" : "");
    if (!updated || (view && OVER[view.state])) say("live", "");
    else say("live", old ? "网络不通，以上是 " + clock(updated) + " 的情况 · Offline since " + clock(updated) : "自动更新 · " + clock(updated) + " · Updates by itself");
  }
  function problem(text) {
    say("problem", text || "");
    show("problem", !!text);
    draw();
  }
  function take(next) {
    var was = view && view.state;
    view = next;
    updated = Date.now();
    failing = false;
    if (was && was !== "called" && view.state === "called" && navigator.vibrate) navigator.vibrate([300, 150, 300]);
    draw();
    if (OVER[view.state] && socket) socket.close();
  }

  // news
  function poll() {
    polled = Date.now();
    ask("GET", "", null, function (status, body) {
      if (status === 200) { problem(""); take(body); return; }
      if (status === 404 || status === 410) { view = null; problem(sentence(body, "没有找到这张号票，请核对短信中的链接。No such ticket.")); return; }
      failing = true;
      if (!view) problem("网络不通，正在重试… No connection, trying again…");
      drawLive();
    });
  }
  function sentence(body, otherwise) { return body && body.error ? body.error.message_zh + " " + body.error.message_en : otherwise; }
  function listen() {
    if (socket || !window.io) return;
    socket = window.io("/hall", { auth: { link: token }, reconnectionDelayMax: 15000 });
    socket.on("connect", function () { live = true; });
    socket.on("ticket", take);
    socket.on("disconnect", function () { live = false; });
  }
  setInterval(function () {
    if (document.hidden || (view && OVER[view.state]) || (!view && !failing && tries > 0)) return;
    tries += 1;
    if (view) listen();
    // Asking now and then as well keeps the page right whatever happens to the socket.
    if (Date.now() - polled >= (live ? CALM_MS : POLL_MS)) poll();
  }, 1000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden && !(view && OVER[view.state])) poll(); });

  // buttons
  function send(path) {
    var idempotency = key(), left = 3;
    if (sending) return;
    sending = true;
    draw();
    (function again() {
      ask("POST", path, idempotency, function (status, body) {
        left -= 1;
        if ((status === 0 || status >= 502) && left > 0) { setTimeout(again, 1500); return; }
        sending = false;
        if (status === 200) { problem(""); take(body); return; }
        problem(sentence(body, "没有收到确认，请再试一次。Not confirmed, please try again."));
        poll();
      });
    })();
  }
  el("cancel").addEventListener("click", function () { show("sheet", true); el("sheet-no").focus(); });
  el("sheet-no").addEventListener("click", function () { show("sheet", false); });
  el("sheet").addEventListener("click", function (event) { if (event.target === el("sheet")) show("sheet", false); });
  el("sheet-yes").addEventListener("click", function () { show("sheet", false); send("/cancel"); });
  el("return").addEventListener("click", function () { send("/return"); });

  poll();
})();
