// Sessions on a five-minute grid, moved by pointer or by keyboard. A move is shown at once, posted, and taken back when the server
// refuses it. Before it is posted the element emits `timetable:move` (cancelable) with {item, room, start, minutes}; after the
// answer `timetable:moved` with the answer as well. The answer may carry {version, clashes, items, gone, columns}, see `take`; a
// refusal may carry the same, and then shows where the item really stands.
import { Drag } from "./timetable-drag.js";
import { Live } from "./timetable-live.js";
import { Tools } from "./timetable-tools.js";
import { oneByOne, post } from "./server.js";
import { fill, say } from "./words.js";

const STEP = 5;
const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const same = (one, other) => one.room === other.room && one.start === other.start && one.minutes === other.minutes;

class Timetable {
  constructor(root) {
    this.root = root;
    this.grid = root.querySelector(".tt-grid");
    this.list = root.querySelector(".tt-items");
    this.tray = root.querySelector("[data-tray] ol");
    this.first = Number(root.dataset.first);
    this.end = Number(root.dataset.end);
    this.rooms = [...root.querySelectorAll(".tt-room")].map((head) => ({ key: head.dataset.room, label: head.dataset.label, column: Number(head.dataset.column), head }));
    this.known = new WeakMap(); // where the server last said yes to
    this.inTurn = oneByOne(root);
    this.live = new Live(this);
    new Drag(this);
    new Tools(this);
    root.addEventListener("keydown", (event) => this.press(event));
  }

  item(id) {
    return this.root.querySelector(`[data-item="${CSS.escape(id)}"]`);
  }

  /** Where an item is: {room, start, minutes}; room and start are null in the tray, room is "" for everywhere. */
  place(item) {
    const placed = !item.classList.contains("tt-in-tray");
    return { room: placed ? item.dataset.room : null, start: placed ? Number(item.dataset.start) : null, minutes: Number(item.dataset.minutes) };
  }

  /** The nearest place inside the day, on the grid. A length that was brought along from elsewhere stays as it is. */
  bounded({ room, start, minutes }) {
    if (room === null) return { room, start: null, minutes };
    const snapped = Math.round(start / STEP) * STEP;
    return { room, minutes, start: Math.max(this.first, Math.min(this.end - minutes, snapped)) };
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
      item.classList.toggle("tt-all", room === "");
      item.style.gridRow = `${Math.floor((start - this.first) / STEP) + 2} / span ${Math.ceil(minutes / STEP)}`;
      item.style.gridColumn = room === "" ? "" : String(this.rooms.find(({ key }) => key === room).column + 1);
      const time = item.querySelector(".tt-time");
      const code = time.querySelector(".tt-code");
      time.replaceChildren(`${clock(start)}–${clock(start + minutes)} `, ...(code ? [code] : []));
    }
    this.count();
  }

  count() {
    const count = this.root.querySelector("[data-tray-count]");
    if (count && this.tray) count.textContent = this.tray.children.length;
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
      this.take(answer);
      this.stepped();
      this.root.dispatchEvent(new CustomEvent("timetable:moved", { bubbles: true, detail: { item: item.dataset.item, ...to, answer } }));
    } catch (failure) {
      this.draw(item, this.known.get(item));
      if (failure.json?.items) this.take(failure.json);
      say(failure.json?.items ? `${failure.message} ${this.root.dataset.textStale}` : `${this.root.dataset.textRefused} ${failure.message}`, 12);
    }
  }

  /** Something was done: it can be taken back, and nothing can be done again. */
  stepped() {
    for (const step of document.querySelectorAll("[data-timetable-step]")) step.hidden = step.dataset.timetableStep !== "undo";
  }

  /**
   * Show what the server says: `items` {id: drawn item}, `gone` [id], `clashes` {id: {text, mild} or null}. When a room has got more or
   * fewer lanes (`columns`) the whole picture is another one and is loaded anew.
   */
  take({ items = {}, gone = [], clashes = {}, columns }) {
    if (columns !== undefined && columns !== this.grid.dataset.columns) return window.location.reload();
    const focused = document.activeElement?.dataset?.item;
    for (const id of gone) this.item(id)?.remove();
    for (const [id, html] of Object.entries(items)) {
      const here = this.item(id);
      if (here && this.known.has(here) && !same(this.place(here), this.known.get(here))) continue; // it has moved on since
      const drawn = document.createRange().createContextualFragment(html).querySelector(".tt-item");
      here?.remove();
      this.list.append(drawn);
    }
    this.clashes(clashes);
    this.count();
    if (focused) this.item(focused)?.focus();
    return undefined;
  }

  /** Marks with words on the items that clash now; null takes a mark away. */
  clashes(sentences) {
    for (const [id, sentence] of Object.entries(sentences)) {
      const item = this.item(id);
      if (!item) continue;
      const { text, mild } = typeof sentence === "string" ? { text: sentence } : sentence ?? {};
      item.classList.toggle("tt-clashing", Boolean(text));
      item.classList.toggle("tt-mild", Boolean(mild));
      item.querySelector(".tt-clash")?.remove();
      if (!text) continue;
      const mark = document.createElement("span");
      mark.className = "tt-clash";
      mark.textContent = text;
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
    else if (event.shiftKey && down) wanted = { room, start, minutes: Math.max(STEP, Math.round((minutes + down) / STEP) * STEP) };
    else {
      const column = this.rooms.findIndex(({ key }) => key === room) + right;
      const off = right && column < 0 && this.tray;
      const to = room === "" && !right ? "" : this.rooms[Math.max(0, Math.min(this.rooms.length - 1, column))].key;
      wanted = { room: off ? null : to, start: start + down, minutes };
    }
    this.move(item, wanted);
    item.focus();
  }
}

for (const root of document.querySelectorAll("[data-timetable]")) new Timetable(root);
