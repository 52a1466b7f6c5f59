// The whole of the file that tries an unpacked inspection pack without a network (docs/reference/packs.md).

const words = JSON.parse(document.getElementById("words").textContent);
const [folder, out] = ["folder", "out"].map((id) => document.getElementById(id));
const MANIFEST = "manifest.json";
const FILED = ["dossiers.filed", "dossiers.supplement_filed"];
// Where each part of an event's text stands.
const [SEQ, TYPE, PAYLOAD, BEFORE] = [1, 3, 9, 10];

async function digest(bytes) {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(made, (each) => each.toString(16).padStart(2, "0")).join("");
}

const digestOf = (text) => digest(new TextEncoder().encode(text));
const filled = (words, given) => words.replace(/\{(\w+)\}/g, (_all, name) => given[name]);

// Paths below the chosen folder; a folder that holds only the pack's folder is looked into.
function filesOf(chosen) {
  const paths = new Map([...chosen].map((file) => [file.webkitRelativePath || file.name, file]));
  const place = [...paths.keys()].filter((path) => path.split("/").pop() === MANIFEST).sort((a, b) => a.length - b.length)[0];
  if (place === undefined) return null;
  const before = place.slice(0, -MANIFEST.length);
  return new Map([...paths].filter(([path]) => path.startsWith(before)).map(([path, file]) => [path.slice(before.length), file]));
}

async function faultsOfFiles(listed, files) {
  const found = [];
  for (const each of listed) {
    const file = files.get(each.path);
    if (!file) found.push(filled(words.missing, each));
    else if (file.size !== each.bytes || (await digest(await file.arrayBuffer())) !== each.sha256) found.push(filled(words.changed, each));
  }
  const known = new Set([...listed.map((each) => each.path), MANIFEST]);
  for (const path of files.keys()) if (!known.has(path)) found.push(filled(words.unknown, { path }));
  return found;
}

async function faultsOfChain(chain, listed, files) {
  const found = [];
  const filings = [];
  const links = JSON.parse(await files.get(chain.events).text());
  let before = "";
  for (const [place, link] of links.entries()) {
    const said = JSON.parse(link.said);
    const follows = (await digestOf(link.said)) === link.hash && said[SEQ] === place + 1 && said[BEFORE] === before;
    if (!follows) found.push(filled(words.broken, { number: chain.number, place: place + 1 }));
    if (FILED.includes(said[TYPE])) filings.push(said[PAYLOAD].filing_sha256);
    before = link.hash;
  }
  if (before !== chain.last_hash || links.length !== chain.count) found.push(filled(words.cut, chain));
  for (const each of chain.filings) {
    const known = listed.find((file) => file.path === each.path);
    if (!known || !filings.includes(known.sha256)) found.push(filled(words.foreign, each));
  }
  return found;
}

async function faultsOf(files) {
  const manifest = JSON.parse(await files.get(MANIFEST).text());
  if (manifest.format !== "motcua-pack-1") return { found: [words.format], manifest };
  const found = await faultsOfFiles(manifest.files, files);
  for (const chain of manifest.dossiers) {
    if (!files.has(chain.events)) continue;
    found.push(...(await faultsOfChain(chain, manifest.files, files).catch(() => [filled(words.unread, chain)])));
  }
  return { found, manifest };
}

function element(name, content, className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

async function check() {
  out.replaceChildren(element("p", words.reading));
  const files = filesOf(folder.files);
  if (!files) return out.replaceChildren(element("p", words.none, "bad"));
  const answer = await faultsOf(files).catch(() => ({ found: [words.format], manifest: {} }));
  const list = document.createElement("ul");
  list.append(...answer.found.map((each) => element("li", each)));
  const holds = answer.found.length === 0;
  const said = filled(words.said, { dossiers: (answer.manifest.dossiers || []).length, files: (answer.manifest.files || []).length });
  const whole = await digest(await files.get(MANIFEST).arrayBuffer());
  out.replaceChildren(element("h2", holds ? words.holds : words.not, holds ? "good" : "bad"), element("p", said), list, element("p", `${words.manifest} ${whole}`));
}

folder.addEventListener("change", check);
document.getElementById("ready").hidden = false;
