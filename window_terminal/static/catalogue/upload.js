// A file (blank form, sample, workbook) goes up as it is; the server tells what it is by its content and names what it refuses.

import { intention, Refusal } from "ui/api.js";

const PATIENCE_MS = 120_000;

/** @param {string} path below /api/v1, with its query @returns the answer as JSON */
export async function sendFile(path, file) {
  const headers = {
    Accept: "application/json", "Content-Type": "application/octet-stream", "Idempotency-Key": intention(),
    "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
  };
  let response;
  try {
    response = await fetch(`/api/v1${path}`, { method: "POST", headers, body: file, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new Refusal(0, {
      code: "offline", message_zh: "连不上服务器，文件没有传完，请再试一次。", message_en: "The server cannot be reached; the file did not arrive. Try again.",
    });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.error);
  return answer;
}

/** @returns {Promise<{name: string}>} the stored file; its name may have got a number */
export const uploadItemFile = (item, file) => sendFile(`/catalogue/items/${encodeURIComponent(item)}/files?name=${encodeURIComponent(file.name)}`, file);

export const fileHref = (item, name) => `/api/v1/catalogue/items/${encodeURIComponent(item)}/files/${encodeURIComponent(name)}`;
export const isPicture = (name) => /\.(png|jpe?g)$/i.test(name);
