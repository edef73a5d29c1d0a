// Selection with its bar, and tables that keep their head in sight where they fit.
import { fill } from "./words.js";

function selection(form) {
  const bar = form.querySelector("[data-bulk-bar]");
  const count = form.querySelector("[data-bulk-count]");
  const all = form.querySelector("[data-select-all]");
  const boxes = [...form.querySelectorAll('input[name="selected"]')];
  let last = null;

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    count.textContent = chosen === 1 ? count.dataset.textOne : fill(count.dataset.textMany, { n: chosen });
    if (!all) return;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }

  // Shift extends from the box clicked before, as in a mail program.
  form.addEventListener("click", ({ target, shiftKey }) => {
    const at = boxes.indexOf(target);
    if (at < 0) return;
    if (shiftKey && last !== null) {
      for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = target.checked;
    }
    last = at;
  });
  form.addEventListener("change", ({ target }) => {
    if (target === all) for (const box of boxes) box.checked = all.checked;
    show();
  });
  if (all) all.hidden = false;
  show();
}

document.querySelectorAll("form[data-bulk]").forEach(selection);

// A frame that need not scroll must not: only then can the head stay at the top of the window.
const fit = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.classList.remove("fits");
    const fits = target.scrollWidth <= target.clientWidth;
    target.classList.toggle("fits", fits);
    if (fits) target.removeAttribute("tabindex");
    else target.tabIndex = 0;
  }
});
for (const frame of document.querySelectorAll(".table-frame")) fit.observe(frame);
