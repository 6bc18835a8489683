// The browser's own database: which stores there are, and transactions that have reached the disk when they
// are done. Nothing here knows what is in a row, nor encrypts.
import { openDB } from "../../vendor/idb.js";

const NAME = "on-site";

// Only ever added to, so that an older version of the client can open what a newer one made.
const STORES = {
  vaults: { keyPath: "person_id" }, // a person's keys, device id and last sequence number
  reviews: { keyPath: ["person_id", "review"] }, // a review checked out: its pack
  records: { keyPath: ["person_id", "review", "kind", "key"] }, // what the server last said of each record
  operations: { keyPath: "op_id", indexes: { by_seq: ["person_id", "seq"] } }, // edits without a receipt
  held: { keyPath: "op_id", indexes: { by_review: ["person_id", "review"] } }, // edits that the server keeps aside
  photos: { keyPath: "photo_id", indexes: { by_review: ["person_id", "review"] } }, // what is known of each
  photo_bytes: { keyPath: "photo_id" }, // and the picture, apart, since it is large
};

// Another page of an older version holds the database open: it has to be closed before this one can go on.
export class Blocked extends Error {}

let opening = null;

// Rows of `names` for reading: work(transaction) gives what is wanted of them.
export function read(names, work) {
  return inTransaction(names, "readonly", work);
}

// As read(), and changes them: all or nothing, on the disk when the promise resolves. work() awaits all of the
// transaction's requests, and nothing else.
export function write(names, work) {
  return inTransaction(names, "readwrite", work);
}

// The rows of one person, or of one of their reviews, by the beginning of a compound key.
export function startingWith(...parts) {
  return IDBKeyRange.bound(parts, [...parts, []]); // an array sorts after every text and number
}

async function inTransaction(names, mode, work) {
  const transaction = await begin(names, mode);
  transaction.done.catch(() => {}); // it is awaited below, unless work() fails first
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    abort(transaction);
    throw transaction.error ?? error;
  }
}

async function begin(names, mode) {
  const options = { durability: "strict" };
  try {
    return (await database()).transaction(names, mode, options);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    opening = null; // the browser closed it, as some do with a page that sleeps: once more
    return (await database()).transaction(names, mode, options);
  }
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // it has ended already
  }
}

function database() {
  opening ??= open().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

// At whatever version the database has. The version is raised only to add what is missing.
async function open(version) {
  let stopped = null;
  const blocked = new Promise((_, reject) => { stopped = reject; });
  const opened = openDB(NAME, version, {
    upgrade: (db, _old, _new, transaction) => addMissing(db, transaction),
    blocked: () => stopped(new Blocked()),
    blocking: (_current, _wanted, event) => { event.target.close(); opening = null; }, // a newer page adds to it
    terminated: () => { opening = null; },
  });
  const db = await Promise.race([opened, blocked]);
  if (complete(db)) return db;
  const next = db.version + 1;
  db.close();
  return open(next).catch((error) => {
    if (error.name !== "VersionError") throw error;
    return open(); // another page was faster
  });
}

function addMissing(db, transaction) {
  for (const [name, { keyPath, indexes = {} }] of Object.entries(STORES)) {
    const store = db.objectStoreNames.contains(name) ? transaction.objectStore(name) : db.createObjectStore(name, { keyPath });
    for (const [index, path] of Object.entries(indexes)) if (!store.indexNames.contains(index)) store.createIndex(index, path);
  }
}

function complete(db) {
  const names = Object.keys(STORES);
  if (!names.every((name) => db.objectStoreNames.contains(name))) return false;
  const transaction = db.transaction(names);
  return names.every((name) => Object.keys(STORES[name].indexes ?? {}).every((index) => transaction.objectStore(name).indexNames.contains(index)));
}
