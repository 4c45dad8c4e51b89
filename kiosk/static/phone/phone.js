// What every phone page shares. Classic scripts in old JavaScript: they must run in WeChat's WebView on old phones.
// `window.phone`: words in two languages, elements, questions to the API, refusals as sentences, drafts kept here.
(function () {
  "use strict";
  var en = document.documentElement.lang === "en", page = document.getElementById("page");

  function el(id) { return document.getElementById(id); }
  function t(zh, english) { return en ? english : zh; }

  /** make("p", {"class": "x", onclick: f}, child, child…): children are nodes, texts, lists of them, or nothing. */
  function make(name, attributes) {
    var node = document.createElement(name), i;
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (key.slice(0, 2) === "on") node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    });
    for (i = 2; i < arguments.length; i += 1) add(node, arguments[i]);
    return node;
  }
  function add(node, child) {
    if (child === null || child === undefined || child === false || child === "") return;
    if (Array.isArray(child)) child.forEach(function (one) { add(node, one); });
    else node.appendChild(child.nodeType ? child : document.createTextNode(String(child)));
  }
  /** Put these in place of all that `box` held. */
  function fill(box) {
    var i;
    box.textContent = "";
    for (i = 1; i < arguments.length; i += 1) add(box, arguments[i]);
  }
  function draw() { fill.apply(null, [el("body")].concat(Array.prototype.slice.call(arguments))); }

  function key() {
    return "p" + Date.now().toString(36) + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  }
  /** Asks the API; `done(status, answer)`, status 0 where nothing came. */
  function ask(method, path, body, done, headers, onProgress) {
    var request = new XMLHttpRequest(), raw = body && typeof body.slice === "function" && body.size !== undefined;
    request.open(method, "/api/v1" + path);
    request.timeout = raw ? 180000 : 15000;
    request.setRequestHeader("Accept", "application/json");
    if (body && !raw) request.setRequestHeader("Content-Type", "application/json");
    Object.keys(headers || {}).forEach(function (name) { request.setRequestHeader(name, headers[name]); });
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { /* none, or not ours */ }
      done(request.status, answer);
    };
    request.onerror = request.ontimeout = function () { done(0, null); };
    if (onProgress && request.upload) request.upload.onprogress = function (event) { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.send(raw ? body : body ? JSON.stringify(body) : null);
  }
  /** A command under one key, tried three times: whichever arrives, it is done once. */
  function command(path, body, done) {
    var headers = { "Idempotency-Key": key() }, left = 3;
    (function again() {
      ask("POST", path, body, function (status, answer) {
        left -= 1;
        if ((status === 0 || status >= 502) && left > 0) setTimeout(again, 1500);
        else done(status, answer);
      }, headers);
    })();
  }
  function refusal(answer, otherwise) {
    if (answer && answer.error) return en ? answer.error.message_en : answer.error.message_zh;
    return otherwise || t("网络不通，没有办成，请再试一次。", "No connection: nothing was done. Please try again.");
  }
  /** A sentence at the top of the page; "" takes it away. */
  function problem(text) {
    el("problem").hidden = !text;
    el("problem").textContent = text || "";
    if (text) el("problem").scrollIntoView({ block: "center" });
  }
  /** `lang`: where it is not the page's own. */
  function title(text, lang) {
    el("title").textContent = text;
    if (lang) el("title").lang = lang;
    document.title = text;
  }
  /** A new step begins at its top, and whoever hears the page hears its heading. */
  function top() {
    window.scrollTo(0, 0);
    el("title").setAttribute("tabindex", "-1");
    el("title").focus({ preventScroll: true });
  }

  // kept on this phone; private mode keeps nothing, and nothing depends on it
  function box(kind) { return kind === "session" ? window.sessionStorage : window.localStorage; }
  function keep(name, value, kind) {
    try {
      if (value === null) box(kind).removeItem("yichuang." + name);
      else box(kind).setItem("yichuang." + name, JSON.stringify(value));
    } catch (e) { /* no matter */ }
  }
  function kept(name, kind) {
    try { return JSON.parse(box(kind).getItem("yichuang." + name) || "null"); } catch (e) { return null; }
  }

  // What is typed and not saved yet survives a closed tab or a crash, for half an hour: the phone may be a computer of the hall's online area.
  var HALF_AN_HOUR_MS = 1800000;
  function keepUnsaved(name, value) { keep("unsaved." + name, value && { at: Date.now(), value: value }); }
  function unsaved(name) {
    var one = kept("unsaved." + name);
    return one && Date.now() - one.at < HALF_AN_HOUR_MS ? one.value : null;
  }
  try {
    Object.keys(window.localStorage).forEach(function (key) { // nobody came back to it
      var name = key.split("yichuang.unsaved.")[1];
      if (name && !unsaved(name)) keepUnsaved(name, null);
    });
  } catch (e) { /* no storage: nothing is kept */ }

  function day(iso) { // "2026-11-27" or a time → 11月27日
    var d, two;
    if (!iso) return "";
    if (iso.length > 10) {
      d = new Date(iso);
      two = function (n) { return (n < 10 ? "0" : "") + n; };
      iso = d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate());
    }
    return en ? iso : Number(iso.slice(5, 7)) + "月" + Number(iso.slice(8, 10)) + "日";
  }

  function wordOf(thing, name) { return (en && thing[name + "_en"]) || thing[name + "_zh"] || thing[name]; }

  el("language").addEventListener("click", function () {
    document.cookie = "yichuang_lang=" + (en ? "zh" : "en") + "; path=/; max-age=31536000; samesite=lax";
    if (window.phone.beforeReload) window.phone.beforeReload();
    location.reload();
  });

  window.phone = {
    en: en, page: page, data: function (name) { return page.getAttribute("data-" + name); },
    el: el, t: t, make: make, fill: fill, draw: draw, ask: ask, command: command, refusal: refusal, problem: problem,
    title: title, top: top, keep: keep, kept: kept, keepUnsaved: keepUnsaved, unsaved: unsaved, day: day, word: wordOf
  };
})();
