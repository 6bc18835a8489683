// The service worker that keeps the client usable without a network, and the change to a newer version.
import { listen } from "./channel.js";
import { h, replace } from "./dom.js";

const LOOK_AGAIN = 60 * 60_000; // milliseconds between looks for a newer version
const SCOPE = "/on-site/";
const PATIENCE = 20_000; // milliseconds that the first installation may take

const line = document.getElementById("on-site-version");
const mine = document.querySelector('meta[name="build"]').content;
let registration = null;

// `leave`: saves what is being typed; says whether the page may go.
export async function watchVersions(leave) {
  if (!navigator.serviceWorker) return;
  const had = Boolean(navigator.serviceWorker.controller);
  if (had) navigator.serviceWorker.addEventListener("controllerchange", async () => (await leave()) && location.reload());
  registration = await register();
  if (!registration) return;
  if (registration.waiting) offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", installed));
  const look = () => registration.update().catch(() => {});
  setInterval(look, LOOK_AGAIN);
  listen(({ what, build }) => what === "build" && build !== mine && look());
}

// Without a network the worker of the last visit goes on, and a newer one that it has fetched is still offered.
function register() {
  const { serviceWorker } = navigator;
  return serviceWorker.register("/on-site/worker.js", { scope: SCOPE, updateViaCache: "none" }).catch(() => serviceWorker.getRegistration(SCOPE));
}

// Whether this device can open the client without a network by now.
export async function worksOffline() {
  if (!navigator.serviceWorker) return false;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, false); });
  return Promise.race([navigator.serviceWorker.ready.then(() => true), late]);
}

function installed(event) {
  if (event.target.state === "installed") offer();
}

function offer() {
  if (!navigator.serviceWorker.controller) return; // the first one: nothing older is in use
  line.hidden = false;
  const use = () => registration.waiting?.postMessage("use-this-version");
  const button = h("button", { class: "portal-link-button", type: "button", onclick: use }, "Use the new version");
  replace(line, "A new version of these pages is ready. ", button, " (asks for your passphrase again)");
}
