// Sessions on a five-minute grid, moved by pointer or by keyboard. A move is shown at once, posted, and taken back when the server
// refuses it. Before it is posted the element emits `timetable:move` (cancelable) with {item, room, start, minutes}; after the
// answer `timetable:moved` with the answer as well. The answer may carry {version, clashes: {item: sentence or null}}.
import { Drag } from "./timetable-drag.js";
import { oneByOne, post } from "./server.js";
import { fill, say } from "./words.js";

const STEP = 5;
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const same = (one, other) => one.room === other.room && one.start === other.start && one.minutes === other.minutes;

class Timetable {
  constructor(root) {
    this.root = root;
    this.grid = root.querySelector(".tt-grid");
    this.list = root.querySelector(".tt-items");
    this.tray = root.querySelector("[data-tray] ol");
    this.first = Number(root.dataset.first);
    this.end = Number(root.dataset.end);
    this.rooms = [...root.querySelectorAll(".tt-room")].map((head) => ({ key: head.dataset.room, label: head.dataset.label, head }));
    this.known = new WeakMap(); // where the server last said yes to
    this.inTurn = oneByOne(root);
    new Drag(this);
    root.addEventListener("keydown", (event) => this.press(event));
  }

  /** Where an item is: {room, start, minutes}; room and start are null in the tray. */
  place(item) {
    const placed = !item.classList.contains("tt-in-tray");
    return { room: placed ? item.dataset.room : null, start: placed ? Number(item.dataset.start) : null, minutes: Number(item.dataset.minutes) };
  }

  /** The nearest place inside the day, on the grid. */
  bounded({ room, start, minutes }) {
    if (room === null) return { room, start: null, minutes };
    const length = Math.max(STEP, Math.round(minutes / STEP) * STEP);
    const snapped = Math.round(start / STEP) * STEP;
    return { room, minutes: length, start: Math.max(this.first, Math.min(this.end - length, snapped)) };
  }

  /** Put an item there, without telling anybody. */
  draw(item, { room, start, minutes }) {
    const inTray = room === null;
    item.dataset.minutes = minutes;
    item.classList.toggle("tt-in-tray", inTray);
    item.classList.toggle("tt-short", !inTray && minutes <= 25);
    const home = inTray ? this.tray : this.list;
    if (item.parentElement !== home) home.append(item);
    if (inTray) {
      item.style.gridRow = item.style.gridColumn = "";
    } else {
      item.dataset.room = room;
      item.dataset.start = start;
      item.style.gridRow = `${(start - this.first) / STEP + 2} / span ${minutes / STEP}`;
      item.style.gridColumn = String(this.rooms.findIndex(({ key }) => key === room) + 2);
      const time = item.querySelector(".tt-time");
      const code = time.querySelector(".tt-code");
      time.replaceChildren(`${clock(start)}–${clock(start + minutes)} `, ...(code ? [code] : []));
    }
    const count = this.root.querySelector("[data-tray-count]");
    if (count) count.textContent = this.tray.children.length;
  }

  move(item, wanted) {
    const from = this.place(item);
    const to = this.bounded(wanted);
    if (same(from, to)) return;
    const detail = { item: item.dataset.item, ...to };
    if (!this.root.dispatchEvent(new CustomEvent("timetable:move", { bubbles: true, cancelable: true, detail }))) return;
    if (!this.known.has(item)) this.known.set(item, from);
    this.draw(item, to);
    this.announce(item, to);
    this.inTurn(() => this.save(item));
  }

  /** Tell the server where the item is now; of several quick moves it hears the last. */
  async save(item) {
    const to = this.place(item);
    if (same(to, this.known.get(item))) return;
    const fields = { item: item.dataset.item, room: to.room ?? "", start: to.start ?? "", minutes: to.minutes, version: item.dataset.version ?? "" };
    try {
      const answer = await post(this.root.dataset.action, fields);
      this.known.set(item, to);
      if (answer.version !== undefined) item.dataset.version = answer.version;
      this.clashes(answer.clashes ?? {});
      this.root.dispatchEvent(new CustomEvent("timetable:moved", { bubbles: true, detail: { item: item.dataset.item, ...to, answer } }));
    } catch (failure) {
      this.draw(item, this.known.get(item));
      say(`${this.root.dataset.textRefused} ${failure.message}`, 12);
    }
  }

  /** Marks with words on the items that clash now; null takes a mark away. */
  clashes(sentences) {
    for (const [id, sentence] of Object.entries(sentences)) {
      const item = this.root.querySelector(`[data-item="${CSS.escape(id)}"]`);
      if (!item) continue;
      item.classList.toggle("tt-clashing", Boolean(sentence));
      item.querySelector(".tt-clash")?.remove();
      if (!sentence) continue;
      const mark = document.createElement("span");
      mark.className = "tt-clash";
      mark.textContent = sentence;
      item.append(mark);
    }
  }

  announce(item, { room, start, minutes }) {
    const live = this.root.querySelector("[data-timetable-live]");
    const label = this.rooms.find(({ key }) => key === room)?.label;
    live.textContent = label ? fill(this.root.dataset.textMoved, { item: item.dataset.label, room: label, from: clock(start), until: clock(start + minutes) }) : item.dataset.label;
  }

  press(event) {
    const item = event.target;
    if (!event.altKey || !item.matches("[data-movable]")) return;
    const down = { ArrowUp: -STEP, ArrowDown: STEP }[event.key] ?? 0;
    const right = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    if (!down && !right) return;
    event.preventDefault();
    const { room, start, minutes } = this.place(item);
    let wanted;
    if (room === null) wanted = { room: this.rooms[0].key, start: this.first, minutes };
    else if (event.shiftKey && down) wanted = { room, start, minutes: minutes + down };
    else {
      const column = this.rooms.findIndex(({ key }) => key === room) + right;
      const off = column < 0 && this.tray;
      const to = this.rooms[Math.max(0, Math.min(this.rooms.length - 1, column))];
      wanted = { room: off ? null : to.key, start: start + down, minutes };
    }
    this.move(item, wanted);
    item.focus();
  }
}

for (const root of document.querySelectorAll("[data-timetable]")) new Timetable(root);
