// 电子结果 of a wholly online case: saved to the phone once it is approved. The link alone shows none: the phone is confirmed first.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t;

  /** `path` behind the case's link, saved as `name`. */
  function save(token, path, name, verify) {
    var proof = window.phoneVerify.token(), request = new XMLHttpRequest();
    if (!proof) { verify(); return; }
    request.open("GET", "/api/v1/case-links/" + encodeURIComponent(token) + path);
    request.responseType = "blob";
    request.timeout = 180000;
    request.setRequestHeader("X-Phone-Token", proof);
    request.onload = function () {
      if (request.status === 200) { p.problem(""); keep(request.response, name); return; }
      if (request.status === 401 || request.status === 403) { window.phoneVerify.forget(); verify(); return; }
      p.problem(t("现在不能下载，请刷新页面再试。", "It cannot be saved now. Reload the page and try again."));
    };
    request.onerror = request.ontimeout = function () { p.problem(p.refusal(null, t("网络不通，没有下载，请再试一次。", "No connection: nothing was saved. Please try again."))); };
    request.send();
  }
  function keep(blob, name) {
    var address = URL.createObjectURL(blob), link = make("a", { href: address, download: name });
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }
  /** `verify(then)` asks for the phone. */
  function card(view, token, verify) {
    var files = view.files.filter(function (file) { return file.purpose === "result"; });
    if (!files.length) return null;
    return make("section", { "class": "card", id: "result" }, make("h2", {}, t("电子结果", "Your result")), files.map(function (file) {
      function go() { save(token, "/files/" + file.id, file.name, function () { verify(go); }); }
      return make("button", { type: "button", "class": "main", "data-result": file.id, onclick: go }, t("下载 ", "Save ") + file.name);
    }));
  }
  window.phoneResult = { card: card, save: save };
})();
