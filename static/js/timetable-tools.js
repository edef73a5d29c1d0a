// What can be done with the chosen session besides moving it: exchange it with another one, copy it to all rooms, look where it could
// go. The toolbar above the grid and the keys S, C and W do the same.
import { post } from "./server.js";
import { fill, say } from "./words.js";

export class Tools {
  constructor(timetable) {
    this.timetable = timetable;
    this.bar = timetable.root.querySelector("[data-timetable-tools]");
    if (!this.bar) return;
    const { root } = timetable;
    root.addEventListener("focusin", ({ target }) => this.choose(target.closest("[data-item]")));
    root.addEventListener("pointerdown", (event) => this.point(event), { capture: true });
    root.addEventListener("click", (event) => { if (this.pointed) { event.preventDefault(); this.pointed = false; } }, { capture: true });
    root.addEventListener("keydown", (event) => this.press(event));
    this.button("swap").addEventListener("click", () => this.begin());
    this.button("copy").addEventListener("click", () => this.copy());
  }

  button(name) {
    return this.bar.querySelector(`[data-tools-${name}]`);
  }

  /** The item whose keys and buttons count now. */
  choose(item) {
    if (!item || this.swapping) return;
    this.chosen = item.dataset.item;
    const placed = !item.classList.contains("tt-in-tray");
    const movable = item.matches("[data-movable]");
    this.button("name").textContent = item.dataset.label;
    this.button("name").classList.add("tt-tools-chosen");
    this.button("places").hidden = !movable || !item.querySelector("a.tt-title");
    this.button("places").href = `${item.querySelector("a.tt-title")?.href}/places`;
    this.button("swap").hidden = !movable || !placed;
    this.button("copy").hidden = !(movable && placed && item.dataset.room && item.dataset.holds === "0");
  }

  press(event) {
    if (event.key === "Escape" && this.swapping) return this.end();
    if (event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("[data-item]")) return undefined;
    if (this.swapping && event.key === "Enter") return this.swapWith(event.target);
    const does = { s: () => (this.swapping ? this.swapWith(event.target) : this.begin()), c: () => this.copy(), w: () => this.places() }[event.key.toLowerCase()];
    if (!does) return undefined;
    event.preventDefault();
    return does();
  }

  places() {
    if (!this.button("places").hidden) window.location.assign(this.button("places").href);
  }

  begin() {
    if (this.swapping || this.button("swap").hidden) return;
    this.swapping = this.chosen;
    const item = this.timetable.item(this.swapping);
    item.classList.add("tt-chosen");
    this.timetable.root.classList.add("tt-swapping");
    for (const name of ["places", "swap", "copy"]) this.button(name).hidden = true;
    this.button("name").textContent = fill(this.timetable.root.dataset.textSwap, { item: item.dataset.label });
    say(this.button("name").textContent, 12);
    item.focus();
  }

  end() {
    const item = this.timetable.item(this.swapping);
    item?.classList.remove("tt-chosen");
    this.timetable.root.classList.remove("tt-swapping");
    this.swapping = undefined;
    this.choose(item);
  }

  /** While a partner is being chosen, a press on a session chooses it and neither opens nor drags it. */
  point(event) {
    const item = this.swapping && event.target.closest(".tt-items [data-item]");
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    this.pointed = true;
    this.swapWith(item);
  }

  swapWith(other) {
    const item = this.timetable.item(this.swapping);
    if (other === item || other.classList.contains("tt-in-tray")) return;
    this.end();
    const { swap } = this.timetable.root.dataset;
    this.ask(swap, () => ({ item: item.dataset.item, other: other.dataset.item, version: item.dataset.version, other_version: other.dataset.version }), item.dataset.item);
  }

  copy() {
    if (this.button("copy").hidden) return;
    const { copy } = this.timetable.root.dataset;
    this.ask(copy, () => ({ item: this.chosen }), this.chosen);
  }

  /** Fields are read when it is this task's turn: an earlier one may have made a new version. */
  ask(address, fields, focus) {
    this.timetable.inTurn(async () => {
      try {
        const answer = await post(address, fields());
        this.timetable.take(answer);
        this.timetable.stepped();
        if (answer.message) say(answer.message);
        this.timetable.item(focus)?.focus();
      } catch (failure) {
        if (failure.json?.items) this.timetable.take(failure.json);
        say(failure.message, 12);
      }
    });
  }
}
