// What a receipt of the server does to what is stored here.
import { announce } from "./channel.js";
import { NotHere, loadReview } from "./loading.js";
import { settled } from "./operations.js";
import { label, sealJson } from "./sealing.js";
import { write } from "./store.js";
import { mine } from "./vault.js";

const CHANGED = ["operations", "records", "held", "photos"];

// Take the receipts of a batch to heart, in one transaction: records, what is held, and the operations gone.
// An operation whose receipt says that the server knows another by its id stays, and is not sent again.
export async function settle(operations, receipts) {
  const byId = new Map(operations.map((each) => [each.op_id, each]));
  const pairs = receipts.filter((receipt) => byId.has(receipt.op_id)).map((receipt) => [byId.get(receipt.op_id), receipt]);
  const rows = await rowsFor(pairs.filter(([, receipt]) => receipt.outcome !== "mismatch"));
  await write(CHANGED, (transaction) => {
    const from = (name) => transaction.objectStore(name);
    return Promise.all([
      ...rows.records.map((row) => from("records").put(row)),
      ...rows.held.map((row) => from("held").put(row)),
      ...pairs.map(([{ op_id }, { outcome }]) => (outcome === "mismatch" ? mark(from("operations"), op_id, "mismatch") : from("operations").delete(op_id))),
      ...pairs.filter(([{ kind }]) => kind === "photo").map(([{ key }, { outcome }]) => mark(from("photos"), key, outcome === "applied" ? "accepted" : "aside")),
    ]);
  });
  announce({ what: "changed", reviews: [...new Set(pairs.map(([operation]) => operation.review))] });
  return pairs.length;
}

async function rowsFor(pairs) {
  const records = new Map();
  const held = [];
  const reviews = new Map();
  for (const [operation, receipt] of pairs) {
    const { review, kind, key } = operation;
    if (receipt.outcome !== "applied") held.push(await heldRow(operation, receipt));
    if (kind === "photo") continue;
    if (!reviews.has(review)) reviews.set(review, await recordsOf(review));
    const name = JSON.stringify([review, kind, key]);
    const before = records.get(name)?.record ?? reviews.get(review).find((each) => each.kind === kind && each.key === key) ?? null;
    records.set(name, { review, record: settled(before, operation, receipt) });
  }
  const changed = [...records.values()].filter(({ record }) => record !== null);
  return { held, records: await Promise.all(changed.map(({ review, record }) => recordRow(review, record))) };
}

async function recordsOf(review) {
  try {
    return (await loadReview(review)).records;
  } catch (error) {
    if (error instanceof NotHere) return [];
    throw error;
  }
}

// A record as it is stored: the ids and the version in clear, the rest encrypted.
export async function recordRow(review, { kind, key, version, order, ...rest }, vault = mine()) {
  const { personId, key: dataKey } = vault;
  const sealed = await sealJson(dataKey, label("records", personId, review, kind, key), rest);
  return { person_id: personId, review, kind, key, version, order, sealed };
}

async function heldRow({ op_id, review, kind, key, fields, base, at }, { outcome, reason, current, held }) {
  const { personId, key: dataKey } = mine();
  const about = { op_id: held ?? op_id, kind, key, outcome, reason, current, fields, base, at };
  return { op_id, person_id: personId, review, at, sealed: await sealJson(dataKey, label("held", personId, op_id), about) };
}

async function mark(store, id, state) {
  const row = await store.get(id);
  if (row) await store.put({ ...row, state });
}
