// The basic form (003's three tables) as a citizen meets it: what is needed first, the rest folded away.
// A field: [key, zh, en, {attributes}]; which are required, the hall says (`required` of the case).
(function () {
  "use strict";
  var number = { inputmode: "numeric" }, phone = { type: "tel", inputmode: "tel", maxlength: "13" };
  var id = { autocapitalize: "characters", autocomplete: "off", maxlength: "20" };

  var OWN = {
    person: [["name", "申报人姓名", "Your name", { autocomplete: "name" }], ["id_number", "身份证号", "ID number", id]],
    company: [["project_name", "申报项目名称", "What is applied for"], ["name", "申报单位（企业名称）", "Company's name"],
      ["credit_code", "统一社会信用代码", "Unified social credit code", id], ["legal_person", "法定代表人", "Legal representative"]],
    organisation: [["project_name", "申报项目名称", "What is applied for"], ["name", "申报单位", "Organisation's name"],
      ["document_number", "单位相关证件号", "Its document number", id], ["legal_person", "法定代表人", "Legal representative"]]
  };
  window.phoneFields = {
    /** What may stand in the ID card's place. */
    documents: [["", "居民身份证", "Resident ID card"], ["passport", "护照", "Passport"], ["hk_macao", "港澳居民来往内地通行证", "Hong Kong or Macao permit"],
      ["taiwan", "台湾居民来往大陆通行证", "Taiwan permit"], ["foreigner", "外国人永久居留身份证", "Foreigner's permanent residence"], ["other", "其他身份证件", "Another document"]],
    applicants: { person: ["个人", "Person"], company: ["企业", "Company"], organisation: ["非企业", "Other organisation"] },
    own: OWN,
    contact: [["contact_name", "联系人姓名", "Contact's name", { autocomplete: "name" }], ["contact_phone", "联系人手机", "Contact's mobile", phone]],
    courier: [["recipient_name", "收件人姓名", "Recipient"], ["recipient_phone", "收件人手机", "Recipient's mobile", phone],
      ["province", "省", "Province"], ["city", "市", "City"], ["district", "区县", "District"],
      ["recipient_address", "详细地址", "Address", { autocomplete: "street-address" }], ["recipient_postcode", "邮政编码", "Postcode", number]],
    more: [["contact_landline", "联系人电话", "Telephone", { type: "tel" }], ["contact_id", "联系人身份证", "Contact's ID number", id],
      ["address", "通讯地址", "Postal address"], ["postcode", "邮政编码", "Postcode", number],
      ["project_code", "项目代码", "Project code"], ["quantity", "申报数量", "Quantity", number], ["remark", "备注", "Remark"]]
  };
})();
