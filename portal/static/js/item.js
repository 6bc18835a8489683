// The item page: live suggestion, saving as one goes, keys.
import { EntryError, stillNeeded, suggest } from "./rules.js";
import { QUIET, saving, sentOnce } from "./saving.js";

const form = document.getElementById("item-form");
const status = document.getElementById("save-status");
const rule = JSON.parse(document.getElementById("item-rule").textContent);

// --- saving -------------------------------------------------------------------------------

const saver = saving(form, status, {
  saved: (body) => `Saved at ${body.saved_at}${body.needs_reason ? ". Say why you differ from the suggestion." : ""}`,
  stale: () => [
    form.dataset.stale ?? "Not saved: somebody else saved this item first.",
    { href: "#", text: "Show both versions", click: (event) => { event.preventDefault(); leave(); } },
  ],
});
const { edited } = saver;
const leave = sentOnce(form, saver);

form.addEventListener("input", (event) => edited(event.target.type === "radio" || event.target.type === "checkbox" ? 0 : QUIET));

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
