// Sending all that waits, batch by batch. One edit that the server cannot take does not hold up the others.
import { Refusal } from "./api.js";
import { MOST, nextBatch, recordName } from "./batches.js";
import { settle } from "./receipts.js";

const LEFT_OUT = 3; // records left out before a fault is taken for the server's own

// `send`: takes a request's text, gives the answer. Resolves with {sent, missing}: how many edits have their
// receipt now, and the ranges of numbers that neither the server nor this device has. Raises what `send` raises.
export async function sendAll(send) {
  const leftOut = new Set();
  let refusal = null;
  let most = MOST;
  for (let sent = 0; ;) {
    const batch = await nextBatch(most, leftOut);
    try {
      const answer = await send(batch.text);
      const understood = await settle(batch.operations, answer.receipts);
      sent += understood;
      if (batch.more && understood > 0) continue;
      if (leftOut.size) throw refusal;
      return { sent, missing: (answer.missing ?? []).filter(([from, to]) => !heldHere(batch.seqs, from, to)) };
    } catch (error) {
      if (error === refusal || !ofOneEdit(error) || batch.operations.length === 0 || leftOut.size === LEFT_OUT) throw error;
      refusal = error;
      const [first, ...others] = batch.operations;
      if (others.length === 0) leftOut.add(recordName(first)); // with later edits of the same record, which follow on it
      most = others.length ? Math.ceil(batch.operations.length / 2) : MOST;
    }
  }
}

// Whether an edit among those sent may be the cause, rather than the server, the sign-in or the line.
function ofOneEdit(error) {
  if (!(error instanceof Refusal) || error.error === "token") return false;
  return [400, 413, 422, 500].includes(error.status);
}

function heldHere(seqs, from, to) {
  for (let seq = from; seq <= to; seq += 1) if (seqs.has(seq)) return true;
  return false;
}
