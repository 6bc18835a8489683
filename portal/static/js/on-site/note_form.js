// The form of a note that can be changed: words, what to ask, facts, items and photos.
import { noteProblems } from "./checks.js";
import { h, replace } from "./dom.js";
import { heldPanel, showYours, yoursLine } from "./held.js";
import { QUIET, keeping } from "./keeping.js";
import { facts, guideOf, itemChoice, sourceOptions } from "./note_parts.js";
import { notePhotos } from "./note_photos.js";
import { kindTitles, roleTitle } from "./note_words.js";
import { same } from "./operations.js";
import { mark, marks, message } from "./parts.js";
import { settleAddress } from "./settling.js";
import { askedOf } from "./sources.js";
import { notSaved, savedHere } from "./status.js";
import { day, itemNumbers } from "./words.js";

const LABELS = [["kind", "What it is"], ["role", "Whom with"], ["source", "Counts as"], ["heading", "Heading"], ["text", "Note"], ["item_keys", "Items"], ["taken_on", "Date"], ["removed", "Removed"]];
const WHO = ["kind", "role", "source"]; // they go together

export class NoteForm {
  // `standing`: its fields as they are known. `go(hash)` leads to another page.
  constructor(review, key, standing, go) {
    Object.assign(this, { review, key, standing, go, pack: review.pack, fields: { ...standing } });
    this.base = `#/review/${review.id}/notes`;
    this.keeper = keeping((changed) => this.keep(changed), () => this.problems());
    this.yours = yoursLine();
    this.heading = h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-2" });
    [this.state, this.held, this.guide] = [h("p", { class: "portal-tags portal-onsite-marks" }), h("div"), h("div", { class: "portal-onsite-guide" })];
    this.text = h("textarea", { class: "govuk-textarea portal-note-text", id: "text", rows: 12, maxlength: 50000, value: this.fields.text, "aria-describedby": "text-hint text-error", oninput: () => this.set({ text: this.text.value }, QUIET) });
    this.about = facts(this.pack, this.fields, (changed, wait) => this.set(changed, wait), QUIET);
    this.about.open = !this.stored && !this.fields.role;
    const asked = new Set(askedOf(this.pack.items, this.fields.role).map((one) => one.item.key));
    this.items = itemChoice(this.pack.items, this.fields.item_keys, asked, (keys) => this.set({ item_keys: keys }));
    this.photos = notePhotos(review, key, { closed: null, ready: () => (this.stored ? null : this.keeper.edited({ ...this.fields })) });
    this.remove = h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: () => this.takeAway() }, "Remove this note");
    this.form = h("div", { class: "portal-note-form" }, h("div", null, this.textBox()), this.guide, h("div", null, this.about, this.items.element));
    this.say();
    this.complain();
    this.refresh();
  }

  get stored() {
    return this.review.record("note", this.key) !== null;
  }

  parts() {
    return [
      h("div", { class: "portal-item-head" }, this.heading, this.state), this.held, this.form, this.photos.element,
      h("div", { class: "govuk-button-group govuk-!-margin-top-4" }, h("a", { class: "govuk-button", href: this.base, role: "button", draggable: "false" }, "Close"), this.remove),
    ];
  }

  textBox() {
    return h("div", { class: "govuk-form-group", "data-field": "text" },
      h("label", { class: "govuk-label govuk-label--s", for: "text" }, "Note"),
      h("div", { class: "govuk-hint", id: "text-hint" }, "What you heard or saw. No names of clients."), message("text-error", ""), this.yours, this.text);
  }

  problems() {
    return noteProblems(this.fields, this.pack.role_titles);
  }

  // A new note is sent whole. Facts that are wrong are never stored: the note keeps what it was.
  async keep(changed) {
    const wrong = this.problems();
    const right = ([name]) => !(name === "taken_on" && wrong.taken_on) && !(WHO.includes(name) && wrong.role);
    const known = this.stored;
    const taken = Object.fromEntries(Object.entries(known ? changed : this.fields).filter(right));
    const saved = await this.review.edit("note", this.key, known ? taken : { ...this.standing, ...taken });
    if (!known) history.replaceState(null, "", `${this.base}/${this.key}`);
    return saved;
  }

  set(changed, wait = 0) {
    Object.assign(this.fields, changed);
    const who = "kind" in changed || "role" in changed;
    if ("kind" in changed) this.kindChanged();
    if (who) this.say();
    this.complain();
    this.keeper.edited(who ? Object.fromEntries(WHO.map((name) => [name, this.fields[name]])) : changed, wait);
  }

  kindChanged() {
    const [source, role] = [this.about.querySelector("#source"), this.about.querySelector("#role")];
    replace(source, sourceOptions(this.pack, this.fields.kind));
    this.fields.source = source.value;
    if (this.fields.kind !== "interview") this.fields.role = role.value = "";
  }

  // What the page is called, and what to ask of whom.
  say() {
    const { kind, role, heading } = this.fields;
    const interview = kind === "interview" && role;
    replace(this.heading, interview ? `Interview: ${roleTitle(this.pack, role).toLowerCase()}` : heading || (kindTitles(this.pack)[kind] ?? "Note"));
    const guide = interview ? guideOf(this.pack, role, (item, question) => this.take(item, question)) : null;
    replace(this.guide, guide);
    this.form.classList.toggle("portal-note-form--guided", Boolean(guide));
  }

  // Take a question into the note, and its item among the note's.
  take(item, question) {
    const { text, items, fields } = this;
    const gap = !text.value || text.value.endsWith("\n\n") ? "" : text.value.endsWith("\n") ? "\n" : "\n\n";
    text.value += `${gap}${question}\n`;
    if (!fields.item_keys.includes(item.key)) items.show([...fields.item_keys, item.key]);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollTop = text.scrollHeight;
    this.set({ text: text.value, item_keys: items.chosen() }, QUIET);
  }

  complain() {
    const wrong = this.problems();
    for (const box of this.form.querySelectorAll("[data-field]")) mark(box, wrong[box.dataset.field] ?? "");
    if (wrong.role || wrong.taken_on) this.about.open = true;
  }

  async takeAway() {
    try {
      savedHere((await this.review.edit("note", this.key, { removed: true })).at);
      this.go(this.base);
    } catch (error) {
      notSaved(error.words ?? "Not saved: try again.");
    }
  }

  refresh() {
    const record = this.review.record("note", this.key);
    replace(this.state, marks(record));
    replace(this.held, heldPanel(record, LABELS, (name, value) => shown(this.pack, name, value), settleAddress(this.review)));
    this.remove.hidden = !record;
    this.photos.refresh();
    this.follow(record);
  }

  // What came from elsewhere, except what is being typed here.
  follow(record) {
    for (const [name, value] of Object.entries(record?.fields ?? {})) {
      if (this.keeper.holds(name) || same(this.fields[name], value)) continue;
      this.fields[name] = value;
      if (name === "item_keys") this.items.show(value);
      if (name === "kind") replace(this.about.querySelector("#source"), sourceOptions(this.pack, value));
      const field = this.form.querySelector(`#${name}`);
      if (field && "value" in field) field.value = value;
    }
    showYours(this.yours, record, "text");
  }

  leave() {
    return this.keeper.leave();
  }
}

function shown(pack, name, value) {
  if (name === "item_keys") return itemNumbers(pack.items, value ?? []);
  if (name === "taken_on") return day(value);
  if (name === "role") return value ? roleTitle(pack, value) : "";
  if (name === "kind") return kindTitles(pack)[value] ?? value;
  if (name === "source") return pack.source_titles[value] ?? value;
  if (name === "removed") return value ? "Yes" : "No";
  return value ?? "";
}
