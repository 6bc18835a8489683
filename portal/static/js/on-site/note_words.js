// What a note is called and what stands under its heading.
import { plural, shortDay } from "./words.js";

const KINDS = { interview: "Interview", observation: "Observation", document: "Document", record: "Records" };

// In the order in which they are offered: that of the keys of a pack means nothing.
export function kindTitles(pack) {
  return { ...KINDS, ...pack.kind_titles };
}

// Every role with its title, those that the scale has questions for first.
export function roleTitles(pack) {
  return { ...Object.fromEntries(pack.questions.map(({ role, title }) => [role, title])), ...pack.role_titles };
}

export function roleTitle(pack, role) {
  return pack.role_titles[role] ?? role;
}

// Its heading, else what it is.
export function noteTitle(pack, { fields }) {
  if (fields.heading) return fields.heading;
  const kind = kindTitles(pack)[fields.kind] ?? "Note";
  return fields.role ? `${kind}: ${roleTitle(pack, fields.role).toLowerCase()}` : kind;
}

// Whom it was with, when, and who wrote it.
export function noteFacts(pack, note) {
  const { fields } = note;
  const what = fields.role ? roleTitle(pack, fields.role) : (kindTitles(pack)[fields.kind] ?? "Note");
  return [what, shortDay(fields.taken_on), byWhom(pack, note)].filter(Boolean).join(" · ");
}

// Who wrote it; what was begun on this device is one's own.
export function byWhom(pack, note) {
  return note.by ?? pack.notes.find((one) => one.key === note.key)?.by ?? pack.me.name;
}

// Notes not removed, newest first.
export function standing(notes) {
  return newest(notes.filter((note) => !note.fields.removed));
}

export function newest(notes) {
  return [...notes].sort((a, b) => (b.fields.taken_on ?? "").localeCompare(a.fields.taken_on ?? ""));
}

export const count = (notes) => plural(notes.length, "note");
