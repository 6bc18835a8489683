// Operations made up into what one request carries.
import { loadOperations } from "./loading.js";
import { persisted } from "./storage.js";
import { mine, vaultOf } from "./vault.js";

export const MOST = 100; // operations in a request: the server takes no more
const LARGEST = 512 * 1024; // letters

// The next operations to send, oldest first, and the text of their request. An operation stands in it letter for
// letter as it was written down, since the server knows it by the hash of that. `most` operations; none of the
// records named in `without`, see recordName(). `more`: whether others wait that could be sent too.
export async function nextBatch(most = MOST, without = new Set()) {
  const { personId, deviceId } = mine();
  const all = await loadOperations();
  const sendable = all.filter((each) => each.state === "waiting" && !without.has(recordName(each)));
  const operations = firstOf(sendable, most);
  const head = { device_id: deviceId, highest_seq: (await vaultOf(personId)).last_seq, waiting: all.length, persisted: await persisted() };
  return {
    operations,
    more: sendable.length > operations.length,
    seqs: new Set(all.map((each) => each.seq)),
    text: JSON.stringify({ ...head, operations: operations.map(sent) }),
  };
}

export function recordName({ review, kind, key }) {
  return JSON.stringify([review, kind, key]);
}

function firstOf(sendable, most) {
  let letters = 0;
  return sendable.slice(0, most).filter((each, at) => {
    letters += JSON.stringify(each).length;
    return at === 0 || letters <= LARGEST;
  });
}

function sent({ state, ...operation }) {
  return operation;
}
