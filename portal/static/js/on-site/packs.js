// A pack of the server taken apart into records. Pure.

// [{kind, key, version, fields, order, by, changed_at}] in the pack's order.
export function recordsOf(pack) {
  const ratings = pack.items
    .filter((item) => pack.ratings[item.key])
    .map((item) => ({ kind: "rating", key: item.key, ...pack.ratings[item.key] }));
  const notes = pack.notes.map((note) => ({ ...note, kind: "note" }));
  const rows = pack.worksheets.flatMap((sheet) => sheet.rows.map((row) => asRecord(sheet, row)));
  return [...ratings, ...notes, ...rows].map((record, order) => ({ by: null, changed_at: null, ...record, order }));
}

function asRecord(sheet, { position, version, fields, removed, name }) {
  return { kind: "row", key: `${sheet.key}:${position}`, version, fields: { ...fields, removed }, name };
}
