// 003's basic form in words: the fields that are filled in, in the order of its three tables.

import { t } from "ui/lang.js";

const APPLICANTS = { person: ["个人", "person"], company: ["企业", "company"], organisation: ["非企业", "organisation"] };
const FIELDS = [
  ["applicant", "申报者", "Applicant"], ["name", "申报人（单位）", "Name"], ["id_number", "身份证", "ID number"], ["credit_code", "统一社会信用代码", "Credit code"],
  ["document_number", "单位证件号", "Document"], ["legal_person", "法定代表人", "Legal person"], ["project_name", "申报项目名称", "Project"], ["project_code", "项目代码", "Project code"],
  ["quantity", "申报数量", "Quantity"], ["contact_name", "联系人", "Contact"], ["contact_phone", "联系人手机", "Mobile"], ["contact_id", "联系人身份证", "Contact's ID"],
  ["contact_landline", "联系人电话", "Telephone"], ["address", "通讯地址", "Address"], ["postcode", "邮政编码", "Postcode"],
  ["courier", "快递送达", "By courier"], ["recipient_name", "收件人", "Recipient"], ["recipient_phone", "收件人手机", "Recipient's mobile"],
  ["province", "所在地区", "Region"], ["recipient_address", "详细地址", "Street"], ["recipient_postcode", "收件邮编", "Postcode"], ["remark", "备注", "Remark"],
];

/** [[name, value]…] of what is filled in. */
export function formRows(form) {
  return FIELDS.map(([field, zh, en]) => [t(zh, en), valueOf(field, form)]).filter(([, value]) => value !== "");
}

function valueOf(field, form) {
  const value = form[field];
  if (field === "applicant") return value ? t(...(APPLICANTS[value] ?? [value, value])) : "";
  if (field === "courier") return value === undefined ? "" : value ? t("是", "yes") : t("否", "no");
  if (field === "quantity") return value > 1 ? String(value) : "";
  if (field === "province") return [form.province, form.city, form.district].filter(Boolean).join(" ");
  return value === null || value === undefined ? "" : String(value);
}
