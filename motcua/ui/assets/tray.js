// The counter's page: the camera of this computer for <input type="file" data-camera>, and rows of scans and photos that
// come while the page is open. Without this script the inputs take files, and a button looks for new ones.

import { rows } from "./_trusted.js";

// --- the camera ---
const box = document.querySelector("dialog.mc-camera");
const inputs = document.querySelectorAll("input[data-camera]");

function shut(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
}

async function snapped(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  const moment = new Date().toISOString().replace(/\D/g, "").slice(8, 14);
  return blob && new File([blob], `anh-${moment}.jpg`, { type: "image/jpeg" });
}

function added(input, file) {
  const carrier = new DataTransfer();
  [...input.files, file].forEach((each) => carrier.items.add(each));
  input.files = carrier.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function open(input, door) {
  const video = box.querySelector("video");
  const said = box.querySelector("[role=status]");
  said.textContent = "";
  box.showModal();
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1920 }, facingMode: "environment" } });
  } catch {
    said.textContent = box.dataset.cameraFailed;
  }
  box.querySelector("[data-camera-take]").onclick = async () => {
    const file = video.srcObject && video.videoWidth && (await snapped(video));
    if (!file) return;
    added(input, file);
    box.close();
  };
  box.querySelector("[data-camera-close]").onclick = () => box.close();
  box.onclose = () => {
    shut(video);
    door.focus();
  };
}

if (box?.showModal && navigator.mediaDevices?.getUserMedia) {
  for (const input of inputs) {
    const door = Object.assign(document.createElement("button"), { type: "button", className: "mc-link-button" });
    const label = document.querySelector(`label[for="${input.id}"]`);
    door.textContent = box.dataset.cameraOpen;
    door.setAttribute("aria-label", `${box.dataset.cameraOpen}: ${label?.textContent.trim() ?? ""}`);
    door.addEventListener("click", () => open(input, door));
    input.after(door);
  }
}

// --- what comes meanwhile ---
const tray = document.querySelector("[data-tray]");
const EVERY = 4000;

async function look() {
  if (document.hidden) return;
  const key = tray.closest("form").elements.op_id.value;
  const address = new URL(tray.dataset.tray, location.href);
  address.searchParams.set("op_id", key);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(rows(await answer.text()), "text/html");
  const body = tray.querySelector("tbody");
  const known = new Set([...body.rows].map((row) => row.dataset.scan));
  const fresh = [...page.querySelectorAll("tr[data-scan]")].filter((row) => !known.has(row.dataset.scan));
  if (!fresh.length) return;
  body.append(...fresh);
  tray.hidden = false;
  const said = document.querySelector("[data-tray-said]");
  said.textContent = said.dataset.traySaid;
}

if (tray) setInterval(() => look().catch(() => {}), EVERY);
