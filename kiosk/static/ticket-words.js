// What the phone page says, in Chinese and English. A classic script in old JavaScript, like ticket.js.
// `ticketWords.pick("zh")` gives the words of one language; a sentence about a ticket is a function of its view;
// `notes` give lists of sentences.
(function () {
  "use strict";

  function at(view) { return view.called_window || view.window; }
  function near(minutes) { return minutes < 10 ? Math.round(minutes) : Math.round(minutes / 5) * 5; }
  function unknown(minutes) { return minutes === null || minutes === undefined; }

  function planned_zh(view) { return view.window ? "预计" + view.window + "号窗口，以叫号为准。" : "窗口即将安排，以叫号为准。"; }
  function planned_en(view) {
    return (view.window ? "Probably window " + view.window : "A window is being arranged") + "; only the call is certain.";
  }
  function sms_zh(view) { return view.phone ? "短信会发到 " + view.phone + "。" : ""; }
  function sms_en(view) { return view.phone ? "An SMS goes to " + view.phone + "." : ""; }

  /** What a state is called here: [before the window, the window, after it]; without a window just one word. */
  function phrase(view) {
    if (view.state === "waiting" && view.held) return "held";
    if (view.state === "waiting") return view.soon ? "soon" : "waiting";
    return view.state;
  }

  var zh = {
    lang: "zh-CN", other: "English", other_lang: "en",
    states: {
      waiting: ["等候中"], soon: ["快到您了"], held: ["您正在窗口办理，这个号为您保留"],
      called: ["请到 ", at, " 号窗口"], serving: ["正在 ", at, " 号窗口办理"], parked: ["已挂起，请按窗口的安排回来"],
      no_show: ["已过号"], done: ["已办结"], cancelled: ["已取消"], expired: ["已过期"]
    },
    prepare: "看看要带什么 · 先填好情况", fill: "先填表 · 到窗口不用再写", filled: "✓ 表已填好，交给窗口了（可修改）", number: "您的号码", ahead: "您前面", wait: "预计等候", loading: "正在查询…",
    "return": "我回来了，重新排队", cancel: "不办了，取消这个号",
    sure: "确定取消这个号吗？", sure_text: "取消后号码作废，再来需要重新取号。", give_up: "确定取消", keep: "继续等候",
    people: function (n) { return n + " 人"; },
    minutes: function (m) { return unknown(m) ? "待窗口开放" : m < 2 ? "马上" : "约 " + near(m) + " 分钟"; },
    spoken: function (view, minutes) { return "前面 " + view.ahead + " 人，预计等候" + minutes; },
    notes: {
      waiting: function (view) { return [planned_zh(view), sms_zh(view)]; },
      soon: function (view) { return ["请到窗口附近等候。", planned_zh(view), sms_zh(view)]; },
      called: function (view) { return ["已叫 " + Math.max(1, view.calls) + " 次，请尽快前往。"]; },
      no_show: function (view) { return [view.may_return ? "按下面的按钮重新排队，或到导服台。" : "已不能在手机上恢复，请到导服台。"]; },
      cancelled: function () { return ["再来办理请重新取号。"]; },
      expired: function () { return ["再来办理请重新取号。"]; },
      done: function (view) { return view.evaluation && view.evaluation.open ? [] : ["感谢您的光临。"]; }
    },
    live: function (time) { return "自动更新 · " + time; },
    offline: function (time) { return "网络不通，以上是 " + time + " 的情况。连上后自动更新。"; },
    no_network: "网络不通，正在重试…", unknown: "没有找到这张号票，请核对短信中的链接。", not_confirmed: "没有收到确认，请再试一次。",
    rating: {
      title: "请您评价这次办理", hint: "一次办理评价一次，窗口看不到是谁评的。",
      scores: ["非常满意", "满意", "基本满意", "不满意", "非常不满意"],
      why: "哪里不满意？（可多选）", comment: "还想说的（可不填）", placeholder: "请写下您的意见", left: function (n) { return "还可写 " + n + " 字"; },
      send: "提交评价", sending: "正在提交…", choose: "请先选一项。",
      thanks: "谢谢您的评价", given: function (word) { return "您的评价：" + word; }, closed: "评价时间已过。如有意见，请到导服台或拨打 12345。"
    }
  };

  var en = {
    lang: "en", other: "中文", other_lang: "zh-CN",
    states: {
      waiting: ["Waiting"], soon: ["Almost your turn"], held: ["Kept for you while you are at a window"],
      called: ["Go to window ", at, ""], serving: ["Being served at window ", at, ""], parked: ["On hold: come back as agreed"],
      no_show: ["Your call was missed"], done: ["Finished"], cancelled: ["Cancelled"], expired: ["Expired"]
    },
    prepare: "What to bring · answer ahead", fill: "Fill in the form while you wait", filled: "✓ The window has your form (change it)", number: "Your number", ahead: "Ahead of you", wait: "Expected wait", loading: "Loading…",
    "return": "I am back: queue again", cancel: "Cancel my number",
    sure: "Cancel this number?", sure_text: "It is given up; you would have to take a new one.", give_up: "Yes, cancel it", keep: "Keep waiting",
    people: function (n) { return String(n); },
    minutes: function (m) { return unknown(m) ? "No window yet" : m < 2 ? "Soon" : near(m) + " min"; },
    spoken: function (view, minutes) { return view.ahead + " ahead of you, expected wait: " + minutes; },
    notes: {
      waiting: function (view) { return [planned_en(view), sms_en(view)]; },
      soon: function (view) { return ["Please come near the window.", planned_en(view), sms_en(view)]; },
      called: function (view) { return ["Called " + (view.calls > 1 ? view.calls + " times" : "once") + ". Please go now."]; },
      no_show: function (view) { return [view.may_return ? "Press the button below to queue again, or ask at the guide desk." : "Please ask at the guide desk."]; },
      cancelled: function () { return ["Please take a new number if you come again."]; },
      expired: function () { return ["Please take a new number if you come again."]; },
      done: function (view) { return view.evaluation && view.evaluation.open ? [] : ["Thank you for coming."]; }
    },
    live: function (time) { return "Updates by itself · " + time; },
    offline: function (time) { return "No connection: this is how it was at " + time + ". It updates once connected."; },
    no_network: "No connection, trying again…", unknown: "No such ticket. Please check the link in your SMS.", not_confirmed: "Not confirmed, please try again.",
    rating: {
      title: "How was the service?", hint: "Once a service. The window does not see who said what.",
      scores: ["Very satisfied", "Satisfied", "Fairly satisfied", "Dissatisfied", "Very dissatisfied"],
      why: "What was wrong? (any number)", comment: "Anything else (optional)", placeholder: "Write it here", left: function (n) { return n + " characters left"; },
      send: "Send", sending: "Sending…", choose: "Please choose one first.",
      thanks: "Thank you for your rating", given: function (word) { return "You said: " + word; }, closed: "The time to rate has passed. Tell the guide desk, or call 12345."
    }
  };

  /** A state's sentence as [before, window, after]; the window is "" where the sentence names none. */
  function sentence(words, view) {
    var parts = words.states[phrase(view)] || [words === en ? view.state_en : view.state_zh];
    return [parts[0], parts[1] ? String(parts[1](view)) : "", parts[2] || ""];
  }

  window.ticketWords = {
    pick: function (lang) { return lang === "en" ? en : zh; },
    second: function (lang) { return lang === "en" ? zh : en; },
    phrase: phrase,
    sentence: sentence
  };
})();
