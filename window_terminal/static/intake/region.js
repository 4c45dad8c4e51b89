// 所在地区: province, city and district from a library's list, each narrowing the next; where the list is not there, free text.

import { html } from "lit";

import { t } from "ui/lang.js";

let list = null; // {province_list, city_list, county_list}: code → name
let asked = false;

/** Read the list once, when an address is first wanted: it is 160 kB that most cases do without. */
export function loadRegions(changed) {
  if (asked) return;
  asked = true;
  import("@vant/area-data").then(
    (module) => {
      list = module.areaList;
      changed();
    },
    () => {}, // free text, as it stands
  );
}

const names = (codes) => [...new Set(Object.values(codes))];
const codeOf = (codes, name, prefix = "") => Object.keys(codes).find((code) => codes[code] === name && code.startsWith(prefix)) ?? "";
const under = (codes, prefix) => names(Object.fromEntries(Object.entries(codes).filter(([code]) => prefix && code.startsWith(prefix))));

/** What may be chosen, given what is: {province: [...], city: [...], district: [...]}. */
export function choices(form) {
  if (!list) return { province: [], city: [], district: [] };
  const province = codeOf(list.province_list, form.province).slice(0, 2);
  const city = province && codeOf(list.city_list, form.city, province).slice(0, 4);
  return { province: names(list.province_list), city: under(list.city_list, province), district: under(list.county_list, city) };
}

const WORDS = { province: ["省", "Province"], city: ["市", "City"], district: ["区县", "District"] };

/** Three fields that suggest and narrow, and take any text: a list is never up to date with every county. */
export function regionField(intake) {
  loadRegions(() => intake.changed());
  const open = choices(intake.form);
  return html`<span class="region" id="f-region">${["province", "city", "district"].map((part) => one(intake, part, open[part]))}</span>`;
}

function one(intake, part, options) {
  const value = intake.form[part] ?? "";
  const chosen = (event) => intake.fill({ [part]: event.target.value, ...below(part, intake.form, event.target.value) });
  if (!options.length) {
    return html`<input id="f-${part}" autocomplete="off" .value=${value} ?readonly=${!intake.writable} placeholder=${t(...WORDS[part])} aria-label=${t(...WORDS[part])} @input=${chosen} />`;
  }
  const known = options.includes(value) || !value ? options : [value, ...options];
  return html`<select id="f-${part}" aria-label=${t(...WORDS[part])} .value=${value} ?disabled=${!intake.writable} @change=${chosen}>
    <option value="" ?selected=${!value}>${t(...WORDS[part])}</option>
    ${known.map((name) => html`<option value=${name} ?selected=${name === value}>${name}</option>`)}
  </select>`;
}

// Another province: its city is asked anew.
function below(part, form, value) {
  if (value === form[part]) return {};
  return { province: { city: "", district: "" }, city: { district: "" }, district: {} }[part];
}
