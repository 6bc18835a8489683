// What waits on this device as one file, encrypted as it is stored. Only the server can open it, so nobody
// needs the passphrase to make it or to hand it in.
import { toBase64 } from "./bytes.js";
import { read, startingWith, write } from "./store.js";

const FORMAT = { format: "ips-on-site-edits", version: 1 };
const TYPE = "application/json";

// Let the browser save the file. Gives how much is in it: {operations, photos}.
export async function saveFile(personId) {
  const { vault, operations, photos } = await read(["vaults", "operations", "photos"], (transaction) => rowsOf(transaction, personId));
  const unsent = photos.filter((row) => row.state !== "sent");
  const blob = new Blob(await parts(vault, operations, unsent), { type: TYPE });
  download(blob, `on-site-edits-${stamp(new Date())}.ipsedits`);
  await write(["vaults"], async (transaction) => {
    const store = transaction.objectStore("vaults");
    await store.put({ ...(await store.get(personId)), exported_at: new Date().toISOString(), exported_seq: vault.last_seq });
  });
  return { operations: operations.length, photos: unsent.length };
}

async function rowsOf(transaction, personId) {
  const mine = startingWith(personId);
  const [vault, operations, photos] = await Promise.all([
    transaction.objectStore("vaults").get(personId),
    transaction.objectStore("operations").index("by_seq").getAll(mine),
    transaction.objectStore("photos").index("by_review").getAll(mine),
  ]);
  return { vault, operations, photos };
}

// The file's text in parts: photos are read one by one, so that the memory of a tablet holds only one of them.
async function parts(vault, operations, photos) {
  const head = {
    ...FORMAT, key_id: vault.keys.escrow.key_id, wrapped_key: toBase64(vault.keys.escrow.key),
    person_id: vault.person_id, device_id: vault.device_id, highest_seq: vault.last_seq, made_at: new Date().toISOString(),
    operations: operations.map((row) => ({ op_id: row.op_id, seq: row.seq, review: row.review, ...sealedText(row.sealed) })),
  };
  const found = [`${JSON.stringify(head).slice(0, -1)},"photos":[`];
  for (const [at, { photo_id }] of photos.entries()) {
    const row = await read(["photo_bytes"], (transaction) => transaction.objectStore("photo_bytes").get(photo_id));
    found.push(new Blob([`${at ? "," : ""}${JSON.stringify({ photo_id, ...sealedText(row.sealed) })}`]));
  }
  return [...found, "]}"];
}

function sealedText({ iv, ciphertext, aad }) {
  return { iv: toBase64(iv), ciphertext: toBase64(ciphertext), aad };
}

function download(blob, name) {
  const anchor = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}

function stamp(at) {
  return at.toISOString().slice(0, 16).replace("T", "-").replace(":", "");
}
