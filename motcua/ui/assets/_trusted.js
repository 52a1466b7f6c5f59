// Where text becomes part of a page or of a worker, the browser asks for a policy by name (Trusted Types); these are all
// that there are. Everything else that would make text into something that acts is refused by the browser.

function policy(name, rules) {
  if (!self.trustedTypes) return rules;
  // Two bundles of one page share it: a name can be given once.
  self.motcuaPolicies = self.motcuaPolicies || {};
  self.motcuaPolicies[name] = self.motcuaPolicies[name] || self.trustedTypes.createPolicy(name, rules);
  return self.motcuaPolicies[name];
}

// Rows that this centre itself sent, read into a document in which nothing runs.
export function rows(text) {
  return policy("motcua-rows", { createHTML: (given) => `<table><tbody>${given}</tbody></table>` }).createHTML(text);
}

// The one worker there is.
export function worker() {
  return policy("motcua-worker", { createScriptURL: () => "/worker.js" }).createScriptURL("");
}
