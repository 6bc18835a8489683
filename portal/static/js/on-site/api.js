// What the client asks of the server. Every answer that is not a plain success is one of two errors.
import { heard } from "./clock.js";

const ROOT = "/on-site/api";
const PATIENCE = 30_000; // milliseconds: a half-open connection never answers

// The server answered, and said no: `status`, and `error`, a word or words.
export class Refusal extends Error {
  constructor(status, body) {
    super(`${status} ${body.error ?? ""}`);
    this.status = status;
    this.body = body;
    this.error = body.error ?? "";
  }
}

// No answer came, or none that can be read.
export class Unreachable extends Error {}

// Who is signed in: {person_id, name, token, server_time, build, schema}.
export async function whoAmI() {
  const me = await ask("GET", "/me");
  heard(me.server_time);
  return me;
}
export const getPack = (reviewId) => ask("GET", `/packs/${reviewId}`);
export const checkOut = (token, body) => ask("POST", "/check-outs", { token, json: body });
export const giveBack = (token, checkOutId, body) => ask("POST", `/check-outs/${checkOutId}/return`, { token, json: body });
// `text`: the JSON as it is sent, in which operations stand letter for letter as they were written down.
export const sendOperations = (token, text) => ask("POST", "/sync", { token, text });
export const deposit = (secret, text) => ask("POST", "/deposit", { text, headers: { Authorization: `Bearer ${secret}` }, credentials: "omit" });
export const photoState = (photoId) => ask("GET", `/photos/${photoId}`);
export const sendPhoto = (token, photoId, from, bytes) => ask("PUT", `/photos/${photoId}?from=${from}`, { token, bytes });

async function ask(method, path, { token, json, text, bytes, headers = {}, credentials = "same-origin" } = {}) {
  const sent = new Headers({ Accept: "application/json", ...headers });
  if (token) sent.set("X-CSRFToken", token);
  if (bytes) sent.set("Content-Type", "application/octet-stream");
  else if (json || text) sent.set("Content-Type", "application/json");
  const answer = await answered(ROOT + path, { method, headers: sent, body: bytes ?? text ?? (json && JSON.stringify(json)), credentials });
  if (answer.ok) return readable(answer);
  throw new Refusal(answer.status, await answer.json().catch(() => ({})));
}

async function answered(address, options) {
  try {
    return await fetch(address, { ...options, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Unreachable(error.message);
  }
}

async function readable(answer) {
  try {
    return await answer.json();
  } catch (error) {
    throw new Unreachable(error.message); // cut short, or not the portal's: a sign-in page of the guest network
  }
}
