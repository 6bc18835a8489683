// The arithmetic of worksheets in the browser: the same figures and sentences as
// portal/reviews/external/rules/worksheet_sums.py and worksheet_words.py. Both are run against
// tests/unit/external/worksheet_cases.json. Fractions of BigInt, never floating point.

import { HUNDRED, ONE, ZERO, exact, fraction, fromThreshold, grouped, isBlank, over, parseNumber, plus, shown, side, times } from "./exact.js";

const DAY = 86400000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const NAME = /\{(\w+)(?::([^:{}]*):([^:{}]*))?\}/g;
const NOTHING = "Nothing entered yet";

/** Every measure of the worksheet over these rows ({question: answer}), by key. */
export function results(sheet, rows) {
  const filled = rows.filter((row) => Object.values(row).some((answer) => answer.trim()));
  return new Map(sheet.measures.map((measure) => [measure.key, measured(sheet, measure, filled)]));
}

function measured(sheet, measure, rows) {
  if (measure.kind === "tally") return tally(sheet, measure, rows);
  const sums = { top: ZERO, bottom: ZERO, rows: 0, each: [], notApplicable: 0, missing: 0, disordered: 0 };
  for (const row of rows) ADDERS[measure.kind](measure, row, sums);
  if (measure.kind === "distinct") {
    const texts = rows.filter((row) => has(row, measure.of[0])).map((row) => plain(row[measure.of[0]]));
    sums.top = fraction(BigInt(new Set(texts).size));
  }
  const value = sums.bottom.n ? over(sums.top, sums.bottom) : null;
  return {
    known: value !== null,
    value: value && exact(value),
    numerator: exact(sums.top),
    denominator: exact(sums.bottom),
    rows: sums.rows,
    words: inWords(sheet, measure, sums, value, rows.length),
  };
}

// --- adding up ---------------------------------------------------------------------------

function count(sums, above, below = ONE) {
  sums.top = plus(sums.top, above);
  sums.bottom = plus(sums.bottom, below);
  sums.rows += 1;
  sums.each.push(above);
}

const tick = (holds) => (holds ? ONE : ZERO);

function between(measure, row, sums) {
  const [first, second] = measure.of.map((key) => dateIn(row, key));
  if (first === null || second === null) sums.missing += 1;
  else if (second < first) sums.disordered += 1;
  else return second - first;
  return null;
}

function counted(measure, row, sums, use) {
  const number = numberIn(row, measure.of[0]);
  if (number) count(sums, use(number));
  else sums.missing += 1;
}

const ADDERS = {
  days(measure, row, sums) {
    const days = between(measure, row, sums);
    if (days !== null) count(sums, fraction(BigInt(days)));
  },
  within(measure, row, sums) {
    const days = between(measure, row, sums);
    if (days !== null) count(sums, tick(days <= measure.at_most));
  },
  share(measure, row, sums) {
    const answer = row[measure.of[0]] ?? "";
    if (answer === "yes" || answer === "no") count(sums, tick(answer === "yes"));
    else if (answer === "na") sums.notApplicable += 1;
    else sums.missing += 1;
  },
  chosen(measure, row, sums) {
    if (has(row, measure.of[0])) count(sums, tick(measure.values.includes(row[measure.of[0]])));
    else sums.missing += 1;
  },
  reach(measure, row, sums) {
    counted(measure, row, sums, (number) => tick(side(number, fromThreshold(measure.at_least)) >= 0));
  },
  number(measure, row, sums) {
    counted(measure, row, sums, (number) => number);
  },
  pair(measure, row, sums) {
    const [above, below] = measure.of.map((key) => numberIn(row, key));
    if (above && below) count(sums, above, below);
    else sums.missing += 1;
  },
  cells(measure, row, sums) {
    const found = measure.of.map((key) => numberIn(row, key)).filter(Boolean);
    if (found.length) count(sums, found.reduce(plus, ZERO), fraction(BigInt(found.length)));
    else sums.missing += 1;
  },
  distinct(measure, row, sums) {
    if (has(row, measure.of[0])) count(sums, ONE);
    else sums.missing += 1;
  },
};

const has = (row, key) => Boolean((row[key] ?? "").trim());
const plain = (text) => text.normalize("NFC").toLowerCase().trim().split(/\s+/).join(" ");

/** The date of a row's answer as a number of days; null where it is none, like 2026-02-30. */
export function dateIn(row, key) {
  const found = ISO.exec(row[key] ?? "");
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY : null;
}

function numberIn(row, key) {
  const text = row[key] ?? "";
  if (isBlank(text)) return null;
  const value = parseNumber(text, false);
  return typeof value === "string" ? null : value;
}

// --- words -------------------------------------------------------------------------------

function tally(sheet, measure, rows) {
  const choices = Object.entries(sheet.choices[measure.of[0]]);
  const counts = choices.map(([key, words]) => [words, rows.filter((row) => row[measure.of[0]] === key).length]);
  const made = counts.filter(([, many]) => many);
  const words = made.map(([choice, many]) => `${choice}: ${many}`).join(", ") || NOTHING;
  return { known: made.length > 0, value: null, numerator: "0", denominator: "0", rows: made.reduce((all, [, many]) => all + many, 0), words };
}

function inWords(sheet, measure, sums, value, begun) {
  const leftOut = [
    [sums.missing, "not answered"],
    [sums.notApplicable, "not applicable"],
    [sums.disordered, "with the dates the wrong way round"],
  ].filter(([many]) => many).map(([many, words]) => `${many} ${words}`);
  if (!value) return whyNot(sheet, sums, begun, leftOut);
  const ready = {
    rows: plural(fraction(BigInt(sums.rows)), sheet.noun, sheet.nouns),
    percent: percent(value, measure.edges.map(fromThreshold)),
  };
  const figures = { top: sums.top, bottom: sums.bottom, average: value, median: median(sums.each) };
  const words = measure.says.replace(NAME, (_, name, one, many) => {
    if (ready[name] !== undefined) return ready[name];
    return one === undefined ? number(figures[name]) : plural(figures[name], one, many);
  });
  return leftOut.length ? `${words}; ${leftOut.join(", ")}` : words;
}

function whyNot(sheet, sums, begun, leftOut) {
  if (!begun) return NOTHING;
  if (sums.notApplicable === begun) {
    return `No figure: not applicable in ${plural(fraction(BigInt(begun)), sheet.noun, sheet.nouns)}`;
  }
  if (sums.rows) return "No figure: it would be divided by 0";
  return `No figure yet: ${leftOut.join(", ")}`;
}

function plural(value, one, many) {
  return `${number(value)} ${value.n === 1n && value.d === 1n ? one : many}`;
}

function number(value) {
  const { text, isExact } = shown(value, []);
  return `${isExact ? "" : "about "}${grouped(text)}`;
}

function percent(value, edges) {
  const { text, isExact } = shown(times(value, HUNDRED), edges);
  return `${isExact ? "" : "about "}${grouped(text)}%`;
}

function median(values) {
  const sorted = [...values].sort(side);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2) return sorted[middle];
  return over(plus(sorted[middle - 1], sorted[middle]), fraction(2n));
}
