// Light, dark, or as the system says. Kept in a cookie so that the server draws the next page right from the first byte.
const ORDER = ["auto", "light", "dark"];
const root = document.documentElement;
const button = document.querySelector("[data-theme-switch]");

const current = () => root.dataset.bsTheme ?? "auto";

function show() {
  const name = current();
  const word = button.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`];
  button.title = word;
  button.querySelector("[data-theme-word]").textContent = word;
}

function choose(name) {
  if (name === "auto") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = name;
  const age = name === "auto" ? 0 : 365 * 24 * 3600;
  document.cookie = `theme=${name}; path=/; max-age=${age}; samesite=lax`;
  show();
  document.dispatchEvent(new CustomEvent("theme:changed"));
}

if (button) {
  button.hidden = false;
  show();
  button.addEventListener("click", () => choose(ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length]));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("theme:changed")));
}
