// Shows a page of our own where a page cannot be fetched. It keeps that page and what it is drawn with, nothing else:
// no page with answers, and no answer (those wait in answer.js). The address of the page comes with the registration.
const PAGE = new URL(self.location).searchParams.get("page");
const CACHE = "cermin-offline-1";

async function keepThePage() {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { cache: "reload" });
  const parts = [...(await page.clone().text()).matchAll(/<link [^>]*href="([^"]+)"/g)].map((found) => found[1]);
  await Promise.all([cache.put(PAGE, page), cache.addAll(parts)]);
}

self.addEventListener("install", (event) => event.waitUntil(keepThePage().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  else if (["style", "font", "image"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
