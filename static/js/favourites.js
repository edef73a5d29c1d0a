// A reader's own list of sessions and talks. Without an account it is kept in the browser and nothing is sent; with one
// ([data-favourites-account]) the server keeps it, and what the browser held before is added to it. An element
// [data-favourites=event] holds stars ([data-star=key]); [data-stars-only] narrows the page to the list, [data-stars-feed] offers it
// as a calendar.
import { post } from "./server.js";
import { say } from "./words.js";

const KEY = "favourites:";

function stored(event) {
  try {
    return JSON.parse(localStorage.getItem(KEY + event) ?? "[]");
  } catch {
    return [];
  }
}

function store(event, keys) {
  try {
    if (keys.length) localStorage.setItem(KEY + event, JSON.stringify(keys));
    else localStorage.removeItem(KEY + event);
  } catch { /* a browser that keeps nothing: the list lasts as long as the page */ }
}

class InBrowser {
  constructor(event) {
    this.event = event;
    this.keys = new Set(stored(event));
  }

  toggle(key) {
    if (!this.keys.delete(key)) this.keys.add(key);
    store(this.event, [...this.keys]);
  }
}

class InAccount {
  constructor(root) {
    this.event = root.dataset.favouritesAccount;
    this.root = root;
    this.keys = new Set(root.dataset.keys.split(",").filter(Boolean));
    this.merge();
  }

  /** What was chosen before signing in, or without a network, joins the list. */
  async merge() {
    const waiting = stored(this.event);
    if (!waiting.length) return;
    const news = waiting.some((key) => !this.keys.has(key));
    for (const key of waiting) this.keys.add(key);
    try {
      const answer = await post(this.root.dataset.keep, { keys: waiting.join(",") });
      this.keys = new Set(answer.keys);
      store(this.event, []);
      if (news) say(this.root.dataset.textMerged);
    } catch { /* it stays in the browser and is tried again with the next page */ }
    draw();
  }

  async toggle(key) {
    const drops = this.keys.has(key);
    if (drops) this.keys.delete(key);
    else this.keys.add(key);
    try {
      const answer = await post(drops ? this.root.dataset.drop : this.root.dataset.keep, { keys: key });
      this.keys = new Set(answer.keys);
    } catch (failure) {
      if (drops) this.keys.add(key);
      else if (failure.refused) this.keys.delete(key);
      else return store(this.event, [...new Set([...stored(this.event), key])]); // without a network: joined later
      say(failure.message);
    }
    return draw();
  }
}

const roots = [...document.querySelectorAll("[data-favourites]")];
const accounts = new Map([...document.querySelectorAll("[data-favourites-account]")].map((root) => [root.dataset.favouritesAccount, root]));
const lists = new Map(roots.map(({ dataset: { favourites } }) => [favourites, accounts.has(favourites) ? null : new InBrowser(favourites)]));
for (const [event, root] of accounts) lists.set(event, new InAccount(root));
const only = document.querySelector("[data-stars-only]");

function draw() {
  for (const root of roots) {
    const { keys } = lists.get(root.dataset.favourites);
    for (const star of root.querySelectorAll("[data-star]")) {
      star.hidden = false;
      star.setAttribute("aria-pressed", keys.has(star.dataset.star));
    }
    const feed = root.querySelector("[data-stars-feed]");
    if (feed) {
      feed.hidden = keys.size === 0;
      feed.querySelector("a").href = `${root.dataset.feed}?items=${[...keys].join(",")}`;
    }
    narrow(root, keys);
    if (!only) continue;
    only.hidden = keys.size === 0 && only.getAttribute("aria-pressed") !== "true";
    only.querySelector("[data-stars-count]").textContent = keys.size;
  }
}

/** Show all entries, or those of the list and the sessions that hold one. */
function narrow(root, keys) {
  const narrowed = only?.getAttribute("aria-pressed") === "true";
  for (const entry of root.querySelectorAll("[data-entry]")) {
    const mine = keys.has(entry.dataset.entry) || [...entry.querySelectorAll("[data-entry]")].some((inner) => keys.has(inner.dataset.entry));
    entry.hidden = narrowed && !mine && !entry.parentElement.closest("[data-entry]");
  }
}

document.addEventListener("click", ({ target }) => {
  const star = target.closest("[data-star]");
  if (star) lists.get(star.closest("[data-favourites]").dataset.favourites).toggle(star.dataset.star);
  else if (target.closest("[data-stars-only]")) only.setAttribute("aria-pressed", only.getAttribute("aria-pressed") !== "true");
  else return;
  draw();
});
window.addEventListener("storage", ({ key }) => { if (key?.startsWith(KEY) && !accounts.size) window.location.reload(); });
draw();
