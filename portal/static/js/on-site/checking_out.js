// Checking a review out to this device: the vault, the pack and the records in one transaction, or nothing.
import { checkOut } from "./api.js";
import { announce } from "./channel.js";
import { deviceName } from "./device.js";
import { dataKeyOf, makeKeys, renewedEscrow } from "./keys.js";
import { packRows, putPack } from "./refreshing.js";
import { askToPersist } from "./storage.js";
import { write } from "./store.js";
import { alone } from "./sync.js";
import { hold, vaultOf } from "./vault.js";

// `me` as the server says who is signed in; `id`: of this check-out, the same when it is tried again. Gives
// {pack, elsewhere, fresh, persisted}. Raises WrongPassphrase before anything is asked of the server, and what
// api.js and the store raise.
export function checkOutReview(me, reviewId, id, passphrase) {
  return alone(() => doCheckOut(me, reviewId, id, passphrase));
}

async function doCheckOut(me, reviewId, id, passphrase) {
  const known = await vaultOf(me.person_id);
  const knownKey = known && (await dataKeyOf(known.keys, passphrase));
  const persisted = await askToPersist();
  const deviceId = known?.device_id ?? crypto.randomUUID();
  const answer = await checkOut(me.token, {
    check_out_id: id, device_id: deviceId, device_name: deviceName(), review: reviewId, persisted, fresh: !known,
  });
  const server = { publicKey: answer.public_key, keyId: answer.key_id };
  const keys = await keysFor(known, passphrase, server);
  const vault = { person_id: me.person_id, name: me.name, device_id: deviceId, last_seq: 0, made_at: new Date().toISOString(), ...known, keys };
  const key = knownKey || (await dataKeyOf(keys, passphrase));
  await keep(vault, key, reviewId, answer);
  hold(vault, key);
  announce({ what: "changed", reviews: [reviewId] });
  return { pack: answer.pack, elsewhere: answer.elsewhere, fresh: !known, persisted };
}

async function keysFor(known, passphrase, server) {
  if (!known) return makeKeys(passphrase, server);
  if (known.keys.escrow.key_id === server.keyId) return known.keys;
  return { ...known.keys, escrow: await renewedEscrow(known.keys, passphrase, server) };
}

async function keep(vault, key, reviewId, answer) {
  const facts = { check_out_id: answer.check_out_id, checked_out_at: new Date().toISOString() };
  const secrets = { pack: answer.pack, deposit_token: answer.deposit_token };
  const rows = await packRows(reviewId, secrets, facts, { personId: vault.person_id, key });
  await write(["vaults", "reviews", "records"], async (transaction) => {
    const vaults = transaction.objectStore("vaults");
    const now = await vaults.get(vault.person_id); // edits may have been written down meanwhile
    await Promise.all([vaults.put({ ...vault, last_seq: now?.last_seq ?? vault.last_seq }), putPack(transaction, rows)]);
  });
}
