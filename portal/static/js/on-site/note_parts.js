// The pieces of a note's page: its facts, the items it informs, what to ask.
import { h } from "./dom.js";
import { details, hidden, message } from "./parts.js";
import { kindTitles, roleTitles } from "./note_words.js";
import { askedOf } from "./sources.js";
import { capital, today } from "./words.js";

// What it is, whom with, what it counts as, date and heading. `changed(fields, wait)`.
export function facts(pack, fields, changed, quiet) {
  const select = (name, label, options) => h("div", { class: "govuk-form-group", "data-field": name },
    h("label", { class: "govuk-label", for: name }, label), message(`${name}-error`, ""),
    h("select", { class: "govuk-select", id: name, value: fields[name], "aria-describedby": `${name}-error`, onchange: (event) => changed({ [name]: event.target.value }, 0) }, options));
  const option = (value, words) => h("option", { value }, words);
  const titles = kindTitles(pack);
  const date = h("div", { class: "govuk-form-group", "data-field": "taken_on" },
    h("label", { class: "govuk-label", for: "taken_on" }, "Date"), message("taken_on-error", ""),
    h("input", { class: "govuk-input", id: "taken_on", type: "date", max: today(), value: fields.taken_on, "aria-describedby": "taken_on-error", onchange: (event) => changed({ taken_on: event.target.value }, 0) }));
  const heading = h("div", { class: "govuk-form-group govuk-!-margin-bottom-0", "data-field": "heading" },
    h("label", { class: "govuk-label", for: "heading" }, "Heading (optional)"), message("heading-error", ""),
    h("input", { class: "govuk-input", id: "heading", type: "text", maxlength: 200, value: fields.heading, "aria-describedby": "heading-error", oninput: (event) => changed({ heading: event.target.value }, quiet) }));
  return details("What it is, date and heading",
    h("div", { class: "portal-note-facts" },
      select("kind", "What it is", Object.entries(titles).map(([kind, words]) => option(kind, words))),
      select("role", "Whom with", [option("", "Nobody (no interview)"), ...Object.entries(roleTitles(pack)).map(([role, words]) => option(role, words))]),
      select("source", "Counts as", sourceOptions(pack, fields.kind)),
      date),
    heading);
}

// What a kind of note may count as.
export function sourceOptions(pack, kind) {
  return (pack.kind_sources[kind] ?? []).map((code) => h("option", { value: code }, capital(pack.source_titles[code] ?? code)));
}

// The items that the note informs, found by typing. `changed(keys)` in the scale's order.
export function itemChoice(items, keys, asked, changed) {
  const boxes = items.map((item) => h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `item-${item.number}`, value: item.key, checked: keys.includes(item.key) }));
  const lines = items.map((item, at) => h("div", { class: "govuk-checkboxes__item", "data-name": `${item.number} ${item.title.toLowerCase()}` },
    boxes[at],
    h("label", { class: "govuk-label govuk-checkboxes__label", for: `item-${item.number}` }, `${item.number}. ${item.title}`, asked.has(item.key) && [" ", h("span", { class: "portal-muted" }, "(asked)")])));
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const filter = (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    lines.forEach((line, at) => { line.hidden = !words.every((word) => line.dataset.name.includes(word)) && !boxes[at].checked; });
  };
  const list = h("div", { class: "govuk-checkboxes govuk-checkboxes--small portal-many", id: "items-list", onchange: () => changed(chosen()) }, lines);
  const element = h("fieldset", { class: "govuk-fieldset govuk-!-margin-bottom-4", id: "items-box" },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, "Items that this note informs"),
    h("div", { class: "govuk-form-group govuk-!-margin-bottom-2" }, h("label", { class: "govuk-label", for: "items-filter" }, "Find an item"), h("input", { class: "govuk-input govuk-input--width-20", id: "items-filter", type: "search", autocomplete: "off", oninput: filter })),
    list);
  const show = (wanted) => { for (const box of boxes) box.checked = wanted.includes(box.value); };
  return { element, show, chosen };
}

// The questions to ask of a role, item by item, each of which can be taken into the note.
export function guideOf(pack, role, take) {
  const asked = askedOf(pack.items, role);
  if (!asked.length) return null;
  const line = (item, question) => h("li", null, h("span", { class: "portal-ask__text" }, question), " ",
    h("button", { type: "button", class: "portal-link-button", onclick: () => take(item, question) }, "Add to note", hidden(`: ${question}`)));
  return h("section", { class: "portal-note-guide", "aria-labelledby": "guide-title", tabindex: "0" },
    h("h2", { class: "govuk-heading-s", id: "guide-title" }, "What to ask"),
    asked.map(({ item, questions }) => h("div", { class: "portal-ask" },
      h("h3", { class: "govuk-heading-s govuk-!-margin-bottom-1" }, `${item.number}. ${item.title}`),
      h("ul", { class: "govuk-list govuk-list--bullet" }, questions.map((question) => line(item, question))))));
}
