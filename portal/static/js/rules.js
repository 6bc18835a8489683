// The calculator of an item in the browser: the same rules, sums and sentences as
// portal/scales/rules/ (calculator, entries, numbers, words, conditions). Both are run against
// tests/unit/scales/cases.json. Figures are exact: fractions of BigInt, never floating point.

import {
  HUNDRED, ONE, ZERO, exact, fraction, fromThreshold, grouped, isBlank, over, parseNumber, plus, shown, side, times,
} from "./exact.js";

/** Entries that cannot be used; `problems` is a list of {field, message}. */
export class EntryError extends Error {
  constructor(problems) {
    super(problems.map((problem) => problem.message).join("; "));
    this.problems = problems;
  }
}

const FIGURE = "figure";
const YES = new Set(["on", "yes", "true", "y", "1"]);
const NO = new Set(["", "off", "no", "false", "n", "0"]);

/**
 * The suggested rating {rating, figure, steps}, or null while the entries do not suffice.
 * `rule` is the rule's JSON; `entries` maps keys to texts and true/false. Throws EntryError.
 */
export function suggest(rule, entries) {
  const read = readEntries(rule, entries);
  if (rule.kind === "described" || needed(rule, read).length) return null;
  const { base, figure, steps } = rule.kind === "ratio" ? ratio(rule, read) : counted(rule, read);
  const { rating, floor, cap } = bounded(rule, base, read);
  if (floor) steps.push(`At least ${floor.rating}, because ${floor.because}`);
  else if (rule.kind === "levels") steps.push("None of the higher levels is met, which earns 1");
  if (cap) steps.push(`At most ${cap.rating}, because ${cap.because}`);
  return { rating, figure, steps };
}

/** The labels of what must be entered before a rating can be suggested. Throws EntryError. */
export function stillNeeded(rule, entries) {
  return needed(rule, readEntries(rule, entries));
}

// --- reading entries ---------------------------------------------------------------------

function readEntries(rule, entries) {
  const problems = [];
  const numbers = new Map();
  const facts = new Map();
  const asked = [...(rule.facts ?? []), ...(rule.components ?? [])];
  for (const input of rule.inputs ?? []) {
    const value = readNumber(input, entries[input.key] ?? "", problems);
    if (value) numbers.set(input.key, value);
  }
  const figure = rule.direct ? readNumber(figureInput(rule), entries[FIGURE] ?? "", problems) : null;
  for (const fact of asked) {
    const word = String(entries[fact.key] ?? false).trim().toLowerCase();
    if (!YES.has(word) && !NO.has(word)) {
      problems.push({ field: fact.key, message: `${fact.label}: say yes or no` });
    }
    facts.set(fact.key, YES.has(word));
  }
  if (problems.length) throw new EntryError(problems);
  return { numbers, facts, figure, answered: asked.some((fact) => Object.hasOwn(entries, fact.key)) };
}

function figureInput(rule) {
  return { key: FIGURE, label: rule.figure_label, unit: rule.percent ? "%" : rule.figure_unit };
}

/** The number, or null when it is blank or wrong; what is wrong is added to `problems`. */
function readNumber(input, text, problems) {
  const words = String(text);
  if (isBlank(words)) return null;
  const value = parseNumber(words, input.unit === "%");
  const refuse = (message) => {
    problems.push({ field: input.key, message: `${input.label} must be ${message}` });
    return null;
  };
  if (value === "negative") return refuse("0 or more");
  if (value === "number") return refuse(input.whole ? "a whole number, like 12" : "a number, like 12 or 12.5");
  if (input.whole && value.d !== 1n) return refuse("a whole number, like 12");
  if (input.unit === "%" && side(value, HUNDRED) > 0) return refuse("100% or less");
  return value;
}

function needed(rule, read) {
  const bounds = [...(rule.floors ?? []), ...(rule.caps ?? [])];
  const keys = new Set(bounds.map((bound) => bound.input));
  if (!read.figure) for (const key of counts(rule)) keys.add(key);
  const labels = (rule.inputs ?? [])
    .filter((input) => keys.has(input.key) && !read.numbers.has(input.key))
    .map((input) => input.label);
  if ((rule.kind === "components" || rule.kind === "levels") && !read.answered) {
    for (const fact of [...(rule.components ?? []), ...(rule.facts ?? [])]) labels.push(fact.label);
  }
  return labels;
}

const counts = (rule) => [...(rule.numerator ?? []), ...(rule.denominator ?? [])];

// --- base rating, floors, caps -----------------------------------------------------------

function counted(rule, read) {
  if (rule.kind === "levels") return { base: 1, figure: null, steps: [] };
  const present = rule.components.filter((component) => read.facts.get(component.key)).length;
  const base = rule.ratings[present];
  return { base, figure: null, steps: [`${present} of ${rule.components.length} present earns ${base}`] };
}

function ratio(rule, read) {
  const { value, before } = figureOf(rule, read);
  const target = multipleTarget(rule, read);
  const cutoffs = cutoffsOf(rule);
  const edges = cutoffs.map((cutoff) => cutoff.threshold);
  if (target) edges.push(target);
  const { text, isExact } = shown(value, edges);
  const steps = [`${before}${isExact ? "" : "about "}${figureWords(rule, text)}`];
  let compared = value;
  if (rule.floor && value.d !== 1n) {
    compared = fraction(value.n / value.d);
    steps.push(`Without the fraction: ${figureWords(rule, String(compared.n))}`);
  }
  const met = cutoffs.find((cutoff) => meets(rule, compared, cutoff));
  let base = met ? met.rating : (rule.otherwise ?? 1);
  const words = met ? cutoffWords(rule, met) : otherwiseWords(rule, cutoffs.at(-1));
  steps.push(`${words[0].toUpperCase()}${words.slice(1)} earns ${base}`);
  if (target && side(value, target) >= 0 && rule.multiple.rating > base) {
    base = rule.multiple.rating;
    steps.push(`Earns ${base}, because ${rule.multiple.because}`);
  }
  return { base, figure: text, steps };
}

/** Best rating first. */
function cutoffsOf(rule) {
  return Object.entries(rule.cutoffs)
    .map(([rating, threshold]) => ({
      rating: Number(rating),
      threshold: fromThreshold(threshold),
      strict: (rule.strict ?? []).includes(Number(rating)),
    }))
    .sort((a, b) => b.rating - a.rating);
}

function meets(rule, value, cutoff) {
  const where = side(value, cutoff.threshold);
  if (where === 0) return !cutoff.strict;
  return rule.better === "lower" ? where < 0 : where > 0;
}

function multipleTarget(rule, read) {
  const number = rule.multiple && read.numbers.get(rule.multiple.input);
  if (!number || !number.n || side(number, fromThreshold(rule.multiple.below)) >= 0) return null;
  return times(fromThreshold(rule.multiple.factor), number);
}

/** The figure, and the sum in words up to where the figure belongs. */
function figureOf(rule, read) {
  const known = counts(rule).every((key) => read.numbers.has(key));
  if (!known) return { value: read.figure, before: `${rule.figure_label}: ` };
  const value = fromCounts(rule, read);
  if (read.figure && side(value, read.figure) !== 0) {
    const { text } = shown(value, [read.figure]);
    const reason = `the counts give ${figureWords(rule, text)}. Clear this figure or the counts`;
    throw new EntryError([{ field: FIGURE, message: `${rule.figure_label}: ${reason}` }]);
  }
  return { value, before: `${sumWords(rule, read)} = ` };
}

function fromCounts(rule, read) {
  const labels = new Map(rule.inputs.map((input) => [input.key, input.label]));
  const denominator = rule.denominator ?? [];
  const zeros = denominator.filter((key) => !read.numbers.get(key).n);
  if (zeros.length) {
    throw new EntryError(
      zeros.map((key) => ({ field: key, message: `${labels.get(key)} must be more than 0` })),
    );
  }
  const above = rule.numerator.map((key) => read.numbers.get(key)).reduce(plus, ZERO);
  const below = denominator.map((key) => read.numbers.get(key)).reduce(times, ONE);
  if (rule.percent && side(above, below) > 0) {
    const part = rule.numerator.map((key) => labels.get(key)).join(" + ");
    const whole = denominator.map((key) => labels.get(key)).join(" × ");
    throw new EntryError([{ field: rule.numerator[0], message: `${part} cannot be more than ${whole}` }]);
  }
  const value = over(above, below);
  return rule.percent ? times(value, HUNDRED) : value;
}

function bounded(rule, base, read) {
  const holding = (bounds = []) => bounds.filter((bound) => holds(bound, read));
  const highest = (best, bound) => (best && best.rating >= bound.rating ? best : bound);
  const lowest = (best, bound) => (best && best.rating <= bound.rating ? best : bound);
  let floor = holding(rule.floors).reduce(highest, null);
  if (floor && floor.rating <= base) floor = null;
  const raised = floor ? floor.rating : base;
  let cap = holding(rule.caps).reduce(lowest, null);
  if (cap && cap.rating >= raised) cap = null;
  return { rating: cap ? cap.rating : raised, floor, cap };
}

function holds(bound, read) {
  if (!(bound.present ?? []).every((name) => read.facts.get(name))) return false;
  if ((bound.absent ?? []).some((name) => read.facts.get(name))) return false;
  if (bound.input === undefined) return true;
  const number = read.numbers.get(bound.input);
  if (bound.above !== undefined && side(number, fromThreshold(bound.above)) <= 0) return false;
  return bound.below === undefined || side(number, fromThreshold(bound.below)) < 0;
}

// --- words -------------------------------------------------------------------------------

function cutoffWords(rule, cutoff) {
  const lower = cutoff.strict ? "under" : "at most";
  const higher = cutoff.strict ? "over" : "at least";
  return `${rule.better === "lower" ? lower : higher} ${figureWords(rule, exact(cutoff.threshold))}`;
}

function otherwiseWords(rule, last) {
  const lower = last.strict ? "at least" : "over";
  const higher = last.strict ? "at most" : "under";
  return `${rule.better === "lower" ? lower : higher} ${figureWords(rule, exact(last.threshold))}`;
}

function figureWords(rule, figure) {
  if (rule.percent || rule.figure_unit === "%") return `${grouped(figure)}%`;
  return withUnit(figure, rule.figure_unit ?? "", "");
}

function amount(input, value) {
  if (input.unit === "%") return `${grouped(exact(value))}%`;
  return withUnit(exact(value), input.unit ?? "", input.unit_one ?? "");
}

function withUnit(figure, unit, unitOne) {
  let word = unit;
  if (figure === "1" && unit) {
    const plainPlural = unit.endsWith("s") && !unit.endsWith("ss");
    word = unitOne || (plainPlural ? unit.slice(0, -1) : unit);
  }
  return `${grouped(figure)} ${word}`.trimEnd();
}

function sumWords(rule, read) {
  const inputs = new Map(rule.inputs.map((input) => [input.key, input]));
  const joined = (keys, sign) => {
    const words = keys.map((key) => amount(inputs.get(key), read.numbers.get(key)));
    return words.length > 1 && rule.denominator?.length ? `(${words.join(sign)})` : words.join(sign);
  };
  let total = joined(rule.numerator, " + ");
  if (rule.denominator?.length) total += ` ÷ ${joined(rule.denominator, " × ")}`;
  if (rule.percent) total += " × 100";
  return total;
}
