// Small forms of the frame: passphrases, buttons, a message at the field it belongs to.
import { h } from "./dom.js";

export function button(text, onclick, kind = "") {
  return h("button", { class: `govuk-button${kind && ` govuk-button--${kind}`}`, type: "button", onclick, "data-words": text }, text);
}

// A field for a passphrase, with its message: {group, input, problem(words)}; no words take the message back.
export function passphraseField(id, label, hint = "", autocomplete = "current-password") {
  const message = h("p", { class: "govuk-error-message", id: `${id}-error`, hidden: true });
  const input = h("input", { class: "govuk-input govuk-input--width-20", id, name: id, type: "password", autocomplete, spellcheck: "false", autocapitalize: "none" });
  const group = h("div", { class: "govuk-form-group" },
    h("label", { class: "govuk-label govuk-label--s", for: id }, label),
    hint && h("div", { class: "govuk-hint", id: `${id}-hint` }, hint),
    message,
    input,
  );
  const described = (words) => [hint && `${id}-hint`, words && `${id}-error`].filter(Boolean).join(" ");
  const problem = (words) => {
    message.hidden = !words;
    message.replaceChildren(h("span", { class: "govuk-visually-hidden" }, "Error: "), words);
    group.classList.toggle("govuk-form-group--error", Boolean(words));
    input.classList.toggle("govuk-input--error", Boolean(words));
    if (described(words)) input.setAttribute("aria-describedby", described(words));
    if (words) input.focus();
  };
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return { group, input, problem };
}

// A form whose sending runs `work` once at a time; the button says meanwhile that something happens.
// `name`: whose passphrase it is, for password managers.
export function formOf(name, fields, text, busyText, work) {
  const submit = h("button", { class: "govuk-button", type: "submit" }, text);
  const user = h("input", { type: "text", autocomplete: "username", value: name, hidden: true, "aria-hidden": "true" });
  const form = h("form", { novalidate: true }, user, fields, submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await once(submit, text, busyText, work);
  });
  return form;
}

// Run `work` unless the button's last press is still under way.
export async function once(pressed, text, busyText, work) {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  pressed.textContent = busyText;
  try {
    await work();
  } finally {
    pressed.removeAttribute("aria-disabled");
    pressed.textContent = text;
  }
}

export function body(...words) {
  return h("p", { class: "govuk-body" }, words);
}

export function heading(text) {
  return h("h1", { class: "govuk-heading-l" }, text);
}

export function subheading(text) {
  return h("h2", { class: "govuk-heading-m" }, text);
}

export function warning(...words) {
  return h("div", { class: "govuk-inset-text portal-onsite-warning" }, words);
}

// What must be heard when it happens: words that come and go under a heading.
export function alertBox() {
  return h("div", { role: "alert" });
}

// The page of the portal that takes in a file of edits.
export function handIn() {
  return link("/on-site/import", "hand it in on the portal", { target: "_blank", rel: "noopener" });
}

export function link(href, text, attributes = {}) {
  return h("a", { class: "govuk-link", href, ...attributes }, text);
}
