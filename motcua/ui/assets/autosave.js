// Saves what is being typed: <form data-autosave="URL" data-words-saved="… {time}" data-words-unsaved="…">.
// It says when it saved, and says so in words when it did not; sending the form never depends on it.
// Files are left out: they travel with the form itself.

const CALM = 1200; // after the last key
const AGAIN = 15000; // after a failure
const PATIENCE = 20000; // with a line that neither answers nor breaks

function line(form) {
  const own = form.querySelector("[data-autosave-status]");
  if (own) return own;
  const made = Object.assign(document.createElement("p"), { className: "mc-saved govuk-body" });
  made.setAttribute("role", "status");
  form.append(made);
  return made;
}

function fields(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function onceKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID exists only on https
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

function watch(form) {
  const status = line(form);
  const state = { timer: 0, dirty: false, sending: false, leaving: false };

  const later = (delay) => {
    clearTimeout(state.timer);
    state.timer = setTimeout(save, delay);
  };

  async function save(options = {}) {
    clearTimeout(state.timer);
    if (!state.dirty || state.leaving) return;
    if (state.sending) return later(CALM);
    state.sending = true;
    state.dirty = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: fields(form),
        headers: { "Idempotency-Key": onceKey(), Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout?.(PATIENCE),
        ...options,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      status.textContent = form.dataset.wordsSaved.replace("{time}", clock());
      if (!state.dirty) form.dispatchEvent(new CustomEvent("autosaved"));
    } catch {
      state.dirty = true;
      status.textContent = form.dataset.wordsUnsaved;
      later(AGAIN);
    } finally {
      state.sending = false;
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    state.dirty = true;
    later(CALM);
  });
  form.addEventListener("submit", () => {
    state.leaving = true;
  });
  addEventListener("pageshow", () => {
    state.leaving = false;
  });
  addEventListener("online", () => save());
  // A phone may close the page without another word.
  document.addEventListener("visibilitychange", () => document.hidden && save({ keepalive: true }));
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
