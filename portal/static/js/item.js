// The item page: live suggestion, saving as one goes, honest status words, keys.
import { EntryError, stillNeeded, suggest } from "./rules.js";

const form = document.getElementById("item-form");
const status = document.getElementById("save-status");
const rule = JSON.parse(document.getElementById("item-rule").textContent);
const QUIET = 900; // milliseconds without typing before a save
const AGAIN = 15000; // milliseconds before a failed save is tried again
const OFFLINE = "Not saved: no connection. What you typed stays on this page.";

// --- saving -------------------------------------------------------------------------------

let timer = null;
let sending = null; // the save under way
let touched = false; // something was typed since the last send
let stuck = false; // somebody else saved first: a person must look
let left = false; // the form was sent: a second click must not send it again

function say(text, link) {
  status.textContent = text;
  status.dataset.state = text.split(" ")[0].toLowerCase();
  if (!link) return;
  status.append(" ");
  const anchor = Object.assign(document.createElement("a"), { className: "govuk-link", href: link.href, textContent: link.text });
  if (link.target) anchor.target = link.target;
  if (link.click) anchor.addEventListener("click", link.click);
  status.append(anchor);
}

function edited(wait) {
  touched = true;
  if (stuck) return;
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  clearTimeout(timer);
  if (sending || !touched || stuck) return;
  sending = send();
  await sending;
}

async function send() {
  touched = false;
  say("Saving");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
    await understand(answer);
  } catch {
    failed(OFFLINE);
  } finally {
    sending = null;
    if (touched && !stuck) edited(QUIET);
  }
}

async function understand(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    form.elements.version.value = body.version;
    if (!touched) say(`Saved at ${body.saved_at}${body.needs_reason ? ". Say why you differ from the suggestion." : ""}`);
    return;
  }
  touched = true;
  if (answer.status === 409 && body.error === "stale") {
    stuck = true;
    say("Not saved: somebody else saved this item first.", { href: "#", text: "Show both versions", click: (event) => { event.preventDefault(); leave(); } });
  } else if (answer.status === 401) {
    failed("Not saved: you have been signed out. What you typed stays here.", { href: form.dataset.signIn, text: "Sign in in a new tab", target: "_blank" });
  } else if (answer.status === 400 && body.error === "token") {
    await freshToken();
  } else if (answer.status === 400 && body.problems) {
    stuck = false;
    failed(`Not saved: ${Object.values(body.problems).join(" ")}`, null, false);
  } else {
    failed("Not saved: the portal did not take it.", { href: "#", text: "Try again", click: (event) => { event.preventDefault(); edited(0); } });
  }
}

function failed(text, link, again = true) {
  touched = true;
  say(text, link);
  if (again) timer = setTimeout(save, AGAIN);
}

async function freshToken() {
  const answer = await fetch(form.dataset.token, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    failed("Not saved: you have been signed out. What you typed stays here.", { href: form.dataset.signIn, text: "Sign in in a new tab", target: "_blank" });
    return;
  }
  form.elements.csrf_token.value = (await answer.json()).token;
  edited(0);
}

function leave() {
  window.removeEventListener("beforeunload", warn);
  form.requestSubmit(form.querySelector('button[value="save"]'));
}

function warn(event) {
  if (touched || sending) event.preventDefault();
}

form.addEventListener("input", (event) => edited(event.target.type === "radio" || event.target.type === "checkbox" ? 0 : QUIET));
form.addEventListener("submit", async (event) => {
  const { submitter } = event;
  if (left) event.preventDefault();
  else if (!navigator.onLine) {
    event.preventDefault(); // the browser's own error page would take the place of what was typed
    failed(OFFLINE);
  } else if (sending) {
    event.preventDefault(); // the save under way raises the version that this form has to name
    await sending;
    form.requestSubmit(submitter);
  } else {
    left = true;
    touched = false;
    clearTimeout(timer);
    window.removeEventListener("beforeunload", warn);
  }
});
window.addEventListener("pageshow", () => { left = false; }); // back from where the form led
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); else if (touched) save(); });
window.addEventListener("online", save);
window.addEventListener("beforeunload", warn);

// --- live suggestion ----------------------------------------------------------------------

const box = document.getElementById("calculator");
const shown = document.getElementById("suggestion");

function entries() {
  const found = {};
  for (const input of box.querySelectorAll('input[name^="in-"]')) if (input.value.trim()) found[input.name.slice(3)] = input.value;
  const ticks = [...box.querySelectorAll('input[name^="is-"]')];
  if (Object.keys(found).length || box.dataset.used || ticks.some((tick) => tick.checked)) for (const tick of ticks) found[tick.name.slice(3)] = tick.checked;
  return found;
}

function paragraph(text, strong) {
  const line = Object.assign(document.createElement("p"), { className: "govuk-body govuk-!-margin-bottom-1" });
  if (strong) line.append(Object.assign(document.createElement("strong"), { textContent: text }));
  else line.textContent = text;
  return line;
}

function markProblems(problems) {
  for (const field of box.querySelectorAll("[data-field]")) {
    const text = problems.find((problem) => problem.field === field.dataset.field)?.message ?? "";
    const message = field.querySelector(".govuk-error-message");
    message.hidden = !text;
    message.querySelector(".portal-problem").textContent = text;
    field.classList.toggle("govuk-form-group--error", Boolean(text));
    field.querySelector("input").classList.toggle("govuk-input--error", Boolean(text));
  }
}

function recalculate() {
  const now = entries();
  let result = null;
  let needed = [];
  let problems = [];
  try {
    result = suggest(rule, now);
    needed = Object.keys(now).length && !result ? stillNeeded(rule, now) : [];
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    problems = error.problems;
  }
  markProblems(problems);
  shown.replaceChildren();
  if (result) {
    const list = Object.assign(document.createElement("ul"), { className: "govuk-list portal-steps" });
    list.append(...result.steps.map((step) => Object.assign(document.createElement("li"), { textContent: step })));
    shown.append(paragraph(`Suggested rating: ${result.rating}`, true), list);
  } else if (needed.length) shown.append(paragraph(`Still needed: ${needed.join("; ")}.`));
  for (const anchor of form.querySelectorAll(".portal-anchor")) {
    anchor.querySelector(".portal-anchor__suggested").hidden = !result || Number(anchor.dataset.rating) !== result.rating;
  }
}

if (box) {
  box.addEventListener("input", (event) => {
    if (event.target.type === "checkbox") box.dataset.used = "yes";
    recalculate();
  });
  box.querySelector('button[value="suggest"]').addEventListener("click", (event) => {
    event.preventDefault();
    box.dataset.used = "yes";
    if (!form.elements.used) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "used", value: "yes" }));
    recalculate();
    edited(0);
  });
}

// --- what was typed before this script was there --------------------------------------------

function typedEarly(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

if ([...form.querySelectorAll('input:not([type="hidden"]):not([type="file"]), textarea')].some(typedEarly)) {
  if (box) recalculate();
  edited(QUIET);
}

// --- keys (they can be switched off: single keys get in the way of speech input) -----------

const KEYS = "portal-keys-off";
const keys = document.getElementById("keys-switch");
keys.closest(".portal-keys").hidden = false;
keys.checked = localStorage.getItem(KEYS) === null;
keys.addEventListener("change", () => (keys.checked ? localStorage.removeItem(KEYS) : localStorage.setItem(KEYS, "yes")));

document.addEventListener("keydown", (event) => {
  if (!keys.checked) return;
  const typing = event.target.closest('textarea, select, input:not([type="radio"]):not([type="checkbox"])');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const radio = /^[1-5]$/.test(event.key) && document.getElementById(`rating-${event.key}`);
  if (radio) {
    radio.checked = true;
    radio.focus();
    edited(0);
  } else if (event.key === "n") form.requestSubmit(form.querySelector('button[value="next"]'));
  else if (event.key === "p") {
    const before = document.getElementById("item").dataset.before;
    if (before) window.location.assign(before);
  }
});
