// The page that tries receipts: a photo of the slip is read here, so that the picture itself goes nowhere.

const form = document.querySelector("[data-receipt]");

async function read(input, said) {
  said.textContent = said.dataset.reading;
  const { textIn } = await import(form.dataset.receipt);
  const found = await textIn(input.files[0]).catch(() => null);
  said.textContent = found ? "" : said.dataset.unread;
  if (!found) return;
  form.elements.text.value = found;
  form.elements.file.value = "";
  form.requestSubmit ? form.requestSubmit() : form.submit();
}

if (form && "createImageBitmap" in window) {
  const part = form.querySelector("[data-photo]");
  const input = part.querySelector("input");
  part.hidden = false;
  input.addEventListener("change", () => read(input, part.querySelector("[role=status]")));
}
