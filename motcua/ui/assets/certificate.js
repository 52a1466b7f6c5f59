// Whether this device trusts the centre's own authority: a request to the https door arrives, or the browser refuses it.
const place = document.querySelector("[data-trusts]");

const ask = async () => {
  const answer = place.querySelector("[data-answer]");
  answer.textContent = answer.dataset.asking;
  try {
    await fetch(place.dataset.trusts, { mode: "no-cors", credentials: "omit", cache: "no-store" });
    answer.textContent = answer.dataset.yes;
    place.dataset.state = "yes";
    place.querySelector(".mc-notice").classList.add("mc-notice--success");
  } catch (refused) {
    answer.textContent = answer.dataset.no;
    place.dataset.state = "no";
  }
};

if (place && place.dataset.trusts) ask();
