// What the browser says of the room it gives us, and of whether it may take it back.

// Ask that what is stored here stays: true, false, or null where the browser cannot say.
export async function askToPersist() {
  return (await navigator.storage?.persist?.()) ?? null;
}

export async function persisted() {
  return (await navigator.storage?.persisted?.()) ?? null;
}

// Bytes of room that are left, or null where the browser does not say. Some say always this much, whatever is
// true, so that pages cannot tell a private window by it.
const MADE_UP = 10 * 2 ** 30;

export async function room() {
  const said = await navigator.storage?.estimate?.();
  const free = said?.quota ? said.quota - said.usage : MADE_UP;
  return free === MADE_UP ? null : free;
}

const PERSISTED = "This browser has promised to keep what is stored here.";
const NOT_PERSISTED = [
  "This browser has not promised to keep what is stored here: when the device runs short of room,",
  "or in some browsers after seven days without a visit, it may remove everything at once.",
  "Send your edits whenever you have a connection, and save an encrypted file before you leave the site.",
].join(" ");

export function wordsOfPersistence(answer) {
  return answer ? PERSISTED : NOT_PERSISTED;
}

export function megabytes(bytes) {
  return bytes < 10e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${Math.round(bytes / 1e9)} GB`;
}

// Why nothing can be stored here at all, and what to do about it.
export function unusable(error) {
  if (!window.isSecureContext) return "The portal has to be opened by an address that begins with https.";
  if (error.constructor.name === "Blocked") return "Another page of the portal on this device is of an older version. Close all of them, then load this page again.";
  return "Private windows and some settings do that. Use a usual window, or another browser; the pages of your review in the portal work here while you are connected.";
}
