// Photos of evidence: made smaller, encrypted, kept on the device, drawn on a canvas.
import { sha256 } from "./bytes.js";
import { NotSaved } from "./journal.js";
import { label, seal, sealJson, unseal } from "./sealing.js";
import { read } from "./store.js";
import { mine } from "./vault.js";

const LONGEST = 2048; // pixels of the longer side: a page of A4 is still legible
const QUALITY = 0.8;
const TYPE = "image/jpeg";
const UNREADABLE = "Not saved: this browser cannot read that picture. Take it again as JPEG.";

// What an operation says of a new photo, and its rows for the stores of the same transaction.
export async function photoRows(id, reviewId, noteKey, blob, caption) {
  const { personId, key } = mine();
  const bytes = await smaller(blob);
  const about = { note: noteKey, caption, sha256: await sha256(bytes), size: bytes.byteLength, content_type: TYPE };
  const row = { photo_id: id, person_id: personId };
  const photos = { ...row, review: reviewId, state: "waiting", sealed: await sealJson(key, label("photos", personId, id), about) };
  const photo_bytes = { ...row, sealed: await seal(key, label("photo_bytes", personId, id), bytes) };
  return { about, rows: { photos, photo_bytes } };
}

export async function photoBytes(id) {
  const { personId, key } = mine();
  const row = await read(["photo_bytes"], (transaction) => transaction.objectStore("photo_bytes").get(id));
  return unseal(key, label("photo_bytes", personId, id), row.sealed);
}

// At the canvas's own width; its height follows.
export async function drawPhoto(id, canvas) {
  const picture = await createImageBitmap(new Blob([await photoBytes(id)], { type: TYPE }));
  canvas.height = Math.round((canvas.width * picture.height) / picture.width);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}

// Drawn anew, a picture is small and no longer says where and with what it was taken.
async function smaller(blob) {
  let picture = null;
  try {
    picture = await createImageBitmap(blob);
  } catch {
    throw new NotSaved(UNREADABLE);
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((resolve) => { canvas.toBlob(resolve, TYPE, QUALITY); });
  if (!made) throw new NotSaved(UNREADABLE);
  return made.arrayBuffer();
}
