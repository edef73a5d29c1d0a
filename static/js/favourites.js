// A reader's own list of sessions and talks, kept in their browser: no account, nothing is sent. An element [data-favourites=event]
// holds stars ([data-star=key]); [data-stars-only] narrows the page to the list, [data-stars-feed] offers it as a calendar.
const KEY = "favourites:";

class Favourites {
  constructor(event) {
    this.event = event;
    try {
      this.keys = new Set(JSON.parse(localStorage.getItem(KEY + event) ?? "[]"));
    } catch {
      this.keys = new Set();
    }
  }

  toggle(key) {
    if (!this.keys.delete(key)) this.keys.add(key);
    try {
      localStorage.setItem(KEY + this.event, JSON.stringify([...this.keys]));
    } catch { /* a browser that keeps nothing: the list lasts as long as the page */ }
  }
}

const roots = [...document.querySelectorAll("[data-favourites]")];
const lists = new Map(roots.map(({ dataset }) => [dataset.favourites, new Favourites(dataset.favourites)]));
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
window.addEventListener("storage", ({ key }) => { if (key?.startsWith(KEY)) window.location.reload(); });
draw();
