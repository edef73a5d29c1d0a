// Cards between columns, by drag or by Alt and an arrow key. The page changes at once; a refusal puts the card back.
import "../vendor/sortablejs-1.15.7/Sortable.min.js";
import { oneByOne, post } from "./server.js";
import { fill, say } from "./words.js";

const { Sortable } = globalThis;
const number = (value) => value.toLocaleString(document.documentElement.lang);

class Board {
  constructor(root) {
    this.root = root;
    this.live = root.querySelector("[data-board-live]");
    this.known = new Map(); // where a card lay when the server last knew, for cards it has not heard of
    this.inTurn = oneByOne(root);
    this.lists = [...root.querySelectorAll("[data-cards]")];
    for (const list of this.lists) {
      Sortable.create(list, {
        group: root.id, draggable: "[data-card]", filter: "a, button, summary, input, select", preventOnFilter: false,
        animation: 120, ghostClass: "board-ghost",
        onStart: ({ item }) => { this.before = place(item); },
        onEnd: ({ item }) => this.moved(item, this.before),
      });
    }
    for (const card of root.querySelectorAll("[data-card]")) {
      card.tabIndex = 0;
      card.setAttribute("aria-describedby", `${root.id}-keys`);
    }
    root.addEventListener("keydown", (event) => this.press(event));
    this.sum();
  }

  press(event) {
    const card = event.target.closest("[data-card]");
    if (!card || event.target !== card || !event.altKey) return;
    const list = card.parentElement;
    const column = this.lists.indexOf(list);
    const before = place(card);
    if (event.key === "ArrowUp" && card.previousElementSibling) card.previousElementSibling.before(card);
    else if (event.key === "ArrowDown" && card.nextElementSibling) card.nextElementSibling.after(card);
    else if (event.key === "ArrowLeft" && column > 0) this.lists[column - 1].append(card);
    else if (event.key === "ArrowRight" && column < this.lists.length - 1) this.lists[column + 1].append(card);
    else return;
    event.preventDefault();
    card.focus();
    this.moved(card, before);
  }

  moved(card, before) {
    const list = card.parentElement;
    if (list === before.list && card.nextElementSibling === before.next) return;
    if (!this.known.has(card)) this.known.set(card, before);
    const title = list.closest("[data-column]").querySelector(".board-title-words");
    this.sum();
    this.live.textContent = fill(this.root.dataset.textMoved, { card: card.dataset.label, column: title.textContent.trim(), n: position(card) + 1 });
    this.inTurn(() => this.save(card));
  }

  /** Tell the server where the card lies now; of several quick moves it hears the last. */
  async save(card) {
    const before = this.known.get(card);
    if (!before) return;
    const now = place(card);
    this.known.delete(card);
    const to = now.list.closest("[data-column]").dataset.column;
    try {
      const fields = { card: card.dataset.card, to, position: position(card), version: card.dataset.version ?? "" };
      const answer = await post(this.root.dataset.action, fields);
      if (answer.version !== undefined) card.dataset.version = answer.version;
      this.root.dispatchEvent(new CustomEvent("board:moved", { bubbles: true, detail: { card: card.dataset.card, to, answer } }));
    } catch (failure) {
      // What was asked for since then is taken back as well.
      this.known.delete(card);
      before.list.insertBefore(card, before.next?.parentElement === before.list ? before.next : null);
      this.sum();
      say(`${this.root.dataset.textRefused} ${failure.message}`, 12);
    }
  }

  sum() {
    for (const list of this.lists) {
      const column = list.closest("[data-column]");
      const total = [...list.children].reduce((sum, card) => sum + Number(card.dataset.weight ?? 1), 0);
      const shown = column.querySelector("[data-sum]");
      const limit = column.querySelector("[data-limit]");
      shown.textContent = number(total);
      if (limit) shown.parentElement.classList.toggle("over", total > Number(limit.dataset.limit));
    }
  }
}

const position = (card) => [...card.parentElement.children].indexOf(card);

function place(card) {
  return { list: card.parentElement, next: card.nextElementSibling };
}

for (const root of document.querySelectorAll("[data-board]")) new Board(root);
