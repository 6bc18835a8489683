// The calculator of an item, live: fields and ticks from the item's definition, the sum in words.
import { h, replace } from "./dom.js";
import { details, mark, message } from "./parts.js";
import { QUIET } from "./keeping.js";
import { worked } from "./rating_state.js";

// {element, entries(), fill(entries), suggestion()}. `offered`: lines of figures to take over; `changed(entries,
// wait)` after each change, `worked(suggestion)` after each working out.
export function calculatorBox(item, standing, { offered = [], changed, suggested }) {
  const shown = h("div", { id: "suggestion", "aria-live": "polite" });
  const fields = item.calculator.fields.map((field) => numberField(field, standing[field.key]));
  const groups = item.calculator.ticks.map((group) => tickGroup(group, standing));
  const ticks = groups.flatMap((group) => [...group.querySelectorAll("input")]);
  let used = false; // ticks left open count as No once anything of the calculator was used

  const nameOf = (input) => input.name.slice(3);
  const inputs = fields.map((field) => field.querySelector("input"));

  function entries() {
    const typed = inputs.map((input) => [nameOf(input), input.value.trim()]).filter(([, text]) => text);
    const any = used || typed.length > 0 || ticks.some((tick) => tick.checked);
    return Object.fromEntries(any ? [...typed, ...ticks.map((tick) => [nameOf(tick), tick.checked])] : []);
  }

  function workOut() {
    const { suggestion, needed, problems } = worked(item, entries());
    for (const field of fields) {
      mark(field, problems.find((problem) => problem.field === field.dataset.field)?.message ?? "");
      field.querySelector("input").classList.toggle("govuk-input--error", field.classList.contains("govuk-form-group--error"));
    }
    replace(shown, result(suggestion, needed));
    suggested(suggestion);
  }

  function fill(found) {
    for (const input of inputs) if (nameOf(input) in found) input.value = found[nameOf(input)];
    for (const tick of ticks) if (nameOf(tick) in found) tick.checked = found[nameOf(tick)] === true;
  }

  const use = (found) => {
    fill(found);
    used = true;
    workOut();
    changed(entries(), 0);
  };
  const element = h(
    "section",
    { class: "portal-panel portal-calculator", id: "calculator", "aria-labelledby": "calculator-title" },
    h("h2", { class: "govuk-heading-m", id: "calculator-title" }, "Work out a suggestion"),
    offered.map((offer) => offerLine(offer, use)),
    fields.length > 0 && h("div", { class: "portal-inputs" }, fields),
    groups,
    shown,
    h("button", { type: "button", class: "govuk-button govuk-button--secondary govuk-!-margin-bottom-2", onclick: () => use({}) }, "Work it out"),
    details(
      "How figures become a rating",
      h("ul", { class: "govuk-list" }, item.calculator.thresholds.map((line) => h("li", null, line))),
      item.calculator.note && h("p", { class: "govuk-body-s" }, item.calculator.note),
    ),
  );
  element.addEventListener("input", (event) => {
    const tick = event.target.type === "checkbox";
    used ||= tick;
    workOut();
    changed(entries(), tick ? 0 : QUIET);
  });
  workOut();
  return { element, entries, fill: (found) => { fill(found); workOut(); } };
}

function numberField({ key, label, unit, hint }, value = "") {
  const described = [hint && `in-${key}-hint`, `in-${key}-error`].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "govuk-form-group", "data-field": key },
    h("label", { class: "govuk-label", for: `in-${key}` }, label),
    hint && h("div", { class: "govuk-hint", id: `in-${key}-hint` }, hint),
    message(`in-${key}-error`, ""),
    h("span", { class: "portal-onsite-amount" },
      h("input", { class: "govuk-input govuk-input--width-5", id: `in-${key}`, name: `in-${key}`, type: "text", inputmode: "decimal", autocomplete: "off", value, "aria-describedby": described }),
      unit && [" ", h("span", { class: "portal-unit" }, unit)]),
  );
}

function tickGroup({ legend, facts }, standing) {
  return h(
    "fieldset",
    { class: "govuk-fieldset govuk-!-margin-bottom-4" },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, legend),
    h("div", { class: "govuk-checkboxes" }, facts.map(({ key, label }) => h(
      "div",
      { class: "govuk-checkboxes__item" },
      h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `is-${key}`, name: `is-${key}`, checked: standing[key] === true }),
      h("label", { class: "govuk-label govuk-checkboxes__label", for: `is-${key}` }, label),
    ))),
  );
}

function offerLine({ source, words, entries }, use) {
  const button = h("button", { type: "button", class: "portal-link-button", onclick: () => use(entries) }, "Use these figures");
  return h("p", { class: "govuk-body govuk-!-margin-bottom-2" }, `${source}: ${words.join("; ")}.`, Object.keys(entries).length > 0 && [" ", button]);
}

function result(suggestion, needed) {
  if (suggestion) {
    return [
      h("p", { class: "govuk-body govuk-!-margin-bottom-1" }, h("strong", null, `Suggested rating: ${suggestion.rating}`)),
      h("ul", { class: "govuk-list" }, suggestion.steps.map((step) => h("li", null, step))),
    ];
  }
  return needed.length ? h("p", { class: "govuk-body" }, `Still needed: ${needed.join("; ")}.`) : null;
}
