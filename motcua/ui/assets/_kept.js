// What this device keeps while there is no line: rows in IndexedDB, each sealed with a key that no script can read out.
// A row is {id, group, at, until} in the clear (names and moments) and the rest sealed (AES-GCM). Where the browser cannot
// do that (no https, no WebCrypto, private windows of some), nothing is kept and every page works as without it.

const NAME = "motcua-kept";
const DAY = 24 * 3600 * 1000;
export const LASTS = 14 * DAY;

export const possible = () => Boolean(self.isSecureContext && self.indexedDB && self.crypto && crypto.subtle);

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opening;

function database() {
  opening =
    opening ||
    new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("keys");
        request.result.createObjectStore("rows", { keyPath: "id" });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
  return opening;
}

const store = async (name, mode) => (await database()).transaction(name, mode).objectStore(name);

async function sealingKey() {
  const found = await answered((await store("keys", "readonly")).get("own"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  try {
    await answered((await store("keys", "readwrite")).add(made, "own"));
    return made;
  } catch {
    return answered((await store("keys", "readonly")).get("own")); // another window was first
  }
}

async function sealed(id, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const options = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  return { iv, data: await crypto.subtle.encrypt(options, await sealingKey(), bytes) };
}

async function opened(row) {
  const options = { name: "AES-GCM", iv: row.iv, additionalData: new TextEncoder().encode(row.id) };
  return crypto.subtle.decrypt(options, await sealingKey(), row.data);
}

async function write(id, group, bytes) {
  const now = Date.now();
  const row = { id, group, at: now, until: now + LASTS, ...(await sealed(id, bytes)) };
  await answered((await store("rows", "readwrite")).put(row));
}

export const put = (id, group, value) => write(id, group, new TextEncoder().encode(JSON.stringify(value)));
export const putBytes = write;

export async function get(id) {
  const row = await answered((await store("rows", "readonly")).get(id));
  return row && row.until > Date.now() ? JSON.parse(new TextDecoder().decode(await opened(row))) : null;
}

export async function getBytes(id) {
  const row = await answered((await store("rows", "readonly")).get(id));
  return row ? opened(row) : null;
}

const below = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

// Everything whose id begins so: [{id, group, at, value}], oldest first.
export async function list(prefix) {
  const rows = await answered((await store("rows", "readonly")).getAll(below(prefix)));
  const good = rows.filter((row) => row.until > Date.now()).sort((one, other) => one.at - other.at);
  return Promise.all(
    good.map(async (row) => ({ id: row.id, group: row.group, at: row.at, value: JSON.parse(new TextDecoder().decode(await opened(row))) })),
  );
}

export async function erase(prefix) {
  await answered((await store("rows", "readwrite")).delete(below(prefix)));
}

export async function eraseOver() {
  const rows = await answered((await store("rows", "readonly")).getAll());
  for (const row of rows) if (row.until <= Date.now()) await erase(row.id);
}

export const random = (bytes = 16) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((each) => each.toString(16).padStart(2, "0")).join("");

// One at a time over all windows, where the browser can; elsewhere the server takes care that nothing happens twice.
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(`motcua-${name}`, work) : work());

// A form goes only when what stands in it is kept: a browser drops what a page has not finished when it leaves it.
export function keptFirst(form, keep) {
  let state = "";
  form.addEventListener("submit", (event) => {
    if (!("submitter" in event) || !form.requestSubmit) return void keep().catch(console.warn);
    if (state === "going" || event.defaultPrevented) return void (state = "");
    event.preventDefault();
    if (state === "keeping") return;
    state = "keeping";
    const { submitter } = event;
    const go = () => {
      state = "going";
      form.requestSubmit(submitter);
    };
    Promise.race([keep(), new Promise((done) => setTimeout(done, 1000))]).then(go, go);
  });
}
