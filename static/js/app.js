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
  "[data-favourites]": "./favourites.js",
  "[data-own-zone]": "./own-zone.js",
  "[data-offline]": "./offline.js",
};

const wanted = Object.entries(TOOLS).filter(([selector]) => document.querySelector(selector));
Promise.all(wanted.map(([, module]) => import(module))).then(() => {
  // For those who drive the page from outside: from here on everything answers.
  document.documentElement.dataset.ready = "";
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
