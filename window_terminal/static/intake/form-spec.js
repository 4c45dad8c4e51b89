// The basic form exactly as 003 has it: one table each for 个人, 企业 and 非企业, the same labels in the same order.

import { t } from "ui/lang.js";
import { creditOk, documentOk, idOk, phoneOk, postcodeOk } from "./numbers.js";

/** Field → [中文, English]. `name` of an organisation is 申报单位. */
const LABELS = {
  applicant: ["申报者", "Applicant"],
  project_code: ["项目代码", "Project code"],
  department: ["所属部门", "Department"],
  source: ["申报来源", "Source"],
  item: ["事项名称", "Item"],
  kind: ["审批类型", "Type"],
  promised: ["承诺时间", "Promised"],
  quantity: ["申报数量", "Quantity"],
  project_name: ["申报项目名称", "Project name"],
  name: ["申报人", "Applicant's name"],
  id_number: ["身份证", "ID number"],
  credit_code: ["统一社会信用代码", "Social credit code"],
  document_number: ["单位相关证件号", "Certificate no."],
  legal_person: ["法定代表人", "Legal rep."],
  contact_name: ["联系人姓名", "Contact"],
  contact_phone: ["联系人手机", "Contact's mobile"],
  contact_id: ["联系人身份证", "Contact's ID no."],
  contact_landline: ["联系人电话", "Contact's tel."],
  address: ["通讯地址", "Address"],
  postcode: ["邮政编码", "Postcode"],
  courier: ["是否快递送达", "By courier"],
  recipient_name: ["收件人姓名", "Recipient"],
  recipient_phone: ["收件人手机", "Recipient's mobile"],
  region: ["所在地区", "Region"],
  recipient_postcode: ["邮政编码", "Postcode"],
  recipient_address: ["详细地址", "Street address"],
  remark: ["备注", "Remark"],
};

export function label(field, applicant) {
  if (field === "name" && applicant !== "person") return t("申报单位", "Organisation");
  return t(...LABELS[field]);
}

const HEAD = [
  ["applicant", "project_code"],
  ["department", "source"],
  ["item", "kind"],
  ["promised", "quantity"],
];
const CONTACT = [["contact_name", "contact_phone"], ["contact_id", "contact_landline"], ["address"], ["postcode"], ["courier"]];
const COURIER = [["recipient_name", "recipient_phone"], ["region", "recipient_postcode"], ["recipient_address"]];
const OWN = {
  person: [["name", "id_number"]],
  company: [["project_name"], ["name", "credit_code"], ["legal_person"]],
  organisation: [["project_name"], ["name", "document_number"], ["legal_person"]],
};
const MUST = {
  person: ["name", "id_number"],
  company: ["project_name", "name", "credit_code"],
  organisation: ["project_name", "name", "document_number"],
};

/** The rows of the applicant's table, the courier's only when it is wanted. */
export const rows = (form) => [...HEAD, ...OWN[form.applicant], ...CONTACT, ...(form.courier ? COURIER : []), ["remark"]];

/** Fields marked * in the applicant's table. */
export const required = (form) => [
  "applicant", ...MUST[form.applicant], "contact_name", "contact_phone", "courier",
  ...(form.courier ? ["recipient_name", "recipient_phone", "region", "recipient_address"] : []),
];

export const KNOWN = new Set(["department", "source", "item", "kind", "promised"]);

/** Fields with check digits, which may be let pass with a reason. */
export const CHECKED = new Set(["id_number", "credit_code", "document_number", "contact_id"]);

const RULES = {
  id_number: [idOk, "身份证号码不正确，请核对 18 位", "Not a valid ID number; check its 18 characters"],
  contact_id: [idOk, "身份证号码不正确，请核对 18 位", "Not a valid ID number; check its 18 characters"],
  credit_code: [creditOk, "统一社会信用代码不正确，请核对 18 位", "Not a valid credit code; check its 18 characters"],
  document_number: [documentOk, "18 位代码校验不通过，请核对", "Its check character is wrong"],
  contact_phone: [phoneOk, "手机号应为 1 开头的 11 位数字", "A mobile number has 11 digits from 13 to 19"],
  recipient_phone: [phoneOk, "手机号应为 1 开头的 11 位数字", "A mobile number has 11 digits from 13 to 19"],
  postcode: [postcodeOk, "邮政编码是 6 位数字", "A postcode has 6 digits"],
  recipient_postcode: [postcodeOk, "邮政编码是 6 位数字", "A postcode has 6 digits"],
};
/** 提取: what each kind of applicant is known by. */
export const IDENTITY = { person: "id_number", company: "credit_code", organisation: "document_number" };

const FULL = { id_number: 18, credit_code: 18, contact_id: 18, contact_phone: 11, recipient_phone: 11, postcode: 6, recipient_postcode: 6 };

/** What is wrong with one field's text, "" when nothing is; `typing`: a number not typed to its end is not wrong yet. */
export function fault(field, form, overrides, typing = false) {
  const text = form[field];
  const rule = RULES[field];
  if (!text || !rule || overrides[field]) return "";
  const bare = String(text).replace(/[\s-]/g, "");
  if (typing && FULL[field] && bare.length < FULL[field]) return "";
  return rule[0](text) ? "" : t(rule[1], rule[2]);
}

/** Typed to its end? A number of no set length is, when it is left. */
export const complete = (field, form) => FULL[field] === String(form[field]).replace(/[\s-]/g, "").length;

/** The fields that the table itself has, in its order. */
export const fieldsOf = (form) => rows(form).flat().filter((field) => !KNOWN.has(field));

/** Fields still to be filled in or put right before it can be accepted: [{field, message}]. */
export function missingFields(form, overrides, refused = {}) {
  if (!form.applicant) return [];
  const must = new Set(required(form));
  const found = [];
  for (const field of fieldsOf(form)) {
    const message = empty(field, form, must) ? t("必填", "Required") : fault(field, form, overrides) || (refused[field] ? t(refused[field].zh, refused[field].en) : "");
    if (message) found.push({ field, message });
  }
  return found;
}

function empty(field, form, must) {
  if (!must.has(field) || field === "applicant" || field === "courier") return false;
  if (field === "region") return !form.province || !form.city || !form.district;
  return !String(form[field] ?? "").trim();
}
