// Where each item's evidence comes from so far, and what is missing: the same as
// portal/reviews/external/rules/sources.py. Both are run against the same cases.
import { results } from "../worksheet_sums.js";

export const CODES = ["MIS", "DOC", "INT", "OBS", "ISP"];
const SUPPLIED_COUNTS_AS = ["DOC", "MIS"];

// Source codes looked at, by item key. notes: [{source, item_keys}]; sheets: [{sheet, rows}] with the answers
// of each row; supplied: the item keys of each document that the service supplied.
export function seenBy(notes, sheets, supplied) {
  const found = new Map();
  const add = (key, codes) => {
    if (!found.has(key)) found.set(key, new Set());
    for (const code of codes) found.get(key).add(code);
  };
  for (const note of notes) for (const key of note.item_keys) add(key, [note.source]);
  for (const { sheet, rows } of sheets) for (const key of informed(sheet, rows)) add(key, sheet.sources);
  for (const keys of supplied) for (const key of keys) add(key, SUPPLIED_COUNTS_AS);
  return found;
}

// The items about which the worksheet has a figure.
function informed(sheet, rows) {
  const worked = results(sheet, rows);
  const counted = sheet.measures.filter((measure) => measure.kind !== "tally" && worked.get(measure.key).denominator !== "0");
  return new Set(counted.flatMap((measure) => measure.outputs.map((output) => output.item)));
}

// Every item that asks for sources, those with the most missing first, then by number.
export function coverage(items, seen) {
  const rows = items.filter((item) => item.sources.length).map((item) => {
    const had = seen.get(item.key) ?? new Set();
    const asked = item.sources.map((source) => source.code);
    return { item, asked, seen: had, missing: asked.filter((code) => !had.has(code)) };
  });
  return rows.sort((a, b) => b.missing.length - a.missing.length || a.item.number - b.item.number);
}

// The items that lack each source, in the order of the codes: [[code, items]].
export function missingBySource(rows) {
  const inOrder = [...rows].sort((a, b) => a.item.number - b.item.number);
  return CODES.map((code) => [code, inOrder.filter((row) => row.missing.includes(code)).map((row) => row.item)]).filter(
    ([, items]) => items.length,
  );
}

// What to ask whom about these items: [{role, title, asked: [{item, questions}]}] in the order of the titles.
export function toAsk(items, titles) {
  return Object.entries(titles)
    .map(([role, title]) => ({ role, title, asked: askedOf(items, role) }))
    .filter((one) => one.asked.length);
}

// The questions to ask of a role, item by item.
export function askedOf(items, role) {
  return items.flatMap((item) => {
    const found = item.questions.find((one) => one.role === role);
    return found?.questions.length ? [{ item, questions: found.questions }] : [];
  });
}
