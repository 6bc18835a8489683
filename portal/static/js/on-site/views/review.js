// A review on this device: how far one is, where to go on, and every item.
import { h, replace } from "../dom.js";
import { whyNot } from "../may.js";
import { standing } from "../note_words.js";
import { hidden, marks, readOnly, tag, trail } from "../parts.js";
import { needsReason, progress, progressWords } from "../rating_state.js";
import { answered, filledSheets, rowsOf } from "../rows.js";
import { coverage, seenBy } from "../sources.js";
import { day, plural } from "../words.js";

export function title({ review }) {
  return review.pack.review.service;
}

export async function render(main, { review }) {
  const base = `#/review/${review.id}`;
  const { pack } = review;
  const head = h("div");
  const places = h("ul", { class: "portal-onsite-places" });
  const states = new Map(pack.items.map((item) => [item.key, h("div", { class: "govuk-task-list__status", id: `task-${item.number}` })]));
  const totals = new Map(pack.sections.map((section) => [section.key, h("span", { class: "portal-section-progress" })]));

  function refresh() {
    const found = progress(pack.items, (key) => review.record("rating", key)?.fields);
    replace(head, headOf(review, found, base));
    replace(places, placesOf(review, base));
    for (const task of found.tasks) replace(states.get(task.item.key), stateOf(review, task));
    for (const section of pack.sections) replace(totals.get(section.key), sectionWords(found.tasks.filter((task) => task.item.section === section.key)));
  }

  replace(
    main,
    trail([["#/", "Reviews on this device"]], "Review"),
    h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-2" }, pack.review.service),
    h("p", { class: "govuk-body portal-muted" }, factsOf(pack)),
    head,
    h("nav", { "aria-label": "Parts of the review" }, places),
    pack.sections.map((section) => sectionOf(section, pack.items.filter((item) => item.section === section.key), { base, states, totals })),
  );
  refresh();
  return review.onChange(refresh);
}

function factsOf({ review }) {
  const dates = `Fieldwork ${day(review.fieldwork_from)} to ${day(review.fieldwork_to)}`;
  const capacity = { lead: "you lead this review", second: "you are the second reviewer", observer: "you observe" }[review.capacity];
  return [review.scale_title, dates, capacity].filter(Boolean).join(" · ");
}

function headOf(review, found, base) {
  const closed = whyNot(review.pack, "rate");
  const to = found.resume && `${base}/item/${found.resume.number}`;
  const button = !closed && to && h("a", { class: "govuk-button", href: to, role: "button", draggable: "false" }, found.rated ? "Continue where you left off" : "Start with item 1");
  const done = !closed && !to && h("p", { class: "govuk-body" }, "Every item is rated. When you have a connection, check and lock your ratings on the server.");
  return [
    h("p", { class: "govuk-body-l portal-score-line", id: "score-line" }, h("strong", null, `${found.rated} of ${found.tasks.length} rated`), ` · ${progressWords(found)}`),
    closed && readOnly(closed),
    button,
    done,
  ];
}

// Notes, sources and worksheets, each with where it stands.
function placesOf(review, base) {
  const { pack } = review;
  const notes = standing(review.records("note"));
  const gaps = coverage(pack.items, seenBy(notes.map((note) => note.fields), filledSheets(review), pack.supplied ?? [])).filter((row) => row.missing.length);
  const sheets = pack.worksheets.map((sheet) => [`${base}/worksheets/${sheet.key}`, sheet.title, begunWords(review, sheet), waits(review, "row", `${sheet.key}:`)]);
  const all = [
    [`${base}/notes`, "Interviews and notes", notes.length ? plural(notes.length, "note") : "No notes yet", waits(review, "note")],
    [`${base}/gaps`, "Sources", gaps.length ? `${plural(gaps.length, "item lacks", "items lack")} a source` : "None is missing", 0],
    ...sheets,
  ];
  return all.map(([href, name, facts, waiting]) => h("li", null, h("a", { class: "portal-onsite-place", href },
    h("span", { class: "portal-onsite-place__name" }, name),
    h("span", { class: "portal-onsite-place__facts" }, facts, waiting > 0 && ` · ${waiting} waiting`))));
}

function begunWords(review, sheet) {
  const begun = rowsOf(review, sheet).filter((row) => !row.removed && answered(row.answers)).length;
  return begun ? `${plural(begun, sheet.noun, sheet.nouns)} begun` : "Not begun";
}

// How many edits of these records wait to be sent.
function waits(review, kind, prefix = "") {
  return review.records(kind).filter((record) => record.key.startsWith(prefix)).reduce((all, record) => all + record.waiting, 0);
}

function sectionOf(section, items, { base, states, totals }) {
  const line = (item) => h("li", { class: "govuk-task-list__item govuk-task-list__item--with-link" },
    h("div", { class: "govuk-task-list__name-and-hint" }, h("a", { class: "govuk-link govuk-task-list__link", href: `${base}/item/${item.number}`, "aria-describedby": `task-${item.number}` }, `${item.number}. ${item.title}`)),
    states.get(item.key));
  return [
    h("h2", { class: "govuk-heading-m portal-section-title" }, section.title, " ", totals.get(section.key)),
    h("ul", { class: "govuk-task-list portal-onsite-tasks" }, items.map(line)),
  ];
}

function sectionWords(tasks) {
  const rated = tasks.filter((task) => task.rating !== null);
  const highest = tasks.reduce((all, task) => all + Math.max(...task.item.anchors.map((anchor) => anchor.rating)), 0);
  return `${rated.length} of ${tasks.length} rated · ${rated.reduce((all, task) => all + task.rating, 0)} of ${highest}`;
}

function stateOf(review, { item, rating }) {
  const record = review.record("rating", item.key);
  const { own, external } = review.pack.last;
  const newest = [own, external].filter(Boolean).sort((a, b) => b.on.localeCompare(a.on))[0];
  const last = newest?.ratings[item.key];
  return [
    marks(record).flatMap((mark) => [mark, " "]),
    needsReason(item, record?.fields) && [tag("Needs a reason", "yellow"), " "],
    last && h("span", { class: "portal-last-time" }, `Last time ${last}`),
    rating ? h("span", { class: "portal-chip", "data-rating": rating }, hidden("Rated "), rating) : tag("Not started", "blue"),
  ];
}
