// "Leave nothing on this device": what the device keeps is gone before the centre is asked to forget this browser.

import * as kept from "./_kept.js";
import * as sending from "./_sending.js";

const form = document.querySelector("form[data-forget]");

async function waiting() {
  for (const each of await sending.heads(form.dataset.forget)) {
    const open = each.state === sending.WAITING || (await sending.pages(each.op)).some((one) => !one.saved) || (await sending.files(each.op)).length;
    if (open && each.state !== sending.SENT) return true;
  }
  return false;
}

if (kept.possible()) {
  waiting().then((open) => {
    document.querySelector("[data-waiting]").hidden = !open;
  }, console.warn);
  form.addEventListener("submit", async (event) => {
    if (form.dataset.done) return;
    event.preventDefault();
    form.dataset.done = "1";
    try {
      for (const each of await sending.heads(form.dataset.forget)) await sending.forget(each.op);
    } catch (fault) {
      console.warn(fault);
    }
    form.submit();
  });
}
