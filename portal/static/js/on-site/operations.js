// Edits as operations, and records with waiting edits laid over them. Pure: no store, no clock, no document.

export const SCHEMA = 1; // the form of an operation; the server takes this one and the one before

// The fields of `wanted` that differ from what stands.
export function changedFields(standing, wanted) {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !same(standing?.[name] ?? null, value)));
}

// What the person began from, for each changed field; null where there was nothing.
export function baseOf(standing, changed) {
  return Object.fromEntries(Object.keys(changed).map((name) => [name, standing?.[name] ?? null]));
}

// An operation of an edit. `record` is what the server last said (or null), `waiting` this record's operations
// without a receipt, oldest first. Its `after` names the newest of them: the server then takes that one's
// result for the base, since this device cannot know it yet.
export function operation({ id, seq, at, review, kind, key, record, waiting, changed }) {
  return {
    op_id: id,
    seq,
    schema: SCHEMA,
    review,
    kind,
    key,
    base_version: record?.version ?? 0,
    after: waiting.at(-1)?.op_id ?? null,
    base: baseOf(laidOver(record?.fields, waiting), changed),
    fields: changed,
    at,
  };
}

// What stands with the waiting operations laid over it, oldest first; null where there is neither.
export function laidOver(fields, waiting) {
  if (!fields && waiting.length === 0) return null;
  return Object.assign({}, fields, ...waiting.map((each) => each.fields));
}

// What becomes of a record by a receipt: applied, it is the operation's; in conflict, it is what stands on the
// server; kept aside, it stays as it was known. Pure.
export function settled(record, operation, receipt) {
  const { kind, key } = operation;
  const before = record ?? { kind, key, version: 0, fields: {}, order: Number.MAX_SAFE_INTEGER, by: null };
  const version = receipt.version ?? before.version;
  if (receipt.outcome === "applied") return { ...before, version, fields: { ...before.fields, ...operation.fields }, changed_at: receipt.saved_at };
  if (receipt.outcome === "conflict" && receipt.current) return { ...before, version, fields: { ...before.fields, ...receipt.current } };
  return record;
}

// Equal as JSON, whatever the order of an object's keys.
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}
