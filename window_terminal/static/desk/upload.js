// A file goes up as it is (no form, no base64); its type is told by its content, by the server.

import { intention, Refusal } from "ui/api.js";

const PATIENCE_MS = 120_000;

/** @param {string} path e.g. "/cases/12/files" @returns the stored file */
export async function upload(path, file, purpose) {
  const query = new URLSearchParams({ name: file.name, purpose });
  const headers = {
    Accept: "application/json", "Content-Type": "application/octet-stream", "Idempotency-Key": intention(),
    "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
  };
  let response;
  try {
    response = await fetch(`/api/v1${path}?${query}`, { method: "POST", headers, body: file, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new Refusal(0, { code: "offline", message_zh: "连不上服务器，文件没有传完，请再试一次。", message_en: "The server cannot be reached; the file did not arrive. Try again." });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refusal(response.status, answer.error ?? { message_zh: `文件没有传成（${response.status}）。`, message_en: `The file was not taken (${response.status}).` });
  }
  return answer;
}
