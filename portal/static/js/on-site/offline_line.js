// Whether the client opens without a network on this device: a line of a list that says so when it is known.
import { h, replace } from "./dom.js";
import { worksOffline } from "./versions.js";

const WORKING = "These pages are being made ready for use without a network.";
const READY = "These pages open without a network on this device.";
const NOT_READY = "These pages do not open without a network yet. Stay connected and load this page again before you leave.";

export function offlineLine() {
  const words = h("span", { role: "status" }, WORKING);
  worksOffline().then((ready) => replace(words, ready ? READY : h("strong", null, NOT_READY)));
  return h("li", null, words);
}
