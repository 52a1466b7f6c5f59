// A receipt held against the centre's public keys: the same rules as motcua/dossiers/rules/receipts.py, for browsers,
// with nothing asked of a network.

import sha256 from "fast-sha256";
import nacl from "tweetnacl";

const LINE = /MC1~([^~\s]{1,120})~([1-9]\d{0,3})~(\d{8}T\d{6}\.\d{6}Z)~([\w-]{43})~([0-9a-f]{12})~([\w-]{86})/;
const utf8 = (text) => new TextEncoder().encode(text);

function bytes(base64url) {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64url(content) {
  const plain = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// The code of a blank slip: a number reserved for an outage (motcua/dossiers/rules/blanks.py).
const SLIP = /MCS1~([^~\s]{1,120})~([^~\s]{1,120})~(\d{8}T\d{6}\.\d{6}Z)~([0-9a-f]{12})~([\w-]{86})/;

function lineIn(text) {
  // A line that was broken for printing or by a messenger is whole again without its white space.
  return LINE.exec(text) || LINE.exec(text.replace(/\s+/g, ""));
}

function filingsIn(text) {
  try {
    return JSON.parse(text).filings.map((each) => [lineIn(each.receipt), each.content || ""]);
  } catch {
    return [];
  }
}

// Every receipt in a text: [line, content of the filing or ""].
export function receiptsIn(text) {
  const found = filingsIn(text).filter(([line]) => line);
  if (found.length) return found;
  const line = lineIn(text);
  return line ? [[line, ""]] : [];
}

function isGenuine(line, keyId, signature, keys) {
  const key = keys[keyId];
  if (!key) return false;
  const words = line.slice(0, line.lastIndexOf("~"));
  return nacl.sign.detached.verify(utf8(words), bytes(signature), bytes(key));
}

// What can be said of the code of a blank slip in a text; null where there is none.
export function judgedSlip(text, keys) {
  const found = SLIP.exec(text) || SLIP.exec(text.replace(/\s+/g, ""));
  if (!found) return null;
  const [line, number, office, at, key, signature] = found;
  const said = { number: decodeURIComponent(number), office: decodeURIComponent(office), moment: moment(at) };
  return { ...said, genuine: isGenuine(line, key, signature, keys) };
}

function moment(text) {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{3})\d+Z$/, "$1-$2-$3T$4:$5:$6.$7Z");
  return new Date(iso).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
}

// What can be said of one receipt; `whole` is null where no text was shown beside it.
export function judged([line, content], keys) {
  const genuine = isGenuine(line[0], line[5], line[6], keys);
  const whole = content ? base64url(sha256(utf8(content))) === line[4] : null;
  return {
    number: decodeURIComponent(line[1]),
    place: line[2],
    moment: moment(line[3]),
    digest: line[4],
    genuine,
    whole,
    holds: genuine && whole !== false,
    said: genuine && whole ? JSON.parse(content) : null,
  };
}
