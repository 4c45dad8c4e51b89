// Where a case stands, in plain words: what it means, what to do now, dates, papers, parcel, pick-up code, history.
(function () {
  "use strict";
  var p = window.phone, make = p.make, t = p.t, own = window.phoneWalk.own;
  var LOOK = { draft: "", pre_review: "", awaiting_visit: "warn", correction: "warn", accepted: "", reviewing: "", suspended: "", approved: "ok", rejected: "bad",
    at_issue: "ok", sent: "ok", collected: "over", closed: "over", refused: "bad", withdrawn: "over", terminated: "bad" };
  var PAPERS = { acceptance: ["受理通知书", "Receipt of acceptance"], correction: ["一次性告知书", "What to correct"], refusal: ["不予受理决定书", "Why it was not accepted"], commitment: ["容缺受理承诺书", "Commitment"], rejection: ["不予许可决定书", "Why it was not approved"],
    supplement: ["补交（补正）材料回执", "Receipt of what you brought later"], withdrawal: ["撤回申请回执", "Receipt of your withdrawal"] };

  function due(view) {
    if (!view.due_day) return "";
    return p.day(view.due_day) + (view.due_provisional ? t("（暂定）", " (provisional)") : "");
  }
  /** Another day of the case; 暂定 while its year's holidays are not published. */
  function by(view, name) { return view[name] ? p.day(view[name]) + (view.provisional.indexOf(name) < 0 ? "" : t("（暂定）", " (provisional)")) : ""; }
  function owes(view) { return view.deferral_due && view.deferral; }
  function rest(view) {
    return owes(view) ? t("。还有材料要您补交，请看下面。", ". You still owe papers, see below.") : t("。您在家等短信就行。", ". You will get an SMS.");
  }
  /** 容缺: what was promised for later, and by when. */
  function deferral(view) {
    if (!owes(view) || LOOK[view.state] === "over" || LOOK[view.state] === "bad") return null;
    return make("section", { "class": "card", id: "deferral" }, make("h2", {}, t("还要补交", "Still to be brought")),
      make("ul", { "class": "fix" }, view.materials.filter(function (one) { return view.deferral.materials.indexOf(one.id) >= 0 && !one.complete; }).map(function (one) {
        return make("li", {}, own("strong", {}, one.name, one.name_en));
      })),
      make("p", {}, t("请在 ", "Bring it to the hall's window by "), make("b", {}, by(view, "deferral_due")), t(" 前送到大厅窗口，逾期将终止办理。", "; after that the case ends.")));
  }
  // A parcel that came back is collected like any other result.
  function byCourier(view) { return view.delivery === "courier" && !(view.courier && /^(returned|failed|cancelled)$/.test(view.courier.state)); }
  function delivered(view) { return view.state === "collected" && view.state_en === "delivered"; }
  function has(view) { return view.files.some(function (file) { return file.purpose === "result"; }); }
  /** Why it ended: the hall's own words in the page's language, somebody's as they were written. */
  function why(view, before) {
    if (!view.end_reason) return null;
    return [before, p.en && view.end_reason_en ? view.end_reason_en : zh(view.end_reason.replace(/。$/, ""))];
  }
  function meaning(view) {
    var last = due(view), parcel = byCourier(view), words = {
      draft: t("还没有提交。填好后按最下面的“提交”。", "Not sent yet. Fill it in and press Submit at the end."),
      pre_review: t("已收到，正在网上预审" + (view.pre_review_due ? "，最迟 " + by(view, "pre_review_due") + " 有结果" : "") + "。有消息会发短信。", "Received; under online review" + (view.pre_review_due ? " until " + by(view, "pre_review_due") : "") + ". You will get an SMS."),
      awaiting_visit: view.history.some(function (one) { return one.action === "number_in_hall"; })
        ? t("已取得受理号，叫到号时按下面的步骤到窗口交材料。", "You have your number: bring the papers to the window when it is called, as below.")
        : t("预审通过。按下面的步骤把材料交到大厅就行。", "The review is passed. Bring the papers to the hall as below."),
      correction: t("有几处要补正，请看下面；补好了接着办" + (view.correction_due ? "，请在 " + by(view, "correction_due") + " 前补齐" : "") + "。", "Some things need correcting, see below" + (view.correction_due ? ", by " + by(view, "correction_due") : "") + "."),
      accepted: t("已受理" + (last ? "，最迟 " + last + " 办好" : "") + rest(view), "Accepted" + (last ? "; decided by " + last : "") + rest(view)),
      reviewing: t("部门正在办" + (last ? "，最迟 " + last + " 办好" : "") + rest(view), "The department is working on it" + (last ? "; decided by " + last : "") + rest(view)),
      suspended: t("正在做听证、检验、评审等，这段时间不计入办理期限。", "A hearing, test or expert review is under way; this time does not count."),
      approved: view.delivery === "online" ? t("已经批准，部门正在制作电子结果；做好会发短信，在这里下载。", "Approved; your result is being prepared. You will get an SMS and save it here.") : t("已经批准，正在制作证照或送到出件窗口，能领时会发短信。", "Approved; the result is being prepared. You will get an SMS."),
      rejected: t("没有批准。决定书里写明了理由和您可以怎么做。", "Not approved. The decision says why and what you may do."),
      at_issue: parcel ? t("已经办好，正等快递员来取件；寄出时会发短信。", "Ready: it waits for the courier. You will get an SMS when it is sent.") : view.decision === "rejected" ? t("没有批准。决定书在出件窗口，带身份证和取件码来领；里面写明了理由和您可以怎么做。", "Not approved. Collect the decision at the issue window with your ID and the pick-up code; it says why and what you may do.") : t("可以领取了！带身份证和取件码到出件窗口。", "Ready! Bring your ID and the pick-up code to the issue window."),
      sent: t("已经快递寄出，注意查收。", "On its way to you by courier."),
      collected: delivered(view) ? t("快递已经送达，办完了。", "The courier has delivered it.") : t("结果已经领走，办完了。", "The result was collected."),
      closed: (view.history || []).some(function (line) { return line.action === "returned"; }) ? t("结果很久没有人来领，已退回办理部门。需要时请联系大厅。", "Nobody collected the result for long: it went back to the department. Ask the hall if you need it.") : view.decision === "rejected" ? t("没有批准。决定书里写明了理由和您可以怎么做。", "Not approved. The decision says why and what you may do.") : has(view) ? t("已经批准。下面可以下载电子结果。", "Approved. Save your result below.") : view.delivery === "online" ? t("已经批准。电子结果上传（更正）后，在这里下载。", "Approved. Your result appears here once it is put up or put right.") : t("已经办结。", "Finished."),
      refused: [t("不能受理", "Could not be accepted"), why(view, t("：", ": ")), t("。下面的决定书里写明了您可以怎么做。", ". The decision below says what you may do.")],
      withdrawn: t("您已撤回。要办可以重新申请。", "Withdrawn. You may apply again."),
      terminated: [t("已终止办理", "Ended"), why(view, t("：", ": ")), t("。", ".")]
    };
    return words[view.state];
  }
  function head(view) {
    return make("section", { "class": "state " + (view.state === "at_issue" && view.decision === "rejected" ? "bad" : LOOK[view.state]), id: "state", "data-state": view.state, role: "status" },
      make("b", {}, p.en ? view.state_en.charAt(0).toUpperCase() + view.state_en.slice(1) : view.state_zh), make("p", {}, meaning(view)));
  }
  function pickup(view, unlock) {
    if (view.state !== "at_issue" || byCourier(view)) return null;
    if (view.pickup) return make("div", { "class": "pickup" }, t("取件码", "Pick-up code"), make("b", { id: "pickup" }, view.pickup), make("span", { "class": "soft" }, t("报给出件窗口，不要给别人看", "Tell it to the issue window only")));
    return make("button", { type: "button", "class": "main", id: "show-pickup", onclick: unlock }, t("显示取件码", "Show the pick-up code"));
  }
  /** What a correction names: a material of the list, else what was written. */
  function material(view, one, tag) {
    var listed = view.materials.filter(function (each) { return each.id === one.material; })[0];
    return own(tag, {}, one.name || one.text, one.name && listed && listed.name_en);
  }
  function correction(view) {
    if (!view.correction || view.state !== "correction") return null;
    return make("section", { "class": "card", id: "correction" }, make("h2", {}, t("需要补正", "To be corrected")),
      make("ol", { "class": "fix" }, view.correction.items.map(function (one) {
        return make("li", {}, one.name ? [material(view, one, "strong"), t("：", ": ")] : null, make("span", { lang: "zh-CN" }, one.text));
      })), view.correction.reason ? make("p", { "class": "soft", lang: "zh-CN" }, view.correction.reason) : null);
  }
  /** Chinese whatever the page speaks: names, and what clerks and departments have written. */
  function zh(words) { return make("span", { lang: "zh-CN" }, words); }
  function row(label, value) { return value ? make("div", {}, make("dt", {}, label), make("dd", {}, value)) : null; }
  function facts(view) {
    return make("section", { "class": "card" }, own("h2", {}, view.name, view.name_en), p.en && view.name_en ? make("p", { "class": "soft", lang: "zh-CN" }, view.name) : null, make("dl", { "class": "rows" },
      row(t("办件编码", "Code"), view.code), row(t("公示号", "On the board"), view.board_number && make("span", {}, view.board_number, make("span", { "class": "soft" }, t("（大屏上显示）", " (its number there)")))), row(t("申请人", "Applicant"), zh(view.applicant_mask)), row(t("办理部门", "Department"), zh(view.department)),
      row(t("类型", "Kind"), p.word(view, "kind")), row(t("受理", "Accepted"), p.day(view.accepted_at)), row(t("最迟办好", "Decided by"), due(view)),
      row(t("材料补交", "Papers due"), by(view, "deferral_due")), row(t("办结", "Decided"), p.day(view.decided_at)), row(t("情形", "Situation"), view.situation && own("span", {}, view.situation.name, view.situation.name_en))));
  }
  function papers(view, token) {
    if (!view.papers.length) return null;
    return make("section", { "class": "card", id: "documents" }, make("h2", {}, t("文书", "Documents")), view.papers.map(function (name) {
      var kind = name.split("-")[0], nth = name.split("-")[1]; // correction-2: the second notice
      return make("a", { "class": "button", href: "/api/v1/case-links/" + token + "/papers/" + name + ".pdf", target: "_blank", rel: "noopener" }, t(PAPERS[kind][0], PAPERS[kind][1]) + (nth ? t("（第" + nth + "次）", " no. " + nth) : "") + t("（PDF）", " (PDF, in Chinese)"));
    }));
  }
  function courier(view) {
    var order = view.courier;
    if (!order) return null;
    return make("section", { "class": "card", id: "courier" }, make("h2", {}, t("快递", "Courier"), " ", make("span", { "class": "badge" }, t(order.zh, order.en))),
      order.waybill ? make("p", {}, t("单号 ", "Waybill "), make("b", {}, order.waybill)) : null,
      make("ul", { "class": "track" }, order.track.slice().reverse().map(function (one) { return make("li", {}, zh(one.zh || one.state), make("span", { "class": "soft" }, " " + p.day(one.at))); })));
  }
  function history(view) {
    var moves = view.history.filter(function (one) { return one.to && one.to !== one.from; }).reverse();
    function list(some) {
      return make("ul", { "class": "track" }, some.map(function (one) { return make("li", {}, p.word(one, "action"), make("span", { "class": "soft" }, " " + p.day(one.at))); }));
    }
    // The latest say where it stands; a long past is folded away, so that the rating below is seen.
    return moves.length ? make("section", { "class": "card", id: "history" }, make("h2", {}, t("办理经过", "What happened")), list(moves.slice(0, 4)),
      moves.length > 4 ? make("details", {}, make("summary", {}, t("更早的 " + (moves.length - 4) + " 步", (moves.length - 4) + (moves.length === 5 ? " earlier step" : " earlier steps"))), list(moves.slice(4))) : null) : null;
  }
  window.phoneState = { material: material, head: head, pickup: pickup, deferral: deferral, correction: correction, facts: facts, papers: papers, courier: courier, history: history };
})();
