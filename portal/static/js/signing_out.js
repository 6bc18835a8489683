// Before signing out: whether edits that this person made on site are still only on this device.

const NAME = "on-site"; // the database of the on-site client
const PATIENCE = 2000; // milliseconds: nobody is kept from signing out

// False also where the browser does not tell in time.
export function unsent(personId) {
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, false); });
  return Promise.race([anyOf(personId).catch(() => false), late]);
}

async function anyOf(personId) {
  const known = (await indexedDB.databases?.())?.some(({ name }) => name === NAME); // opening would make it
  if (!known) return false;
  const db = await asPromise(indexedDB.open(NAME));
  try {
    const index = db.transaction("operations").objectStore("operations").index("by_seq");
    return (await asPromise(index.count(IDBKeyRange.bound([personId], [personId, []])))) > 0;
  } finally {
    db.close();
  }
}

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
