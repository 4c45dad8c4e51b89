// Photographs a paper, page by page, with the counter's camera (a document camera, or any webcam).

import { html, nothing, render } from "lit";

import { showDialog } from "ui/dialog.js";
import { t } from "ui/lang.js";

const WANTED = { video: { facingMode: { ideal: "environment" }, width: { ideal: 2560 }, height: { ideal: 1440 } }, audio: false };
const QUALITY = 0.85;

/** @returns {Promise<Blob[]|null>} the pages, [] when it was called off; null when this machine has no camera */
export async function photograph(name) {
  let stream;
  try {
    // http without TLS has no mediaDevices; a refused permission or a missing camera throws
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
  } catch {
    return null;
  }
  try {
    return (await showDialog(t(`拍摄：${name}`, `Photograph: ${name}`), (box, done) => new Camera(stream, box, done).draw(), { wide: true })) ?? [];
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

class Camera {
  constructor(stream, box, done) {
    Object.assign(this, { stream, box, done, pages: [] });
    box.closest("dialog").classList.add("camera");
    box.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.shoot();
    });
  }

  draw() {
    render(
      html`<div class="camera-view">
          <video autoplay muted playsinline .srcObject=${this.stream} data-testid="camera"></video>
          <ol class="camera-pages">${this.pages.map(
            (page, index) => html`<li><img src=${page.url} alt=${t(`第 ${index + 1} 页`, `page ${index + 1}`)} />
              <button class="link" type="button" @click=${() => this.drop(index)}>${t("重拍", "Drop")}</button></li>`,
          )}</ol>
        </div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => this.done(null)}>${t("取消", "Cancel")}</button>
          <button class="button" type="button" autofocus data-shoot @click=${() => this.shoot()}>${t("拍一页", "Take a page")} <kbd>Space</kbd></button>
          <button class="button primary" type="button" data-keep ?disabled=${!this.pages.length} @click=${() => this.done(this.pages.map((one) => one.blob))}>
            ${this.pages.length ? t(`保存 ${this.pages.length} 页`, `Keep ${this.pages.length}`) : t("保存", "Keep")}${nothing}
          </button>
        </div>`,
      this.box,
    );
  }

  async shoot() {
    const video = this.box.querySelector("video");
    if (!video.videoWidth) return;
    const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    this.pages.push({ blob, url: canvas.toDataURL("image/jpeg", 0.4) });
    this.draw();
    this.box.querySelector("[data-keep]").focus();
  }

  drop(index) {
    this.pages.splice(index, 1);
    this.draw();
  }
}
