// How many edits are only on this device: always in the strip, whoever has it in hand.
import { listen } from "./channel.js";
import * as status from "./status.js";
import { isUnlocked, mine, people } from "./vault.js";

export function watchCount() {
  listen(() => count().catch(() => {})); // a count that fails stands as it was
  return count();
}

// The unlocked person's, or everybody's while it is locked.
export async function count() {
  const all = await people();
  const whose = isUnlocked() ? all.filter((person) => person.personId === mine().personId) : all;
  const number = whose.reduce((sum, person) => sum + person.waiting, 0);
  status.waiting(number);
  return number;
}
