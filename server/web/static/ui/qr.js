// A QR code for a citizen's link, so that nobody needs a phone number to follow their turn on a phone.

import { html, svg } from "lit";
import qrcode from "qrcode-generator";

const QUIET = 4;

/** The code as an SVG picture with its quiet zone. */
export function qrSvg(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const size = count + 2 * QUIET;
  return html`<svg class="qr-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR" shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff"/><path d=${path} fill="#000"/>`}</svg>`;
}
