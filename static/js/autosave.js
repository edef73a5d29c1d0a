// A draft that saves itself two seconds after the last key. What it sends and expects is in docs/design-system.md.
import { post } from "./server.js";

const PAUSE = 2000;
const RETRY = 15000;

export class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved]");
    this.stopped = false;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("submit", () => { this.stopped = true; clearTimeout(this.timer); });
    // The tab is being closed or put away: the last words go out at once.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.waiting) this.now({ keepalive: true });
    });
  }

  later(pause) {
    if (this.stopped) return;
    this.waiting = true;
    this.show("Dirty");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  async now(options = {}) {
    if (this.stopped || this.running) return;
    clearTimeout(this.timer);
    this.waiting = false;
    this.running = true;
    this.show("Saving");
    try {
      this.took(await post(this.form.dataset.autosave, this.fields(), { ...options, headers: { "X-Autosave": "1" } }));
    } catch (failure) {
      this.failed(failure);
    } finally {
      this.running = false;
    }
    if (this.waiting) this.later(PAUSE);
  }

  /** All fields but files, which travel by their own check. */
  fields() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return fields;
  }

  took({ saved, version }) {
    const field = this.form.elements.namedItem("version");
    if (field && version !== undefined) field.value = version;
    if (this.waiting) return;
    this.write(saved ?? "", false);
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: { version } }));
  }

  failed(failure) {
    this.write(failure.refused ? failure.message : this.line?.dataset.textFailed, true);
    // A refusal stays a refusal until a person has looked; a lost connection is tried again.
    if (failure.refused) this.stopped = failure.refused;
    else this.timer = setTimeout(() => this.now(), RETRY);
  }

  show(state) {
    if (this.line) this.write(this.line.dataset[`text${state}`], false);
  }

  write(text, wrong) {
    if (!this.line) return;
    this.line.classList.toggle("saved-failed", wrong);
    this.line.querySelector(".icon")?.remove();
    this.line.querySelector("[data-saved-words]").textContent = text;
  }
}
