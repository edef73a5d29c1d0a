// Bids that save themselves as they are made, and keys to move through the papers.
import { post } from "./server.js";

class Bids {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-bids-state]");
    this.rows = [...form.querySelectorAll("[data-bid-row]")];
    form.addEventListener("change", ({ target }) => { if (target.name.startsWith("bid-")) this.save(target); });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  async save(input) {
    try {
      const { saved } = await post(this.form.getAttribute("action"), { [input.name]: input.value });
      if (saved) this.state.textContent = saved;
    } catch (failure) {
      this.state.textContent = failure.message;
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]), textarea, select")) return;
    const here = this.rows.indexOf(document.activeElement?.closest("[data-bid-row]"));
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step !== undefined) this.choice(this.rows[Math.min(Math.max(here + step, 0), this.rows.length - 1)])?.focus();
    const wanted = here >= 0 && this.rows[here].querySelector(`[data-bid-key="${CSS.escape(event.key)}"]`);
    if (wanted) wanted.click();
    if (step !== undefined || wanted) event.preventDefault();
  }

  choice(row) {
    return row?.querySelector("input:checked") ?? row?.querySelector("input");
  }
}

for (const form of document.querySelectorAll("[data-bids]")) new Bids(form);
