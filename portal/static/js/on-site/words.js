// Dates and numbers in words, as the server's pages write them (portal/core/filters.py).
import { now } from "./clock.js";

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

// 2026-11-22 → 22 November 2026; what is no date stays as it is.
export function day(iso) {
  const found = parts(iso);
  return found ? `${found.day} ${MONTHS[found.month]} ${found.year}` : (iso ?? "");
}

// 2026-11-22 → 22 Nov 2026
export function shortDay(iso) {
  const found = parts(iso);
  return found ? `${found.day} ${MONTHS[found.month].slice(0, 3)} ${found.year}` : (iso ?? "");
}

function parts(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  return found && { year: Number(found[1]), month: Number(found[2]) - 1, day: Number(found[3]) };
}

// Today where the reviews are, as 2026-11-22.
export function today() {
  return now().toLocaleDateString("sv-SE", { timeZone: "Europe/London" });
}

// 1 note, 3 notes
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

export function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

// Item 3 · Items 3, 7 and so on, for these items of the scale; empty for none.
export function itemNumbers(items, keys) {
  const numbers = items.filter((item) => keys.includes(item.key)).map((item) => item.number);
  return numbers.length ? `${numbers.length > 1 ? "Items" : "Item"} ${numbers.join(", ")}` : "";
}
