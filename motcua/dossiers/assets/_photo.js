// The text of the QR code in a photo; null when none can be read.

import jsQR from "jsqr";

const SIDES = [1600, 1000, 2400];

async function drawn(file, side) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext("2d");
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return paper.getImageData(0, 0, canvas.width, canvas.height);
}

// A slip carries several codes: each that was read is painted over, until it is the receipt's.
function read(image, wanted) {
  for (let tries = 0; tries < 4; tries += 1) {
    const found = jsQR(image.data, image.width, image.height);
    if (!found) return null;
    if (wanted.test(found.data)) return found.data;
    blank(image, found.location);
  }
  return null;
}

function blank(image, at) {
  const corners = [at.topLeftCorner, at.topRightCorner, at.bottomLeftCorner, at.bottomRightCorner];
  const [left, right] = [Math.min(...corners.map((c) => c.x)), Math.max(...corners.map((c) => c.x))].map(Math.round);
  const [top, bottom] = [Math.min(...corners.map((c) => c.y)), Math.max(...corners.map((c) => c.y))].map(Math.round);
  for (let y = Math.max(0, top); y <= Math.min(image.height - 1, bottom); y += 1) {
    image.data.fill(255, 4 * (y * image.width + Math.max(0, left)), 4 * (y * image.width + Math.min(image.width - 1, right)));
  }
}

export async function textIn(file, wanted = /MCS?1~/) {
  for (const side of SIDES) {
    const found = read(await drawn(file, side), wanted);
    if (found) return decodeURIComponent(found);
  }
  return null;
}
