// Parts that change while people look. The page asks every few seconds whether there is something new, without a cookie: the answer
// is everybody's. What is the reader's own (which questions they voted for) stays here and is put back after each change.
import { post } from "./server.js";
import { say } from "./words.js";

const PAUSE = 3500; // milliseconds between two looks; each page begins at another moment
const root = document.querySelector("[data-live]");
const { live: source, liveRevision, liveReload, textWaiting } = root.dataset;
let revision = liveRevision;
let mine = new Set(JSON.parse(root.dataset.liveMine ?? "[]"));
let told = false;

const writing = () => [...root.querySelectorAll("textarea")].some((field) => field.value.trim() || field === document.activeElement);

function mark() {
  for (const button of root.querySelectorAll("[data-mine]")) {
    const voted = mine.has(Number(button.dataset.mine));
    button.setAttribute("aria-pressed", String(voted));
    button.form.elements.wanted.value = voted ? "0" : "1";
  }
}

/** A page that shows more than everybody may see fetches itself. */
async function ownPage() {
  const response = await fetch(window.location.href, { credentials: "same-origin" });
  if (!response.ok) return null;
  const other = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-live]");
  return other && { revision: other.dataset.liveRevision, html: other.innerHTML };
}

async function look() {
  const address = new URL(source, window.location.href);
  address.searchParams.set("locale", document.documentElement.lang.startsWith("zh") ? "zh" : "en");
  address.searchParams.set("have", revision);
  const response = await fetch(address, { credentials: "omit" }).catch(() => null);
  if (response?.status !== 200) return;
  if (writing()) {
    if (!told && textWaiting) say(textWaiting);
    told = true;
    return;
  }
  const found = liveReload === undefined ? await response.json() : await ownPage();
  if (!found) return;
  told = false;
  revision = String(found.revision);
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.mine : undefined;
  root.innerHTML = found.html; // drawn by our own templates, which escape what people wrote
  mark();
  if (focused) root.querySelector(`[data-mine="${focused}"]`)?.focus();
}

root.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-live-post]");
  if (!form || liveReload !== undefined) return;
  event.preventDefault();
  try {
    const answer = await post(form.action, new FormData(form));
    mine = new Set(answer.mine ?? []);
    await look();
  } catch (trouble) {
    say(trouble.message);
  }
});

function round() {
  window.setTimeout(async () => {
    if (!document.hidden) await look();
    round();
  }, PAUSE * (0.75 + Math.random() / 2));
}
round();
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
