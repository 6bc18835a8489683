// What the team's worksheets on this device offer to the calculator of an item: the same figures and words as
// portal/reviews/external/rules/worksheet_offers.py, which the tests run against the same rows.
import { ONE, exact, fraction, fromThreshold, over, side } from "../exact.js";
import { results } from "../worksheet_sums.js";

const PLACES = 12; // digits that a calculator reads before and after the point

// {entries, words} by item key. sheets: [{sheet, rows}] with the answers of each row.
export function offers(sheets) {
  const found = new Map();
  for (const { sheet, rows } of sheets) {
    const worked = results(sheet, rows);
    for (const measure of sheet.measures) {
      const result = worked.get(measure.key);
      if (result.value === null) continue;
      for (const output of measure.outputs) {
        const offer = found.get(output.item) ?? { entries: {}, words: [] };
        Object.assign(offer.entries, filled(output, result));
        offer.words.push(line(measure, output, result));
        found.set(output.item, offer);
      }
    }
  }
  return found;
}

function filled(output, result) {
  const value = fromThreshold(result.value);
  const numbers = Object.entries(output.inputs).map(([name, take]) => [name, taken(take, result, value)]);
  const facts = output.facts.map((from) => [from.key, met(from, value)]);
  return Object.fromEntries([...numbers, ...facts]);
}

function met(from, value) {
  const where = side(value, fromThreshold(from.share));
  return from.strict ? where > 0 : where >= 0;
}

function taken(take, result, value) {
  const below = fromThreshold(result.denominator);
  let rows = fraction(BigInt(result.rows));
  let perRow = over(below, rows);
  if (decimal(perRow) === null) [rows, perRow] = [below, ONE]; // their product is exact
  const figure = { numerator: fromThreshold(result.numerator), denominator: below, value, rows, "per-row": perRow }[take];
  return decimal(figure) ?? cut(figure);
}

// The number as a calculator takes it, exactly; null where no decimal of twelve places is exact.
function decimal(value) {
  const text = exact(value);
  const [whole, rest = ""] = text.split(".");
  return text.includes("/") || whole.length > PLACES || rest.length > PLACES ? null : text;
}

// Cut after the twelfth decimal, never raised, so that an average stays on its side of what it is compared with.
function cut(value) {
  const digits = String((value.n * 10n ** BigInt(PLACES)) / value.d).padStart(PLACES + 1, "0");
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

function line(measure, output, result) {
  const limits = [...new Set(output.facts.map((from) => from.words))];
  const words = `${measure.title}: ${result.words}`;
  return limits.length ? `${words}, ticked ${limits.join(" and ")}` : words;
}
