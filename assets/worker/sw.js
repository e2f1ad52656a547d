// Keeps the stage for a room without a network: its page, what that loads, and its frames. Everything else goes past
// it. What the server answers always comes first, so nothing here is ever older than it has to be.
"use strict";
const KEPT = "stage-3";
const BEFORE = "stage-"; // caches of other versions of this file
const OWN = new URL(".", location.href).pathname; // where the app is: "/"
const PAGE = OWN + "present";
const OURS = [
  "present",
  "_stage",
  "_dash-layout",
  "_dash-dependencies",
  "_dash-component-suites/",
  "assets/",
];
// Dash asks for the content of a page by a request that no cache keeps as it is
const CALLBACKS = "_dash-update-component";
const CONTENT = "_pages_content";
const AWAY = [502, 503, 504]; // what a proxy says for a server that is not there

/** @param {URL} url */
function isOurs({ pathname }) {
  return OURS.some((each) => pathname.startsWith(OWN + each));
}

/** The language that an address says, as it stands in a query. @param {URL} url @param {string} mark */
function languageOf({ searchParams }, mark) {
  const language = searchParams.get("lang");
  return language ? `${mark}lang=${language}` : "";
}

/** The page is kept once in each language, whatever slide its address names. @param {URL} url */
const keyOf = (url) =>
  url.pathname === PAGE ? url.origin + url.pathname + languageOf(url, "?") : url.href;

/** @param {string} key @param {Response} reply */
async function keep(key, reply) {
  if (reply.ok) await (await caches.open(KEPT)).put(key, reply.clone());
  return reply;
}

/** The copy; that of the page in another language is better than none. @param {string} key */
async function copyOf(key) {
  const isPage = new URL(key).pathname === PAGE;
  return (await caches.match(key)) ?? (await caches.match(key, { ignoreSearch: isPage }));
}

/** The server's answer, else the copy. @param {Request} request @param {string} key */
async function answer(request, key) {
  try {
    const reply = await fetch(request);
    return AWAY.includes(reply.status) ? ((await copyOf(key)) ?? reply) : await keep(key, reply);
  } catch (error) {
    const copy = await copyOf(key);
    if (copy) return copy;
    throw error;
  }
}

/** The stage's page content, which Dash asks for. @param {Request} request */
async function answerContent(request) {
  const body = await request.clone().text();
  const isPage = body.includes(CONTENT) && body.includes(`"${PAGE}"`);
  const key =
    location.origin + OWN + CALLBACKS + "?present" + languageOf(new URL(request.url), "&");
  return isPage ? answer(request, key) : fetch(request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(BEFORE) && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const { request } = event,
    url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && isOurs(url)) event.respondWith(answer(request, keyOf(url)));
  // other pages of the same folder ask Dash much, and nothing of it is for this copy
  else if (url.pathname === OWN + CALLBACKS && request.referrer.startsWith(location.origin + PAGE))
    event.respondWith(answerContent(request));
});

// What was loaded before the worker was there: the page names it.
self.addEventListener("message", (event) => {
  const { urls, content } = event.data;
  const keepContent = async () => {
    if (content) await answerContent(new Request(content.address, content.options));
  };
  const keepAll = urls.map(async (/** @type {string} */ address) => {
    const url = new URL(address, location.origin);
    if (isOurs(url)) await keep(keyOf(url), await fetch(url.href));
  });
  event.waitUntil(
    Promise.allSettled([keepContent(), ...keepAll]).then(() =>
      event.source?.postMessage({ kept: true }),
    ),
  );
});
