// The strip that is always in view: whether what was typed is safe, and how many edits wait to be sent.
import { h, replace } from "./dom.js";

const state = document.getElementById("on-site-state");
const count = document.getElementById("on-site-count");
const notice = document.getElementById("on-site-notice");

let refused = false; // something typed is not stored: no other word may cover that until a save succeeds

export function saving() {
  if (!refused) say("Saving", "saving");
}

// `at`: the Date at which the store confirmed it.
export function savedHere(at) {
  refused = false;
  say(`Saved on this device ${clock(at)}`, "here");
}

// Every edit of this device has its receipt, the last of them just now.
export function savedOnServer() {
  if (!refused) say("Saved on server", "server");
}

export function notSaved(words) {
  refused = true;
  say(/^not saved/i.test(words) ? words : `Not saved: ${words}`, "not");
}

export function isRefused() {
  return refused;
}

export function waiting(number) {
  const words = number === 0 ? "Nothing waiting" : `${number} ${number === 1 ? "edit" : "edits"} waiting to be sent`;
  if (count.textContent !== words) count.textContent = words;
  count.dataset.number = String(number);
  if (number > 0 && state.dataset.state === "server") say("Saved on this device", "here"); // an edit of another page
}

// What holds up sending, and what to do about it: words and at most one link; null when nothing does.
export function sending(words, link = null) {
  notice.hidden = !words;
  if (notice.dataset.words === (words ?? "")) return; // not read out again
  notice.dataset.words = words ?? "";
  replace(notice, words, link && [" ", h("a", { class: "govuk-link", ...link.attributes, href: link.href }, link.text)]);
}

export function clock(at) {
  return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function say(words, key) {
  state.dataset.state = key;
  if (state.textContent !== words) state.textContent = words;
}
