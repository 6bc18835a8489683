// What the server has of a review, stored in the place of what it had before. Waiting edits are not touched:
// they lie over whatever stands.
import { Refusal, getPack } from "./api.js";
import { announce } from "./channel.js";
import { loadCheckOuts, loadHeld } from "./loading.js";
import { recordsOf } from "./packs.js";
import { recordRow } from "./receipts.js";
import { label, sealJson } from "./sealing.js";
import { startingWith, write } from "./store.js";
import { mine } from "./vault.js";

const OLD = 10 * 60_000; // milliseconds after which a pack is fetched again
const OLD_WITH_HELD = 30_000; // where an edit of the review waits to be settled, which may have been done meanwhile
const fetched = new Map(); // review -> when

// Fetch the packs of all reviews here that are not fresh. One that the server refuses stays as it is.
export async function refreshPacks() {
  const held = await loadHeld();
  for (const checkOut of await loadCheckOuts()) {
    const aside = held.filter((each) => each.review === checkOut.review);
    const old = aside.length ? OLD_WITH_HELD : OLD;
    if (performance.now() - (fetched.get(checkOut.review) ?? -old) < old) continue;
    try {
      await refresh(checkOut, aside);
      announce({ what: "changed", reviews: [checkOut.review] });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 401) throw error;
    }
    fetched.set(checkOut.review, performance.now());
  }
}

// An edit kept aside about which somebody has decided is not shown here any longer: the server has it.
async function refresh(checkOut, aside) {
  const pack = await getPack(checkOut.review);
  const rows = await packRows(checkOut.review, { pack, deposit_token: checkOut.depositToken }, { check_out_id: checkOut.id, checked_out_at: checkOut.at });
  const decided = aside.filter((each) => pack.decided.includes(each.op_id));
  await write(["reviews", "records", "held"], (transaction) => Promise.all([
    putPack(transaction, rows),
    ...decided.map((each) => transaction.objectStore("held").delete(each.row)),
  ]));
}

// The rows of a review with its records, encrypted and ready for putPack().
export async function packRows(review, secrets, facts, vault = mine()) {
  const { personId, key } = vault;
  return {
    review: { person_id: personId, review, ...facts, sealed: await sealJson(key, label("reviews", personId, review), secrets) },
    records: await Promise.all(recordsOf(secrets.pack).map((record) => recordRow(review, record, vault))),
  };
}

// In a transaction that writes reviews and records.
export function putPack(transaction, { review, records }) {
  const store = transaction.objectStore("records");
  return Promise.all([
    transaction.objectStore("reviews").put(review),
    store.delete(startingWith(review.person_id, review.review)),
    ...records.map((row) => store.put(row)),
  ]);
}
