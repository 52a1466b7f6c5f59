// The worker that answers when the line does not. Only over https or on this machine itself: browsers allow it nowhere else.

import { worker } from "./_trusted.js";

export async function workerOn(pages) {
  if (!("serviceWorker" in navigator) || !self.isSecureContext) return;
  if (navigator.connection?.saveData) return; // whoever saves data is not sent more than was asked for
  try {
    await navigator.serviceWorker.register(worker());
    const { active } = await navigator.serviceWorker.ready;
    const own = [...document.querySelectorAll('link[rel="stylesheet"], script[src]')].map((each) => each.href || each.src);
    active.postMessage({ keep: [...pages, ...own] });
  } catch (fault) {
    console.warn(fault);
  }
}

export async function sendLater() {
  try {
    const registration = await navigator.serviceWorker.ready;
    await registration.sync.register("send");
  } catch {
    // Where the browser does not send by itself, the next page of ours does.
  }
}
