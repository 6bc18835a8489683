// Putting the client on the home screen, where browsers keep its storage longer.
import { h } from "./dom.js";

let asked = null; // the browser's own offer, kept until the person wants it

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  asked = event;
});

// A line of a list; null when it is installed already.
export function installing() {
  if (window.matchMedia("(display-mode: standalone)").matches) return null;
  if (!asked) return h("li", null, "Add this page to the home screen from the browser’s menu: it then opens by itself, and browsers keep its storage longer.");
  return h("li", null, h("button", { class: "portal-link-button", type: "button", onclick: () => asked.prompt() }, "Install on this device"), ": it then opens by itself, and browsers keep its storage longer.");
}
