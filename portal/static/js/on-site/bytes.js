// Bytes as base64 text, and text as bytes.

const CHUNK = 0x8000; // String.fromCharCode takes no more arguments than this everywhere

export function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function toBytes(text) {
  return new TextEncoder().encode(text);
}

export function toText(buffer) {
  return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
}

export async function sha256(buffer) {
  const digest = await crypto.subtle.digest("SHA-256", buffer);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
