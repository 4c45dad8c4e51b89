// Which language this screen speaks: Chinese first, English on request. Kept in a cookie so that the server's pages agree.

const COOKIE = "yichuang_lang";

/** "zh" or "en". */
export function lang() {
  return document.documentElement.lang.startsWith("en") ? "en" : "zh";
}

/** The words for this screen's language. */
export function t(zh, en) {
  return lang() === "en" && en ? en : zh;
}

/** Switch and load the page again, so that words rendered by the server follow. */
export function setLang(to) {
  document.cookie = `${COOKIE}=${to}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}

/** Let every `<button data-set-lang="en">` of the page switch the language. */
export function wireLangButtons(root = document) {
  for (const button of root.querySelectorAll("[data-set-lang]")) {
    button.addEventListener("click", () => setLang(button.dataset.setLang));
  }
}
