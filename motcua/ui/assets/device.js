// On every page of an application: keeps what is typed on this device too, puts back what had not reached the centre, sends
// what waits, and has the worker fetch the form that opens without a line. Facts: <div data-device …> (_device.html).

import * as kept from "./_kept.js";
import * as sending from "./_sending.js";
import { workerOn } from "./_worker_on.js";

const CALM = 300;
const place = document.querySelector("[data-device]");
const PUT_BACK = "motcua-put-back";

function say(text, link) {
  const line = document.querySelector("[data-device-said]");
  if (!line) return;
  line.hidden = false;
  line.textContent = text;
  if (link) line.append(" ", Object.assign(document.createElement("a"), { className: "govuk-link", ...link }));
}

const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => !(value instanceof File) && !["csrfmiddlewaretoken", "seq", "mark"].includes(name));
const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A page that was saved elsewhere since is the centre's to show; what this very device sent on is known as it stands there.
async function compare(facts, marks) {
  for (const each of await sending.pages(facts.op)) {
    const mark = marks[each.sid] || "";
    if (!each.saved || each.mark === mark) continue;
    if (each.submitted) await kept.put(`a/${facts.op}/p/${each.sid}`, facts.device, { ...each, mark, submitted: false });
    else await kept.erase(`a/${facts.op}/p/${each.sid}`);
  }
}

async function watch(form, facts) {
  const mark = form.querySelector("[name=mark]")?.value || "";
  const keep = (saved, submitted = false) => sending.keepPage(facts.op, facts.device, facts.page, { fields: fieldsOf(form), mark, saved, submitted });
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(false).catch(console.warn), CALM);
  });
  let saved = "";
  // Sending is not held up: if it fails, the worker takes the words from the request.
  form.addEventListener("submit", () => keep(saved === JSON.stringify(fieldsOf(form)), true).catch(console.warn));
  form.addEventListener("autosaved", () => {
    clearTimeout(timer);
    saved = JSON.stringify(fieldsOf(form));
    keep(true).catch(console.warn);
  });
}

// What was typed without a line and never arrived is brought before anything is typed over it.
async function putBack(form, facts, here) {
  const unsaved = (await sending.pages(facts.op)).filter((each) => !each.saved);
  const files = (await sending.files(facts.op)).filter((each) => !each.refused);
  const shown = form && !here && unsaved.some((each) => each.sid === facts.page);
  if (unsaved.length + files.length <= (shown ? 1 : 0)) return;
  const answer = await sending.bring(facts.op, false);
  if (answer?.state !== "kept") throw new Error(answer?.state);
  for (const each of files) await sending.dropFile(facts.op, each.key);
  if (!here && !files.length) {
    // The page that is open was drawn before this; its own saving counts from here.
    if (form) form.elements.seq.value = answer.seq;
    return;
  }
  sessionStorage.setItem(PUT_BACK, "1");
  location.reload();
}

// The line broke again: the fields take back what they can by themselves.
function putInto(form, fields) {
  const given = new Map();
  for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
  for (const input of form.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")) {
    const values = given.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = Boolean(values?.includes(input.value));
    else if (values?.length) input.value = values.shift();
  }
}

// Photos go in pieces before the page of the papers does; what the centre does not take, it says on that page as ever.
function sendInPieces(form, facts) {
  let going = false;
  form.addEventListener("submit", (event) => {
    const inputs = [...form.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
    if (going || event.defaultPrevented || !inputs.length || !event.submitter || !self.DataTransfer) return;
    event.preventDefault();
    const { submitter } = event;
    going = true;
    say(facts.wordsSending);
    arrived(inputs, facts).then(
      () => form.requestSubmit(submitter),
      (fault) => {
        going = false;
        if (fault instanceof sending.NoLine) say(facts.wordsLineBroke);
        else form.submit();
      },
    );
  });
}

async function arrived(inputs, facts) {
  for (const input of inputs) for (const file of input.files) await sending.keepFile(facts.op, facts.device, input.name, file);
  const answer = await sending.bring(facts.op, false);
  if (answer?.state !== "kept") throw new Error(answer?.state);
  for (const each of await sending.files(facts.op)) {
    const input = inputs.find((one) => one.name === each.sid);
    if (!each.refused && input) {
      const rest = new DataTransfer();
      for (const file of input.files) if (file.name !== each.name || file.size !== each.size) rest.items.add(file);
      input.files = rest.files;
    }
    await sending.dropFile(facts.op, each.key);
  }
}

async function tellSent(start) {
  for (const each of await sending.heads(start)) {
    if (each.state !== sending.SENT) continue;
    const { number, claim_code: code, later } = each.answer;
    const words = document.querySelector("[data-words-sent]")?.dataset.wordsSent || "{number} {code}";
    say(words.replace("{number}", number).replace("{code}", code) + (later ? ` ${place?.dataset.wordsLater || ""}` : ""));
  }
}

// What waits goes out; whoever waits for it here is led to its number.
async function flush(op) {
  const gone = await sending.sendWaiting().catch(() => []);
  const own = gone.find((each) => each.answer.address && (!op || (each.op === op && each.answer.state === "sent")));
  if (own) location.assign(own.answer.address);
  return Boolean(own);
}

async function begin() {
  await kept.eraseOver();
  const facts = place && { ...place.dataset };
  const form = document.querySelector("form[data-autosave]");
  if (!facts?.op) return (await flush()) || tellSent();
  const { op, device: start, bring, offlineForm: offline, done, papers } = facts;
  const marks = JSON.parse(facts.marks);
  const head = (await sending.open(op)) || { op, start, bring, state: sending.TYPING };
  await kept.put(`a/${op}/h`, start, { ...head, offline, done, papers, marks });
  await compare(facts, marks);
  const before = form && (await sending.page(op, facts.page));
  const here = before && !before.saved && !alike(before.fields, fieldsOf(form)) && before;
  if (form && !here) await watch(form, facts);
  const withPapers = document.querySelector("form[data-papers-form]");
  if (withPapers) sendInPieces(withPapers, facts);
  if (await flush(op)) return;
  if (sessionStorage.getItem(PUT_BACK)) {
    sessionStorage.removeItem(PUT_BACK);
    return say(facts.wordsBack);
  }
  try {
    await putBack(form, facts, here);
  } catch {
    if (!here) return;
    putInto(form, here.fields);
    say(facts.wordsBack);
    await watch(form, facts);
  }
}

if (kept.possible()) {
  begin().catch(console.warn);
  addEventListener("online", () => flush(place?.dataset.op));
  if (place) addEventListener("load", () => setTimeout(() => workerOn([place.dataset.offlineForm]), 500));
}
