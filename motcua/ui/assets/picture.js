// Makes photos small before they are sent: at most 1600 px and about 300 kB, upright, without the place it was taken.
// For every <input type="file"> that accepts pictures, unless data-shrink="no"; the words are the body's
// data-shrink-words="… {before} … {after} …". What cannot be read as a picture is sent as it is.

import { shrunk } from "./_shrink.js";

const waiting = new Map();

const kilobytes = (bytes) => `${Math.max(1, Math.round(bytes / 1024))} kB`;

function say(input, before, after) {
  const words = document.body.dataset.shrinkWords;
  if (!words || after >= before) return;
  let line = input.parentElement.querySelector("[data-shrink-said]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "mc-saved" });
    line.setAttribute("role", "status");
    line.dataset.shrinkSaid = "";
    input.after(line);
  }
  line.textContent = words.replace("{before}", kilobytes(before)).replace("{after}", kilobytes(after));
}

async function shrinkAll(input) {
  const files = [...input.files];
  const small = [];
  for (const file of files) small.push(await shrunk(file)); // one after another: old phones have little memory
  if ([...input.files].some((file, i) => file !== files[i])) return; // chosen again meanwhile
  const carrier = new DataTransfer();
  small.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
  const total = (list) => list.reduce((sum, file) => sum + file.size, 0);
  say(input, total(files), total(small));
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.('input[type=file][accept*="image"]:not([data-shrink="no"])') || !window.DataTransfer || !window.createImageBitmap) return;
  const work = shrinkAll(input)
    .catch((fault) => console.warn(fault))
    .finally(() => waiting.get(input) === work && waiting.delete(input));
  waiting.set(input, work);
});

// Sending waits for the pictures, once.
document.addEventListener("submit", async (event) => {
  const mine = [...waiting].filter(([input]) => input.form === event.target).map(([, work]) => work);
  if (!mine.length) return;
  event.preventDefault();
  const { target, submitter } = event;
  await Promise.all(mine);
  target.requestSubmit(submitter);
});
