// The keys of a vault. A random data key encrypts everything; it is kept wrapped twice: by the passphrase, and
// by the server's public key, so that a file saved without the passphrase can be read by the server.
import { fromBase64, toBytes } from "./bytes.js";

export const ITERATIONS = 600_000; // PBKDF2-HMAC-SHA256, OWASP Password Storage Cheat Sheet (2023)
const AES = { name: "AES-GCM", length: 256 };

export class WrongPassphrase extends Error {}

// {salt, iterations, wrapped, escrow} of a new data key, to be stored as they are.
export async function makeKeys(passphrase, server) {
  const dataKey = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const wrapping = await wrappingKey(passphrase, salt, ITERATIONS);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.wrapKey("raw", dataKey, wrapping, { name: "AES-GCM", iv });
  return { salt, iterations: ITERATIONS, wrapped: { iv, key }, escrow: await wrapForServer(dataKey, server) };
}

// The data key, which no script can read out of the browser's memory. Raises WrongPassphrase.
export function dataKeyOf(keys, passphrase) {
  return unwrap(keys, passphrase, false);
}

// The data key wrapped again, for a public key that the server has taken into use since.
export async function renewedEscrow(keys, passphrase, server) {
  return wrapForServer(await unwrap(keys, passphrase, true), server);
}

async function unwrap({ salt, iterations, wrapped }, passphrase, extractable) {
  const wrapping = await wrappingKey(passphrase, salt, iterations);
  try {
    return await crypto.subtle.unwrapKey("raw", wrapped.key, wrapping, { name: "AES-GCM", iv: wrapped.iv }, AES, extractable, ["encrypt", "decrypt"]);
  } catch {
    throw new WrongPassphrase();
  }
}

async function wrapForServer(dataKey, { publicKey, keyId }) {
  const RSA = { name: "RSA-OAEP", hash: "SHA-256" };
  const server = await crypto.subtle.importKey("spki", fromBase64(publicKey), RSA, false, ["wrapKey"]);
  return { key_id: keyId, key: await crypto.subtle.wrapKey("raw", dataKey, server, { name: "RSA-OAEP" }) };
}

async function wrappingKey(passphrase, salt, iterations) {
  const material = await crypto.subtle.importKey("raw", toBytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, material, AES, false, ["wrapKey", "unwrapKey"]);
}
