// One item: the calculator, the anchors, words, notes and guidance. A tap on a rating is kept at once.
import { calculatorBox } from "../calculator_box.js";
import { h, replace } from "../dom.js";
import { heldPanel, showYours, yoursLine } from "../held.js";
import { anchors, guidance, keysHelp, markSuggested, notesOnItem, planActions, rated, steps, words } from "../item_parts.js";
import { QUIET, keeping } from "../keeping.js";
import { whyNot } from "../may.js";
import { noteFacts, noteTitle, standing } from "../note_words.js";
import { offers } from "../offers.js";
import { same } from "../operations.js";
import { marks, nothingHere, readOnly, trail } from "../parts.js";
import { needsReason, worked } from "../rating_state.js";
import { filledSheets } from "../rows.js";
import { settleAddress } from "../settling.js";

const LABELS = { rating: "Rating", rationale: "Rationale", evidence: "Evidence notes", entries: "Calculator" };

export function title({ review, params }) {
  const item = itemOf(review, params);
  return item ? `${item.number}. ${item.title}` : "No such item";
}

export async function render(main, { review, params, go }) {
  const item = itemOf(review, params);
  const base = `#/review/${review.id}`;
  if (!item) {
    nothingHere(main, "There is no such item", "This scale has no item with that number.", { href: base, text: "All items" });
    return null;
  }
  const place = placeOf(review, item);
  const closed = whyNot(review.pack, "rate");
  const state = h("p", { class: "portal-tags portal-onsite-marks" });
  const held = h("div");
  const form = closed ? readingOf(review, item, closed) : new ItemForm(review, item);
  const keys = closed ? null : keysHelp();
  replace(
    main,
    trail([[base, review.pack.review.service]], `Item ${item.number} of ${review.pack.items.length}`),
    h("div", { class: "portal-item-head" }, h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-2" }, `${item.number}. ${item.title}`), state),
    h("p", { class: "govuk-body-l" }, item.definition),
    item.remark && h("p", { class: "govuk-body-s portal-muted" }, item.remark),
    h("div", { class: "portal-columns portal-columns--wide" },
      h("div", null, held, form.element, notesHere(review, item, base), planActions(review.pack.plan.filter((one) => one.item_key === item.key))),
      guidance(item, review.pack.last, keys?.element ?? null)),
    steps(base, place),
  );
  const refresh = () => {
    const record = review.record("rating", item.key);
    replace(state, marks(record));
    replace(held, heldPanel(record, Object.entries(LABELS), (name, value) => shown(item, name, value), settleAddress(review)));
    form.follow(record);
  };
  refresh();
  const quiet = review.onChange(refresh);
  const press = keys ? pressed(keys, form, place, base, go) : null;
  if (press) document.addEventListener("keydown", press);
  return async () => {
    await form.leave();
    quiet();
    if (press) document.removeEventListener("keydown", press);
  };
}

const itemOf = (review, params) => review?.pack.items.find((item) => item.number === Number(params.number)) ?? null;

function placeOf(review, item) {
  const numbers = review.pack.items.map((one) => one.number);
  const at = numbers.indexOf(item.number);
  return { before: numbers[at - 1] ?? null, after: numbers[at + 1] ?? null, number: at + 1, count: numbers.length };
}

// The form of an item: each field is kept by itself.
class ItemForm {
  constructor(review, item) {
    this.item = item;
    this.fields = { rating: null, rationale: "", evidence: "", entries: {}, ...review.record("rating", item.key)?.fields };
    this.keeper = keeping((changed) => review.edit("rating", item.key, changed));
    this.radios = anchors(item, this.fields.rating, (rating) => this.set({ rating }));
    this.box = item.calculator && calculatorBox(item, this.fields.entries, {
      offered: offered(review, item),
      changed: (entries, wait) => this.set({ entries }, wait),
      suggested: (suggestion) => markSuggested(this.radios, suggestion),
    });
    this.rationale = this.words("rationale", "Rationale", "What the evidence shows. Needed where your rating differs from the suggested one.");
    this.evidence = this.words("evidence", "Evidence notes", "Where you saw it: documents, dates, who you spoke to. Do not name clients.");
    this.reason = h("p", { class: "govuk-inset-text portal-onsite-reason", hidden: true }, "Your rating differs from the suggested one. Say why here.");
    this.rationale.querySelector("textarea").before(this.reason);
    this.yours = { rating: yoursLine(), rationale: yoursLine(), evidence: yoursLine() };
    this.radios.querySelector(".govuk-radios").before(this.yours.rating);
    this.rationale.querySelector("textarea").before(this.yours.rationale);
    this.evidence.querySelector("textarea").before(this.yours.evidence);
    this.element = h("div", { id: "item-form" }, this.box?.element, this.radios, this.rationale, this.evidence);
    this.check();
  }

  words(name, label, hint) {
    return words(name, label, hint, this.fields[name], (text) => this.set({ [name]: text }, QUIET));
  }

  set(changed, wait = 0) {
    Object.assign(this.fields, changed);
    this.keeper.edited(changed, wait);
    this.check();
  }

  check() {
    this.reason.hidden = !needsReason(this.item, this.fields);
  }

  // What came from another page of this device or from the server, except what is being typed here.
  follow(record) {
    for (const [name, value] of Object.entries(record?.fields ?? {})) {
      if (this.keeper.holds(name) || same(this.fields[name], value)) continue;
      this.fields[name] = value;
      this.put(name, value);
    }
    for (const [name, line] of Object.entries(this.yours)) showYours(line, record, name);
    this.check();
  }

  put(name, value) {
    if (name === "rating") for (const radio of this.radios.querySelectorAll("input")) radio.checked = Number(radio.value) === value;
    else if (name === "entries") this.box?.fill(value);
    else if (name in LABELS) this[name].querySelector("textarea").value = value;
  }

  rate(rating) {
    const radio = this.radios.querySelector(`input[value="${rating}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    this.set({ rating });
  }

  leave() {
    return this.keeper.leave();
  }
}

function readingOf(review, item, closed) {
  const box = h("div");
  const follow = (record) => {
    const fields = record?.fields ?? {};
    replace(box, readOnly(closed), rated(item, fields, worked(item, fields.entries ?? {}).suggestion));
  };
  return { element: box, follow, leave: async () => {} };
}

function offered(review, item) {
  const team = offers(filledSheets(review)).get(item.key);
  const record = review.pack.record_offers[item.key];
  return [
    team && { source: "From the team’s worksheets", ...team },
    record && { source: "From the service’s record", ...record },
  ].filter(Boolean);
}

function notesHere(review, item, base) {
  const { pack } = review;
  const notes = standing(review.records("note")).filter((note) => note.fields.item_keys.includes(item.key));
  return notesOnItem(notes, {
    titleOf: (note) => noteTitle(pack, note),
    factsOf: (note) => noteFacts(pack, note),
    hrefOf: (note) => `${base}/notes/${note.key}`,
    write: whyNot(pack, "note") ? null : `${base}/notes/new?kind=document&items=${encodeURIComponent(item.key)}`,
  });
}

function shown(item, name, value) {
  if (name !== "entries") return value === null ? "" : String(value);
  const { fields, ticks } = item.calculator ?? { fields: [], ticks: [] };
  const labels = new Map([...fields, ...ticks.flatMap((group) => group.facts)].map((one) => [one.key, one.label]));
  const word = (entry) => (typeof entry === "boolean" ? (entry ? "yes" : "no") : entry);
  return Object.entries(value ?? {}).map(([key, entry]) => `${labels.get(key) ?? key}: ${word(entry)}`).join("\n");
}

// 1 to 5 rate, n and p move, when nobody is typing.
function pressed(keys, form, place, base, go) {
  return (event) => {
    const typing = event.target.closest('textarea, select, input:not([type="radio"]):not([type="checkbox"])');
    if (!keys.on() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) form.rate(Number(event.key));
    else if (event.key === "n") go(place.after ? `${base}/item/${place.after}` : base);
    else if (event.key === "p" && place.before) go(`${base}/item/${place.before}`);
  };
}
