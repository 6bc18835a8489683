// Encryption of one thing at a time: AES-GCM-256, a fresh 96-bit IV each, bound by additional data to the
// store, person and key it belongs to, so that no row can be put in the place of another.
import { toBytes, toText } from "./bytes.js";

// The additional data of a thing: seal and open have to name the same.
export function label(store, personId, ...key) {
  return [store, personId, ...key].join("|");
}

// {iv, ciphertext, aad} of bytes.
export async function seal(key, aad, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: toBytes(aad) }, key, bytes);
  return { iv, ciphertext, aad };
}

// The bytes again. Fails where the key, the bytes or the label are others than those they were sealed with.
export function unseal(key, aad, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: toBytes(aad) }, key, sealed.ciphertext);
}

export function sealJson(key, aad, value) {
  return seal(key, aad, toBytes(JSON.stringify(value)));
}

export async function unsealJson(key, aad, sealed) {
  return JSON.parse(toText(await unseal(key, aad, sealed)));
}
