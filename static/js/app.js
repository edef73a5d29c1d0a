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
  "[data-board]": "./board.js",
  "[data-timetable]": "./timetable.js",
};

for (const [selector, module] of Object.entries(TOOLS)) {
  if (document.querySelector(selector)) import(module);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
