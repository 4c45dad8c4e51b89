// Phones and ID numbers as the kiosk shows and checks them while they are typed. The server checks again and decides.

import { t } from "/static/ui/lang.js";

export const PHONE_LENGTH = 11;
export const ID_LENGTH = 18;

/** "13812345678" → ["138", "1234", "5678"]; parts not yet typed are shorter or empty. */
export const phoneGroups = (digits) => [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7, 11)];

/** Six of place, eight of birth, four at the end. */
export const idGroups = (text) => [text.slice(0, 6), text.slice(6, 14), text.slice(14, 18)];

export const maskPhone = (digits) => (digits ? `${digits.slice(0, 3)}****${digits.slice(7)}` : "");
export const maskId = (text) => (text ? `${text.slice(0, 3)}***********${text.slice(14)}` : "");

/** What is wrong with the phone as far as it is typed, as a sentence, or "". `done`: the person pressed "next". */
export function phoneProblem(digits, done = false) {
  if ((digits.length >= 1 && digits[0] !== "1") || (digits.length >= 2 && !/[3-9]/.test(digits[1]))) {
    return t("手机号以 13 至 19 开头，请检查后重新输入。", "Mobile numbers begin with 13 to 19. Please check it.");
  }
  if (done && digits.length === 0) {
    return t("请输入手机号，或按“不留手机号”。", "Enter your mobile number, or press “No phone number”.");
  }
  if (done && digits.length < PHONE_LENGTH) {
    const missing = PHONE_LENGTH - digits.length;
    return t(`手机号是 11 位，还差 ${missing} 位。`, `A mobile number has 11 digits; ${missing} still missing.`);
  }
  return "";
}

/** The same for a resident ID number (GB 11643), its check character included. */
export function idProblem(text, done = false) {
  if (done && text.length < ID_LENGTH) {
    const missing = ID_LENGTH - text.length;
    return t(`身份证号是 18 位，还差 ${missing} 位。`, `An ID number has 18 characters; ${missing} still missing.`);
  }
  if (text.length === ID_LENGTH && !idCheckHolds(text)) {
    return t("身份证号不正确，请对照证件检查一遍。", "This ID number is not right. Please compare it with your card.");
  }
  return "";
}

function idCheckHolds(text) {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += Number(text[i]) * (2 ** (17 - i) % 11);
  return "10X98765432"[sum % 11] === text[17];
}
