// Two panes: a handle for the mouse and the arrow keys, tabs on a phone, keys for the next and the previous.
const phone = matchMedia("(max-width: 61.99rem)");
const clamp = (value) => Math.min(80, Math.max(20, Math.round(value)));

class Split {
  constructor(root) {
    this.root = root;
    this.panes = root.querySelector(".split-panes");
    this.handle = root.querySelector(".split-handle");
    this.tabs = [...root.querySelectorAll('[role="tab"]')];
    this.key = `split:${root.id}`;
    root.querySelector('[role="tablist"]').hidden = false;
    this.handle.hidden = false;
    this.width(Number(localStorage.getItem(this.key)) || Number(this.handle.getAttribute("aria-valuenow")), false);
    this.handle.addEventListener("pointerdown", (event) => this.grab(event));
    this.handle.addEventListener("keydown", (event) => this.press(event));
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.choose(tab));
      tab.addEventListener("keydown", (event) => this.turn(event));
    }
    phone.addEventListener("change", () => this.arrange());
    this.arrange();
  }

  width(percent, keep = true) {
    this.percent = clamp(percent);
    this.root.style.setProperty("--left", `${this.percent}%`);
    this.handle.setAttribute("aria-valuenow", this.percent);
    if (keep) localStorage.setItem(this.key, this.percent);
  }

  grab(event) {
    event.preventDefault();
    this.handle.setPointerCapture(event.pointerId);
    const box = this.panes.getBoundingClientRect();
    const move = ({ clientX }) => this.width((100 * (clientX - box.left)) / box.width);
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("lostpointercapture", () => this.handle.removeEventListener("pointermove", move), { once: true });
  }

  press(event) {
    const steps = { ArrowLeft: this.percent - 2, ArrowRight: this.percent + 2, Home: 20, End: 80 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.width(steps[event.key]);
  }

  /** On a phone the panes are panels of tabs; beside each other they are plain regions. */
  arrange() {
    for (const tab of this.tabs) {
      const pane = document.getElementById(tab.getAttribute("aria-controls"));
      if (phone.matches) pane.setAttribute("role", "tabpanel");
      else pane.removeAttribute("role");
      pane.classList.toggle("split-away", phone.matches && tab.getAttribute("aria-selected") !== "true");
    }
  }

  choose(chosen) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    this.arrange();
  }

  turn(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const next = this.tabs[(this.tabs.indexOf(event.currentTarget) + step + this.tabs.length) % this.tabs.length];
    this.choose(next);
    next.focus();
  }
}

for (const root of document.querySelectorAll("[data-split]")) new Split(root);

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const target = { KeyJ: "[data-key-next]", KeyK: "[data-key-previous]" }[event.code];
  const link = target && document.querySelector(target);
  if (!link) return;
  event.preventDefault();
  link.click();
});
