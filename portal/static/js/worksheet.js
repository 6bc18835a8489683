// A worksheet: every row saves itself as one goes, and the figures under the rows follow at once.
import { QUIET, saving, sentOnce } from "./saving.js";
import { results } from "./worksheet_sums.js";

const { sheet, others } = JSON.parse(document.getElementById("worksheet-data").textContent);
const forms = [...document.querySelectorAll("form[data-row]")];
const known = document.getElementById("figures-known");
const waiting = document.getElementById("figures-waiting");
const AT_ONCE = new Set(["radio", "date", "select-one"]);

function answers(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) if (name.startsWith("q-") && value.trim()) found[name.slice(2)] = value;
  return found;
}

/** Put a figure's line among those that have a figure or those that have none, in their order. */
function move(line, list) {
  if (line.parentElement === list) return;
  const after = [...list.children].find((other) => Number(other.dataset.order) > Number(line.dataset.order));
  list.insertBefore(line, after ?? null);
}

function recount() {
  const rows = forms.map(answers);
  for (const [key, result] of results(sheet, [...others, ...rows])) {
    const place = document.querySelector(`[data-figure="${key}"]`);
    if (place.textContent !== result.words) place.textContent = result.words;
    move(place.closest("[data-order]"), result.known ? known : waiting);
  }
  const left = waiting.children.length;
  document.getElementById("figures-count").textContent = left;
  document.getElementById("figures-more").hidden = !left;
  document.getElementById("figures-none").hidden = known.children.length > 0;
  forms.forEach((form, index) => {
    const count = document.querySelector(`[data-answered="${form.dataset.row}"]`);
    if (count) count.textContent = Object.keys(rows[index]).length;
  });
}

function problems(form, found) {
  for (const old of form.querySelectorAll(".govuk-error-message[data-live]")) old.remove();
  for (const [key, message] of Object.entries(found)) {
    const field = document.getElementById(`row-${form.dataset.row}-${key}`);
    if (!field) continue;
    const line = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: message });
    line.dataset.live = "yes";
    if (field.tagName === "FIELDSET") field.querySelector(".portal-seg").before(line);
    else field.before(line);
  }
}

function begin(form) {
  const status = form.querySelector(".portal-status");
  const saver = saving(form, status, {
    saved: (body) => {
      problems(form, {});
      return `Saved at ${body.saved_at}`;
    },
    refused: (found) => problems(form, found),
    stale: () => [
      "Not saved: somebody else saved this row first.",
      { href: "#", text: "Show both versions", click: (event) => { event.preventDefault(); leave(); } },
    ],
  });
  const leave = sentOnce(form, saver, () => { status.hidden = false; });
  const save = form.querySelector(".portal-tally__save");
  if (save) save.hidden = status.dataset.state !== "not"; // what could not be saved may be right as it stands
  form.addEventListener("input", (event) => {
    status.hidden = false;
    saver.edited(AT_ONCE.has(event.target.type) ? 0 : QUIET);
    recount();
  });
  if ([...form.elements].some(typedEarly)) saver.edited(QUIET);
}

// What was typed before this script was there.
function typedEarly(field) {
  if (!field.name?.startsWith("q-")) return false;
  if (field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return ![...field.options].every((option) => option.selected === option.defaultSelected || (!option.index && option.selected));
  return field.value !== field.defaultValue;
}

forms.forEach(begin);
recount();
