// Answers when the line does not: the form of a procedure that was opened here once, the counter's page, their scripts and
// styles. Nothing else is touched: every other request goes the browser's own way. It keeps pages without anybody's
// answers; what was typed is sealed in IndexedDB (_kept.js).

import * as kept from "./_kept.js";
import * as sending from "./_sending.js";

const PUBLIC = "motcua-forms-1";
const DESK = "motcua-desk-1";
const PATIENCE = 15000;
const MOST = 80; // files; the oldest go first
const APPLY = /^((?:\/en)?\/[-\w]+\/apply\/[^/]+\/)([-\w]*)\/?/;
const COUNTER = /^(?:\/en)?\/desk\/counter\/[^/]+\/$/;
const OUT = /^(?:\/en)?\/accounts\/(?:logout|login)\//;
const OWN = ["csrfmiddlewaretoken", "seq", "mark", "op_id"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tidy()])));

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("motcua-") && ![PUBLIC, DESK].includes(name)).map((name) => caches.delete(name)));
  if (kept.possible()) await kept.eraseOver().catch(() => {});
}

// --- what is kept ---
async function keepAll(addresses) {
  const cache = await caches.open(PUBLIC);
  for (const address of addresses) {
    const { pathname, origin } = new URL(address, self.location.origin);
    if (origin !== self.location.origin || (await cache.match(pathname))) continue;
    const answer = await fetch(pathname, { credentials: "omit" });
    if (!answer.ok) continue;
    await cache.put(pathname, answer.clone());
    const all = await cache.keys();
    if (all.length > MOST) await Promise.all(all.slice(0, all.length - MOST).map((each) => cache.delete(each)));
    if (pathname.includes("/offline/")) await keepAll([...(await answer.text()).matchAll(/(?:src|href)="(\/static\/[^"]+\.(?:js|css))"/g)].map((each) => each[1]));
  }
}

self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep).catch(() => {}));
  if (event.data?.forget) event.waitUntil(caches.delete(DESK));
});

// --- answers ---
// A page that does not come is given up; a form that is being sent may take as long as the line needs.
function patiently(request) {
  if (request.method !== "GET") return fetch(request);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(request, { signal: stop.signal }).finally(() => clearTimeout(timer));
}

async function formOffline(start, sid, request) {
  if (request.method === "POST") await keepSent(start, sid, request).catch(() => {});
  const cache = await caches.open(PUBLIC);
  const own = (await sending.heads(start).catch(() => [])).pop();
  const keys = (await cache.keys()).map((each) => new URL(each.url).pathname).filter((path) => path.startsWith(`${start}offline/`));
  const path = own && keys.includes(own.offline) ? own.offline : keys.pop();
  return path && cache.match(path);
}

// The form was on its way when the line broke: its words are in the request.
async function keepSent(start, sid, request) {
  const own = (await sending.heads(start)).pop();
  if (!own) return;
  const form = await request.formData();
  if (sid === "check") await sending.change(own.op, { state: sending.WAITING, tried: Date.now() });
  else if (sid === "papers") {
    for (const [name, value] of form) if (value instanceof File && value.size) await sending.keepFile(own.op, start, name, value);
    if (form.has("go_on")) await sending.change(own.op, { onPapers: true });
  } else {
    const fields = [...form].filter(([name, value]) => !(value instanceof File) && !OWN.includes(name));
    await sending.keepPage(own.op, start, sid, { fields, mark: form.get("mark") || "", saved: false, submitted: true });
  }
}

async function counter(request) {
  const cache = await caches.open(DESK);
  const { pathname, searchParams: asked } = new URL(request.url);
  // For which commune; a sheet that already names a person (a sitting) is not kept.
  const name = pathname + (asked.get("for") ? `?for=${encodeURIComponent(asked.get("for"))}` : "");
  try {
    const answer = await patiently(request);
    if (request.method === "GET" && answer.ok && !answer.redirected && !asked.get("sitting")) await cache.put(name, answer.clone());
    if (answer.status < 502) return answer;
    throw new Error("the server is not there");
  } catch (fault) {
    const page = await cache.match(name);
    if (!page) throw fault;
    return new Response((await page.text()).replace("<html ", '<html data-unplugged '), { headers: page.headers });
  }
}

async function application(request, start, sid) {
  const copy = request.method === "POST" ? request.clone() : request;
  try {
    const answer = await patiently(request);
    if (answer.status < 502) return answer;
    throw new Error("the server is not there");
  } catch (fault) {
    const page = await formOffline(start, sid, copy);
    if (page) return page;
    throw fault;
  }
}

// A name with a digest in it never changes; any other is asked for first.
async function builtFile(request) {
  const { pathname } = new URL(request.url);
  const there = await (await caches.open(PUBLIC)).match(pathname);
  if (there && /\.[0-9a-f]{8,}\./.test(pathname)) return there;
  return fetch(request).catch((fault) => there || Promise.reject(fault));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (pathname.startsWith("/static/") && request.method === "GET") return event.respondWith(builtFile(request));
  if (request.mode !== "navigate") return;
  const way = APPLY.exec(pathname);
  if (way && !["offline", "sent", "forget", "later"].includes(way[2])) return event.respondWith(application(request, way[1], way[2]));
  if (COUNTER.test(pathname)) return event.respondWith(counter(request));
  if (OUT.test(pathname)) event.waitUntil(caches.delete(DESK));
});

// --- what waits goes out when the line is back, also with every page closed, where the browser can ---
self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(sending.sendWaiting().then(tell));
});

async function tell(gone) {
  const windows = await self.clients.matchAll({ type: "window" });
  for (const each of gone) for (const one of windows) one.postMessage({ sent: each });
}
