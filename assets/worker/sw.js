// Keeps the stage for a room without a network: its page, what that loads, and its frames. Everything else goes past it.
// What the server answers always comes first, so nothing here is ever older than it has to be.
const KEPT = "stage-1", OURS = /^\/(present$|_stage|assets\/|_dash-component-suites\/)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

// The page is kept once, whatever slide its address names.
const key = url => (url.pathname === "/present" ? url.origin + "/present" : url.href);

async function keep(url, reply) {
  if (reply.ok) await (await caches.open(KEPT)).put(key(url), reply.clone());
  return reply;
}

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !OURS.test(url.pathname)) return;
  event.respondWith(fetch(event.request).then(reply => keep(url, reply)).catch(async error => {
    const kept = await caches.match(key(url));
    if (kept) return kept;
    throw error;
  }));
});

// What was loaded before the worker was there: the page names it.
self.addEventListener("message", event => {
  const keepAll = event.data.urls.map(async address => {
    const url = new URL(address, location.origin);
    if (!OURS.test(url.pathname)) return;
    const reply = await fetch(url.href);
    await keep(url, reply);
  });
  event.waitUntil(Promise.allSettled(keepAll).then(() => event.source?.postMessage({ kept: true })));
});
