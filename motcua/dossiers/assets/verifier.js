// The whole of the file that tries receipts without a network: pasted, from the receipt's file, or from a photo.

import { textIn } from "./_photo.js";
import { judged, judgedSlip, receiptsIn } from "./_sealed.js";

const keys = JSON.parse(document.getElementById("keys").textContent);
const words = JSON.parse(document.getElementById("words").textContent);
const [text, file, photo, out] = ["text", "file", "photo", "out"].map((id) => document.getElementById(id));

function element(name, content, className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

function pairs(rows) {
  const list = document.createElement("dl");
  for (const [label, value] of rows) list.append(element("dt", label), element("dd", value));
  return list;
}

function sentence(verdict) {
  if (!verdict.genuine) return words.false;
  if (verdict.whole === false) return words.changed;
  return verdict.whole ? words.whole : words.genuine;
}

function shown(verdict) {
  const part = document.createElement("section");
  part.append(element("h2", verdict.holds ? words.holds : words.not, verdict.holds ? "good" : "bad"));
  part.append(element("p", sentence(verdict)));
  if (!verdict.genuine) return part;
  part.append(pairs([[words.number, verdict.number], [words.moment, verdict.moment], [words.digest, verdict.digest]]));
  if (verdict.said) part.append(...answers(verdict.said));
  return part;
}

function answers(said) {
  const parts = said.readback.flatMap((section) => [element("h3", section.title), pairs(section.rows)]);
  const papers = said.components.filter((each) => each.files.length || each.quantity);
  const rows = papers.map((each) => [each.title, each.files.map((one) => one.sha256).join("\n") || String(each.quantity)]);
  return [element("h3", said.procedure.name), ...parts, ...(rows.length ? [element("h3", words.papers), pairs(rows)] : [])];
}

function shownSlip(slip) {
  const part = document.createElement("section");
  part.append(element("h2", slip.genuine ? words.ours : words.notOurs, slip.genuine ? "good" : "bad"));
  part.append(element("p", slip.genuine ? words.reserved : words.false));
  const rows = [[words.number, slip.number], [words.office, slip.office], [words.reservedAt, slip.moment]];
  if (slip.genuine) part.append(pairs(rows));
  return part;
}

function check() {
  const found = receiptsIn(text.value);
  const slip = found.length ? null : judgedSlip(text.value, keys);
  if (slip) {
    out.replaceChildren(shownSlip(slip));
    return;
  }
  const problem = element("p", text.value.trim() ? words.none : words.empty, "bad");
  out.replaceChildren(...(found.length ? found.map((each) => shown(judged(each, keys))) : [problem]));
}

async function fromPhoto() {
  out.replaceChildren(element("p", words.reading));
  text.value = (await textIn(photo.files[0]).catch(() => null)) || "";
  if (text.value) check();
  else out.replaceChildren(element("p", words.unread, "bad"));
}

document.getElementById("check").addEventListener("click", check);
file.addEventListener("change", async () => {
  text.value = await file.files[0].text();
  check();
});
photo.addEventListener("change", fromPhoto);
document.getElementById("ready").hidden = false;
