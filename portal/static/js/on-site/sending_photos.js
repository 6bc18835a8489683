// Sending photos piece by piece, from where the server says it stopped.
import { Refusal, photoState, sendPhoto } from "./api.js";
import { announce } from "./channel.js";
import { photoBytes } from "./photos.js";
import { read, startingWith, write } from "./store.js";
import { mine } from "./vault.js";

const PIECE = 256 * 1024; // bytes: the server takes no more at once
const TRIES = 3; // beginnings of one photo in one round

// Photos that are only on this device: {waiting, aside}. The server does not take one whose edit it keeps aside.
export async function photosLeft() {
  const rows = await rowsOf(mine().personId);
  const aside = rows.filter((row) => row.state === "aside").length;
  return { waiting: rows.filter((row) => row.state !== "sent").length - aside, aside };
}

// Send all whose edit the server knows; one kept aside may have been let in meanwhile. Raises what api.js raises.
export async function sendPhotos(token) {
  const rows = (await rowsOf(mine().personId)).filter((row) => row.state === "accepted" || row.state === "aside");
  for (const row of rows) if (await sendWhole(token, row.photo_id).catch(unlessUnknown)) await markSent(row);
}

// The server has no such photo yet: it waits.
function unlessUnknown(error) {
  if (error instanceof Refusal && error.status === 404) return false;
  throw error;
}

async function sendWhole(token, id) {
  const bytes = await photoBytes(id);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { received, whole } = await photoState(id);
    if (whole || (await sendFrom(token, id, bytes, received))) return true;
  }
  return false;
}

// Whether the server has it whole. False when it says to begin at another place, or again.
async function sendFrom(token, id, bytes, received) {
  let from = received;
  while (from < bytes.byteLength) {
    try {
      const answer = await sendPhoto(token, id, from, bytes.slice(from, from + PIECE));
      if (answer.whole) return true;
      if (answer.received <= from) return false;
      from = answer.received;
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return false; // "offset" or "damaged"
      throw error;
    }
  }
  return false;
}

async function markSent(row) {
  await write(["photos"], (transaction) => transaction.objectStore("photos").put({ ...row, state: "sent" }));
  announce({ what: "changed", reviews: [row.review] });
}

function rowsOf(personId) {
  return read(["photos"], (transaction) => transaction.objectStore("photos").index("by_review").getAll(startingWith(personId)));
}
