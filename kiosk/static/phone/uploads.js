// Papers sent in from a phone: by camera or from its files, one material at a time, with what is already there.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, MOST = 20 * 1024 * 1024, link = "";

  function send(purpose, file, said, done) {
    var query = "?name=" + encodeURIComponent(file.name || "photo.jpg") + "&purpose=" + encodeURIComponent(purpose);
    if (file.size > MOST) { said.textContent = t("文件太大（最多 20 MB），请拍小一点。", "Too large (20 MB at most)."); return; }
    said.textContent = t("正在上传…", "Uploading…");
    p.ask("POST", "/case-links/" + link + "/files" + query, file, function (status, answer) {
      if (status === 201) { said.textContent = ""; done(answer); return; }
      said.textContent = p.refusal(answer);
      if (status === 401) { window.phoneVerify.forget(); window.phoneCase.open(); }
    }, { "Content-Type": file.type || "application/octet-stream", "X-Phone-Token": window.phoneVerify.token() }, function (share) {
      said.textContent = t("正在上传 ", "Uploading ") + Math.round(share * 100) + "%";
    });
  }
  /** `earlier`: sent in before it was asked for anew, so it answers nothing; what was taken in stays. */
  function row(file, again) {
    var old = Boolean(file.earlier);
    return make("p", { "class": "file" + (old ? " earlier" : ""), "data-file": file.id, "data-earlier": String(old) },
      make("span", {}, old ? t("原来传的：", "Sent earlier: ") : "✓ ", file.name),
      old ? null : make("button", { type: "button", "aria-label": t("删除 ", "Delete ") + file.name, onclick: function () {
        p.command("/case-links/" + link + "/files/" + file.id + "/remove", { phone_token: window.phoneVerify.token() }, function (status, answer) {
          if (status === 204) again(file); else p.problem(p.refusal(answer));
        });
      } }, t("删除", "Delete")));
  }
  /** The files of one purpose, and the button that adds one. `changed(files)`. */
  function box(purpose, files, changed) {
    var said = make("p", { "class": "field-error", role: "status" });
    var mine = files.filter(function (one) { return one.purpose === purpose; });
    var again = mine.length > 0 && mine.every(function (one) { return one.earlier; }); // nothing new yet
    var input = make("input", { type: "file", accept: "image/*,application/pdf,.ofd,.docx,.xlsx", "data-purpose": purpose, "aria-label": t("拍照或选文件", "Photograph it or choose a file"),
      onchange: function () {
        if (input.files[0]) send(purpose, input.files[0], said, function (file) {
          var there = files.filter(function (one) { return one.id === file.id; })[0];
          if (!there) changed(files.concat([file]));
          else said.textContent = there.earlier ? t("和原来传的是同一份，请换一份。", "That is the earlier file. Please send another.") : t("这份已经传过了。", "This one is here already.");
        });
      } });
    return make("div", { "class": "uploads" }, mine.map(function (file) {
      return row(file, function (gone) { changed(files.filter(function (one) { return one.id !== gone.id; })); });
    }), again ? make("p", { "class": "anew" }, t("请重新拍照或选文件，原来传的不算。", "Photograph or choose it anew; the earlier file does not count.")) : null,
      make("span", { "class": "upload" }, again ? t("重新上传", "Send it anew") : t("拍照或选文件", "Photo or file"), input), said);
  }
  /** The blank form to fill in, and how it looks when it is. */
  function papers(item, one) {
    function at(name) { return "/api/v1/catalogue/items/" + encodeURIComponent(item) + "/files/" + encodeURIComponent(name); }
    return one.blank || one.sample ? make("p", { "class": "chips" },
      one.blank ? make("a", { "class": "chip", href: at(one.blank), download: one.blank }, t("下载空白表格", "Blank form")) : null,
      one.sample ? make("a", { "class": "chip", href: at(one.sample), target: "_blank", rel: "noopener" }, t("看样例", "See a sample")) : null) : null;
  }
  /** All materials that can be sent in. */
  function list(token, view, changed) {
    var wanted = view.materials.filter(function (one) { return one.id !== "signed-application"; }); // signed on paper, afterwards
    link = token;
    return make("section", { "class": "card", id: "papers" }, make("h2", {}, t("上传材料", "Papers")),
      wanted.length ? null : make("p", {}, t("这个事项不用上传材料。", "Nothing needs to be sent in.")),
      make("ol", { "class": "things" }, wanted.map(function (one, i) {
        var later = one.medium === "paper" ? make("p", { "class": "soft" }, t("纸质原件到窗口再交；先拍照，预审更快。", "Bring the paper to the window; a photo speeds up the review.")) : null;
        return window.phoneWalk.material(one, i, [later, papers(view.item, one), box("material:" + one.id, view.files, changed)]);
      })));
  }
  window.phoneUploads = { list: list, box: function (token, purpose, files, changed) { link = token; return box(purpose, files, changed); } };
})();
