// When to send, what to say when it cannot be done, and when to try again. One page sends at a time.
import { Refusal, Unreachable } from "./api.js";
import { listen } from "./channel.js";
import { count } from "./count.js";
import { pausedBy } from "./pauses.js";
import { round } from "./round.js";
import * as status from "./status.js";
import { isUnlocked } from "./vault.js";

const AFTER_EDIT = 1500; // milliseconds: several edits go together
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
const HEARTBEAT = 5 * 60_000; // when nothing waits

let timer = null;
let failures = 0;
let sending = null; // the round under way in this page
let wanted = false; // something to send has come up since it began

export function start() {
  listen(({ what }) => {
    if (what === "edited") soon();
    if (what === "unlocked") sendNow();
  });
  window.addEventListener("online", sendNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendNow());
  sendNow();
}

// Send what waits. Resolves with how it went, see round() and pauses.js; null when there is nothing to do it with.
export async function sendNow() {
  failures = 0;
  await sending; // it may have begun before the newest edit
  return send();
}

// Do something that must not run beside a round of sending, in whichever page.
export function alone(work) {
  return navigator.locks ? navigator.locks.request("on-site-sending", work) : work();
}

async function send() {
  clearTimeout(timer);
  if (!isUnlocked()) return null;
  if (sending) {
    wanted = true;
    return sending;
  }
  wanted = false;
  sending = alone(attempt);
  const outcome = await sending.finally(() => { sending = null; });
  await tell(outcome).catch(() => {}); // locked meanwhile
  later(nextTry(outcome));
  return outcome;
}

async function attempt() {
  try {
    return await round();
  } catch (error) {
    if (error instanceof Unreachable) return { state: "unreachable" };
    if (error instanceof Refusal) return { state: "refused", words: error.error };
    if (!isUnlocked()) return { state: "locked" };
    console.error(error);
    return { state: "trouble" };
  }
}

async function tell(outcome) {
  const left = await count();
  if (outcome.sent && left === 0) status.savedOnServer();
  const { words, link } = await pausedBy(outcome, left);
  status.sending(words, link);
}

function nextTry({ state }) {
  if (wanted) return AFTER_EDIT;
  failures = state === "done" ? 0 : failures + 1;
  if (!failures) return HEARTBEAT;
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
  return wait * (0.75 + Math.random() / 2); // tablets that lost one network do not all come back in one second
}

function soon() {
  wanted = true;
  later(AFTER_EDIT);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}
