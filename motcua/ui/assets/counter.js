// The counter without a line: what is typed of an intake is kept on this machine, sealed, until it was taken in. The form
// stays the form: <form data-intake="officer" data-…>; this script only copies its fields and puts them back.

import * as kept from "./_kept.js";
import { workerOn } from "./_worker_on.js";

const form = document.querySelector("form[data-intake]");
const place = document.querySelector("[data-intake-said]");
const LEFT_OUT = ["csrfmiddlewaretoken", "seen"];

const fieldsOf = () => [...new FormData(form)].filter(([name, value]) => !(value instanceof File) && !LEFT_OUT.includes(name));
const own = () => `i/${form.dataset.intake}/`;
const id = () => own() + form.elements.op_id.value;

function touched() {
  return [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].some((input) => {
    if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
    if (input.matches("select")) return [...input.options].some((each) => each.selected !== each.defaultSelected) && input.selectedIndex > 0;
    return input.value !== input.defaultValue;
  });
}

async function keep() {
  await kept.put(id(), location.pathname + location.search, { fields: fieldsOf(), title: document.querySelector("h1").textContent.trim(), who: form.elements["who-full_name"]?.value || "", at: Date.now() });
}

function watch() {
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(failed), 200);
  });
  form.addEventListener("change", () => keep().catch(failed));
  kept.keptFirst(form, keep);
}

function failed(fault) {
  console.warn(fault);
}

function putBack(fields) {
  const given = new Map();
  for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
  for (const input of form.querySelectorAll("input, select, textarea")) {
    if (!input.name || LEFT_OUT.includes(input.name) || input.type === "file") continue;
    const values = given.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = Boolean(values?.includes(input.value));
    else if (values?.length) input.value = values.shift();
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button govuk-button--secondary", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function line(row) {
  const words = place.dataset;
  const li = document.createElement("li");
  const when = new Date(row.value.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  li.append(words.one.replace("{who}", row.value.who || words.nobody).replace("{title}", row.value.title).replace("{time}", when), " ");
  li.append(
    button(words.open, () => {
      if (form && location.pathname === row.group.split("?")[0]) {
        putBack(row.value.fields);
        place.hidden = true;
        form.querySelector("input:not([type=hidden])")?.focus();
      } else location.assign(`${row.group}#${row.id.split("/").pop()}`);
    }),
    " ",
    button(words.erase, async () => {
      await kept.erase(row.id);
      draw();
    }),
  );
  return li;
}

async function draw() {
  const officer = place.dataset.intakeSaid;
  const rows = (await kept.list(`i/${officer}/`)).filter((row) => !form || row.id !== id());
  place.hidden = !rows.length;
  place.querySelector("ul").replaceChildren(...rows.map(line));
  return rows;
}

async function begin() {
  await kept.eraseOver();
  // What was taken in is known by the server's answer alone: its page names the op.
  for (const done of document.querySelectorAll("[data-taken-in]")) await kept.erase(`i/${done.dataset.intake}/${done.dataset.takenIn}`);
  if (!place) return;
  const rows = await draw();
  if (!form) return;
  const here = await kept.get(id());
  const asked = rows.find((row) => row.id.endsWith(`/${location.hash.slice(1)}`) && location.hash);
  if (document.documentElement.hasAttribute("data-unplugged")) {
    // The page that was kept may be the very one that was being filled, or an earlier one of the same procedure.
    const last = here || rows.filter((row) => row.group.split("?")[0] === location.pathname).pop()?.value;
    if (last && !touched()) putBack(last.fields);
    document.querySelector("[data-unplugged-said]").hidden = false;
  } else if (asked) putBack(asked.value.fields);
  // What the server has just answered is newer than what was typed before it: a card that was read, data put in.
  else if (form.hasAttribute("data-answered")) await keep();
  else if (here && !touched()) putBack(here.fields);
  watch();
  if (asked || document.documentElement.hasAttribute("data-unplugged")) await draw();
}

if (kept.possible()) {
  begin().catch(failed);
  addEventListener("load", () => setTimeout(() => workerOn([]), 500));
}
