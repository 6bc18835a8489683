// The pieces of an item's page: anchors, words, guidance, and the same to read only.
import { h } from "./dom.js";
import { bullets, details, hidden } from "./parts.js";
import { day, shortDay } from "./words.js";

// The anchors as large radios. `rate(rating)` when one is chosen.
export function anchors(item, rating, rate) {
  const one = (anchor) => h(
    "div",
    { class: "govuk-radios__item portal-anchor", "data-rating": anchor.rating },
    h("input", { class: "govuk-radios__input", type: "radio", name: "rating", id: `rating-${anchor.rating}`, value: String(anchor.rating), checked: anchor.rating === rating, onchange: () => rate(anchor.rating) }),
    h("label", { class: "govuk-label govuk-radios__label", for: `rating-${anchor.rating}` },
      h("span", { class: "portal-anchor__number" }, anchor.rating), " ", h("span", { class: "portal-anchor__words" }, anchor.text), " ",
      h("strong", { class: "govuk-tag govuk-tag--turquoise portal-anchor__suggested", hidden: true }, "Suggested from your figures")),
  );
  return h(
    "fieldset",
    { class: "govuk-fieldset govuk-form-group" },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--m" }, h("h2", { class: "govuk-fieldset__heading" }, "Rating")),
    h("div", { class: "govuk-radios portal-anchors portal-onsite-anchors" }, item.anchors.map(one)),
  );
}

export function markSuggested(box, suggestion) {
  for (const anchor of box.querySelectorAll(".portal-anchor")) {
    anchor.querySelector(".portal-anchor__suggested").hidden = Number(anchor.dataset.rating) !== suggestion?.rating;
  }
}

// A field for words, tall enough for a finger and for the keyboard's dictation.
export function words(name, label, hint, value, typed) {
  return h(
    "div",
    { class: "govuk-form-group" },
    h("label", { class: "govuk-label govuk-label--s", for: name }, label),
    h("div", { class: "govuk-hint", id: `${name}-hint` }, hint),
    h("textarea", { class: "govuk-textarea", id: name, name, rows: 4, "aria-describedby": `${name}-hint`, value, oninput: (event) => typed(event.target.value) }),
  );
}

// The item as it was rated, where it cannot be changed.
export function rated(item, fields, suggestion) {
  const anchor = item.anchors.find((one) => one.rating === fields.rating);
  const row = (key, ...value) => h("div", { class: "govuk-summary-list__row" }, h("dt", { class: "govuk-summary-list__key" }, key), h("dd", { class: "govuk-summary-list__value portal-kept" }, value));
  return [
    h("dl", { class: "govuk-summary-list" },
      row("Rating", anchor ? [h("strong", null, anchor.rating), ` – ${anchor.text}`] : "Not rated"),
      suggestion && row("Suggested from figures", `${suggestion.rating}\n`, h("span", { class: "portal-muted" }, suggestion.steps.join(". "))),
      row("Rationale", fields.rationale || "None given"),
      row("Evidence notes", fields.evidence || "None given")),
    details("What each rating means", h("dl", { class: "portal-onsite-scale" }, item.anchors.map((one) => h("div", null, h("dt", null, one.rating), h("dd", null, one.text))))),
  ];
}

// Why it matters, what to look for, whom to ask what.
export function guidance(item, last, keys) {
  return h(
    "aside",
    { class: "portal-guidance", "aria-label": "Guidance" },
    lastTimes(item, last),
    h("h2", { class: "govuk-heading-s" }, "Why it matters"),
    h("p", { class: "govuk-body" }, item.why),
    h("h2", { class: "govuk-heading-s" }, "Evidence to look for"),
    bullets(item.look_for),
    item.sources.length > 0 && h("p", { class: "govuk-body-s portal-muted" }, `Usual sources: ${item.sources.map((source) => source.title).join(", ")}.`),
    h("h2", { class: "govuk-heading-s" }, "Questions to ask"),
    item.questions.map((asked, at) => {
      const box = details(asked.title, bullets(asked.questions));
      box.open = at === 0;
      box.classList.add("govuk-!-margin-bottom-2");
      return box;
    }),
    keys,
  );
}

function lastTimes(item, last) {
  const lines = [["By the service", last?.own], ["By external reviewers", last?.external]].filter(([, one]) => one);
  const line = ([label, one]) => h("div", null, h("dt", null, label), h("dd", null,
    h("strong", null, one.ratings[item.key] ?? "Not rated"), " ", h("span", { class: "portal-muted" }, `${one.title}, ${shortDay(one.on)}`)));
  return [
    h("h2", { class: "govuk-heading-s" }, "Last time"),
    lines.length ? h("dl", { class: "portal-last" }, lines.map(line)) : h("p", { class: "govuk-body-s portal-muted" }, "No earlier assessment on this scale."),
  ];
}

// The team's notes on this item. `titleOf` and `factsOf` say what a note is.
export function notesOnItem(notes, { titleOf, factsOf, hrefOf, write }) {
  const one = (note) => h("article", { class: "portal-note" },
    h("h3", { class: "govuk-heading-s govuk-!-margin-bottom-1" }, h("a", { class: "govuk-link", href: hrefOf(note) }, titleOf(note))),
    h("p", { class: "govuk-body-s portal-muted govuk-!-margin-bottom-1" }, factsOf(note)),
    h("p", { class: "govuk-body portal-kept" }, note.fields.text));
  return h("section", { "aria-labelledby": "notes-title" },
    h("h2", { class: "govuk-heading-m", id: "notes-title" }, "The team’s notes on this item"),
    notes.length ? notes.map(one) : h("p", { class: "govuk-body portal-muted" }, "No note is linked to this item yet."),
    write && h("p", { class: "govuk-body" }, h("a", { class: "govuk-link portal-onsite-finger", href: write }, "Write a note on this item")));
}

// Open actions of the service's plans on this item.
export function planActions(actions) {
  if (!actions.length) return null;
  const one = (action) => h("li", null, action.text, " ", h("span", { class: "portal-muted" },
    [action.due && `due ${day(action.due)}`, action.state].filter(Boolean).join(" · ")));
  return h("section", { "aria-labelledby": "plan-title" },
    h("h2", { class: "govuk-heading-m", id: "plan-title" }, "What the service planned to do"),
    h("ul", { class: "govuk-list govuk-list--bullet" }, actions.map(one)));
}

const KEYS = "portal-keys-off";

// Keys 1 to 5, n and p, with their switch (single keys get in the way of speech input). {element, on()}.
export function keysHelp() {
  const box = h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: "keys-switch", checked: localStorage.getItem(KEYS) === null });
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(KEYS) : localStorage.setItem(KEYS, "yes")));
  const key = (name) => h("kbd", null, name);
  const element = details("Keyboard help",
    "When you are not typing in a field: ", key("1"), " to ", key("5"), " rates, ", key("n"), " goes to the next item, ", key("p"), " to the one before.",
    h("div", { class: "govuk-checkboxes govuk-checkboxes--small portal-keys" }, h("div", { class: "govuk-checkboxes__item" },
      box, h("label", { class: "govuk-label govuk-checkboxes__label", for: "keys-switch" }, "Use these keys on this device"))));
  return { element, on: () => box.checked };
}

// Previous and next within reach of a thumb.
export function steps(base, { before, after, number, count }) {
  const to = (item, words, rel) => h("a", { class: "portal-onsite-steps__to", href: `${base}/item/${item}`, rel }, words, hidden(` item, ${item}`));
  return h("nav", { class: "portal-onsite-steps", "aria-label": "Items" },
    before ? to(before, "Previous", "prev") : h("span", null),
    h("a", { class: "portal-onsite-steps__all", href: base }, h("span", { "aria-hidden": "true" }, `${number} of ${count}`), hidden("All items")),
    after ? to(after, "Next", "next") : h("a", { class: "portal-onsite-steps__to", href: base }, "Finish"));
}
