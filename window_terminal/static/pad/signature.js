// Signing for a result on the pad: what is handed over, a field for the finger, and the picture of what it wrote.

import { html, nothing } from "lit";
import { get, intention, post } from "ui/api.js";
import { upload } from "../desk/upload.js";

const LEAST = 80; // px of ink: a slip of the finger is no signature
const WIDTH = 5; // px of the line
const both = (zh, en) => html`${zh}<span class="en" lang="en">${en}</span>`;

export class Signature {
  /** @param {{query: string, window: object, changed: () => void}} options `window`: goes along when the pad is not paired */
  constructor({ query, window, changed }) {
    Object.assign(this, { query, window, changed, asked: null, strokes: [], busy: false, trouble: null, key: "" });
  }

  /** Ask what is to be signed for now; a new collector begins on an empty field. */
  async read() {
    const { signing } = await get(`/pad/signing${this.query}`, { stay: true, attempts: 2, background: true });
    if (JSON.stringify(signing) !== JSON.stringify(this.asked)) Object.assign(this, { asked: signing, strokes: [], trouble: null, key: intention() });
    this.changed();
  }

  get ink() {
    return this.strokes.reduce((sum, line) => sum + line.reduce((length, at, i) => (i ? length + Math.hypot(at.x - line[i - 1].x, at.y - line[i - 1].y) : 0), 0), 0);
  }

  down = (event) => {
    if (this.busy) return;
    event.target.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.strokes.push([place(event)]);
    this.changed();
  };

  move = (event) => {
    if (event.pointerId !== this.pointer || !event.buttons || !this.strokes.length) return;
    const points = event.getCoalescedEvents?.() ?? [];
    this.strokes.at(-1).push(...(points.length ? points : [event]).map(place));
    paint(event.target, this.strokes);
  };

  up = (event) => {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.changed();
  };

  clear = () => {
    Object.assign(this, { strokes: [], trouble: null, key: intention() });
    this.changed();
  };

  send = async () => {
    const { asked } = this;
    Object.assign(this, { busy: true, trouble: null });
    this.changed();
    try {
      const picture = await new Promise((done) => canvas().toBlob(done, "image/png"));
      const file = await upload(`/cases/${asked.case}/files`, new File([picture], "signature.png"), "signature");
      await post("/pad/signatures", { case: asked.case, file: file.id, ...this.window }, { key: this.key, stay: true });
      Object.assign(this, { asked: null, strokes: [] });
    } catch (refusal) {
      this.trouble = refusal;
      this.read().catch(() => null); // it may be asked for no more
    } finally {
      this.busy = false;
      this.changed();
    }
  };

  view() {
    const { collector, title, item_name: item, board_number: number } = this.asked;
    queueMicrotask(() => canvas() && paint(canvas(), this.strokes));
    return html`<main class="sign" data-view="sign">
      <div class="ask-head"><h1>${both("请您签名领取", "Please sign for it")}</h1>
        <dl class="about">
          <div><dt>领取人 <span lang="en">Taken by</span></dt><dd data-collector>${collector}</dd></div>
          <div class="about-item"><dt>领取 <span lang="en">For</span></dt><dd>${title || item}</dd></div>
          <div><dt>公示号 <span lang="en">Case</span></dt><dd class="number">${number}</dd></div>
        </dl></div>
      <div class="sign-field">
        ${this.strokes.length ? nothing : html`<p aria-hidden="true">用手指在这里写名字<span lang="en">Write your name here with a finger</span></p>`}
        <canvas id="signature" aria-label="签名 Signature" @pointerdown=${this.down} @pointermove=${this.move} @pointerup=${this.up} @pointercancel=${this.up}></canvas>
      </div>
      <div class="sign-foot">
        <button type="button" class="quiet" data-clear ?disabled=${this.busy || !this.strokes.length} @click=${this.clear}>重写 <span lang="en">Again</span></button>
        <button type="button" class="send" data-signed ?disabled=${this.busy || this.ink < LEAST} @click=${this.send}>签好了 <span lang="en">Done</span></button>
      </div>
    </main>`;
  }
}

const canvas = () => document.querySelector("#signature");
const place = (event) => ({ x: event.offsetX, y: event.offsetY });

/** The whole signature, in the screen's own points, dark on white: it is printed and looked at later. */
function paint(field, strokes) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [Math.round(field.clientWidth * ratio), Math.round(field.clientHeight * ratio)];
  if (field.width !== width || field.height !== height) Object.assign(field, { width, height });
  const ink = field.getContext("2d");
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, field.clientWidth, field.clientHeight);
  Object.assign(ink, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round", strokeStyle: "#10222b" });
  for (const line of strokes) {
    ink.beginPath();
    ink.moveTo(line[0].x, line[0].y);
    for (let i = 1; i < line.length; i += 1) {
      const [before, at] = [line[i - 1], line[i]];
      ink.quadraticCurveTo(before.x, before.y, (before.x + at.x) / 2, (before.y + at.y) / 2);
    }
    ink.lineTo(line.at(-1).x, line.at(-1).y);
    ink.stroke();
  }
}
