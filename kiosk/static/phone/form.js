// 003's basic form on a phone: kind of applicant, the fields, saved by itself; what was typed survives a reload.
//   phoneForm.start({name, view, send, lost}); phoneForm.nodes(redraw); phoneForm.save(done); phoneForm.mark(fields)
// `name`: what is typed and not saved yet is kept under it; `send({form, documents}, revision, done)` asks the hall to save, done(status,
// answer); `lost(status, answer)` when it will not. `byHand`: saved only when asked. `without`, `fixed`: fields left out, not to be changed.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, F = window.phoneFields, PAUSE_MS = 1200, RETRY_MS = 5000;
  var of = {}, view = null, form = {}, documents = {}, timer = 0, saving = false, dirty = false, again = [], marks = {}, stale = false;

  function start(options) {
    var typed = p.unsaved(options.name);
    if (!start.once) {
      window.addEventListener("pagehide", function () { if (dirty && !of.byHand) save(); });
      window.addEventListener("online", function () { if (dirty && !of.byHand) save(); });
    }
    start.once = true;
    of = options;
    dirty = stale = false;
    marks = {};
    take(of.view);
    // What was typed and not yet saved when the page went away.
    if (typed && typed.case === of.view.id) { Object.assign(form, typed.form); Object.assign(documents, typed.documents); dirty = true; later(); }
  }
  function take(now) {
    view = now;
    if (!dirty) { form = Object.assign({}, now.form); documents = Object.assign({}, now.documents); }
    once_more();
  }
  /** Saved meanwhile, mostly by this page as it was left: what is typed goes over what the hall has now, once. */
  function once_more() {
    if (stale && dirty) save();
  }
  function changed(key, value) {
    form[key] = value;
    typed_on(key);
  }
  function typed_on(key) {
    if (key === "name" && form.applicant === "person" && (!form.contact_name || form.contact_name === changed.before)) set("contact_name", form.name);
    if (key === "name") changed.before = form.name;
    dirty = true;
    if (!of.byHand) p.keepUnsaved(of.name, { "case": view.id, form: form, documents: documents });
    later();
  }
  function set(key, value) {
    unmark(key);
    form[key] = value;
    if (p.el("f-" + key)) p.el("f-" + key).value = value;
  }
  function later() {
    clearTimeout(timer);
    if (!of.byHand) timer = setTimeout(save, PAUSE_MS);
  }
  function say(text) { if (p.el("saved")) p.el("saved").textContent = text; }

  /** Send what is typed; `done(ok)` once the hall has everything. */
  function save(done) {
    clearTimeout(timer);
    if (done) again.push(done);
    if (saving) return;
    if (!dirty) { finished(true); return; }
    saving = true;
    dirty = false;
    say(t("正在保存…", "Saving…"));
    of.send(sent(), view.revision, function (status, answer) {
      saving = false;
      if (status === 200) {
        view = Object.assign({}, view, answer);
        if (dirty) { save(); return; }
        stale = false;
        p.keepUnsaved(of.name, null);
        say(t("✓ 已保存，随时可以关掉再来", "✓ Saved: you may close this and come back"));
        finished(true);
        return;
      }
      dirty = true;
      if (!stale && /_changed$/.test(answer && answer.error && answer.error.code)) { stale = true; of.lost(status, answer); return; }
      stale = false;
      say(t("还没有保存：", "Not saved: ") + p.refusal(answer));
      if (!of.byHand && (!status || status >= 500)) timer = setTimeout(save, RETRY_MS); // the line was lost: nobody has to type to save
      finished(false, answer);
      of.lost(status, answer);
    });
  }
  function finished(ok, answer) {
    var all = again;
    again = [];
    all.forEach(function (one) { one(ok, answer); });
  }
  /** "" is the ID card: nothing to say of it. */
  function chosen() {
    var named = {};
    Object.keys(documents).forEach(function (key) { if (documents[key] && form[key]) named[key] = documents[key]; });
    return named;
  }
  function sent() {
    var body = Object.assign({}, form);
    body.quantity = Number(body.quantity) || 1;
    return { form: body, documents: chosen() };
  }

  function needed(key) { return view.required.indexOf(key) >= 0 || (form.courier && ["recipient_name", "recipient_phone", "province", "city", "district", "recipient_address"].indexOf(key) >= 0); }
  function has(list, key) { return Boolean(list) && list.indexOf(key) >= 0; }
  function field(one) {
    var key = one[0], input;
    if (has(of.without, key)) return null;
    input = make("input", Object.assign({ id: "f-" + key, name: key, readonly: has(of.fixed, key), oninput: function () { unmark(key); changed(key, input.value.trim()); } }, one[3] || {}));
    input.value = form[key] === undefined || form[key] === null ? "" : form[key];
    if (marks[key]) input.setAttribute("aria-describedby", "e-" + key);
    return make("div", { "class": marks[key] ? "wrong" : "", id: "b-" + key },
      key === "id_number" || key === "contact_id" ? papers(key, one) : null,
      make("label", { "class": "label", "for": "f-" + key, id: "l-" + key }, number(key, one), needed(key) ? make("em", { "aria-hidden": "true" }, " *") : t("（可不填）", " (optional)")),
      input, marks[key] ? make("p", { "class": "field-error", id: "e-" + key }, marks[key],
        p.el("d-" + key) && !documents[key] && form[key] ? t("没有居民身份证的，请在上面选证件。", " Without an ID card, choose the document above.") : null) : null);
  }
  /** Another document than the ID card, whose number has no check digits here. */
  function papers(key, one) {
    var select = make("select", { id: "d-" + key, disabled: has(of.fixed, key), onchange: function () {
      documents[key] = select.value;
      p.el("l-" + key).firstChild.textContent = number(key, one);
      unmark(key);
      typed_on(key);
    } }, F.documents.map(function (each) { return make("option", { value: each[0] }, t(each[1], each[2])); }));
    select.value = documents[key] || "";
    return make("div", {}, make("label", { "class": "label", "for": "d-" + key }, key === "id_number" ? t("证件", "Document") : t("联系人的证件", "Contact's document")), select);
  }
  function number(key, one) {
    return documents[key] ? t("证件号码", "Its number") : t(one[1], one[2]);
  }
  function unmark(key) {
    if (!marks[key]) return;
    delete marks[key];
    p.el("b-" + key).className = "";
    p.el("e-" + key).textContent = "";
  }
  function check(key, words, redraw) {
    var input = make("input", { type: "checkbox", id: "f-" + key, onchange: function () {
      if (key === "courier" && input.checked) receive();
      changed(key, input.checked);
      redraw();
    } });
    input.checked = Boolean(form[key]);
    return make("label", { "class": "check" }, input, make("span", {}, words));
  }
  /** Who is asked also receives, until somebody else is written there. */
  function receive() {
    if (!form.recipient_name) form.recipient_name = form.contact_name;
    if (!form.recipient_phone) form.recipient_phone = form.contact_phone;
  }
  function kinds(redraw) {
    if (view.applicants.length < 2) return null;
    return make("fieldset", {}, make("legend", { "class": "label" }, t("谁来申请？", "Who applies?")), make("div", { "class": "tabs" }, view.applicants.map(function (kind) {
      return make("button", { type: "button", "aria-pressed": String(form.applicant === kind), "data-applicant": kind, onclick: function () { changed("applicant", kind); save(redraw); } }, t(F.applicants[kind][0], F.applicants[kind][1]));
    })));
  }
  /** All of the form; `redraw` when which fields there are has changed. */
  function nodes(redraw) {
    var folded = F.more.some(function (one) { return marks[one[0]]; });
    return make("section", { "class": "card", id: "form" }, make("h2", {}, of.title || t("填写信息", "Your particulars")),
      kinds(redraw), F.own[form.applicant].map(field), F.contact.map(field),
      check("courier", t("结果快递给我（不用来取）", "Send me the result by courier"), redraw), form.courier ? F.courier.map(field) : null,
      make("details", { open: folded }, make("summary", {}, t("其他（可不填）", "More (optional)")), F.more.map(field)),
      make("p", { "class": "saved", id: "saved", role: "status" }));
  }
  window.phoneForm = {
    start: start, take: take, nodes: nodes, save: save,
    view: function () { return view; },
    /** What the hall found wrong: [{field, message_zh, message_en}]. */
    mark: function (fields) {
      marks = {};
      fields.forEach(function (one) { marks[one.field] = p.en ? one.message_en : one.message_zh; });
    }
  };
})();
