// Nothing typed is lost: leaving warns, drafts save themselves, long texts count, errors take the focus.
import { Autosave } from "./autosave.js";
import { fill } from "./words.js";

const serialise = (form) => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString();

for (const form of document.querySelectorAll("form[data-guard]")) {
  let before = serialise(form);
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  form.addEventListener("autosave:saved", () => { before = serialise(form); });
  // A page from the browser's memory is being read again: its earlier submit no longer counts.
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && serialise(form) !== before) event.preventDefault();
  });
}

const savers = new Map();
for (const form of document.querySelectorAll("form[data-autosave]")) savers.set(form, new Autosave(form));

function count(input) {
  const line = document.getElementById(`${input.id}-count`);
  const left = Number(input.dataset.limit) - [...input.value].length;
  const template = left < 0 ? line.dataset.textOver : line.dataset.textLeft;
  line.classList.toggle("over", left < 0);
  line.textContent = fill(template, { n: Math.abs(left).toLocaleString(document.documentElement.lang) });
}

for (const input of document.querySelectorAll("[data-limit]:is(input, textarea)")) {
  count(input);
  input.addEventListener("input", () => count(input));
}

document.getElementById("errors")?.focus();

// Ctrl or ⌘ + S keeps the draft, or presses the button that saves.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const form = document.activeElement?.closest("form") ?? document.querySelector("form:has([data-key-save])");
  const button = form?.querySelector("[data-key-save]");
  if (!button) return;
  event.preventDefault();
  if (savers.has(form)) savers.get(form).now();
  else button.click();
});
