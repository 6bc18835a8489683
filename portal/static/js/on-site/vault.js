// Whose work is on this device, and the key to it while it is unlocked. One person at a time in a page.
import { announce, listen, tellHere } from "./channel.js";
import { WrongPassphrase, dataKeyOf } from "./keys.js";
import { read, startingWith } from "./store.js";

export { WrongPassphrase };

export const SHORTEST = 10; // letters of a passphrase

// The work is locked: a passphrase is needed.
export class Locked extends Error {}

let unlocked = null; // {personId, name, deviceId, key}

// Who has work on this device: [{personId, name, waiting, reviews, exportedAt}], by name. In clear on purpose:
// another person on the tablet has to be told whose work is there.
export function people() {
  return read(["vaults", "operations", "reviews"], async (transaction) => {
    const vaults = await transaction.objectStore("vaults").getAll();
    const found = await Promise.all(vaults.map(async (vault) => {
      const mine = startingWith(vault.person_id);
      const index = transaction.objectStore("operations").index("by_seq");
      const [waiting, oldest, reviews] = await Promise.all([index.count(mine), index.get(mine), transaction.objectStore("reviews").count(mine)]);
      return { personId: vault.person_id, name: vault.name, waiting, oldest: oldest?.at ?? null, reviews, exportedAt: vault.exported_at ?? null };
    }));
    return found.sort((one, other) => one.name.localeCompare(other.name));
  });
}

// Raises WrongPassphrase.
export async function unlock(personId, passphrase) {
  const vault = await vaultOf(personId);
  hold(vault, await dataKeyOf(vault.keys, passphrase));
}

// From now on this page can read and write the work of this vault.
export function hold(vault, key) {
  unlocked = { personId: vault.person_id, name: vault.name, deviceId: vault.device_id, key };
  tellHere({ what: "unlocked" });
}

// The vault that is unlocked. Raises Locked.
export function mine() {
  if (!unlocked) throw new Locked();
  return unlocked;
}

export function isUnlocked() {
  return unlocked !== null;
}

export function vaultOf(personId) {
  return read(["vaults"], (transaction) => transaction.objectStore("vaults").get(personId));
}

// Forget the key, here; lockEverywhere() also in the other pages of the client.
export function lock() {
  unlocked = null;
}

export function lockEverywhere() {
  announce({ what: "lock" });
}

export function onLock(listener) {
  return listen((message) => message.what === "lock" && listener(message));
}
