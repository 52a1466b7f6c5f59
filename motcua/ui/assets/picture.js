// Makes photos small before they are sent: at most 1600 px and about 300 kB, upright, without the place it was taken.
// For every <input type="file"> that accepts pictures, unless data-shrink="no"; the words are the body's
// data-shrink-words="… {before} … {after} …". What cannot be read as a picture is sent as it is.

const LONGEST = 1600;
const ENOUGH = 300 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55];
const waiting = new Map();

const kilobytes = (bytes) => `${Math.max(1, Math.round(bytes / 1024))} kB`;

function toJpeg(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

function drawn(bitmap) {
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // transparent parts of a PNG would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function shrunk(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml" || file.size <= ENOUGH) return file;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const canvas = drawn(bitmap);
  bitmap.close();
  let best = null;
  for (const quality of QUALITIES) {
    best = await toJpeg(canvas, quality);
    if (best && best.size <= ENOUGH) break;
  }
  if (!best || best.size >= file.size) return file;
  return new File([best], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

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
