// What an SMS is about and how it fared, in words: the same in the demo's inbox and on the pages of cases.

const KINDS = {
  taken: ["取号成功", "number taken"], taken_soon: ["取号成功", "number taken"],
  soon: ["即将轮到", "almost your turn"], called: ["叫号", "called"],
  called_again: ["改窗口叫号", "called elsewhere"],
  case_accepted: ["办件受理", "case accepted"], case_correction: ["补正通知", "correction"], case_deferral_due: ["容缺补交", "papers to follow"],
  case_refused: ["不予受理", "not accepted"], case_awaiting_visit: ["预审通过", "pre-review passed"], case_approved: ["办结", "approved"],
  case_rejected: ["不予同意", "rejected"], case_ready: ["可以领取", "ready"], case_sent: ["快递寄出", "sent"],
  case_reminder: ["领取提醒", "reminder"], case_terminated: ["办件终止", "terminated"], case_supplemented: ["补正已收到", "corrected"],
  case_deferral_done: ["补交已收齐", "papers complete"], case_suspended: ["特别程序开始", "clock stands"], case_resumed: ["恢复办理", "clock runs on"],
  case_collected: ["结果已领取", "collected"], case_delivered: ["结果已送达", "delivered"], case_returned: ["未领退回", "given back"], case_taken_back: ["退回更正", "taken back"], phone_code: ["验证码", "confirmation code"],
};
/** [zh, en, badge style] of an SMS's state. */
export const STATES = {
  pending: ["待发", "pending", "info"], sending: ["发送中", "sending", "info"], sent: ["已发", "sent", "ok"],
  delivered: ["已送达", "delivered", "ok"], failed: ["失败", "failed", "bad"], unknown: ["未知", "unknown", "warn"],
  expired: ["已过期未发", "expired", "warn"], dropped: ["不必发", "dropped", ""], merged: ["并入取号短信", "merged", ""],
};
export const NEVER_SENT = new Set(["merged", "dropped", "expired", "failed"]); // the phone never got it

/** [zh, en] of what it is about; the number of one that came again says nothing. */
export const kindWords = (kind) => KINDS[kind.split(":")[0]] ?? KINDS[`case_${kind}`] ?? [kind, kind];
