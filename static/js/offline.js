// A page with [data-offline=address] can be read without a network after the first visit: its service worker is told which parts of
// the design the page was drawn with, because they came before the worker did.
const { offline } = document.querySelector("[data-offline]").dataset;

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(offline).then(() => navigator.serviceWorker.ready).then(({ active }) => {
    const parts = performance.getEntriesByType("resource").map(({ name }) => name);
    active.postMessage(parts.filter((name) => new URL(name).pathname.startsWith("/static/")));
    document.documentElement.dataset.offlineReady = "";
  }).catch(() => { /* a browser that forbids it: the page works with a network */ });
}
