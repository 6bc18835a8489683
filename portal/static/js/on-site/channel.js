// Word to the pages of the client on this device. {what: "edited"}: an edit was written down here;
// {what: "changed", reviews: [id…]}: what is stored of them has changed; {what: "unlocked"}; {what: "lock"};
// {what: "build", build}: the version that the server serves.

const channel = new BroadcastChannel("on-site");
const listeners = new Set();

// To every page, this one included.
export function announce(message) {
  tellOthers(message);
  tellHere(message);
}

export function tellOthers(message) {
  channel.postMessage(message);
}

export function tellHere(message) {
  for (const listener of [...listeners]) listener(message);
}

// Returns what ends the listening.
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

channel.addEventListener("message", (event) => tellHere(event.data));
