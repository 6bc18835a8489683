// One row of a worksheet in the page: kept by itself as one goes, its answers as they were typed.
import { rowProblems } from "./checks.js";
import { h, replace } from "./dom.js";
import { heldPanel } from "./held.js";
import { QUIET, keeping } from "./keeping.js";
import { hidden, mark, marks } from "./parts.js";
import { rowKey, rowName } from "./rows.js";
import { settleAddress } from "./settling.js";
import { choiceWords, field, put, readAnswer } from "./worksheet_parts.js";

// {element, answers(), refresh(), leave()}. `counted()` after each change; `removed(row)` to take it away.
export function rowForm(review, sheet, row, { counted, removed }) {
  const key = rowKey(sheet, row.position);
  const answers = Object.fromEntries(sheet.questions.map((question) => [question.key, row.answers[question.key] ?? ""]));
  const problems = () => rowProblems(sheet, answers);
  const keeper = keeping((changed) => review.edit("row", key, changed), problems);
  const [state, held] = [h("p", { class: "portal-tags portal-onsite-marks" }), h("div", { class: "portal-onsite-held" })];

  const cells = new Map(sheet.questions.map((question) => [question.key, field(row.position, question, answers[question.key], (text, atOnce) => {
    answers[question.key] = text;
    complain();
    counted();
    keeper.edited({ [question.key]: text }, atOnce ? 0 : QUIET);
  })]));

  function complain() {
    const wrong = problems();
    for (const [name, cell] of cells) {
      mark(cell, wrong[name] ?? "", "portal-cell--error");
      cell.querySelector(".govuk-input")?.classList.toggle("govuk-input--error", name in wrong);
    }
  }

  function refresh() {
    const record = review.record("row", key);
    replace(state, marks(record));
    const labels = [...sheet.questions.map((question) => [question.key, question.label]), ["removed", "Removed"]];
    replace(held, heldPanel(record, labels, (name, value) => shown(sheet, name, value), settleAddress(review)));
    for (const [name, cell] of cells) {
      const value = String(record?.fields[name] ?? "");
      if (!record || keeper.holds(name) || value === answers[name]) continue;
      answers[name] = value;
      put(cell, value);
    }
  }

  const remove = h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: () => removed(row) }, sheet.cards ? `Remove ${row.name.toLowerCase()}` : ["Remove", hidden(` ${row.name.toLowerCase()}`)]);
  complain();
  refresh();
  return { element: frame(sheet, row, { state, held, cells: [...cells.values()], remove }), answers: () => answers, refresh, leave: keeper.leave };
}

// The same to read only.
export function rowReading(sheet, row) {
  const cells = sheet.questions.map((question) => readAnswer(question, row.answers[question.key] ?? ""));
  return frame(sheet, row, { cells });
}

function frame(sheet, row, { state, held, cells, remove }) {
  const name = `row-${row.position}-name`;
  if (!sheet.cards) {
    return h("section", { class: "portal-tally portal-onsite-row", id: `row-${row.position}`, "aria-labelledby": name },
      h("div", { class: "portal-tally__name" }, h("h3", { id: name, tabindex: "-1" }, row.name), state), held, cells, remove && h("div", { class: "portal-tally__do" }, remove));
  }
  const groups = new Map();
  sheet.questions.forEach((question, at) => groups.set(question.group, [...(groups.get(question.group) ?? []), cells[at]]));
  return h("section", { class: "portal-record", id: `row-${row.position}`, "aria-labelledby": name },
    h("div", { class: "portal-item-head" }, h("h3", { class: "govuk-heading-m govuk-!-margin-bottom-2", id: name, tabindex: "-1" }, row.name), state),
    held,
    [...groups].map(([group, found]) => h("fieldset", { class: "govuk-fieldset portal-record__group" },
      h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, group), h("div", { class: "portal-cells" }, found))),
    remove);
}

function shown(sheet, name, value) {
  if (name === "removed") return value ? "Yes" : "No";
  const question = sheet.questions.find((one) => one.key === name);
  if (question?.kind === "choice") return choiceWords(question, value ?? "");
  return { yes: "Yes", no: "No", na: "Not applicable" }[value] ?? value ?? "";
}

// A row that nobody has begun.
export function emptyRow(sheet, position) {
  return { position, name: rowName(sheet, position), answers: {}, removed: false, record: null };
}
