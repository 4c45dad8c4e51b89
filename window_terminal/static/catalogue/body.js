// What can be done to a version's body (ItemVersion as JSON). Plain functions that change the body they are given.

/** The first of prefix1, prefix2 … that `taken` does not hold. */
export function newKey(prefix, taken) {
  const held = new Set(taken);
  let n = 1;
  while (held.has(`${prefix}${n}`)) n += 1;
  return `${prefix}${n}`;
}

const placeKeys = (body) => [...body.questions, ...body.situations].map((one) => one.id);
export const byId = (list, id) => list.find((one) => one.id === id);

/** Where answers of a question lead, each place once. */
export function exits(question) {
  const all = question.kind === "multiple" ? [question.next] : question.options.map((option) => option.next);
  return [...new Set(all)];
}

function leadTo(question, to) {
  if (question.kind === "multiple") question.next = to;
  else for (const option of question.options) option.next = to;
}

/** Whatever led to `from` leads to `to`. */
function redirect(body, from, to) {
  if (body.start === from) body.start = to;
  for (const question of body.questions) {
    if (question.next === from) question.next = to;
    for (const option of question.options) if (option.next === from) option.next = to;
  }
}

const OPTIONS = { multiple: ["", ""], single: ["", ""], condition: ["是", "否"] };

/** A new question after the last one; where the last one has one way on, it is hung in there. @returns its id */
export function addQuestion(body, kind) {
  const id = newKey("q", placeKeys(body));
  const last = body.questions.at(-1);
  const end = last ? exits(last) : [body.start];
  const way = end.length === 1 ? end[0] : body.situations[0]?.id ?? "";
  const options = OPTIONS[kind].map((text, i) => ({ id: `o${i + 1}`, text, adds: [], next: kind === "multiple" ? "" : way }));
  const question = { id, text: "", text_en: "", kind, options, next: kind === "multiple" ? way : "" };
  if (!last) body.start = id;
  else if (end.length === 1) leadTo(last, id);
  body.questions.push(question);
  return id;
}

export function addOption(question) {
  const id = newKey("o", question.options.map((one) => one.id));
  question.options.push({ id, text: "", text_en: "", adds: [], next: question.kind === "multiple" ? "" : question.options.at(-1)?.next ?? "" });
  return id;
}

/** Take a question away; what led to it leads to where it led. */
export function removeQuestion(body, id) {
  const question = byId(body.questions, id);
  redirect(body, id, exits(question).find((to) => to !== id) ?? "");
  body.questions = body.questions.filter((one) => one !== question);
}

/** Give the other kind to a question, its words kept. */
export function setKind(question, kind) {
  const way = exits(question)[0] ?? "";
  if (kind === "multiple") {
    question.next = way;
    for (const option of question.options) option.next = "";
  } else if (question.kind === "multiple") {
    question.next = "";
    for (const option of question.options) option.next = way;
  }
  if (kind === "condition") {
    while (question.options.length < 2) addOption({ ...question, kind, options: question.options });
    question.options.length = 2;
    ["是", "否"].forEach((text, i) => (question.options[i].text = text));
  }
  question.kind = kind;
}

/**
 * Move a question up (-1) or down (1). Where it and its new neighbour have one way on, it is also asked there;
 * else only its place on this page changes. @returns {"asked"|"shown"|null} null: it cannot go further
 */
export function moveQuestion(body, id, by) {
  const at = body.questions.findIndex((one) => one.id === id);
  const to = at + by;
  if (to < 0 || to >= body.questions.length) return null;
  const [question] = body.questions.splice(at, 1);
  body.questions.splice(to, 0, question);
  const out = exits(question);
  const before = body.questions[to - 1];
  const into = before ? exits(before).map((one) => (one === id ? out[0] : one)) : null;
  if (out.length !== 1 || (into && new Set(into).size !== 1)) return "shown";
  redirect(body, id, out[0]);
  const way = before ? exits(before)[0] : body.start;
  if (before) leadTo(before, id);
  else body.start = id;
  leadTo(question, way);
  return "asked";
}

/** Move within a list; false at its end. */
export function moveIn(list, index, by) {
  const to = index + by;
  if (to < 0 || to >= list.length) return false;
  const [one] = list.splice(index, 1);
  list.splice(to, 0, one);
  return true;
}

export function addSituation(body, name = "") {
  const id = newKey("s", placeKeys(body));
  body.situations.push({ id, name, name_en: "", adds: [] });
  return id;
}

export function removeSituation(body, id) {
  body.situations = body.situations.filter((one) => one.id !== id);
  redirect(body, id, "");
}

export function addMaterial(body, name = "") {
  const id = newKey("m", body.materials.map((one) => one.id));
  body.materials.push({
    id, name, name_en: "", source: "", form: "original", copies: 1, medium: "paper", shared: false, deferrable: false, blank: "", sample: "", note: "", result_of: "", checkpoints: [],
  });
  return id;
}

const adders = (body) => [...body.questions.flatMap((question) => question.options), ...body.situations];

export function removeMaterial(body, id) {
  body.materials = body.materials.filter((one) => one.id !== id);
  body.always = body.always.filter((key) => key !== id);
  for (const one of adders(body)) one.adds = one.adds.filter((key) => key !== id);
}

/** Who is asked for a material, in words: 所属情形. [] = nobody yet. */
export function usesOf(body, id, always) {
  const found = body.always.includes(id) ? [always] : [];
  for (const question of body.questions) {
    for (const option of question.options) if (option.adds.includes(id)) found.push(`${question.text.replace(/[？?：:]+$/, "")}：${option.text}`);
  }
  for (const situation of body.situations) if (situation.adds.includes(id)) found.push(situation.name);
  return found;
}

const blankOption = (option) => !option.text.trim() && !option.adds.length;
const written = (texts) => texts.map((text) => text.trim()).filter(Boolean);

/** The body as it is sent: rows begun and left empty are not. */
export function cleaned(body) {
  const copy = structuredClone(body);
  copy.refusal_reasons = written(copy.refusal_reasons);
  copy.joint_departments = written(copy.joint_departments);
  for (const material of copy.materials) material.checkpoints = material.checkpoints.filter((one) => one.text.trim());
  for (const question of copy.questions) {
    const kept = question.options.filter((option) => !blankOption(option));
    if (question.kind !== "condition" && kept.length) question.options = kept;
  }
  return copy;
}

/** What must be written before the server can take it: [zh, en] each. */
export function unfinished(body) {
  const missing = [];
  const need = (is, zh, en) => is || missing.push([zh, en]);
  need(body.name.trim(), "事项名称没有写", "the item has no name");
  need(body.applicants.length, "没有选申请主体", "nobody may apply");
  for (const key of ["legal_days", "promised_days", "minutes"]) need(Number.isFinite(body[key]), "时限、时长要写数字", "a limit is no number");
  need(body.situations.length, "至少要有一个情形", "there is no situation");
  body.questions.forEach((question, i) => {
    need(question.text.trim(), `第 ${i + 1} 个问题没有写文字`, `question ${i + 1} has no words`);
    need(question.options.every((option) => option.text.trim()), `第 ${i + 1} 个问题有选项没有写文字`, `question ${i + 1} has an answer without words`);
  });
  body.materials.forEach((material, i) => need(material.name.trim(), `第 ${i + 1} 份材料没有写名称`, `material ${i + 1} has no name`));
  for (const situation of body.situations) need(situation.name.trim(), "有一个情形没有写名称", "a situation has no name");
  return missing;
}
