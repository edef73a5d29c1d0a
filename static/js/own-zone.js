// A choice of clocks gets the reader's own, which only their browser knows.
import { fill } from "./words.js";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll("[data-own-zone]")) {
  if (zone && ![...select.options].some(({ value }) => value === zone)) {
    select.add(new Option(fill(select.dataset.textOwn, { zone: zone.replaceAll("_", " ") }), zone));
  }
  select.addEventListener("change", () => select.form.requestSubmit());
}
