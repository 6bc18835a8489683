// Returning a review: when all of this device has arrived, what is stored of it here is removed.
import { giveBack, whoAmI } from "./api.js";
import { announce } from "./channel.js";
import { photosLeft } from "./sending_photos.js";
import { read, startingWith, write } from "./store.js";
import { alone, sendNow } from "./sync.js";
import { lockEverywhere, mine, people, vaultOf } from "./vault.js";

const ASIDE = "photos whose edits the portal keeps aside are only on this device. Save an encrypted file first, under “edits waiting”.";

// Something has not arrived yet: `words` say what.
export class NotYet extends Error {
  constructor(words) {
    super(words);
    this.words = words;
  }
}

// `checkOut` as loading.js gives it. Raises NotYet, and what api.js raises.
export async function returnReview(checkOut) {
  await sendNow();
  await alone(async () => {
    await everythingArrived();
    const { personId } = mine();
    const me = await whoAmI();
    if (me.person_id !== personId) throw new NotYet("somebody else is signed in to the portal.");
    await giveBack(me.token, checkOut.id, { highest_seq: (await vaultOf(personId)).last_seq });
    await removeReview(personId, checkOut.review);
    await removeEmptyVault(personId);
  });
  announce({ what: "changed", reviews: [checkOut.review] });
}

async function everythingArrived() {
  const me = (await people()).find((person) => person.personId === mine().personId);
  if (me.waiting) throw new NotYet("edits of this device are still waiting to be sent.");
  const photos = await photosLeft();
  if (photos.waiting) throw new NotYet("photos of this device are still waiting to be sent.");
  const vault = await vaultOf(me.personId);
  if (photos.aside && vault.exported_seq !== vault.last_seq) throw new NotYet(ASIDE);
}

function removeReview(personId, review) {
  const within = [personId, review];
  return write(["reviews", "records", "held", "photos", "photo_bytes"], async (transaction) => {
    const from = (name) => transaction.objectStore(name);
    const photos = await from("photos").index("by_review").getAllKeys(IDBKeyRange.only(within));
    const held = await from("held").index("by_review").getAllKeys(IDBKeyRange.only(within));
    await Promise.all([
      from("reviews").delete(within),
      from("records").delete(startingWith(...within)),
      ...held.map((id) => from("held").delete(id)),
      ...photos.flatMap((id) => [from("photos").delete(id), from("photo_bytes").delete(id)]),
    ]);
  });
}

// With the last review, the person's name and keys go too.
async function removeEmptyVault(personId) {
  const whose = startingWith(personId);
  const gone = await write(["vaults", "reviews", "operations"], async (transaction) => {
    const reviews = await transaction.objectStore("reviews").count(whose);
    const operations = await transaction.objectStore("operations").index("by_seq").count(whose);
    if (reviews || operations) return false;
    await transaction.objectStore("vaults").delete(personId);
    return true;
  });
  if (gone) lockEverywhere();
}

// All of a person's work on this device: for when the passphrase is forgotten. Whoever calls this has made sure
// that the work is safe elsewhere.
export async function removePerson(personId) {
  const reviews = await read(["reviews"], (transaction) => transaction.objectStore("reviews").getAllKeys(startingWith(personId)));
  for (const [, review] of reviews) await removeReview(personId, review);
  await write(["operations", "vaults"], async (transaction) => {
    const ids = await transaction.objectStore("operations").index("by_seq").getAllKeys(startingWith(personId));
    await Promise.all([...ids.map((id) => transaction.objectStore("operations").delete(id)), transaction.objectStore("vaults").delete(personId)]);
  });
  announce({ what: "changed", reviews: reviews.map(([, review]) => review) });
}
