// Dragging on the timetable with mouse, pen or finger. Escape takes the item back.
const FAR = 4; // pixels before a press becomes a drag
const EDGE = 7; // pixels at the foot of an item that make it longer or shorter instead

export class Drag {
  constructor(timetable) {
    this.timetable = timetable;
    timetable.root.addEventListener("pointerdown", (event) => this.grab(event));
    // A title is a link: pressed it opens, pulled it moves the session and not the address.
    timetable.root.addEventListener("dragstart", (event) => event.preventDefault());
  }

  grab(event) {
    const item = event.target.closest("[data-movable]");
    if (!item || event.button !== 0 || event.target.closest("button")) return;
    const from = this.timetable.place(item);
    const box = item.getBoundingClientRect();
    const offset = event.clientY - box.top;
    const stretches = from.room !== null && box.height > 3 * EDGE && box.bottom - event.clientY < EDGE;
    const start = { x: event.clientX, y: event.clientY };
    let to = null;
    const stop = new AbortController();
    const { signal } = stop;
    item.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!to && Math.hypot(clientX - start.x, clientY - start.y) < FAR) return;
      if (!to) item.setPointerCapture(event.pointerId);
      if (!to && !stretches) this.timetable.live.price(item);
      item.classList.add("tt-dragged");
      to = stretches ? this.stretched(clientY, from) : this.at(clientX, clientY, offset, from);
      // Into and out of the tray the item floats with the pointer: moved in the document it would lose the pointer.
      const floats = to.room === null || from.room === null;
      item.style.translate = floats ? `${clientX - start.x}px ${clientY - start.y}px` : "";
      this.timetable.draw(item, floats ? from : to);
      this.timetable.live.hover(item, to, clientX, clientY);
    }, { signal });

    const end = (moved) => {
      stop.abort();
      item.classList.remove("tt-dragged");
      item.style.translate = "";
      this.timetable.live.rest();
      this.timetable.draw(item, from);
      if (!to) return;
      const quiet = new AbortController();
      item.addEventListener("click", (click) => click.preventDefault(), { capture: true, signal: quiet.signal });
      setTimeout(() => { quiet.abort(); item.focus(); });
      if (moved) this.timetable.move(item, to);
    };
    item.addEventListener("pointerup", () => end(true), { signal });
    item.addEventListener("pointercancel", () => end(false), { signal });
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") end(false); }, { signal });
  }

  /** The same start, and an end under the pointer. */
  stretched(y, from) {
    const end = Math.round(this.minute(y) / 5) * 5;
    return { ...from, minutes: Math.max(5, Math.min(end, this.timetable.end) - from.start) };
  }

  /** Which minute of the day is at a height of the window. */
  minute(y) {
    const { timetable } = this;
    const box = timetable.grid.getBoundingClientRect();
    const head = timetable.rooms[0].head.offsetHeight;
    const row = (box.height - head) / ((timetable.end - timetable.first) / 5);
    return timetable.first + ((y - box.top - head) / row) * 5;
  }

  /** The place under the pointer. Outside the grid and over the tray it is the tray. */
  at(x, y, offset, from) {
    const { timetable } = this;
    const tray = timetable.root.querySelector("[data-tray]")?.getBoundingClientRect();
    if (tray && x >= tray.left && x <= tray.right && y >= tray.top && y <= tray.bottom) return { ...from, room: null, start: null };
    const near = timetable.rooms.map(({ key, head }) => ({ key, box: head.getBoundingClientRect() }));
    const room = near.find(({ box }) => x <= box.right)?.key ?? near.at(-1).key;
    const start = this.minute(y - offset);
    return timetable.bounded({ room, start, minutes: from.minutes });
  }
}
