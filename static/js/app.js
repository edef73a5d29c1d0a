// What every page needs is loaded at once; the larger tools only where the page has their element.
import "./server.js";
import "./theme.js";
import "./menus.js";
import "./forms.js";
import "./lists.js";

document.documentElement.classList.add("js");

const TOOLS = {
  "[data-chart]": "./charts.js",
  "[data-split]": "./split.js",
  "[data-bids]": "./bids.js",
  "[data-board]": "./board.js",
  "[data-timetable]": "./timetable.js",
  "[data-favourites], [data-favourites-account]": "./favourites.js",
  "[data-own-zone]": "./own-zone.js",
  "[data-offline]": "./offline.js",
  "[data-live]": "./live.js",
};

const wanted = Object.entries(TOOLS).filter(([selector]) => document.querySelector(selector));
Promise.all(wanted.map(([, module]) => import(module))).then(() => {
  // For those who drive the page from outside: from here on everything answers.
  document.documentElement.dataset.ready = "";
});

// A page that grows stale by itself, such as a code that is good for minutes, draws itself anew.
const stale = document.querySelector("[data-reload-every]");
if (stale) window.setTimeout(() => window.location.reload(), Number(stale.dataset.reloadEvery) * 1000);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
