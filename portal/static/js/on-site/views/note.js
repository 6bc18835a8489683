// One note: the words first, what to ask beside them, then what it is, its items and its photos.
import { h, replace } from "../dom.js";
import { whyNot } from "../may.js";
import { NoteForm } from "../note_form.js";
import { notePhotos } from "../note_photos.js";
import { noteFacts, noteTitle } from "../note_words.js";
import { nothingHere, readOnly, trail } from "../parts.js";
import { notSaved, savedHere } from "../status.js";
import { itemNumbers, today } from "../words.js";

export function title({ review, params }) {
  const note = params.note === "new" ? null : review.record("note", params.note);
  return note ? noteTitle(review.pack, note) : "Note";
}

export async function render(main, context) {
  const { review, params } = context;
  const base = `#/review/${review.id}`;
  const fresh = params.note === "new";
  const record = fresh ? null : review.record("note", params.note);
  const closed = whyNot(review.pack, "note");
  if (fresh ? closed : !record) {
    nothingHere(main, fresh ? "You cannot write a note now" : "There is no such note", closed ?? "It is not on this device.", { href: `${base}/notes`, text: "All notes" });
    return null;
  }
  const place = trail([[base, review.pack.review.service], [`${base}/notes`, "Notes"]], "Note");
  if (closed || record?.fields.removed) return reading(main, place, { ...context, record, closed });
  const form = new NoteForm(review, fresh ? crypto.randomUUID() : params.note, record?.fields ?? begun(context), context.go);
  replace(main, place, form.parts());
  const quiet = review.onChange(() => form.refresh());
  return async () => {
    await form.leave();
    quiet();
  };
}

// An empty note about what the address says.
function begun({ review: { pack }, query }) {
  const role = query.get("role") in pack.role_titles ? query.get("role") : "";
  const asked = query.get("kind") in pack.kind_sources ? query.get("kind") : "document";
  const kind = asked === "interview" && !role ? "document" : asked;
  const codes = pack.kind_sources[kind];
  const source = codes.includes(query.get("source")) ? query.get("source") : codes[0];
  const known = new Set(pack.items.map((item) => item.key));
  const keys = query.getAll("items").filter((key) => known.has(key));
  return { kind, role: kind === "interview" ? role : "", source, heading: (query.get("heading") ?? "").slice(0, 200), text: "", item_keys: keys, taken_on: today() };
}

function reading(main, place, { review, record, closed, again }) {
  const { pack } = review;
  const { fields } = record;
  const back = async () => {
    try {
      savedHere((await review.edit("note", record.key, { removed: false })).at);
      await again();
    } catch (error) {
      notSaved(error.words ?? "Not saved: try again.");
    }
  };
  replace(
    main, place, h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-2" }, noteTitle(pack, record)),
    closed && readOnly(closed),
    fields.removed && h("div", { class: "govuk-inset-text" }, "This note was removed. ", !closed && h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: back }, "Put it back")),
    h("p", { class: "govuk-body portal-muted" }, [noteFacts(pack, record), `Counts as ${pack.source_titles[fields.source] ?? fields.source}`].join(" · ")),
    h("p", { class: "govuk-body portal-kept" }, fields.text || "Nothing was written."),
    h("p", { class: "govuk-body" }, itemNumbers(pack.items, fields.item_keys) || "No item yet"),
    notePhotos(review, record.key, { closed: "closed", ready: null }).element,
  );
  return null;
}
