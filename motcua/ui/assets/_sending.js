// One application on this device, and how it reaches the centre. Rows: "a/<op>/h" the head {start, bring, offline, op, key,
// state, tried, answer}, "a/<op>/p/<page>" {fields, mark, saved}, "a/<op>/f/<key>" a file {sid, name, type, size, sha256,
// upload}, "b/<op>/<key>" its bytes. Pages and worker share this; whoever is first sends, and twice is once: the op.

import * as kept from "./_kept.js";

const PATIENCE = 45000; // one piece on a very weak line
const PIECE = 128 * 1024;
export const TYPING = "typing";
export const WAITING = "waiting";
export const SENT = "sent";
export const REFUSED = "refused";

export class NoLine extends Error {}

const head = (op) => `a/${op}/h`;

export async function heads(start) {
  const rows = (await kept.list("a/")).filter((row) => row.id.endsWith("/h") && (!start || row.group === start));
  return rows.map((row) => ({ ...row.value, at: row.at }));
}

export const open = (op) => kept.get(head(op));
export const change = async (op, more) => {
  const now = { ...(await open(op)), ...more };
  await kept.put(head(op), now.start, now);
  return now;
};
export const page = (op, sid) => kept.get(`a/${op}/p/${sid}`);
export const keepPage = (op, start, sid, value) => kept.put(`a/${op}/p/${sid}`, start, { ...value, sid, at: Date.now() });
export const pages = async (op) => (await kept.list(`a/${op}/p/`)).map((row) => row.value);
export const files = async (op) => (await kept.list(`a/${op}/f/`)).map((row) => row.value);

export async function forget(op) {
  await kept.erase(`a/${op}/`);
  await kept.erase(`b/${op}/`);
}

export async function dropFile(op, key) {
  await kept.erase(`a/${op}/f/${key}`);
  await kept.erase(`b/${op}/${key}`);
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((each) => each.toString(16).padStart(2, "0")).join("");

export async function keepFile(op, start, sid, file) {
  const bytes = await file.arrayBuffer();
  const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
  const same = (await files(op)).find((each) => each.sid === sid && each.sha256 === sha256);
  if (same) return same;
  const entry = { key: kept.random(24), sid, name: file.name, type: file.type, size: bytes.byteLength, sha256, upload: "" };
  await kept.putBytes(`b/${op}/${entry.key}`, start, bytes);
  await kept.put(`a/${op}/f/${entry.key}`, start, entry);
  return entry;
}

async function ask(address, options) {
  try {
    return await fetch(address, { credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout?.(PATIENCE), ...options });
  } catch {
    throw new NoLine();
  }
}

async function told(answer) {
  // The centre is there, but not well, or asks to wait, or has forgotten the beginning: like a lost line, it is tried again.
  if (answer.status >= 500 || answer.status === 429 || answer.status === 404) throw new NoLine();
  try {
    return await answer.json();
  } catch {
    throw new NoLine();
  }
}

// A file goes on where it stopped: the centre says how far it has come.
export async function sendFile(op, start, entry, said = () => {}) {
  if (entry.upload) return entry;
  const address = `${start.split("/apply/")[0]}/pieces/${entry.key}/`;
  const { name, size, sha256 } = entry;
  let state = await told(await ask(address, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name, size, sha256 }) }));
  const bytes = new Uint8Array(await kept.getBytes(`b/${op}/${entry.key}`));
  while (state.offset !== undefined && !state.upload) {
    const body = bytes.subarray(state.offset, state.offset + PIECE);
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(state.offset) };
    state = await told(await ask(address, { method: "PATCH", headers, body }));
    said(state.offset || 0, size);
  }
  const now = { ...entry, upload: state.upload || "", refused: state.upload ? "" : state.message || state.state };
  await kept.put(`a/${op}/f/${entry.key}`, start, now);
  return now;
}

// Everything of one application to the centre. The answer says what became of it; NoLine when there was none.
export const bring = (op, send) => kept.alone(op, () => broughtAlone(op, send));

async function broughtAlone(op, send) {
  const own = await open(op);
  if (!own || own.state === SENT) return own?.answer ?? null;
  if (send) await change(op, { tried: own.tried || Date.now() });
  const typed = await pages(op);
  const papers = {};
  for (const entry of await files(op)) {
    const there = await sendFile(op, own.start, entry);
    if (there.upload) (papers[there.sid] = papers[there.sid] || []).push(there.upload);
  }
  const body = { op_id: op, key: own.key || "", edition: own.offline.split("/").filter(Boolean).pop(), papers, send };
  body.pages = Object.fromEntries(typed.map((each) => [each.sid, { fields: each.fields, mark: each.mark || "" }]));
  const headers = { "Content-Type": "application/json", "Idempotency-Key": op };
  const response = await ask(own.bring, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await told(response);
  await noted(op, own, typed, answer, send);
  return answer;
}

async function noted(op, own, typed, answer, send) {
  if (answer.state === "sent") {
    const later = own.tried && typed.some((each) => each.at > own.tried);
    await forget(op);
    await kept.put(head(op), own.start, { ...own, state: SENT, answer: { ...answer, later: Boolean(later) } });
  } else if (answer.state === "kept" || answer.state === "incomplete") {
    // Only what has not been typed anew meanwhile.
    for (const each of typed) {
      const now = await page(op, each.sid);
      const mark = answer.marks[each.sid] || "";
      if (now) await kept.put(`a/${op}/p/${each.sid}`, own.start, { ...now, mark, saved: now.at === each.at, submitted: false });
    }
    await change(op, { marks: answer.marks });
    if (send) await change(op, { state: REFUSED, answer });
  } else if (send) await change(op, { state: REFUSED, answer });
}

// What waits goes out; each that did is named.
export async function sendWaiting() {
  const gone = [];
  for (const each of await heads()) {
    if (each.state !== WAITING) continue;
    const answer = await bring(each.op, true);
    if (answer) gone.push({ op: each.op, start: each.start, answer });
  }
  return gone;
}
