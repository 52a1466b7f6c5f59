// Makes a photo small: at most 1600 px and about 300 kB, upright, without the place it was taken. What cannot be read as a
// picture comes back as it is.

const LONGEST = 1600;
const ENOUGH = 300 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55];

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

export async function shrunk(file) {
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
