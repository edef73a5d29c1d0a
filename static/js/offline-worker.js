// The service worker of a public programme: what was read once can be read again without a network. It keeps pages as the public sees
// them, asked for without cookies, so that nothing of an account stays in a shared browser and a draft is never kept.
const NAME = "programme-1";
const WHOLE = new URL("?day=all", self.registration.scope).href;

async function keep(address) {
  const response = await fetch(address, { credentials: "omit" }).catch(() => null);
  if (response?.ok && !response.redirected) await (await caches.open(NAME)).put(address, response);
}

const kept = async (address) => (await caches.match(address)) ?? (await caches.match(WHOLE)) ?? Response.error();

self.addEventListener("install", (event) => event.waitUntil(keep(WHOLE).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(Promise.all(event.data.map(keep))));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.url.startsWith(self.registration.scope)) {
    event.respondWith(fetch(request).catch(() => kept(request.url)));
    event.waitUntil(Promise.all([keep(request.url), keep(WHOLE)]));
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => caches.match(request.url).then((found) => found ?? Response.error())));
  }
});
