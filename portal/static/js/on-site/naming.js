// What an edit is called in a list. Pure.

const KINDS = { interview: "Interview note", observation: "Observation note", document: "Note on a document", record: "Note on a record" };
const FIELDS = { rating: "rating", rationale: "rationale", evidence: "evidence", entries: "calculator" };

// {title, detail} of an operation, or of an edit that the server keeps aside.
export function named({ kind, key, fields }, pack) {
  if (kind === "rating") return rating(key, fields, pack);
  if (kind === "note") return note(key, fields, pack);
  if (kind === "row") return row(key, fields, pack);
  return { title: "Photo", detail: fields.caption ?? "" };
}

function rating(key, fields, pack) {
  const item = pack?.items.find((each) => each.key === key);
  const given = typeof fields.rating === "number" ? [`rating ${fields.rating}`] : [];
  const rest = Object.keys(fields).filter((name) => name !== "rating" || given.length === 0).map((name) => FIELDS[name] ?? name);
  return { title: item ? `${item.number}. ${item.title}` : key, detail: [...given, ...rest].join(", ") };
}

function note(key, fields, pack) {
  const known = pack?.notes.find((each) => each.key === key)?.fields ?? {};
  const { kind, heading, removed } = { ...known, ...fields };
  return { title: [KINDS[kind] ?? "Note", heading].filter(Boolean).join(": "), detail: removed ? "removed" : (fields.text ?? "").slice(0, 80) };
}

function row(key, fields, pack) {
  const at = key.lastIndexOf(":");
  const sheet = pack?.worksheets.find((each) => each.key === key.slice(0, at));
  const count = Object.keys(fields).length;
  return { title: `${sheet?.title ?? key.slice(0, at)}, row ${key.slice(at + 1)}`, detail: fields.removed ? "removed" : `${count} ${count === 1 ? "answer" : "answers"}` };
}
