// Keeps the on-site client usable without a network: its shell and files, never anybody's data.
// One cache for each version. A version is installed whole or not at all, and takes over when no page of the
// one before is open any more, or when a person chooses so.
const BUILD = {{ build|tojson }};
const SHELL = {{ shell|tojson }};
const PAGES = [SHELL, {{ manifest|tojson }}];
const ASSETS = {{ assets|tojson }};
const PREFIX = "on-site-";
const CACHE = PREFIX + BUILD;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "use-this-version") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const wanted = kept(event.request);
  if (wanted) event.respondWith(answer(wanted, event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all([...PAGES.map((address) => keepPage(cache, address)), ...ASSETS.map((address) => keepAsset(cache, address))]);
}

// The shell says which version it is of: one of another version must not stand among these files.
async function keepPage(cache, address) {
  const response = await fetch(address, { cache: "no-cache", credentials: "omit" });
  const text = response.ok ? await response.clone().text() : "";
  if (!response.ok || (address === SHELL && !text.includes(`content="${BUILD}"`))) throw new Error(`${address} is not of version ${BUILD}`);
  await cache.put(address, response);
}

// An address holds the beginning of its file's SHA-256: what arrives is checked against it.
async function keepAsset(cache, address) {
  const response = await fetch(address, { credentials: "omit" });
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const [, expected] = address.split("?v=");
  if (!response.ok || !hex.startsWith(expected)) throw new Error(`${address} is not what it should be`);
  await cache.put(address, response);
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The address under which a request's answer is kept; null for all else, which goes to the network untouched:
// what a signed-in person gets, and every answer of the API.
function kept(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return null;
  if (PAGES.includes(url.pathname)) return url.pathname;
  const address = url.pathname + url.search;
  return ASSETS.includes(address) ? address : null;
}

async function answer(address, request) {
  const kept = await caches.open(CACHE).then((cache) => cache.match(address, { ignoreVary: true })).catch(() => undefined);
  return kept ?? fetch(request); // a browser that is removing what is stored here may refuse to look
}
