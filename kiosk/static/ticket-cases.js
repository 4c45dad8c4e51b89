// The cases a visit opened, with the way to each one's own page. A classic script in old JavaScript, like ticket.js.
(function () {
  "use strict";
  var box = document.getElementById("cases"), asked = "", found = [];

  function fill(lang) {
    box.textContent = "";
    found.forEach(function (one) {
      var link = document.createElement("a"), state = document.createElement("span");
      link.className = "prepare";
      link.href = "/c/" + one.link.split("/").pop();
      link.textContent = (lang === "en" && one.name_en) || one.name;
      state.textContent = lang === "en" ? one.state_en : one.state_zh;
      link.appendChild(state);
      box.appendChild(link);
    });
  }
  window.ticketCases = {
    /** Looked for once a state: while one is served cases are opened, and afterwards they go on. */
    draw: function (view, lang, ask, path) {
      var now = view.state + (view.ended_at || "");
      fill(lang);
      if (now === asked || (view.state !== "serving" && view.state !== "done" && view.state !== "parked")) return;
      asked = now;
      ask("GET", path, null, "", function (status, answer) {
        if (status !== 200) return;
        found = answer.cases.filter(function (one) { return one.state !== "draft"; });
        fill(lang);
      });
    }
  };
})();
