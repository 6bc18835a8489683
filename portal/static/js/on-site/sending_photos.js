// Sending photos piece by piece, from where the server says it stopped.
import { Refusal, photoState, sendPhoto } from "./api.js";
import { announce } from "./channel.js";
import { photoBytes } from "./photos.js";
import { read, startingWith, write } from "./store.js";
import { mine } from "./vault.js";

const PIECE = 256 * 1024; // bytes: the server takes no more at once
const TRIES = 3; // beginnings of one photo in one round

// Photos of this person that the server waits for, and those it does not know of yet.
export async function photosLeft() {
  const rows = await rowsOf(mine().personId);
  return rows.filter((row) => row.state === "waiting" || row.state === "accepted").length;
}

// Raises what api.js raises.
export async function sendPhotos(token) {
  const rows = (await rowsOf(mine().personId)).filter((row) => row.state === "accepted");
  for (const row of rows) if (await sendWhole(token, row.photo_id)) await markSent(row);
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
