// The phone (or none), and for those old enough the ID number: typed on our own pad.

import { html, nothing } from "lit";
import { t } from "/static/ui/lang.js";
import { ID_LENGTH, PHONE_LENGTH, idGroups, idProblem, phoneGroups, phoneProblem } from "./numbers.js";
import { digitPad, typed } from "./pads.js";

export function phoneScreen(app) {
  const { phone, phoneSaid } = app.state;
  const problem = phoneSaid || phoneProblem(phone);
  const next = () => {
    const wrong = phoneProblem(phone, true);
    if (wrong) return app.set({ phoneSaid: wrong });
    return app.go("confirm");
  };
  const press = (key) => app.set({ phone: typed(phone, key, PHONE_LENGTH), phoneSaid: "" });
  app.onKey = (key) => !/[A-Z]/.test(key) && press(key);
  return html`
    <section class="screen entry" data-step="phone">
      <div class="ask">
        <h1>${t("请输入您的手机号", "Your mobile number")}</h1>
        <p class="lead">${t("取号、快到您、叫到您时，各发一条短信", "A text message when you take a number, when your turn is near, and when you are called")}</p>
      </div>
      ${shown(phoneGroups(phone), [3, 4, 4], problem, t("手机号", "Mobile number"))}
      ${sentence(problem)}
      ${digitPad({ onKey: press })}
      <div class="actions">
        <button type="button" class="button primary huge" data-next @click=${next}>${t("下一步", "Next")}</button>
        <button type="button" class="button huge" data-no-phone @click=${() => app.go("confirm", { phone: "", phoneSaid: "" })}>
          ${t("不留手机号", "No phone number")}
        </button>
      </div>
    </section>`;
}

export function identityScreen(app) {
  const { idNumber, idSaid } = app.state;
  const problem = idSaid || idProblem(idNumber);
  const next = () => {
    const wrong = idProblem(idNumber, true);
    if (wrong) return app.set({ idSaid: wrong });
    return app.go("confirm");
  };
  const age = app.state.hall?.elderClass?.min_age ?? 70;
  const press = (key) => app.set({ idNumber: typed(idNumber, key, ID_LENGTH), idSaid: "" });
  app.onKey = (key) => !/[A-WYZ]/.test(key) && press(key);
  return html`
    <section class="screen entry identity" data-step="identity">
      <div class="ask">
        <h1>${t("请输入身份证号", "Your resident ID number")}</h1>
        <p class="lead">${t(`满 ${age} 周岁可走绿色通道，优先办理。号码只用来核对年龄。`, `From the age of ${age} you are served earlier. The number is only used to check your age.`)}</p>
      </div>
      ${shown(idGroups(idNumber), [6, 8, 4], problem, t("身份证号", "ID number"))}
      ${sentence(problem)}
      ${digitPad({ onKey: press, extra: "X" })}
      <div class="actions">
        <button type="button" class="button primary huge" data-next @click=${next}>${t("好了", "Done")}</button>
        <button type="button" class="button huge" @click=${() => app.go("confirm", { idNumber: "", idSaid: "" })}>
          ${t("不用了，按普通号取", "No, take an ordinary number")}
        </button>
      </div>
    </section>`;
}

function shown(groups, lengths, problem, label) {
  const text = groups.join("");
  let from = 0;
  return html`<div class="typed ${problem ? "has-error" : ""}" role="textbox" aria-readonly="true" aria-label=${label} data-typed=${text}>
    ${lengths.map((length, index) => {
      const start = from;
      from += length;
      return html`<span class="typed-group">${Array.from({ length }, (_, i) => {
        const here = start + i === text.length;
        return html`<span class="typed-digit number ${here ? "here" : ""}">${groups[index][i] ?? ""}</span>`;
      })}</span>`;
    })}
  </div>`;
}

const sentence = (problem) => html`<p class="entry-says ${problem ? "bad" : ""}" role="status">${problem || nothing}</p>`;
