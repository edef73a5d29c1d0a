// What others do, and what a place would mean: the timetable asks the server while an item is dragged, and now and then whether
// anything on the page is old.
const PAUSE = 90; // milliseconds the pointer rests before the server is asked
const ROUND = 8000; // milliseconds between two looks at what others did

export class Live {
  constructor(timetable) {
    this.timetable = timetable;
    const { check, state } = timetable.root.dataset;
    this.check = check;
    this.state = state;
    this.asked = "";
    if (state) window.setInterval(() => this.look(), ROUND);
    document.addEventListener("keydown", (event) => this.keys(event));
  }

  /** A drag begins: what every place of the day would cost, drawn as bands behind the sessions. */
  async price(item) {
    const { prices } = this.timetable.root.dataset;
    if (!prices) return;
    const asked = (this.pricing = {});
    const answer = await this.json(`${prices}?${new URLSearchParams({ item: item.dataset.item, minutes: item.dataset.minutes })}`);
    if (!answer || this.pricing !== asked) return; // the drag is over
    this.prices = answer;
    for (const room of this.timetable.rooms) for (const [first, last, gravity] of answer.rooms[room.key] ?? []) this.band(room, first, last, gravity);
  }

  band(room, first, last, gravity) {
    const row = (minute) => Math.round((minute - this.timetable.first) / 5) + 2;
    const band = document.createElement("div");
    band.className = `tt-band tt-band-${gravity}`;
    band.style.gridColumn = String(room.column + 1);
    band.style.gridRow = `${row(first)} / ${row(last) + 1}`;
    this.timetable.grid.prepend(band);
  }

  /** The sentences of a place, where its price is known. */
  told(place) {
    if (!this.prices || this.prices.minutes !== place.minutes) return null;
    const band = this.prices.rooms[place.room]?.find(([first, last]) => first <= place.start && place.start <= last);
    if (!band) return null;
    return { sentences: band.slice(3).map((number) => this.prices.sentences[number]), mild: band[2] < 2 };
  }

  /** While dragging: what would be wrong there, beside the pointer. */
  hover(item, place, x, y) {
    if (!this.check || place.room === null) return this.hide();
    const told = this.told(place);
    if (told) {
      clearTimeout(this.timer);
      this.asked = "";
      return this.show(told, x, y);
    }
    const query = new URLSearchParams({ item: item.dataset.item, room: place.room, start: place.start, minutes: place.minutes }).toString();
    if (this.verdict) this.put(x, y);
    if (query === this.asked) return undefined;
    this.asked = query;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const response = await fetch(`${this.check}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!response?.ok || query !== this.asked) return;
      this.show(await response.json(), x, y);
    }, PAUSE);
    return undefined;
  }

  show({ sentences, mild }, x, y) {
    const free = this.timetable.root.dataset.textFree;
    const words = sentences.length || !free ? sentences : [free];
    this.verdict ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "tt-verdict" }));
    this.verdict.classList.toggle("tt-verdict-wrong", sentences.length > 0 && !mild);
    this.verdict.classList.toggle("tt-verdict-fine", sentences.length === 0);
    this.verdict.replaceChildren(...words.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    this.verdict.hidden = words.length === 0;
    this.put(x, y);
  }

  put(x, y) {
    this.verdict.style.left = `${Math.min(x + 16, window.innerWidth - 360)}px`;
    this.verdict.style.top = `${y + 16}px`;
  }

  hide() {
    clearTimeout(this.timer);
    this.asked = "";
    this.verdict?.remove();
    this.verdict = undefined;
  }

  /** The drag is over. */
  rest() {
    this.hide();
    this.prices = this.pricing = undefined;
    for (const band of this.timetable.grid.querySelectorAll(".tt-band")) band.remove();
  }

  /** Bring in what others have done since the page was drawn, unless somebody is dragging. */
  async look() {
    const { root } = this.timetable;
    if (document.hidden || root.querySelector(".tt-dragged")) return;
    const stamps = await this.json(this.state);
    if (!stamps) return;
    const here = Object.fromEntries([...root.querySelectorAll(".tt-items [data-stamp]")].map((item) => [item.dataset.item, item.dataset.stamp]));
    const old = Object.keys(stamps).filter((id) => stamps[id] !== here[id]);
    const gone = Object.keys(here).filter((id) => !(id in stamps));
    if (!old.length && !gone.length) return;
    const answer = await this.json(`${this.state}?items=${old.join(",")}`);
    if (answer && !root.querySelector(".tt-dragged")) this.timetable.take({ ...answer, gone });
  }

  async json(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    return response?.ok ? response.json() : null;
  }

  /** The customary keys for taking back and doing again press the page's own buttons. */
  keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const wanted = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    const button = wanted && document.querySelector(`[data-timetable-step="${wanted}"] button:not([disabled])`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}
