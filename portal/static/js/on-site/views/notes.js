// The team's notes: what the visit holds, whom to ask, every note with filters, removed ones to put back.
import { h, replace } from "../dom.js";
import { whyNot } from "../may.js";
import { kindTitles, newest, noteFacts, noteTitle, roleTitle, roleTitles } from "../note_words.js";
import { details, hidden, marks, readOnly, trail } from "../parts.js";
import { notSaved, savedHere } from "../status.js";
import { day, itemNumbers, plural } from "../words.js";

const SHORT = 280; // characters of a note in the list

export function title() {
  return "Interviews and notes";
}

export async function render(main, { review, query }) {
  const base = `#/review/${review.id}`;
  const closed = whyNot(review.pack, "note");
  const wanted = { role: query.get("role") ?? "", item: query.get("item") ?? "", text: "" };
  const [visit, list, removed] = [h("ul", { class: "portal-lines" }), h("div"), h("div")];
  const refresh = () => {
    const notes = newest(review.records("note"));
    const present = notes.filter((note) => !note.fields.removed);
    replace(visit, visitLines(review, present, base, closed));
    replace(list, listed(review, present, wanted, base, closed));
    replace(removed, removedOnes(review, notes.filter((note) => note.fields.removed), closed));
  };
  replace(
    main,
    trail([["#/", "Reviews on this device"], [base, review.pack.review.service]], "Notes"),
    h("div", { class: "portal-heading-row" },
      h("h1", { class: "govuk-heading-l" }, "Interviews and notes"),
      !closed && h("a", { class: "govuk-button", href: `${base}/notes/new?kind=document`, role: "button", draggable: "false" }, "Write a note")),
    closed ? readOnly(closed) : h("p", { class: "govuk-body" }, "The team shares these notes. The service never sees them. Name no clients."),
    h("section", { "aria-labelledby": "visit-title" }, h("h2", { class: "govuk-heading-m portal-steps__heading", id: "visit-title" }, "Interviews and observations"), visit),
    h("section", { "aria-labelledby": "list-title" }, h("h2", { class: "govuk-heading-m portal-steps__heading", id: "list-title" }, "Notes"),
      filters(review.pack, wanted, refresh), list, removed),
  );
  refresh();
  return review.onChange(refresh);
}

// Conversations and observations of the visit, each with a way to its notes.
function visitLines(review, notes, base, closed) {
  return review.pack.meetings.map((line) => {
    const made = line.role ? notes.filter((note) => note.fields.role === line.role).length : 0;
    const when = line.on ? `${day(line.on)}${line.starts ? `, ${line.starts}` : ""}` : "No time yet";
    const facts = [when, line.kind === "interview" && line.people > 1 && plural(line.people, "person", "people"), made > 0 && plural(made, "note")];
    const about = new URLSearchParams({ kind: line.kind, ...(line.role ? { role: line.role } : { heading: line.title }) });
    return h("li", { class: "portal-line" },
      h("span", { class: "portal-line__name" }, line.title),
      h("span", { class: "portal-line__facts" }, facts.filter(Boolean).join(" · ")),
      h("span", { class: "portal-line__do" }, !closed && h("a", { class: "govuk-link portal-onsite-finger", href: `${base}/notes/new?${about}` }, "Take notes", hidden(`: ${line.title.toLowerCase()}`))));
  });
}

function filters(pack, wanted, refresh) {
  const choose = (name) => (event) => {
    wanted[name] = event.target.value;
    refresh();
  };
  const option = (value, words) => h("option", { value }, words);
  const select = (id, label, name, options) => h("div", { class: "govuk-form-group" },
    h("label", { class: "govuk-label", for: id }, label),
    h("select", { class: "govuk-select", id, value: wanted[name], onchange: choose(name) }, options));
  return h("search", { class: "portal-search portal-notes-search" },
    h("div", { class: "portal-search__filters portal-onsite-filters" },
      select("with", "With", "role", [option("", "Everybody"), ...Object.entries(roleTitles(pack)).map(([role, words]) => option(role, words))]),
      select("about", "Item", "item", [option("", "All items"), ...pack.items.map((item) => option(item.key, `${item.number}. ${item.title}`))]),
      h("div", { class: "govuk-form-group" },
        h("label", { class: "govuk-label", for: "words" }, "Words"),
        h("input", { class: "govuk-input", id: "words", type: "search", autocomplete: "off", maxlength: 100, oninput: choose("text") }))));
}

function listed(review, notes, wanted, base, closed) {
  if (!notes.length) return h("p", { class: "govuk-body" }, "No notes yet.", !closed && " Choose “Take notes” beside an interview or observation above.");
  const fitting = notes.filter((note) => fits(note.fields, wanted));
  const words = fitting.length === notes.length ? "" : ` of ${notes.length}`;
  return [
    h("p", { class: "govuk-body portal-count", role: "status" }, h("strong", null, plural(fitting.length, "note")), words),
    fitting.length
      ? h("ul", { class: "portal-notes" }, fitting.map((note) => oneNote(review, note, base)))
      : h("p", { class: "govuk-body" }, "No note fits. Use fewer words or other filters."),
  ];
}

function fits(fields, { role, item, text }) {
  const said = `${fields.heading} ${fields.text}`.toLowerCase();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (!role || fields.role === role) && (!item || fields.item_keys.includes(item)) && words.every((word) => said.includes(word));
}

function oneNote(review, note, base) {
  const { pack } = review;
  const items = itemNumbers(pack.items, note.fields.item_keys);
  const photos = review.photos(note.key).length;
  return h("li", { class: "portal-fieldnote" },
    h("h3", { class: "govuk-heading-s govuk-!-margin-bottom-1" }, h("a", { class: "govuk-link", href: `${base}/notes/${note.key}` }, noteTitle(pack, note))),
    h("p", { class: "govuk-body-s portal-muted govuk-!-margin-bottom-1" }, noteFacts(pack, note), " · ", items || h("strong", null, "no item yet"),
      photos > 0 && ` · ${plural(photos, "photo")}`, marks(note).flatMap((mark) => [" ", mark])),
    note.fields.text && h("p", { class: "govuk-body govuk-!-margin-bottom-0 portal-kept" }, short(note.fields.text)));
}

function short(text) {
  const words = text.split(/\s+/).filter(Boolean).join(" ");
  return words.length <= SHORT ? words : `${words.slice(0, SHORT).replace(/\s\S*$/, "")} …`;
}

function removedOnes(review, notes, closed) {
  if (!notes.length) return null;
  const { pack } = review;
  const name = ({ fields }) => `${fields.heading || (kindTitles(pack)[fields.kind] ?? "Note")}${fields.role ? `, ${roleTitle(pack, fields.role).toLowerCase()}` : ""}, ${day(fields.taken_on)}`;
  const back = async (note) => {
    try {
      savedHere((await review.edit("note", note.key, { removed: false })).at);
    } catch (error) {
      notSaved(error.words ?? "Not saved: try again.");
    }
  };
  const line = (note) => h("li", null, name(note), " ",
    !closed && h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: () => back(note) }, "Put back", hidden(` the note ${name(note)}`)));
  return details(`Removed notes (${notes.length})`, h("ul", { class: "govuk-list" }, notes.map(line)));
}
