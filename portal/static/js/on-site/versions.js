// The service worker that keeps the client usable without a network, and the change to a newer version.
import { listen } from "./channel.js";
import { h, replace } from "./dom.js";

const LOOK_AGAIN = 60 * 60_000; // milliseconds between looks for a newer version
const SCOPE = "/on-site/";
const PATIENCE = 20_000; // milliseconds that the first installation may take
const RETRY = 20_000; // milliseconds until a newer version whose fetching failed is tried again

const line = document.getElementById("on-site-version");
const mine = document.querySelector('meta[name="build"]').content;
let registration = null;
let newer = false; // the server serves another version than this page is of
let again = null;

// `leave`: saves what is being typed; says whether the page may go.
export async function watchVersions(leave) {
  if (!navigator.serviceWorker) return;
  let first = !navigator.serviceWorker.controller; // the first version to arrive is that of this very page
  navigator.serviceWorker.addEventListener("controllerchange", async () => {
    if (first) first = false;
    else if (await leave()) location.reload();
  });
  registration = await register();
  if (!registration) return;
  if (registration.waiting) offer();
  follow(); // loading this page may have begun to fetch a newer one already
  registration.addEventListener("updatefound", follow);
  setInterval(look, LOOK_AGAIN);
  listen(({ what, build }) => {
    if (what !== "build" || build === mine) return;
    newer = true;
    look();
  });
}

// One that joins an attempt that is failing on a poor line fails with it: while a newer version is known to be
// there and has not arrived, it is asked for again.
async function look() {
  clearTimeout(again);
  again = null;
  await registration.update().catch(() => {});
  lookLater();
}

function lookLater() {
  if (newer && !registration.installing && !registration.waiting) again ??= setTimeout(look, RETRY);
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

function follow() {
  registration.installing?.addEventListener("statechange", arrived);
}

function arrived(event) {
  if (event.target.state === "installed") offer();
  if (event.target.state === "redundant") lookLater(); // not all of it came through
}

function offer() {
  if (!navigator.serviceWorker.controller) return; // the first one: nothing older is in use
  line.hidden = false;
  const use = () => registration.waiting?.postMessage("use-this-version");
  const button = h("button", { class: "portal-link-button", type: "button", onclick: use }, "Use the new version");
  replace(line, "A new version of these pages is ready. ", button, " (asks for your passphrase again)");
}
