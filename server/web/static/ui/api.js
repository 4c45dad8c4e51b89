// How every staff page speaks to /api/v1: JSON, CSRF, one Idempotency-Key per intention, refusals as sentences.
//
//   const ticket = await post(`/windows/3/next`);             // null when the answer is 204
//   try { … } catch (refusal) { toast(refusal.sentence); }    // always a Refusal
//
// A network failure or a 502/503/504 is tried again with the SAME key, so a person is never called twice.

import { lang, t } from "./lang.js";

const ROOT = "/api/v1";
const PATIENCE_MS = 12_000; // one attempt
const PAUSES_MS = [400, 1200, 2500]; // between attempts
const PASSING = new Set([502, 503, 504]);

/** The server said no, or could not be reached (status 0, code "offline"). */
export class Refusal extends Error {
  constructor(status, { code = "unknown", message_zh = "", message_en = "", detail = null } = {}) {
    super(message_zh);
    this.status = status;
    this.code = code;
    this.zh = message_zh;
    this.en = message_en;
    this.detail = detail ?? {};
  }

  /** The sentence for this screen's language. */
  get sentence() {
    return lang() === "en" ? this.en || this.zh : this.zh || this.en;
  }

  get offline() {
    return this.status === 0;
  }
}

/** A fresh Idempotency-Key. (crypto.randomUUID is missing on plain-http hall networks, getRandomValues is not.) */
export function intention() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

export const get = (path, options = {}) => request("GET", path, undefined, options);
export const post = (path, body = {}, options = {}) => request("POST", path, body, options);
/** Send a file's bytes as they are. */
export const upload = (path, blob, options = {}) => request("POST", path, blob, { patience: 120_000, attempts: 2, ...options });
export const del = (path, options = {}) => request("DELETE", path, undefined, options);

/**
 * @param {{key?: string, stay?: boolean, attempts?: number, signal?: AbortSignal, background?: boolean, patience?: number, kept?: boolean}} options
 *   key: reuse an intention's key; stay: do not go to the sign-in page on 401; background: nobody pressed anything;
 *   patience: ms for one attempt; kept: the browser keeps the answer and asks only whether it is still the same.
 * @returns the JSON answer, or null when there is no content
 */
export async function request(method, path, body, options = {}) {
  const { key = intention(), stay = false, attempts = 4, signal } = options;
  let last = null;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length) - 1]);
    if (signal?.aborted) throw unreachable();
    const response = await once(method, path, body, key, options);
    if (response === null) {
      last = unreachable();
      continue;
    }
    if (response.ok) return readJson(response);
    last = await refusal(response);
    if (last.code.startsWith("csrf") && attempt === 0 && (await renewCsrf())) continue;
    if (PASSING.has(response.status)) continue;
    break;
  }
  if (last.status === 401 && !stay) goToSignIn();
  throw last;
}

async function once(method, path, body, key, { signal, background = false, kept = false, patience: patienceMs = PATIENCE_MS }) {
  const headers = { Accept: "application/json" };
  if (background) headers["X-Background"] = "1"; // the screen asks by itself: does not keep the session awake
  if (method !== "GET") {
    headers["X-CSRF-Token"] = csrfMeta()?.content ?? "";
    headers["Idempotency-Key"] = key;
    headers["Content-Type"] = body instanceof Blob ? body.type || "application/octet-stream" : "application/json";
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  const stop = () => patience.abort();
  signal?.addEventListener("abort", stop);
  try {
    const sent = Date.now();
    const response = await fetch(path.startsWith("/api/") ? path : ROOT + path, {
      method,
      headers,
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      credentials: "same-origin",
      cache: kept ? "no-cache" : "no-store",
      signal: patience.signal,
    });
    setClock(response.headers.get("Date"), sent);
    return response;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

// Counter machines have wrong clocks; waiting and serving times are told by the server's.
let skewMs = 0;
let skewError = Infinity;

function setClock(date, sent) {
  const said = Date.parse(date ?? "");
  const took = Date.now() - sent;
  if (Number.isNaN(said) || took > skewError + 50) return; // keep the reading with the shortest round trip
  const skew = said + 500 - (sent + took / 2); // the header counts whole seconds
  skewError = took;
  if (Math.abs(skew - skewMs) > 1500) skewMs = skew; // under a second is only the header's rounding
}

/** The server's clock, in ms since 1970, to about a second. */
export const serverNow = () => Date.now() + skewMs;

async function readJson(response) {
  if (response.status === 204) return null;
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

async function refusal(response) {
  try {
    const { error } = await response.json();
    if (error?.code) return new Refusal(response.status, error);
  } catch {
    // not our JSON: a proxy's page
  }
  return new Refusal(response.status, {
    code: `http_${response.status}`,
    message_zh: `系统没有完成这次操作（${response.status}），请再试一次。`,
    message_en: `The system did not complete this (${response.status}). Please try again.`,
  });
}

function unreachable() {
  return new Refusal(0, {
    code: "offline",
    message_zh: "连不上服务器，操作没有确认。恢复连接后请看清当前状态再操作。",
    message_en: "The server cannot be reached and did not confirm. Check the current state once it is back.",
  });
}

const csrfMeta = () => document.querySelector('meta[name="csrf-token"]');

// Another tab may have signed in again: the page's token is then old, the cookie is new.
async function renewCsrf() {
  const me = await once("GET", "/me", undefined, "", { background: true });
  if (!me?.ok) return false;
  const { csrf } = await me.json();
  if (!csrf || !csrfMeta() || csrf === csrfMeta().content) return false;
  csrfMeta().content = csrf;
  return true;
}

let leaving = false;

/** To the sign-in page, and back here afterwards. */
export function goToSignIn() {
  if (leaving) return;
  const here = location.pathname + location.search;
  location.assign(`/sign-in?next=${encodeURIComponent(here)}&why=ended`);
}

/** End the session and go to `to`. What the page asks by itself meanwhile must not lead elsewhere. */
export async function signOut(to = "/sign-in") {
  leaving = true;
  await del("/sessions", { stay: true }).catch(() => null);
  location.assign(to);
}

/** Minutes as people read them; "—" when unknown. */
export function minutesText(minutes) {
  if (minutes === null || minutes === undefined) return "—";
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return t(`${whole} 分钟`, `${whole} min`);
  return t(`${Math.floor(whole / 60)} 小时 ${whole % 60} 分`, `${Math.floor(whole / 60)} h ${whole % 60} min`);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
