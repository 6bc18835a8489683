// A review as it is stored on this device, decrypted.
import { label, unsealJson } from "./sealing.js";
import { read, startingWith, write } from "./store.js";
import { mine } from "./vault.js";

// This review is not checked out to this device.
export class NotHere extends Error {}

const STORES = ["vaults", "reviews", "records", "operations", "held", "photos"];

// {lastSeq, pack, records, operations, held, photos} of a review; operations oldest first. Raises Locked or
// NotHere.
export async function loadReview(reviewId) {
  const { personId } = mine();
  const rows = await read(STORES, (transaction) => rowsOf(transaction, personId, reviewId));
  if (!rows.review || !rows.vault) throw new NotHere(); // a fresh pack may have come just after all was removed
  const [review, records, operations, held, photos] = await Promise.all([
    openRow("reviews", rows.review, rows.review.review),
    Promise.all(rows.records.map(openRecord)),
    Promise.all(rows.operations.filter((row) => row.review === reviewId).map(openOperation)),
    Promise.all(rows.held.map((row) => openRow("held", row, row.op_id))),
    Promise.all(rows.photos.map(openPhoto)),
  ]);
  return { lastSeq: rows.vault.last_seq, pack: review.pack, records, operations, held, photos };
}

async function rowsOf(transaction, personId, reviewId) {
  const within = startingWith(personId, reviewId);
  const from = (name) => transaction.objectStore(name);
  const [vault, review, records, operations, held, photos] = await Promise.all([
    from("vaults").get(personId),
    from("reviews").get([personId, reviewId]),
    from("records").getAll(within),
    from("operations").index("by_seq").getAll(startingWith(personId)),
    from("held").index("by_review").getAll(IDBKeyRange.only([personId, reviewId])),
    from("photos").index("by_review").getAll(IDBKeyRange.only([personId, reviewId])),
  ]);
  return { vault, review, records, operations, held, photos };
}

// The operations of this person without a receipt, of all reviews, oldest first; at most `most` of them.
export async function loadOperations(most = undefined) {
  const whose = startingWith(mine().personId);
  const rows = await read(["operations"], (transaction) => transaction.objectStore("operations").index("by_seq").getAll(whose, most));
  return Promise.all(rows.map(openOperation));
}

// The reviews of this person on this device: what loadReview gives as the pack, with its check-out.
export async function loadCheckOuts() {
  const whose = startingWith(mine().personId);
  const rows = await read(["reviews"], (transaction) => transaction.objectStore("reviews").getAll(whose));
  const opened = await Promise.all(rows.map((row) => openRow("reviews", row, row.review)));
  return rows.map((row, at) => ({ review: row.review, id: row.check_out_id, at: row.checked_out_at, pack: opened[at].pack, depositToken: opened[at].deposit_token }));
}

// An operation as it was made, with `state`: "waiting", or "mismatch" when the server knows another by its id.
async function openOperation(row) {
  return { ...(await openRow("operations", row, row.op_id)), state: row.state };
}

async function openRecord(row) {
  const { kind, key, version, order } = row;
  return { ...(await openRow("records", row, row.review, kind, key)), kind, key, version, order };
}

async function openPhoto(row) {
  return { ...(await openRow("photos", row, row.photo_id)), id: row.photo_id, state: row.state };
}

function openRow(store, row, ...parts) {
  const { key } = mine();
  return unsealJson(key, label(store, row.person_id, ...parts), row.sealed);
}

// The edits of this person that the server keeps aside, with the `row` they are stored under.
export async function loadHeld() {
  const whose = startingWith(mine().personId);
  const rows = await read(["held"], (transaction) => transaction.objectStore("held").index("by_review").getAll(whose));
  const opened = await Promise.all(rows.map((row) => openRow("held", row, row.op_id)));
  return opened.map((each, at) => ({ ...each, review: rows[at].review, row: rows[at].op_id }));
}

// The server has it: it need not be shown here any longer.
export function hideHeld(row) {
  return write(["held"], (transaction) => transaction.objectStore("held").delete(row));
}
