// Our own five faces, drawn alike: one line, one size, one ink. Only the mouth differs, so none is prettier than another.

import { svg } from "lit";

const DOTS = svg`<circle class="fill" cx="35" cy="41" r="4.2" /><circle class="fill" cx="65" cy="41" r="4.2" />`;

const FEATURES = {
  5: svg`<path d="M29 43q6-8 12 0M59 43q6-8 12 0M29 57h42q-3 21-21 21t-21-21z" />`,
  4: svg`${DOTS}<path d="M31 59q19 22 38 0" />`,
  3: svg`${DOTS}<path d="M34 65q16 5 32 0" />`,
  2: svg`${DOTS}<path d="M33 71q17-16 34 0" />`,
  1: svg`${DOTS}<path d="M27 33l13-6M73 33l-13-6M31 76q19-26 38 0" />`,
};

export function face(score) {
  return svg`<svg class="face" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
    <circle cx="50" cy="50" r="45" />${FEATURES[score]}</svg>`;
}

export const tick = svg`<svg class="face" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
  <circle cx="50" cy="50" r="45" /><path d="M29 52l15 15 28-31" /></svg>`;
