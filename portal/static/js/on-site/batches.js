// Operations made up into what one request carries.
import { loadOperations } from "./loading.js";
import { persisted } from "./storage.js";
import { mine, vaultOf } from "./vault.js";

const MOST = 100; // operations in a request: the server takes no more
const LARGEST = 512 * 1024; // letters

// The next operations to send, oldest first, and the text of their request. An operation stands in it letter for
// letter as it was written down, since the server knows it by the hash of that.
export async function nextBatch() {
  const { personId, deviceId } = mine();
  const all = await loadOperations();
  const operations = firstOf(all.filter((each) => each.state === "waiting"));
  const head = { device_id: deviceId, highest_seq: (await vaultOf(personId)).last_seq, waiting: all.length, persisted: await persisted() };
  return { operations, more: all.filter((each) => each.state === "waiting").length > operations.length, seqs: new Set(all.map((each) => each.seq)), text: JSON.stringify({ ...head, operations: operations.map(sent) }) };
}

function firstOf(waiting) {
  let letters = 0;
  return waiting.slice(0, MOST).filter((each, at) => {
    letters += JSON.stringify(each).length;
    return at === 0 || letters <= LARGEST;
  });
}

function sent({ state, ...operation }) {
  return operation;
}
