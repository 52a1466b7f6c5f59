// The whole form without a line: one page at a time from the templates of offline.html, answers kept on this device,
// "send" as "waiting to be sent". The centre checks everything again when it arrives; only it says "sent".

import * as kept from "./_kept.js";
import { shrunk } from "./_shrink.js";
import * as sending from "./_sending.js";
import { sendLater, workerOn } from "./_worker_on.js";

const root = document.querySelector("[data-form]");
const stage = root.querySelector("[data-stage]");
const words = root.dataset;
const { conditions } = window.motcua;
const leaves = [...root.querySelectorAll("template[data-leaf]")].map((template) => ({
  sid: template.dataset.leaf,
  title: template.dataset.title,
  rules: JSON.parse(template.dataset.rules),
  template,
}));
const papers = JSON.parse(words.papers);
const AGAIN = 30000;
let own;

const today = () => new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10); // Việt Nam
const template = (name) => root.querySelector(`template[data-part="${name}"]`).content.cloneNode(true);
const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => !(value instanceof File));

// --- a page of questions ---
function laid(leaf, fields, answers) {
  const form = document.createElement("form");
  form.append(leaf.template.content.cloneNode(true));
  for (const button of form.querySelectorAll("button")) button.remove(); // these ask the centre
  for (const input of form.querySelectorAll("input[type=file]")) input.closest("[data-field]")?.remove();
  const given = new Map();
  for (const [name, value] of fields || []) given.set(name, [...(given.get(name) || []), value]);
  for (const input of form.querySelectorAll("input, select, textarea")) {
    const values = given.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = fields ? Boolean(values?.includes(input.value)) : input.checked;
    else if (values) input.value = values.shift() ?? "";
  }
  for (const box of form.querySelectorAll("[data-conditions]")) {
    box.dataset.today = today();
    box.dataset.answers = JSON.stringify(answers);
  }
  conditions.watch(form);
  return form;
}

const atTheCentre = (what) => (own[what] || "").split(" ").filter(Boolean);

async function walked() {
  const answers = {};
  const way = [];
  for (const leaf of leaves) {
    if (leaf.rules.show_if && !conditions.evaluate(leaf.rules.show_if, answers, today())) continue;
    const typed = await sending.page(own.op, leaf.sid);
    const form = laid(leaf, typed?.fields, answers);
    const given = conditions.answersOf(form);
    const atCentre = !typed && atTheCentre("done").includes(leaf.sid);
    way.push({ ...leaf, form, given, typed, atCentre, missing: atCentre ? [] : missing(leaf.rules.fields, form, given, answers) });
    if (leaf.sid !== "applicant") Object.assign(answers, given);
  }
  const asked = papers.filter((each) => holds(each.rules.show_if, answers));
  return { way, answers, asked };
}

const holds = (rule, answers) => !rule || conditions.evaluate(rule, answers, today());

function needed(rules, answers) {
  if (rules.not_needed && holds(rules.not_needed, answers)) return false;
  return Boolean(rules.required || (rules.required_if && holds(rules.required_if, answers)));
}

function missing(rules, form, given, others) {
  const all = { ...others, ...given };
  return Object.entries(rules).filter(([sid, rule]) => {
    const group = form.querySelector(`[data-field="${sid}"]`);
    return group && !group.hidden && needed(rule, all) && conditions.isEmpty(given[sid]) && rule.type !== "file";
  });
}

function show(title, ...parts) {
  root.querySelector("[data-offline-said]").hidden = navigator.onLine || own?.state !== sending.TYPING;
  document.title = `${title} – ${words.office}`;
  stage.replaceChildren(element("p", words.name, { className: "govuk-caption-l" }), element("h1", title, { className: "govuk-heading-l", tabIndex: -1 }), ...parts);
  stage.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function button(text, act, kind = "") {
  const made = element("button", text, { type: "button", className: `govuk-button${kind && ` govuk-button--${kind}`}` });
  made.addEventListener("click", act);
  return made;
}

function problems(list) {
  const box = template("problems");
  const ul = box.querySelector("ul");
  for (const { text, href } of list) {
    const li = document.createElement("li");
    li.append(href ? element("a", text, { href }) : text);
    ul.append(li);
  }
  return box;
}

const go = (sid) => {
  if (location.hash === `#${sid}`) draw(sid);
  else location.hash = sid;
};
const said = (rule) => words.missing.replace("{label}", rule.label);

async function question(sid, wrong) {
  const { way, asked } = await walked();
  const place = way.findIndex((each) => each.sid === sid);
  const here = way[place];
  const form = here.form;
  form.noValidate = true;
  form.className = "mc-leaf";
  let timer = 0;
  const keep = (at) => sending.keepPage(own.op, own.start, sid, { fields: fieldsOf(form), mark: here.typed?.mark || own.marks?.[sid] || "", saved: false, at });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(failed), 300);
  });
  form.append(element("button", words.goOn, { type: "submit", className: "govuk-button" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await keep();
    const now = (await walked()).way;
    const again = now.findIndex((each) => each.sid === sid);
    if (now[again].missing.length) return question(sid, now[again].missing);
    go(now[again + 1]?.sid || (asked.length ? "papers" : "check"));
  });
  const total = way.length + (asked.length ? 1 : 0) + 1;
  const parts = here.atCentre ? [element("p", words.atCentre, { className: "govuk-inset-text" })] : [];
  parts.push(element("p", words.step.replace("{place}", place + 1).replace("{total}", total), { className: "govuk-body" }), form);
  if (wrong) parts.unshift(problems(wrong.map(([name, rule]) => ({ text: said(rule), href: `#${name}` }))));
  show(here.title, ...parts);
  for (const link of stage.querySelectorAll(".govuk-error-summary a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const group = stage.querySelector(`[data-field="${link.hash.slice(1)}"]`);
      group?.querySelector("input, select, textarea")?.focus();
    });
  }
}

// --- papers ---
function lackingOf(asked, there, answers) {
  const given = [...there.map((file) => file.sid), ...atTheCentre("papers")];
  return asked.filter((each) => needed(each.rules, answers) && !given.includes(each.sid));
}

async function photographs(wrong) {
  const { asked, answers } = await walked();
  const there = await sending.files(own.op);
  const parts = wrong ? [problems(wrong.map(([, rule]) => ({ text: said(rule) })))] : [];
  parts.push(element("p", words.papersHow, { className: "govuk-body" }));
  for (const paper of asked) {
    const group = element("div", "", { className: "govuk-form-group" });
    group.append(element("h2", paper.title, { className: "govuk-heading-m" }));
    for (const file of there.filter((each) => each.sid === paper.sid)) {
      const line = element("p", `${file.name} (${Math.ceil(file.size / 1024)} kB) `, { className: "govuk-body" });
      const off = button(words.remove, async () => {
        await sending.dropFile(own.op, file.key);
        photographs();
      }, "secondary");
      off.append(element("span", ` ${file.name}`, { className: "govuk-visually-hidden" }));
      line.append(off);
      group.append(line);
    }
    const input = element("input", "", { type: "file", id: `file-${paper.sid}`, accept: "image/*,application/pdf", multiple: true, className: "govuk-file-upload" });
    const label = element("label", words.files, { htmlFor: input.id, className: "govuk-label" });
    label.append(element("span", `: ${paper.title}`, { className: "govuk-visually-hidden" }));
    input.addEventListener("change", async () => {
      for (const file of input.files) await sending.keepFile(own.op, own.start, paper.sid, await shrunk(file)).catch(failed);
      photographs();
    });
    group.append(label, ...(paper.hint ? [element("div", paper.hint, { className: "govuk-hint" })] : []), input);
    parts.push(group);
  }
  const lacking = lackingOf(asked, there, answers);
  parts.push(button(words.goOn, () => (lacking.length ? photographs(lacking.map((each) => [each.sid, each.rules])) : go("check"))));
  show(words.papersTitle, ...parts);
}

// --- check and send ---
function readBack(page) {
  const list = element("dl", "", { className: "govuk-summary-list" });
  for (const group of page.form.querySelectorAll("[data-field]")) {
    if (group.hidden) continue;
    const rule = page.rules.fields[group.dataset.field];
    const row = element("div", "", { className: "govuk-summary-list__row" });
    row.append(element("dt", rule?.label || "", { className: "govuk-summary-list__key" }), element("dd", shown(group), { className: "govuk-summary-list__value" }));
    list.append(row);
  }
  return list;
}

function shown(group) {
  const values = [];
  for (const input of group.querySelectorAll("input, select, textarea")) {
    if (input.type === "hidden") continue;
    if (input.type === "radio" || input.type === "checkbox") {
      if (input.checked) values.push(group.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent.trim() || input.value);
    } else if (input.matches("select")) values.push(input.value ? input.selectedOptions[0]?.textContent.trim() : "");
    else values.push(input.value.trim());
  }
  return values.filter(Boolean).join(group.dataset.type?.startsWith("date") ? "/" : ", ") || words.blank;
}

async function check() {
  const { way, asked, answers } = await walked();
  const there = await sending.files(own.op);
  const lacking = lackingOf(asked, there, answers);
  const wrong = way.flatMap((each) => each.missing.map(([, rule]) => ({ text: said(rule), href: `#${each.sid}` })));
  wrong.push(...lacking.map((each) => ({ text: said(each.rules), href: "#papers" })));
  const parts = wrong.length ? [problems(wrong)] : [];
  for (const each of way) {
    const change = element("p", "", { className: "govuk-body" });
    change.append(element("a", `${words.change}: ${each.title}`, { href: `#${each.sid}`, className: "govuk-link" }));
    parts.push(element("h2", each.title, { className: "govuk-heading-m" }), readBack(each), change);
  }
  if (asked.length) {
    const list = element("ul", "", { className: "govuk-list" });
    for (const file of there) list.append(element("li", file.name));
    const change = element("p", "", { className: "govuk-body" });
    change.append(element("a", `${words.change}: ${words.papersTitle}`, { href: "#papers", className: "govuk-link" }));
    parts.push(element("h2", words.papersTitle, { className: "govuk-heading-m" }), list, change);
  }
  parts.push(element("p", words.truth, { className: "govuk-body" }));
  if (!wrong.length) parts.push(button(words.send, send));
  show(words.checkTitle, ...parts);
}

async function send() {
  own = await sending.change(own.op, { state: sending.WAITING, tried: Date.now() });
  sendLater();
  go("status");
}

// --- what became of it ---
let trying = 0;

async function status() {
  own = (await sending.open(own.op)) || own;
  if (own.state === sending.WAITING) {
    show(words.waitingTitle, template("waiting"), button(words.tryNow, attempt, "secondary"), button(words.changeFirst, mend, "secondary"));
    return attempt();
  }
  if (own.state === sending.SENT) return sent(own.answer);
  if (own.state === sending.REFUSED) return refused(own.answer);
  return overview();
}

async function mend() {
  own = await sending.change(own.op, { state: sending.TYPING });
  go("check");
}

async function attempt() {
  clearTimeout(trying);
  trying = setTimeout(attempt, AGAIN);
  if (own.state !== sending.WAITING) return clearTimeout(trying);
  try {
    await sending.bring(own.op, true);
  } catch (fault) {
    if (!(fault instanceof sending.NoLine)) failed(fault);
    return;
  }
  clearTimeout(trying);
  own = (await sending.open(own.op)) || own;
  status();
}

function sent(answer) {
  const part = template("sent");
  part.querySelector("[data-number]").textContent = answer.number;
  const code = part.querySelector("[data-code]");
  if (answer.claim_code) code.textContent = answer.claim_code;
  else code.closest("[data-with-code]").remove();
  part.querySelector("[data-later]").hidden = !answer.later;
  show(words.sentTitle, part, button(words.erase, eraseAll, "secondary"));
}

function refused(answer) {
  const parts = [];
  if (answer.problems) parts.push(problems(answer.problems.map((text) => ({ text }))));
  parts.push(element("p", answer.problems ? words.incomplete : words.elsewhere, { className: "govuk-body" }));
  if (answer.address) parts.push(Object.assign(element("a", words.openOnline, { href: answer.address, className: "govuk-button" }), { role: "button" }));
  parts.push(button(words.changeFirst, mend, "secondary"));
  show(words.notSentTitle, ...parts);
}

async function eraseAll() {
  for (const each of await sending.heads(own.start)) await sending.forget(each.op);
  show(words.erased);
}

function overview() {
  const when = new Date(own.at || Date.now()).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
  show(
    words.overviewTitle,
    element("p", words.begunHere.replace("{moment}", when), { className: "govuk-body" }),
    button(words.goOnWith, () => go("applicant")),
    button(words.anew, async () => {
      await fresh();
      go("applicant");
    }, "secondary"),
    button(words.erase, eraseAll, "warning"),
  );
}

function failed(fault) {
  console.warn(fault);
  const line = root.querySelector("[data-failed]");
  line.hidden = false; // the device is full, or the browser keeps nothing
}

// --- beginning ---
async function fresh() {
  const op = `draft-${kept.random(16)}`;
  own = { op, key: kept.random(32), start: words.start, bring: words.bring, offline: words.edition, state: sending.TYPING };
  await kept.put(`a/${op}/h`, own.start, own);
}

async function draw(sid) {
  clearTimeout(trying);
  const { way } = await walked();
  if (own.state === sending.SENT || own.state === sending.REFUSED || (own.state === sending.WAITING && sid !== "check")) return status();
  if (sid === "status") return status();
  if (sid === "papers") return photographs();
  if (sid === "check") return check();
  return question(way.some((each) => each.sid === sid) ? sid : way[0].sid);
}

async function begin() {
  await kept.eraseOver();
  const there = (await sending.heads(words.start)).filter((each) => each.state !== sending.SENT || !each.seen);
  own = there.pop();
  const began = Boolean(own);
  if (!own) await fresh();
  const last = location.pathname.replace(words.start, "").split("/")[0];
  const named = location.hash.slice(1) || (last === "offline" ? "" : last);
  addEventListener("hashchange", () => draw(location.hash.slice(1)).catch(failed));
  if (own.state !== sending.TYPING) return status();
  if (!named && began) return overview();
  return draw(location.hash ? named : await following(named || "applicant"));
}

// "Continue" was pressed when the line broke: what stood on that page is here, so the way goes on.
async function following(sid) {
  const { way, asked, answers } = await walked();
  const place = way.findIndex((each) => each.sid === sid);
  if (place >= 0 && way[place].typed?.submitted && !way[place].missing.length) return way[place + 1]?.sid || (asked.length ? "papers" : "check");
  if (sid === "papers" && own.onPapers && !lackingOf(asked, await sending.files(own.op), answers).length) return "check";
  return sid;
}

async function back() {
  root.querySelector("[data-offline-said]").hidden = true;
  if (own.state === sending.WAITING) return attempt();
  const answer = await sending.bring(own.op, false);
  const link = root.querySelector("[data-back]");
  if (answer?.state !== "kept") return;
  link.hidden = false;
  link.querySelector("a").href = answer.address;
}

document.querySelector(".mc-offline")?.remove(); // this page says it in its own words
if (kept.possible()) {
  begin().catch(failed);
  addEventListener("online", () => back().catch(() => {}));
  navigator.serviceWorker?.addEventListener("message", () => status().catch(failed));
  workerOn([]);
} else root.querySelector("[data-failed]").hidden = false;
