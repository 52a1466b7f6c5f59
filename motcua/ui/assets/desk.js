// The desk's keys. Arrows move through a list, Enter opens (the browser does that), an act answers to the key it shows.
// Never a bare letter: it collides with Telex typing and with speech input.

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

// --- arrows in a list: <tbody data-rows> or <ul data-rows>, one link per row is the row's door ---
function doors(list) {
  const rows = list.querySelectorAll(":scope > tr, :scope > li");
  return [...rows].map((row) => row.querySelector("[data-row], a[href]")).filter(Boolean);
}

function stepTo(links, here, key) {
  const last = links.length - 1;
  const next = { ArrowDown: Math.min(here + 1, last), ArrowUp: Math.max(here - 1, 0), Home: 0, End: last }[key];
  return next === undefined ? undefined : links[next];
}

function move(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const list = event.target.closest("[data-rows]");
  // From the search box, the first press of "down" enters the list.
  const entering = !list && event.key === "ArrowDown" && event.target.matches("[data-search]");
  const inside = list || (entering && document.querySelector("[data-rows]"));
  if (!inside || (list && typing(event.target))) return;
  const links = doors(inside);
  const here = links.findIndex((link) => link.closest("tr, li").contains(event.target));
  const target = stepTo(links, here, event.key);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

// --- acts: data-key="F9" or data-key="Alt+N" ---
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return "";
  if (/^F\d+$/.test(event.key)) return event.altKey ? "" : event.key;
  // The physical key: an input method may have changed the letter.
  return event.altKey && /^(Key[A-Z]|Digit[1-9])$/.test(event.code) ? `Alt+${event.code.at(-1)}` : "";
}

function act(event) {
  const key = pressed(event);
  const element = key && document.querySelector(`[data-key="${key}"]:not([disabled])`);
  if (!element) return;
  event.preventDefault();
  element.focus();
  if (element.matches("input:not([type=checkbox]), textarea, select")) element.select?.();
  else element.click();
}

addEventListener("keydown", (event) => {
  if (!(event.target instanceof Element)) return;
  move(event);
  if (!event.defaultPrevented) act(event);
});

// --- a paper is printed from where one is: what <form data-paper="title"> or <a data-paper="title"> answers lands in a
// frame that prints itself. Where the browser cannot print it there, the link or form still opens it in a tab of its own.
let frame;

function printed(event) {
  const door = event.target.closest("form[data-paper], a[data-paper]");
  if (!door || (event.type === "click" && !door.matches("a"))) return;
  if (!navigator.pdfViewerEnabled) return;
  frame?.remove();
  frame = Object.assign(document.createElement("iframe"), { name: "paper", title: door.dataset.paper, tabIndex: -1 });
  frame.className = "govuk-visually-hidden";
  document.body.append(frame);
  frame.addEventListener("load", ({ target }) => {
    target.contentWindow.focus();
    target.contentWindow.print();
    // The keys of the page work again once the paper is on its way.
    (door.querySelector("button") ?? door).focus();
    document.dispatchEvent(new CustomEvent("paper-printed"));
  });
  door.target = "paper";
}

addEventListener("submit", printed);
addEventListener("click", printed);

// --- a reason brings its usual words, until somebody has written others ---
for (const box of document.querySelectorAll("[data-usual]")) {
  const [reason, remedy] = ["reason_code", "remedy"].map((name) => box.querySelector(`[name="${box.dataset.usual}-${name}"]`));
  const usual = new Map([...box.querySelectorAll("template[data-reason]")].map((each) => [each.dataset.reason, each.content.textContent]));
  reason.addEventListener("change", () => {
    const untouched = !remedy.value.trim() || [...usual.values()].includes(remedy.value.trim());
    if (untouched && usual.has(reason.value)) remedy.value = usual.get(reason.value);
  });
}

// --- the cursor waits where the next word is typed: in the form that is open, else in the search box for the scanner ---
function place() {
  const busy = document.querySelector(".govuk-error-summary") || document.activeElement !== document.body;
  const open = ["#act", "[data-here]"].flatMap((at) => ["input:not([type=hidden])", "select", "textarea"].map((one) => `${at} ${one}`));
  const asked = document.querySelector(open.join());
  const search = location.hash ? null : document.querySelector("[data-search]");
  if (!busy) (asked || search)?.focus({ preventScroll: !asked });
}

// An address that ends in #act takes the cursor away once more while the page loads.
if (location.hash) addEventListener("load", () => setTimeout(place));
else place();
