// The rating (好差评) on the phone: five options in fixed order, none chosen beforehand; the two low ones ask why.
// What was begun is kept through a reload. A classic script in old JavaScript, like ticket.js.
(function () {
  "use strict";
  var LONGEST = 200, LOW = 2, page = null, drawn = "", words = null, tags = [], sending = false, offer = null;
  var form = document.getElementById("rating"), draft = { score: 0, tags: [], comment: "" }, error = null;

  function el(id) { return document.getElementById(id); }
  function make(name, attributes, text) {
    var node = document.createElement(name), key;
    for (key in attributes) node.setAttribute(key, attributes[key]);
    if (text) node.textContent = text;
    return node;
  }
  function remember(value) {
    try {
      if (value) window.sessionStorage.setItem(page.token, JSON.stringify(value));
      else window.sessionStorage.removeItem(page.token);
    } catch (e) { /* private mode: it is only a draft */ }
  }
  function recall() {
    try {
      var kept = JSON.parse(window.sessionStorage.getItem(page.token) || "null");
      if (kept && kept.score >= 0 && kept.score <= 5 && kept.tags instanceof Array) draft = kept;
    } catch (e) { /* none */ }
  }

  /** One option as a big label around its own radio or check box. */
  function option(type, name, value, text, checked) {
    var label = make("label", { "class": "option " + name + "-" + value }), input = make("input", { type: type, name: name, value: value });
    input.checked = checked;
    label.appendChild(input);
    label.appendChild(make("span", {}, text));
    return label;
  }
  function group(legend, options, kind) {
    var set = make("fieldset", { "class": kind });
    set.appendChild(make("legend", {}, legend));
    options.forEach(function (one) { set.appendChild(one); });
    return set;
  }
  function scores() {
    return group(words.title, words.scores.map(function (word, i) {
      return option("radio", "score", 5 - i, word, draft.score === 5 - i);
    }), "scores");
  }
  function reasons(lang) {
    return group(words.why, tags.map(function (tag) {
      return option("checkbox", "tag", tag.id, lang === "en" ? tag.name_en : tag.name, draft.tags.indexOf(tag.id) >= 0);
    }), "tags");
  }
  function comment() {
    var box = make("div", { "class": "comment" });
    box.appendChild(make("label", { "for": "comment" }, words.comment));
    var area = make("textarea", { id: "comment", rows: "3", maxlength: String(LONGEST), placeholder: words.placeholder, "aria-describedby": "comment-left" });
    area.value = draft.comment;
    box.appendChild(area);
    box.appendChild(make("p", { id: "comment-left", "class": "left" }));
    return box;
  }
  function build(lang) {
    var why = make("div", { id: "why" });
    form.textContent = "";
    form.appendChild(scores());
    if (tags.length) why.appendChild(reasons(lang));
    why.appendChild(comment());
    form.appendChild(why);
    form.appendChild(make("p", { id: "rating-error", "class": "problem", role: "alert" }));
    form.appendChild(make("button", { type: "submit", "class": "main", id: "rate" }, words.send));
    form.appendChild(make("p", { "class": "left" }, words.hint));
    update();
  }
  /** What depends on the draft. */
  function update() {
    var low = draft.score > 0 && draft.score <= LOW;
    Array.prototype.forEach.call(form.querySelectorAll(".option"), function (label) {
      label.classList.toggle("is-picked", label.firstChild.checked);
    });
    el("why").hidden = !low;
    el("comment-left").textContent = words.left(LONGEST - draft.comment.length);
    el("rate").textContent = sending ? words.sending : words.send;
    el("rate").disabled = sending;
    el("rating-error").hidden = !error;
    el("rating-error").textContent = error ? error() : "";
  }
  function say(kind, text, more) {
    form.textContent = "";
    form.appendChild(make("h2", { "class": kind, tabindex: "-1", id: "rated" }, text));
    if (more) form.appendChild(make("p", {}, more));
  }

  form.addEventListener("change", function () {
    var picked = form.querySelector("input[name=score]:checked"), boxes = form.querySelectorAll("input[name=tag]:checked");
    draft.score = picked ? Number(picked.value) : 0;
    draft.tags = Array.prototype.map.call(boxes, function (box) { return box.value; });
    error = null;
    remember(draft);
    update();
  });
  form.addEventListener("input", function () {
    if (!el("comment")) return;
    draft.comment = el("comment").value;
    remember(draft);
    update();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (sending) return;
    if (!draft.score) {
      error = function () { return words.choose; };
      update();
      form.querySelector("input[name=score]").focus();
      return;
    }
    hand_in();
  });
  function hand_in() {
    var low = draft.score <= LOW, body = { token: page.token, score: draft.score };
    if (low && draft.tags.length) body.tags = draft.tags;
    if (low && draft.comment.trim()) body.comment = draft.comment.trim();
    sending = true;
    update();
    page.command(page.path || "/evaluations", body, function (status, answer) {
      sending = false;
      if (status === 201) {
        offer.open = false;
        offer.score = answer.score;
        remember(null);
        page.redraw();
        el("rated").focus();
        return;
      }
      error = function () { return page.refusal(answer, page.words.not_confirmed); };
      update();
      page.refresh(); // it may have been rated at the window's pad, or be too late
    });
  }

  window.ticketRating = {
    start: function (tools) { page = tools; recall(); },
    /** Ask, thank or say that it is too late; nothing before the service has ended. */
    draw: function (view, all, lang) {
      var score, now;
      offer = view.evaluation;
      form.hidden = !offer;
      if (!offer) return;
      score = offer.score;
      words = all.rating;
      page.words = all;
      tags = offer.tags;
      now = [lang, offer.open, score].join();
      if (now === drawn) return;
      drawn = now;
      if (offer.open) { build(lang); return; }
      if (score) say("thanks", words.thanks, words.given(words.scores[5 - score]));
      else say("closed", words.closed);
    }
  };
})();
