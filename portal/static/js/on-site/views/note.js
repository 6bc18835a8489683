// One note: the words first, what to ask beside them, then what it is, its items and its photos.
import { noteProblems } from "../checks.js";
import { h, replace } from "../dom.js";
import { heldPanel } from "../held.js";
import { QUIET, keeping } from "../keeping.js";
import { whyNot } from "../may.js";
import { facts, guideOf, itemChoice, sourceOptions } from "../note_parts.js";
import { notePhotos } from "../note_photos.js";
import { byWhom, kindTitles, noteFacts, noteTitle, roleTitle } from "../note_words.js";
import { mark, marks, message, nothingHere, readOnly, trail } from "../parts.js";
import { settleAddress } from "../settling.js";
import { askedOf } from "../sources.js";
import { notSaved, savedHere } from "../status.js";
import { day, itemNumbers, today } from "../words.js";

const LABELS = [["kind", "What it is"], ["role", "Whom with"], ["source", "Counts as"], ["heading", "Heading"], ["text", "Note"], ["item_keys", "Items"], ["taken_on", "Date"], ["removed", "Removed"]];
const FACTS = ["kind", "role", "source", "taken_on"]; // never stored while they are wrong: the note keeps what it was

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
  return writing(main, place, { ...context, key: fresh ? crypto.randomUUID() : params.note, fields: record?.fields ?? begun(context) });
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

function writing(main, place, { review, key, fields: standing, go }) {
  const { pack } = review;
  const base = `#/review/${review.id}`;
  const fields = { ...standing };
  const heading = h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-2" });
  const [state, held, guide] = [h("p", { class: "portal-tags portal-onsite-marks" }), h("div"), h("div", { class: "portal-onsite-guide" })];
  const problems = () => noteProblems(fields, pack.role_titles);
  const keeper = keeping(keep, problems);

  async function keep(changed) {
    const known = review.record("note", key);
    const wanted = known ? changed : fields; // a new one is sent whole
    const wrong = problems();
    const taken = Object.entries(wanted).filter(([name]) => !(FACTS.includes(name) && (wrong.role || name in wrong) && (name !== "taken_on" || wrong.taken_on)));
    const whole = known ? Object.fromEntries(taken) : { ...standing, ...Object.fromEntries(taken) };
    const saved = await review.edit("note", key, whole);
    if (!known) history.replaceState(null, "", `${base}/notes/${key}`);
    return saved;
  }

  function set(changed, wait) {
    Object.assign(fields, changed);
    if ("kind" in changed) kindChanged();
    if ("kind" in changed || "role" in changed) said();
    complain();
    keeper.edited("kind" in changed || "role" in changed ? { kind: fields.kind, role: fields.role, source: fields.source, ...changed } : changed, wait);
  }

  const text = h("textarea", { class: "govuk-textarea portal-note-text", id: "text", rows: 12, maxlength: 50000, value: fields.text, "aria-describedby": "text-hint text-error", oninput: (event) => set({ text: event.target.value }, QUIET) });
  const textBox = h("div", { class: "govuk-form-group", "data-field": "text" },
    h("label", { class: "govuk-label govuk-label--s", for: "text" }, "Note"),
    h("div", { class: "govuk-hint", id: "text-hint" }, "What you heard or saw. No names of clients."), message("text-error", ""), text);
  const about = facts(pack, fields, set, QUIET);
  about.open = !(fields.kind === "interview" && fields.role) && !review.record("note", key);
  const items = itemChoice(pack.items, fields.item_keys, new Set(askedOf(pack.items, fields.role).map((one) => one.item.key)), (keys) => set({ item_keys: keys }, 0));
  const photos = notePhotos(review, key, { closed: null, ready: () => (review.record("note", key) ? null : keeper.edited({ ...fields }, 0)) });
  const form = h("div", { class: "portal-note-form" }, h("div", null, textBox), guide, h("div", null, about, items.element));

  function kindChanged() {
    const source = about.querySelector("#source");
    replace(source, sourceOptions(pack, fields.kind));
    fields.source = source.value;
    if (fields.kind !== "interview") fields.role = about.querySelector("#role").value = "";
  }

  // What the page is called, and what to ask of whom.
  function said() {
    replace(heading, fields.kind === "interview" && fields.role ? `Interview: ${roleTitle(pack, fields.role).toLowerCase()}` : fields.heading || (kindTitles(pack)[fields.kind] ?? "Note"));
    const asked = fields.kind === "interview" ? guideOf(pack, fields.role, take) : null;
    replace(guide, asked);
    form.classList.toggle("portal-note-form--guided", Boolean(asked));
  }

  function take(item, question) {
    const gap = !text.value || text.value.endsWith("\n\n") ? "" : text.value.endsWith("\n") ? "\n" : "\n\n";
    text.value += `${gap}${question}\n`;
    if (!fields.item_keys.includes(item.key)) items.show([...fields.item_keys, item.key]);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollTop = text.scrollHeight;
    set({ text: text.value, item_keys: items.chosen() }, QUIET);
  }

  function complain() {
    const wrong = problems();
    for (const box of form.querySelectorAll("[data-field]")) mark(box, wrong[box.dataset.field] ?? "");
    if (wrong.role || wrong.taken_on) about.open = true;
  }

  const removing = async () => {
    try {
      savedHere((await review.edit("note", key, { removed: true })).at);
      go(`${base}/notes`);
    } catch (error) {
      notSaved(error.words ?? "Not saved: try again.");
    }
  };
  const remove = h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: removing }, "Remove this note");

  function refresh() {
    const record = review.record("note", key);
    replace(state, marks(record));
    replace(held, heldPanel(record, LABELS, (name, value) => shown(pack, name, value), settleAddress(review)));
    remove.hidden = !record;
    photos.refresh();
    follow(record);
  }

  // What came from elsewhere, except what is being typed here.
  function follow(record) {
    for (const [name, value] of Object.entries(record?.fields ?? {})) {
      if (keeper.holds(name) || JSON.stringify(fields[name]) === JSON.stringify(value)) continue;
      fields[name] = value;
      if (name === "item_keys") items.show(value);
      else if (name === "kind") replace(about.querySelector("#source"), sourceOptions(pack, value));
      const field = form.querySelector(`#${name}`);
      if (field && "value" in field) field.value = value;
    }
  }

  replace(main, place, h("div", { class: "portal-item-head" }, heading, state), held, form, photos.element,
    h("div", { class: "govuk-button-group govuk-!-margin-top-4" }, h("a", { class: "govuk-button", href: `${base}/notes`, role: "button", draggable: "false" }, "Close"), remove));
  said();
  complain();
  refresh();
  const quiet = review.onChange(refresh);
  return async () => {
    await keeper.leave();
    quiet();
  };
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
    h("p", { class: "govuk-body portal-muted" }, [noteFacts(pack, record), byWhom(pack, record), `Counts as ${pack.source_titles[fields.source] ?? fields.source}`].join(" · ")),
    h("p", { class: "govuk-body portal-kept" }, fields.text || "Nothing was written."),
    h("p", { class: "govuk-body" }, itemNumbers(pack.items, fields.item_keys) || "No item yet"),
    notePhotos(review, record.key, { closed: "closed", ready: null }).element,
  );
  return null;
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
