// For every page: GOV.UK's own enhancements for the parts that we use, and a sentence when the connection is lost.
// Nothing here is needed to read, to fill in or to send.

import { Button, Checkboxes, ErrorSummary, Radios, SkipLink } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const PARTS = { button: Button, checkboxes: Checkboxes, "error-summary": ErrorSummary, radios: Radios, "skip-link": SkipLink };

for (const [name, Part] of Object.entries(PARTS)) {
  for (const element of document.querySelectorAll(`[data-module="govuk-${name}"]`)) {
    try {
      new Part(element);
    } catch (fault) {
      console.warn(fault); // one broken part must not take the others with it
    }
  }
}

const notice = document.querySelector("[data-offline]");

function sayConnection() {
  notice.textContent = navigator.onLine ? "" : notice.dataset.offline;
  notice.hidden = navigator.onLine;
}

if (notice) {
  addEventListener("offline", sayConnection);
  addEventListener("online", sayConnection);
  sayConnection();
}

for (const element of document.querySelectorAll("[data-print]")) {
  element.hidden = false;
  element.addEventListener("click", () => print());
}
