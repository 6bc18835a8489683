// Writing an edit down: the operation and the device's sequence number in one transaction, or neither.
import { sealJson, label } from "./sealing.js";
import { write } from "./store.js";
import { mine } from "./vault.js";

// The edit is not stored. `words`: what to tell the person, whose page keeps what they typed.
export class NotSaved extends Error {
  constructor(words) {
    super(words);
    this.words = words;
  }
}

// Another page of this device has written an edit meanwhile: read again, then try again.
export class Behind extends Error {}

const FULL = "Not saved: this device has no room left. Free some space on it, then save again. What you typed stays on this page.";
const REFUSED = "Not saved: this browser did not store it. What you typed stays on this page.";
const BLOCKED = "Not saved: close the other pages of the portal on this device, then save again.";

// Store an operation, with further rows for stores of the same transaction: {photos: row}. Resolves when it is
// on the disk. Raises Behind, Locked or NotSaved.
export async function append(operation, alongside = {}) {
  const { personId, deviceId, key } = mine();
  const sealed = await sealJson(key, label("operations", personId, operation.op_id), operation);
  const row = {
    op_id: operation.op_id, person_id: personId, device_id: deviceId, seq: operation.seq,
    review: operation.review, at: operation.at, state: "waiting", sealed,
  };
  try {
    await write(["vaults", "operations", ...Object.keys(alongside)], async (transaction) => {
      const vaults = transaction.objectStore("vaults");
      const vault = await vaults.get(personId);
      if (vault?.last_seq !== operation.seq - 1) throw new Behind();
      await Promise.all([
        vaults.put({ ...vault, last_seq: operation.seq }),
        transaction.objectStore("operations").add(row),
        ...Object.entries(alongside).map(([store, value]) => transaction.objectStore(store).put(value)),
      ]);
    });
  } catch (error) {
    throw error instanceof Behind ? error : new NotSaved(wordsFor(error));
  }
}

// What to tell a person whose edit the browser refused.
export function wordsFor(error) {
  if (error.name === "QuotaExceededError") return FULL;
  return error.constructor.name === "Blocked" ? BLOCKED : REFUSED;
}
