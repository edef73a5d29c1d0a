// Dragging on the timetable with mouse, pen or finger. Escape takes the item back.
const FAR = 4; // pixels before a press becomes a drag

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
    const offset = event.clientY - item.getBoundingClientRect().top;
    const start = { x: event.clientX, y: event.clientY };
    let to = null;
    const stop = new AbortController();
    const { signal } = stop;
    item.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!to && Math.hypot(clientX - start.x, clientY - start.y) < FAR) return;
      if (!to) item.setPointerCapture(event.pointerId);
      item.classList.add("tt-dragged");
      to = this.at(clientX, clientY, offset, from);
      // Into and out of the tray the item floats with the pointer: moved in the document it would lose the pointer.
      const floats = to.room === null || from.room === null;
      item.style.translate = floats ? `${clientX - start.x}px ${clientY - start.y}px` : "";
      this.timetable.draw(item, floats ? from : to);
    }, { signal });

    const end = (moved) => {
      stop.abort();
      item.classList.remove("tt-dragged");
      item.style.translate = "";
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

  /** The place under the pointer. Outside the grid and over the tray it is the tray. */
  at(x, y, offset, from) {
    const { timetable } = this;
    const tray = timetable.root.querySelector("[data-tray]")?.getBoundingClientRect();
    if (tray && x >= tray.left && x <= tray.right && y >= tray.top && y <= tray.bottom) return { ...from, room: null, start: null };
    const near = timetable.rooms.map(({ key, head }) => ({ key, box: head.getBoundingClientRect() }));
    const room = near.find(({ box }) => x <= box.right)?.key ?? near.at(-1).key;
    const box = timetable.grid.getBoundingClientRect();
    const head = timetable.rooms[0].head.offsetHeight;
    const row = (box.height - head) / ((timetable.end - timetable.first) / 5);
    const start = timetable.first + ((y - offset - box.top - head) / row) * 5;
    return timetable.bounded({ room, start, minutes: from.minutes });
  }
}
