// Exact numbers as fractions of BigInt: reading what a person types, and showing a figure without
// moving it across a threshold. The same as portal/scales/rules/numbers.py.

const EDGES = /^[ \t\r\n\u00a0\u2009\u202f]+|[ \t\r\n\u00a0\u2009\u202f]+$/g;
const PLAIN = /^(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})$/;
const GROUPED = /^[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,12})?$/;
const USUAL_PLACES = 2;

/** n/d in lowest terms. Nothing here is ever below 0 save a difference. */
export function fraction(numerator, denominator = 1n) {
  let [a, b] = [numerator, denominator];
  while (b) [a, b] = [b, a % b];
  return a ? { n: numerator / a, d: denominator / a } : { n: 0n, d: 1n };
}

/** A decimal without sign, as a fraction. */
function fromDecimal(text) {
  const [whole, rest = ""] = text.split(".");
  return fraction(BigInt((whole || "0") + rest), 10n ** BigInt(rest.length));
}

/** A threshold as a definition writes it: "20", "74.5" or "7/2". */
export function fromThreshold(text) {
  const [above, below] = text.split("/");
  return below ? fraction(BigInt(above), BigInt(below)) : fromDecimal(above);
}

export const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
export const over = (a, b) => fraction(a.n * b.d, a.d * b.n);
export const ZERO = fraction(0n);
export const ONE = fraction(1n);
export const HUNDRED = fraction(100n);

/** -1, 0 or 1: whether a is below, at or above b. */
export function side(a, b) {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** Whether nothing was typed. */
export const isBlank = (text) => !text.replace(EDGES, "");

/** The number in `text`, or "number" or "negative" for what is wrong with it. */
export function parseNumber(text, percent) {
  let plain = text.replace(EDGES, "");
  if (percent && plain.endsWith("%")) plain = plain.slice(0, -1).replace(EDGES, "");
  const sign = plain.startsWith("-") || plain.startsWith("\u2212");
  const digits = sign ? plain.slice(1) : plain;
  if (!PLAIN.test(digits) && !GROUPED.test(digits)) return "number";
  const value = fromDecimal(digits.replaceAll(",", ""));
  return sign && value.n ? "negative" : value;
}

/** Rounded half up to this many decimals. */
function decimal(value, places) {
  const scale = 10n ** BigInt(places);
  const whole = (2n * value.n * scale + value.d) / (2n * value.d);
  if (!places) return String(whole);
  const digits = String(whole).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The shortest exact decimal, or "n/d" where there is none. */
export function exact(value) {
  let rest = value.d;
  let places = 0;
  for (const factor of [10n, 2n, 5n]) {
    while (rest % factor === 0n) {
      rest /= factor;
      places += 1;
    }
  }
  return rest === 1n ? decimal(value, places) : `${value.n}/${value.d}`;
}

/** The figure for people, with more than two decimals only to keep it on its side of every edge. */
export function shown(value, edges) {
  for (let places = 0; places <= USUAL_PLACES; places += 1) {
    if ((10n ** BigInt(places) * value.n) % value.d === 0n) {
      return { text: decimal(value, places), isExact: true };
    }
  }
  for (let places = USUAL_PLACES; ; places += 1) {
    const text = decimal(value, places);
    const near = fromDecimal(text);
    if (edges.every((edge) => side(near, edge) === side(value, edge))) {
      return { text, isExact: side(near, value) === 0 };
    }
    if (edges.some((edge) => side(value, edge) === 0) && exact(value).includes("/")) {
      return { text: exact(value), isExact: true };
    }
  }
}

/** A decimal with commas between thousands. */
export function grouped(text) {
  const [whole, rest] = text.split(".");
  if (!/^[0-9]+$/.test(whole)) return text;
  const commas = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
  return rest === undefined ? commas : `${commas}.${rest}`;
}
