// Two versions of an item in words: what was added, taken away and changed. Pure; [zh, en] lines under a place.

const FIELDS = [
  ["name", "事项名称", "name"], ["name_en", "英文名称", "English name"], ["department", "部门", "department"], ["section", "板块", "section"],
  ["kind", "办件类型", "kind"], ["legal_days", "法定时限（工作日）", "legal limit (working days)"],
  ["promised_days", "承诺时限（工作日）", "promised limit (working days)"], ["minutes", "窗口受理时长（分钟）", "minutes at the window"],
  ["result", "办理结果", "result"], ["conditions", "受理条件", "conditions"], ["basis", "设定依据", "legal basis"], ["guide", "办事指南", "guide"],
];
const LISTS = [
  ["applicants", "申请主体", "applicants"], ["refusal_reasons", "不予受理的理由", "reasons for refusal"], ["joint_departments", "联办部门", "joint departments"],
];
const MATERIAL = [
  ["name", "名称", "name"], ["name_en", "英文名称", "English name"], ["source", "来源渠道", "source"], ["form", "形式", "form"], ["copies", "份数", "copies"], ["medium", "介质", "medium"],
  ["shared", "数据共享", "shared"], ["deferrable", "可容缺", "deferrable"], ["blank", "空表", "blank form"], ["sample", "示例", "sample"], ["note", "说明", "note"],
  ["result_of", "由哪个事项产生", "the result of item"],
];
const KINDS = { single: ["单选题", "single choice"], multiple: ["多选题", "multiple choice"], condition: ["条件", "condition"] };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const QUIET_LENGTH = 60;

/** @param {object} words the lists of /catalogue/words; ids are said with them */
export function compare(before, after, words) {
  const lines = [];
  const say = (place, zh, en) => lines.push({ place, zh, en });
  fields(before, after, words, say);
  materials(before, after, words, say);
  questions(before, after, say);
  return lines;
}

/** The word of a value, in both languages. */
function spoken(value, field, words) {
  if (typeof value === "boolean") return value ? ["是", "yes"] : ["否", "no"];
  const list = { kind: words.kinds, form: words.forms, medium: words.media, applicants: words.applicants }[field];
  const found = list?.find((one) => one.id === value);
  if (found) return [found.zh, found.en];
  const place = field === "section" && words.sections.find((one) => one.id === value);
  if (place) return [place.name, place.name_en || place.name];
  const text = value === "" || value === null || value === undefined ? null : String(value);
  return text ? [text, text] : ["（空）", "(empty)"];
}

function changed(place, zh, en, was, is, field, words, say) {
  const [from, to] = [spoken(was, field, words), spoken(is, field, words)];
  if (from[0].length > QUIET_LENGTH || to[0].length > QUIET_LENGTH) say(place, `${zh}有改动，现在是：${to[0]}`, `${en} changed, now: ${to[1]}`);
  else say(place, `${zh}：${from[0]} → ${to[0]}`, `${en}: ${from[1]} → ${to[1]}`);
}

function fields(a, b, words, say) {
  const place = { zh: "基本信息", en: "Basics" };
  for (const [key, zh, en] of FIELDS) if (!same(a[key], b[key])) changed(place, zh, en, a[key], b[key], key, words, say);
  if (!same(a.fee, b.fee)) say(place, `收费：${a.fee.yuan} 元 → ${b.fee.yuan} 元${b.fee.basis ? `（${b.fee.basis}）` : ""}`, `fee: CNY ${a.fee.yuan} → ${b.fee.yuan}`);
  for (const [key, zh, en] of LISTS) {
    const word = (value) => spoken(value, key, words);
    for (const one of b[key].filter((value) => !a[key].includes(value))) say(place, `${zh}增加“${word(one)[0]}”`, `${en}: added “${word(one)[1]}”`);
    for (const one of a[key].filter((value) => !b[key].includes(value))) say(place, `${zh}删去“${word(one)[0]}”`, `${en}: removed “${word(one)[1]}”`);
  }
}

/** Calls back with pairs of one id: both, only before, only after. */
function pairs(a, b, both, gone, fresh) {
  const was = new Map(a.map((one) => [one.id, one]));
  for (const one of b) {
    if (was.has(one.id)) both(was.get(one.id), one);
    else fresh(one);
    was.delete(one.id);
  }
  for (const one of was.values()) gone(one);
}

function materials(a, b, words, say) {
  const list = { zh: "材料", en: "Materials" };
  pairs(a.materials, b.materials, (was, is) => {
    const place = { zh: `材料“${is.name}”`, en: `Material “${is.name}”` };
    for (const [key, zh, en] of MATERIAL) if (!same(was[key], is[key])) changed(place, zh, en, was[key], is[key], key, words, say);
    pairs(was.checkpoints, is.checkpoints, (old, now) => {
      if (old.text !== now.text) say(place, `要点“${old.text}”改为“${now.text}”`, `checkpoint “${old.text}” is now “${now.text}”`);
      if (old.about !== now.about) say(place, `要点“${now.text}”改为${now.about === "form" ? "形式" : "内容"}审查`, `checkpoint “${now.text}” is now about its ${now.about}`);
      if (!same(old.mark, now.mark) || old.page !== now.page) say(place, `要点“${now.text}”的标注有改动`, `the mark of “${now.text}” changed`);
    }, (old) => say(place, `删去要点“${old.text}”`, `checkpoint “${old.text}” removed`), (now) => say(place, `增加要点“${now.text}”`, `checkpoint “${now.text}” added`));
  }, (one) => say(list, `删去材料“${one.name}”`, `“${one.name}” removed`), (one) => say(list, `增加材料“${one.name}”`, `“${one.name}” added`));
  const names = nameOf(a, b);
  added({ zh: "基本材料", en: "Always asked for" }, a.always, b.always, names, say);
}

const nameOf = (a, b) => Object.fromEntries([...a.materials, ...b.materials].map((one) => [one.id, one.name]));

function added(place, was, is, names, say) {
  for (const key of is.filter((one) => !was.includes(one))) say(place, `加上材料“${names[key] ?? key}”`, `now adds “${names[key] ?? key}”`);
  for (const key of was.filter((one) => !is.includes(one))) say(place, `不再要材料“${names[key] ?? key}”`, `no longer adds “${names[key] ?? key}”`);
}

function questions(a, b, say) {
  const names = nameOf(a, b);
  const list = { zh: "情形问答", en: "Questions" };
  const goal = (body, id) => {
    const found = body.questions.find((one) => one.id === id)?.text ?? body.situations.find((one) => one.id === id)?.name;
    return found ? `“${found}”` : "（没有下文）";
  };
  const leads = (place, who, was, is) => {
    if (goal(a, was) !== goal(b, is)) say(place, `${who}接到：${goal(a, was)} → ${goal(b, is)}`, `${who} leads to ${goal(b, is)}, was ${goal(a, was)}`);
  };
  leads(list, "开始", a.start, b.start);
  pairs(a.questions, b.questions, (was, is) => {
    const place = { zh: `问题“${is.text}”`, en: `Question “${is.text}”` };
    if (was.text !== is.text) say(place, `原来是“${was.text}”`, `was “${was.text}”`);
    if (was.text_en !== is.text_en) say(place, `英文改为“${is.text_en}”`, `in English: “${is.text_en}”`);
    if (was.kind !== is.kind) say(place, `${KINDS[was.kind][0]}改为${KINDS[is.kind][0]}`, `was a ${KINDS[was.kind][1]}, is a ${KINDS[is.kind][1]}`);
    if (is.kind === "multiple") leads(place, "下一步", was.next, is.next);
    pairs(was.options, is.options, (old, now) => {
      if (old.text !== now.text) say(place, `选项“${old.text}”改为“${now.text}”`, `answer “${old.text}” is now “${now.text}”`);
      if (old.text_en !== now.text_en) say(place, `选项“${now.text}”的英文改为“${now.text_en}”`, `answer “${now.text}” in English: “${now.text_en}”`);
      if (is.kind !== "multiple") leads(place, `“${now.text}”`, old.next, now.next);
      added({ zh: `${place.zh}→“${now.text}”`, en: `${place.en} → “${now.text}”` }, old.adds, now.adds, names, say);
    }, (old) => say(place, `删去选项“${old.text}”`, `answer “${old.text}” removed`), (now) => say(place, `增加选项“${now.text}”`, `answer “${now.text}” added`));
  }, (one) => say(list, `删去问题“${one.text}”`, `question “${one.text}” removed`), (one) => say(list, `增加问题“${one.text}”`, `question “${one.text}” added`));
  pairs(a.situations, b.situations, (was, is) => {
    const place = { zh: `情形“${is.name}”`, en: `Situation “${is.name}”` };
    if (was.name !== is.name) say(place, `原来叫“${was.name}”`, `was called “${was.name}”`);
    if (was.name_en !== is.name_en) say(place, `英文改为“${is.name_en}”`, `in English: “${is.name_en}”`);
    added(place, was.adds, is.adds, names, say);
  }, (one) => say(list, `删去情形“${one.name}”`, `situation “${one.name}” removed`), (one) => say(list, `增加情形“${one.name}”`, `situation “${one.name}” added`));
  const order = (body, other) => body.questions.map((one) => one.id).filter((id) => other.questions.some((one) => one.id === id));
  if (!same(order(a, b), order(b, a))) say(list, "问题的顺序有改动", "the order of the questions changed");
}
