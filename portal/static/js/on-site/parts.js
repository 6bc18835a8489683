// Small pieces that several pages of work share.
import { h } from "./dom.js";

// Where one is: links up to the review, then the place.
export function trail(links, place) {
  const steps = links.flatMap(([href, words]) => [h("a", { class: "govuk-link", href }, words), " ", h("span", { "aria-hidden": "true" }, "›"), " "]);
  return h("nav", { class: "portal-trail portal-onsite-trail", "aria-label": "Where you are" }, steps.slice(0, -2), h("span", { class: "portal-trail__place" }, place));
}

export function tag(words, colour) {
  return h("strong", { class: `govuk-tag govuk-tag--${colour}` }, words);
}

export function hidden(words) {
  return h("span", { class: "govuk-visually-hidden" }, words);
}

export function details(title, ...children) {
  return h(
    "details",
    { class: "govuk-details" },
    h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, title)),
    h("div", { class: "govuk-details__text" }, children),
  );
}

export function bullets(lines) {
  return h("ul", { class: "govuk-list govuk-list--bullet" }, lines.map((line) => h("li", null, line)));
}

export function message(id, words) {
  return h("p", { class: "govuk-error-message", id, hidden: !words }, hidden("Error:"), " ", h("span", { class: "portal-problem" }, words));
}

// Say what is wrong at a field, or take it back. `box`: the field's form group with a message inside.
export function mark(box, words, style = "govuk-form-group--error") {
  const line = box.querySelector(".govuk-error-message");
  line.hidden = !words;
  const problem = line.querySelector(".portal-problem");
  if (problem.textContent !== words) problem.textContent = words;
  box.classList.toggle(style, Boolean(words));
}

// Said once above what cannot be changed.
export function readOnly(words) {
  return h("p", { class: "govuk-inset-text" }, words);
}

// A page for an address that leads nowhere.
export function nothingHere(main, title, words, link) {
  main.append(
    h("h1", { class: "govuk-heading-l" }, title),
    h("p", { class: "govuk-body" }, words, " ", h("a", { class: "govuk-link", href: link.href }, link.text)),
  );
}

// What waits to be sent or to be settled, as tags; nothing where there is neither.
export function marks(record) {
  return [
    record?.held && tag(record.held.outcome === "conflict" ? "To settle" : "Held", "yellow"),
    record?.waiting > 0 && tag("Waiting to be sent", "grey"),
  ].filter(Boolean);
}
