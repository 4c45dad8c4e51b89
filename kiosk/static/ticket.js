// One ticket on a phone. A classic script in old JavaScript: it must run in WeChat's WebView on old phones.
// Live over the socket (long-polling first, so that a proxy that blocks WebSockets does no harm); and where the socket
// library did not load or nothing comes, by asking every few seconds.
(function () {
  "use strict";
  var POLL_MS = 5000, CALM_MS = 120000, OVER = { done: 1, cancelled: 1, expired: 1 }, texts = window.ticketWords;
  var page = document.getElementById("page"), token = page.getAttribute("data-token");
  var view = null, socket = null, live = false, updated = 0, failing = false, sending = false, polled = 0, tries = 0;
  var lang = document.documentElement.lang === "en" ? "en" : "zh", words = texts.pick(lang), trouble = null;

  function el(id) { return document.getElementById(id); }
  function say(id, text) { if (el(id).textContent !== text) el(id).textContent = text; }
  function show(id, on) { el(id).hidden = !on; }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function clock(ms) { var d = new Date(ms); return two(d.getHours()) + ":" + two(d.getMinutes()); }
  function key() {
    return "t" + Date.now().toString(36) + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  }

  /** Asks the API; `done(status, body)` with status 0 where nothing came. A body makes it a command. */
  function ask(method, path, body, idempotency, done) {
    var request = new XMLHttpRequest();
    request.open(method, "/api/v1" + path);
    request.timeout = 12000;
    request.setRequestHeader("Accept", "application/json");
    if (body) {
      request.setRequestHeader("Content-Type", "application/json");
      request.setRequestHeader("Idempotency-Key", idempotency);
    }
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { /* not ours */ }
      done(request.status, answer);
    };
    request.onerror = request.ontimeout = function () { done(0, null); };
    request.send(body ? JSON.stringify(body) : null);
  }
  /** A command, tried three times under one key: whichever arrives, it is done once. */
  function command(path, body, done) {
    var idempotency = key(), left = 3;
    (function again() {
      ask("POST", path, body, idempotency, function (status, answer) {
        left -= 1;
        if ((status === 0 || status >= 502) && left > 0) setTimeout(again, 1500);
        else done(status, answer);
      });
    })();
  }
  function mine(path) { return "/links/" + encodeURIComponent(token) + path; }
  function refusal(body, otherwise) {
    return body && body.error ? (lang === "en" ? body.error.message_en : body.error.message_zh) : otherwise;
  }

  // drawing
  function put(id, parts) {
    var box = el(id), text = parts.join(""), big;
    if (box.textContent === text) return;
    box.textContent = parts[0];
    if (!parts[1]) return;
    big = document.createElement("em");
    big.textContent = parts[1];
    box.appendChild(big);
    box.appendChild(document.createTextNode(parts[2]));
  }
  function title(parts) {
    var text = parts.join("").trim();
    if (view.state === "called") return "▶ " + text + " · " + view.number;
    return view.number + " " + text;
  }
  function drawNote(phrase) {
    var tell = words.notes[phrase], lines = tell ? tell(view).filter(Boolean) : [], line;
    show("note", lines.length > 0);
    if (el("note").textContent === lines.join("")) return;
    el("note").textContent = "";
    lines.forEach(function (text) {
      line = document.createElement("span");
      line.textContent = text;
      el("note").appendChild(line);
    });
  }
  function subject() {
    var item = lang === "en" ? view.item_name_en : view.item_name;
    return (lang === "en" && view.section_name_en || view.section_name) + (item ? " · " + item : "");
  }
  function draw() {
    var parts, phrase;
    show("loading", !view && !trouble);
    show("slip", !!view);
    show("problem", !!trouble);
    say("problem", trouble ? trouble() : "");
    if (!view) { show("cancel", false); show("return", false); show("rating", false); show("prepare", false); show("fill", false); return; }
    phrase = texts.phrase(view);
    page.className = "is-" + view.state + (phrase !== view.state ? " is-" + phrase : "") + (OVER[view.state] ? " is-over" : "");
    document.body.className = view.state === "called" ? "has-call" : "";
    el("state").setAttribute("aria-live", view.state === "called" ? "assertive" : "polite");
    parts = texts.sentence(words, view);
    say("section", subject());
    say("number", view.number);
    put("state-zh", parts);
    put("state-en", texts.sentence(texts.second(lang), view));
    show("facts", view.state === "waiting" && !view.held);
    say("ahead", words.people(view.ahead));
    say("minutes", words.minutes(view.expected_minutes));
    drawNote(phrase);
    prepare();
    show("cancel", view.may_cancel);
    show("return", view.may_return);
    el("cancel").disabled = el("return").disabled = sending;
    document.title = title(parts);
    window.ticketCases.draw(view, lang, ask, mine("/cases"));
    window.ticketRating.draw(view, words, lang);
    drawLive();
  }
  /** While there is time: what to bring, and the questions the window would ask. An online application has said it all. */
  function prepare() {
    var early = !view.applied_online && (view.state === "waiting" || view.state === "no_show" || view.state === "parked");
    show("prepare", early);
    show("fill", early || (!view.applied_online && (view.state === "called" || view.state === "serving")));
    say("fill", words[filled() ? "filled" : "fill"]);
    if (early) el("prepare").href = (view.bundle ? "/g/b/" + encodeURIComponent(view.bundle) : view.guide ? "/g/" + encodeURIComponent(view.guide) : "/g") + "#~t=" + encodeURIComponent(token);
  }
  /** This phone has sent a form for the number (kept by own-form.js). */
  function filled() {
    try { return Boolean(JSON.parse(localStorage.getItem("yichuang.form." + token) || "{}").sent); } catch (e) { return false; }
  }
  function drawLive() {
    var old = failing && updated;
    el("live").className = "live" + (old ? " is-old" : "");
    if (!updated || (view && OVER[view.state])) say("live", "");
    else say("live", old ? words.offline(clock(updated)) : words.live(clock(updated)));
  }
  function problem(tell) {
    trouble = tell;
    draw();
  }

  // what a screen reader hears of the place in line: the last five steps, and every tenth before
  function speak(was) {
    if (view.state !== "waiting" || view.held || (was && was.ahead === view.ahead)) return;
    if (view.ahead <= 5 || view.ahead % 10 === 0) say("spoken", words.spoken(view, words.minutes(view.expected_minutes)));
  }
  function take(next) {
    var was = view, called = next.state === "called" && was && (was.state !== "called" || next.calls > was.calls);
    view = next;
    updated = Date.now();
    failing = false;
    if (called && navigator.vibrate) navigator.vibrate([400, 150, 400, 150, 400]);
    draw();
    speak(was);
    if (was && was.state !== "called" && view.state === "called") window.scrollTo(0, 0);
    if (OVER[view.state] && socket) socket.close();
  }

  // news
  function poll() {
    polled = Date.now();
    ask("GET", mine(""), null, "", function (status, body) {
      if (status === 200) { trouble = null; take(body); return; }
      if (status === 404 || status === 410) { view = null; problem(function () { return refusal(body, words.unknown); }); return; }
      failing = true;
      if (!view) problem(function () { return words.no_network; });
      drawLive();
    });
  }
  function listen() {
    if (socket || !window.io) return;
    socket = window.io("/hall", { auth: { link: token }, transports: ["polling", "websocket"], reconnectionDelayMax: 15000 });
    socket.on("connect", function () { live = true; });
    socket.on("ticket", function (next) { trouble = null; take(next); });
    socket.on("disconnect", function () { live = false; });
  }
  /** Nothing more will change but, while it may be rated here, that somebody rated at the window's pad. */
  function ended() { return view && OVER[view.state] && !(view.evaluation && view.evaluation.open); }
  setInterval(function () {
    if (document.hidden || ended() || (!view && !failing && tries > 0)) return;
    tries += 1;
    if (view && !OVER[view.state]) listen();
    // Asking now and then as well keeps the page right whatever happens to the socket.
    if (Date.now() - polled >= (live || (view && OVER[view.state]) ? CALM_MS : POLL_MS)) poll();
  }, 1000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden && !ended()) poll(); });

  // buttons
  function send(path) {
    if (sending) return;
    sending = true;
    draw();
    command(mine(path), {}, function (status, body) {
      sending = false;
      if (status === 200) { trouble = null; take(body); return; }
      problem(function () { return refusal(body, words.not_confirmed); });
      poll();
    });
  }
  function ask_once_more(on) {
    show("sheet", on);
    page.setAttribute("aria-hidden", String(on));
    if (on) el("sheet-no").focus();
    else if (!el("cancel").hidden) el("cancel").focus();
  }
  el("cancel").addEventListener("click", function () { ask_once_more(true); });
  el("sheet-no").addEventListener("click", function () { ask_once_more(false); });
  el("sheet").addEventListener("click", function (event) { if (event.target === el("sheet")) ask_once_more(false); });
  el("sheet").addEventListener("keydown", function (event) {
    if (event.key === "Escape") ask_once_more(false);
    if (event.key !== "Tab") return;
    event.preventDefault(); // two buttons: the focus stays between them
    el(document.activeElement === el("sheet-no") ? "sheet-yes" : "sheet-no").focus();
  });
  el("sheet-yes").addEventListener("click", function () { ask_once_more(false); send("/cancel"); });
  el("return").addEventListener("click", function () { send("/return"); });

  // language: the cookie every page of the hall reads
  function speakIn(next) {
    var all = document.querySelectorAll("[data-t]"), i;
    lang = next;
    words = texts.pick(lang);
    document.cookie = "yichuang_lang=" + lang + "; path=/; max-age=31536000; samesite=lax";
    document.documentElement.lang = words.lang;
    for (i = 0; i < all.length; i += 1) all[i].textContent = words[all[i].getAttribute("data-t")];
    say("hall", el("hall").getAttribute("data-" + lang));
    say("language", words.other);
    el("language").lang = words.other_lang;
    el("state-en").lang = words.other_lang;
    draw();
  }
  el("language").addEventListener("click", function () { speakIn(lang === "en" ? "zh" : "en"); });
  el("state-en").lang = words.other_lang;

  window.ticketRating.start({ token: token, command: command, refusal: refusal, refresh: poll, redraw: draw });
  poll();
})();
