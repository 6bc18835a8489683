// The pieces of a worksheet's page: a question's field, and the figures under the rows.
import { results } from "../worksheet_sums.js";
import { h, replace } from "./dom.js";
import { message } from "./parts.js";
import { day, itemNumbers } from "./words.js";

const YES_NO = [["yes", "Yes", null], ["no", "No", null], ["na", "N/A", "Not applicable"], ["", "–", "Not answered"]];
const INPUTS = { date: { type: "date" }, text: { type: "text" }, whole: { type: "text", inputmode: "numeric" }, number: { type: "text", inputmode: "decimal" } };

// One question of a row. `answer(text, atOnce)` with every change.
export function field(position, question, value, answer) {
  const id = `row-${position}-${question.key}`;
  const about = { id, described: [question.help && `${id}-help`, `${id}-error`].filter(Boolean).join(" ") };
  const help = question.help && h("span", { class: "portal-cell__help", id: `${id}-help` }, question.help);
  const wrong = message(`${id}-error`, "");
  if (question.kind === "yes-no") {
    return h("fieldset", { class: "portal-cell portal-cell--choice", "data-question": question.key, "aria-describedby": about.described },
      h("legend", { class: "portal-cell__label" }, question.label), help, wrong, segments(id, value, answer));
  }
  return h("div", { class: `portal-cell${["choice", "text"].includes(question.kind) ? " portal-cell--list" : ""}`, "data-question": question.key },
    h("label", { class: "portal-cell__label", for: id }, question.label), help, wrong,
    question.kind === "choice" ? list(question, about, value, answer) : typed(question, about, value, answer));
}

function segments(name, value, answer) {
  return h("div", { class: "portal-seg" }, YES_NO.map(([key, words, spoken]) => h("label", { class: "portal-seg__one" },
    h("input", { type: "radio", name, value: key, checked: key === value, "aria-label": spoken, onchange: () => answer(key, true) }), " ", h("span", null, words))));
}

function list(question, { id, described }, value, answer) {
  const options = question.choices.map(({ key, words }) => h("option", { value: key }, words));
  return h("select", { class: "govuk-select", id, value, "aria-describedby": described, onchange: (event) => answer(event.target.value, true) }, h("option", { value: "" }), options);
}

function typed(question, { id, described }, value, answer) {
  const number = question.kind === "whole" || question.kind === "number";
  return h("input", { ...INPUTS[question.kind], class: `govuk-input${number ? " portal-cell__number" : ""}`, id, value, autocomplete: "off", "aria-describedby": described,
    oninput: (event) => answer(event.target.value, question.kind === "date") });
}

// A choice in words.
export function choiceWords(question, key) {
  return question.choices.find((choice) => choice.key === key)?.words ?? key;
}

// Put another answer in a question's field.
export function put(cell, value) {
  const radios = cell.querySelectorAll('input[type="radio"]');
  for (const radio of radios) radio.checked = radio.value === value;
  if (!radios.length) cell.querySelector("input, select").value = value;
}

// An answer in words, for those who only read.
export function readAnswer(question, value) {
  const words = { date: day, choice: (key) => choiceWords(question, key), "yes-no": (key) => ({ yes: "Yes", no: "No", na: "Not applicable" })[key] ?? key }[question.kind] ?? String;
  return h("div", { class: "portal-cell" }, h("span", { class: "portal-cell__label" }, question.label), " ",
    value ? h("span", { class: "portal-cell__answer" }, words(value)) : h("span", { class: "portal-muted" }, "Not answered"));
}

// What the worksheet shows. {element, count(rows)} with the answers of the rows that count.
export function figures(sheet, items) {
  const known = h("dl", { class: "portal-sums" });
  const waiting = h("dl", { class: "portal-sums" });
  const none = h("p", { class: "govuk-body" }, "Nothing yet. Figures appear here as you fill in the rows.");
  const open = h("span", { class: "govuk-details__summary-text" });
  const more = h("details", { class: "govuk-details" }, h("summary", { class: "govuk-details__summary" }, open), h("div", { class: "govuk-details__text" }, waiting));
  const lines = new Map(sheet.measures.map((measure) => [measure.key, line(measure, items)]));

  function count(rows) {
    const worked = results(sheet, rows);
    const sorted = { true: [], false: [] };
    for (const [key, { element, words }] of lines) {
      const result = worked.get(key);
      if (words.textContent !== result.words) words.textContent = result.words;
      sorted[result.known].push(element);
    }
    replace(known, sorted.true);
    replace(waiting, sorted.false);
    none.hidden = sorted.true.length > 0;
    known.hidden = !sorted.true.length;
    more.hidden = !sorted.false.length;
    open.textContent = `No figure yet (${sorted.false.length})`;
  }

  const element = h("section", { "aria-labelledby": "figures-title" }, h("h2", { class: "govuk-heading-m", id: "figures-title" }, "What it shows"), none, known, more,
    h("p", { class: "govuk-body-s" }, "Each reviewer can take these figures over on their own page of the item."));
  return { element, count };
}

function line(measure, items) {
  const words = h("span", { "data-figure": measure.key });
  const numbers = itemNumbers(items, measure.outputs.map((output) => output.item));
  const element = h("div", { class: "portal-sums__row" }, h("dt", null, measure.title), h("dd", null, words, numbers && [" ", h("span", { class: "portal-muted portal-sums__items" }, numbers)]));
  return { element, words };
}
