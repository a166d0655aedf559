// The service worker: keeps the page and its scripts for when there is no network, one consistent set for each
// version, and sends what waits when the network returns and no page is open. It serves /offline/ only.
/* global VERSION, FILES */
import { send } from "./outbox.js";

const CACHE = `throughcare-offline-${VERSION}`;
// The page is the same for every address.
const PAGE = "/offline/page";

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

async function keep() {
  const cache = await caches.open(CACHE);
  // All or nothing: an install that misses a file fails, and the earlier version stays.
  await cache.addAll([PAGE, ...FILES].map((address) => new Request(address, { cache: "no-cache" })));
}

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("throughcare-offline-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/offline/")) event.respondWith(kept(PAGE, request));
  else if (pathname.startsWith("/static/")) event.respondWith(kept(request, request));
});

async function kept(wanted, request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(wanted) ?? await cache.match(wanted, { ignoreSearch: true });
  if (found) return found;
  const answer = await fetch(request);
  // Fonts for a script that the system lacks come here when they are first shown.
  if (answer.ok && wanted === request) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") {
    event.waitUntil(send().then((state) => {
      // Thrown, so that the browser tries again later.
      if (state === "offline" || state === "later") throw new Error(state);
    }));
  }
});
